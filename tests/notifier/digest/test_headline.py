from __future__ import annotations

from dataclasses import replace

import pytest

from notifier.digest.contents import Period
from notifier.digest.headline import LONGEST
from storage.records import Story, VoiceCount
from tests.notifier import samples
from tests.notifier.samples import BRANDS, count, digest, snapshot, story, voices


def headline(
    now: tuple[VoiceCount, ...],
    past: tuple[VoiceCount, ...],
    stories: dict[str, tuple[Story, ...]] | None = None,
    heard: float = 1.0,
) -> str:
    brands = BRANDS[: len(now)]
    seen = snapshot(voices(*now, brands=brands), voices(*past, brands=brands), samples.coverage(share=heard))
    return digest(seen, stories or {}, brands).headline


def of_week(acme: int, globex: int) -> tuple[VoiceCount, ...]:
    return count("acme", acme, 0, 0), count("globex", globex, 0, 0)


TAKEN = of_week(100, 310), of_week(100, 120)


def test_a_share_that_fell_is_told_with_the_competitor_that_took_it_and_its_story() -> None:
    told = headline(*TAKEN, {"globex": (story("globex", "Globex cuts its prices", mentions=40),)})

    assert told.endswith(
        "more than chance explains; "
        "Globex rose from 54.5 % to 75.6 % with the story \u201cGlobex cuts its prices\u201d."
    )


def test_a_story_of_one_mention_is_no_cause() -> None:
    told = headline(*TAKEN, {"globex": (story("globex", "Globex cuts its prices", mentions=1),)})

    assert told.endswith("; Globex rose from 54.5 % to 75.6 %.")


def test_a_share_that_rose_because_a_competitor_fell_says_so() -> None:
    assert headline(of_week(100, 120), of_week(100, 310)).endswith("; Globex fell from 75.6 % to 54.5 %.")


def test_where_the_own_share_hardly_changed_the_clearest_change_is_told() -> None:
    told = headline(of_week(200, 240), of_week(100, 120))

    assert "the same as the week before; Globex changed beyond chance: mentions up from 120 to 240." in told


def test_that_nothing_changed_beyond_chance_is_said_plainly() -> None:
    assert headline(of_week(52, 50), of_week(50, 50)).endswith(
        "up 1.0 point on the week before, which chance alone may explain; no brand changed beyond chance."
    )


def test_no_cause_is_told_of_a_week_that_was_hardly_heard() -> None:
    assert headline(*TAKEN, heard=0.5).endswith("more than chance explains.")


def test_a_brand_alone_is_told_its_story_with_its_rise() -> None:
    told = headline((count("acme", 90, 0, 0),), (count("acme", 40, 0, 0),), {"globex": (), "acme": (story(),)})

    assert told.startswith(
        "Acme was mentioned 90 times, up from 40 the week before, more than chance explains; biggest"
    )


def test_outside_text_in_a_headline_is_short_quoted_and_clean() -> None:
    title = "<!channel> \u202eevil `code` *bold* " + "very " * 40

    told = headline(*TAKEN, {"globex": (story("globex", title, mentions=40),)})

    quoted = told.partition("\u201c")[2].partition("\u201d")[0]
    assert quoted.startswith("<!channel> evil `code`")
    assert len(quoted) <= 40


@pytest.mark.parametrize("period", ["day", "week", "month"])
def test_headline_has_at_most_240_characters_whatever_names_and_titles_are_like(period: Period) -> None:
    brands = tuple(brand.model_copy(update={"name": f"{brand.name} " + "of the long name " * 3}) for brand in BRANDS)
    title = "A title that goes on and on " * 9
    stories = {brand.slug: (story(brand.slug, title, mentions=40_000),) for brand in brands}
    for acme, globex in ((100_000, 310_000), (310_000, 100_000), (120_000, 120_000)):
        now = voices(count("acme", acme, 0, 0), count("globex", globex, 0, 0), brands=brands)
        past = voices(count("acme", 120_000, 0, 0), count("globex", 120_000, 0, 0), brands=brands)

        told = digest(snapshot(now, past), stories, brands, period).headline

        assert len(told) <= LONGEST == 240
        assert told.endswith(".")


def test_a_headline_without_trust_in_its_counts_still_ends_as_a_sentence() -> None:
    seen = replace(snapshot(), coverage=samples.coverage(share=0.5))

    assert digest(seen).headline.endswith("more than chance explains.")
