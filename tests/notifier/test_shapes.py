"""What a reader must learn from a digest of each shape, whatever form it has."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from notifier.charts.pictures import pictures
from notifier.charts.theme import LIGHT
from notifier.digest import headline, phrases
from notifier.digest.composition import compose
from notifier.digest.contents import Digest
from notifier.languages.speech import ENGLISH
from notifier.renderers import digest_json, slack_blocks
from overheard.emulator.block_kit.blocks import violations
from storage.records import Gap, Span
from tests.notifier import samples
from tests.notifier.shapes import SHAPES, alone, blind, crowd, hundreds, normal, quiet
from tests.notifier.words import WORDS, words_of_messages

FORM = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
Words = Callable[[Digest], str]


@FORM
def test_blind_source_is_named_with_how_long_and_why_and_what_that_does_to_the_numbers(words: Words) -> None:
    told = words(blind())

    assert (
        "Only 70 % of the week was heard. reddit:r/SaaS was deaf for 4 d 6 h (auth). Shares rest on what was heard, "
        "and counts may have fallen for that alone: 100 % of the week before was heard."
    ) in told
    assert "deaf: reddit:r/SaaS 4 d 6 h (auth)" in told
    assert "HTTP 401; renew client_secret at reddit.com/prefs/apps, since 7 August 2013, 18:00" in told
    assert told.index("Only 70 %") < told.index("Globex")


def test_blindness_stands_in_the_notification_and_in_the_json() -> None:
    assert "reddit:r/SaaS was deaf for 4 d 6 h (auth)" in str(slack_blocks.render(blind())[0]["text"])
    assert json.loads(digest_json.render(blind()))["caution"].startswith("Only 70 % of the week was heard.")


@pytest.mark.parametrize(
    ("share", "before", "ending"),
    [
        (0.5, 0.5, "Shares rest on what was heard, and counts are too low."),
        (0.5, None, "Shares rest on what was heard, and counts are too low."),
        (0.5, 0.9, "90 % of the week before was heard."),
        (0.95, 1.0, None),
        (None, 1.0, None),
    ],
)
def test_caution_begins_where_more_than_a_twentieth_was_missed(
    share: float | None, before: float | None, ending: str | None
) -> None:
    gaps = tuple(Gap(key, Span(samples.WEEK.start, samples.WEEK.end), "server") for key in ("rss:b", "rss:a"))
    seen = samples.snapshot(
        heard=samples.coverage(share=share, gaps=gaps), heard_before=samples.coverage(samples.BEFORE, before, ())
    )
    said = samples.digest(seen).caution

    assert (said is None) == (ending is None)
    if said is not None and ending is not None:
        assert said.endswith(ending)
        assert "rss:a was deaf for 7 d (server), and there is 1 more gap." in said


def test_nothing_heard_at_all_is_told_once_and_not_cautioned_besides() -> None:
    assert headline.caution("day", 0, blind().coverage) is None


@FORM
def test_brand_without_competitors_is_told_its_counts_and_no_share(words: Words) -> None:
    told = words(alone())

    assert (
        "Acme was mentioned 412 times, up from 300 the week before, more than chance explains; biggest story: " in told
    )
    assert "There is no share of voice: it needs a second brand to compare with." in told
    assert "overheard why mentions.acme.20130805-20130812" in told
    for wrong in ("100.0 %", "of the voice", "sov.acme", "all tracked brands", "Share of voice"):
        assert wrong not in told, wrong


@pytest.mark.parametrize(
    ("now", "then", "expected"),
    [
        (0, 3, "Acme was mentioned 0 times, down from 3 the week before, which chance alone may explain."),
        (1, 1, "Acme was mentioned 1 time, as often as the week before."),
        (40, 90, "Acme was mentioned 40 times, down from 90 the week before, more than chance explains."),
        (42, 41, "Acme was mentioned 42 times, up from 41 the week before, which chance alone may explain."),
        (5, None, "Acme was mentioned 5 times; the week before gives nothing to compare with."),
    ],
)
def test_headline_of_one_brand_counts_its_mentions(now: int, then: int | None, expected: str) -> None:
    brands = samples.BRANDS[:1]
    past = () if then is None else samples.voices(samples.count("acme", then, 0, 0), brands=brands)
    before = samples.coverage(samples.BEFORE, 0.0 if then is None else 1.0, ())
    seen = samples.snapshot(samples.voices(samples.count("acme", now, 0, 0), brands=brands), past, heard_before=before)

    assert samples.digest(seen, {}, brands).headline == expected


def test_share_of_one_brand_is_not_drawn_and_programs_still_find_it() -> None:
    assert [picture.name for picture in pictures(alone(), LIGHT)] == ["over-time"]
    assert json.loads(digest_json.render(alone()))["brands"][0]["share"] == 1.0


@FORM
def test_quiet_week_is_silence_and_not_failure(words: Words) -> None:
    told = words(quiet())

    assert "A quiet week: nobody named any of the 3 brands. Every source was heard, so this is silence" in told
    assert "Heard 100 % of the week." in told
    assert "Top stories" not in told


def test_quiet_week_of_one_brand_does_not_speak_of_any_of_them() -> None:
    nobody = samples.voices(samples.count("acme", 0, 0, 0), brands=samples.BRANDS[:1])
    seen = samples.snapshot(nobody, heard=samples.coverage(share=1.0, gaps=()))

    assert str(samples.digest(seen, {}, samples.BRANDS[:1]).quiet).startswith("A quiet week: nobody named the brand.")


@FORM
def test_crowd_is_told_own_brands_first_then_the_biggest(words: Words) -> None:
    told = words(hundreds())
    names = ["Brand 295", "Brand 006", "Brand 290", "Brand 285", "Brand 100"]
    start = told.index("Mentions a day, ")

    assert "Brand 295 had 6.6 % of the voice" in told
    assert [told.index(name, start) for name in names] == sorted(told.index(name, start) for name in names)


@FORM
def test_brands_that_nobody_named_are_counted_and_have_no_line(words: Words) -> None:
    told = words(hundreds())

    assert "Named neither in the week nor in the week before, and without a line here: " in told
    assert "Brand 001, Brand 002, Brand 003, Brand 004, Brand 007, Brand 008, Brand 009, Brand 011, Brand 012" in told
    assert "Brand 013 and 229 more." in told
    assert "Brand 299" not in told
    assert len(json.loads(digest_json.render(hundreds()))["brands"]) == 300


def test_nine_brands_are_no_reason_to_hide_an_own_one_that_nobody_named() -> None:
    brands = crowd(9)
    voices = samples.voices(*(samples.count(brand.slug, 5 * (place == 2), 0, 0) for place, brand in enumerate(brands)),
                            brands=brands)  # fmt: skip
    own = {brand.slug for brand in brands if brand.role == "own"}

    assert {line.slug for line in samples.digest(samples.snapshot(voices, ()), {}, brands).told} == own | {"b002"}


def test_eight_brands_keep_the_order_of_the_config_and_all_their_lines() -> None:
    brands = crowd(8)
    voices = samples.voices(*(samples.count(brand.slug, 5 * (place == 2), 0, 0) for place, brand in enumerate(brands)),
                            brands=brands)  # fmt: skip

    told = samples.digest(samples.snapshot(voices, ()), {}, brands).told
    assert [line.slug for line in told] == [brand.slug for brand in brands]


def test_first_message_of_a_crowd_names_the_biggest_and_counts_the_rest() -> None:
    messages = slack_blocks.render(hundreds())
    first, *thread = words_of_messages(messages)

    assert "and 53 more brands in the thread" in first
    assert "and stories of 7 more brands in the thread" in first
    assert "and 9 more problems in the thread" in first
    assert "0 of 5 sources heard throughout" in first
    assert "and 7 more deaf for shorter" in " ".join(thread)
    assert sum(f"sov.b{place:03}.2013" in " ".join(thread) for place in range(300)) == 61
    assert all(violations(message["blocks"]) == [] for message in messages)
    assert [message["thread"] for message in messages] == [False] + [True] * len(thread)


@pytest.mark.parametrize("shape", SHAPES)
@FORM
def test_a_sentence_that_every_digest_ends_with_names_an_id_that_it_shows(words: Words, shape: str) -> None:
    digest = SHAPES[shape](ENGLISH)
    known = {name for line in digest.brands for name in (line.share_id, line.mentions_id)}

    told = words(digest).partition("Where a number comes from: overheard why ")[2].split()[0].rstrip(".")
    assert told in known


def test_caution_of_an_ordinary_week_is_none() -> None:
    assert normal().caution is None


@FORM
def test_day_without_a_source_that_answered_is_unknown_and_not_without_mentions(words: Words) -> None:
    nobody = samples.voices(*(samples.count(brand.slug, 0, 0, 0) for brand in samples.BRANDS))
    deaf = samples.coverage(share=0.0, gaps=(Gap("rss:a", samples.WEEK, "server"),))
    told = words(samples.digest(samples.snapshot(nobody, heard=deaf), {}))

    assert "no source could be heard: this is a failure, not silence." in told
    assert "n/a (nothing was heard)" in told
    assert "nobody was mentioned" not in told
    assert "no mentions)" not in told


def test_first_day_says_when_listening_began_and_nothing_of_changes() -> None:
    seen = samples.snapshot(past=(), heard=samples.coverage(share=0.5), heard_before=samples.coverage(share=0.0))
    began = samples.WEEK.start + timedelta(days=3, hours=14)
    digest = compose(seen, {}, samples.BRANDS, samples.PARIS, "week", listening_since=began)

    assert digest.caution == (
        "Only 50 % of the week was heard. Listening began on 8 August 2013, 14:00. "
        "Shares rest on what was heard, and counts are too low."
    )
    assert "changes may be overstated" not in phrases.coverage(digest)
