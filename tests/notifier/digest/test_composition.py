from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from config.settings import Brand
from notifier.digest import phrases
from notifier.digest.contents import Change
from notifier.languages.speech import ENGLISH
from storage.records import Coverage, Gap, Label, Span, VoiceCount
from tests.notifier import samples
from tests.notifier.samples import BRANDS, WEEK, count, coverage, digest, snapshot, voices

NOBODY = voices(*(VoiceCount(brand.slug) for brand in BRANDS))


def test_headline_tells_share_interval_change_and_certainty() -> None:
    low, high = samples.wilson(412, 1048)

    assert digest().headline == (
        f"Acme had 39.3 % of the voice (95 % interval {low * 100:.1f} to {high * 100:.1f} %), "
        "412 of 1,048 mentions, up 8.9 points on the week before, more than chance explains; "
        "biggest story: \u201cAcme opens its export to everybody\u201d (12 mentions); "
        "rising: \u201cbattery recall\u201d."
    )


@pytest.mark.parametrize(
    ("past", "ending"),
    [
        (
            voices(count("acme", 6, 0, 0), count("globex", 4, 0, 0), count("initech", 0, 0, 0)),
            ", the same as the week before; no brand changed beyond chance.",
        ),
        (
            voices(count("acme", 7, 0, 0), count("globex", 3, 0, 0), count("initech", 0, 0, 0)),
            ", down 10.0 points on the week before, which chance alone may explain; no brand changed beyond chance.",
        ),
        (NOBODY, "; the week before gives nothing to compare with."),
    ],
    ids=["same", "small numbers", "nobody before"],
)
def test_headline_admits_what_chance_may_explain(past: tuple[object, ...], ending: str) -> None:
    now = voices(count("acme", 6, 0, 0), count("globex", 4, 0, 0), count("initech", 0, 0, 0))

    seen = snapshot(now, past)  # type: ignore[arg-type]  # voices, as the table makes them

    assert digest(seen).headline.endswith(ending)


def test_headline_names_the_leader_when_no_brand_is_own() -> None:
    rivals = tuple(brand.model_copy(update={"role": "competitor"}) for brand in BRANDS)
    now = voices(count("acme", 1, 0, 0), count("globex", 4, 0, 0), count("initech", 0, 0, 0), brands=rivals)

    assert digest(snapshot(now, ())).headline.startswith("Globex had 80.0 % of the voice")


def test_headline_without_brands_or_mentions_says_so() -> None:
    assert digest(snapshot((), ()), brands=()).headline == "No brand is listened for."
    assert digest(snapshot(NOBODY)).headline == "Acme's share of voice is n/a (nobody was mentioned)."


def test_change_of_share_has_the_interval_of_newcombe() -> None:
    """Newcombe 1998, table II, example (a): 56/70 against 48/80 gives 0.0524 to 0.3339."""
    now = voices(count("acme", 56, 0, 0), count("globex", 14, 0, 0))
    past = voices(count("acme", 48, 0, 0), count("globex", 32, 0, 0))

    change = digest(snapshot(now, past)).brands[0].share_change

    assert change.by == pytest.approx(0.2)
    assert change.low == pytest.approx(0.0524, abs=5e-5)
    assert change.high == pytest.approx(0.3339, abs=5e-5)
    assert change.clear


def test_brand_line_carries_what_the_numbers_rest_on() -> None:
    acme = digest().brands[0]

    assert phrases.scored(acme, ENGLISH) == "from 71 % of 412"
    assert acme.net_sentiment == pytest.approx((120 - 43) / 293)
    assert (acme.authors, acme.stories, acme.engagement) == (309, 206, 12_345)
    assert acme.mentions_change == Change(before=300, by=112)
    assert (acme.share_id, acme.sentiment_id, acme.mentions_id) == (
        "sov.acme.20130805-20130812",
        "sentiment.acme.20130805-20130812",
        "mentions.acme.20130805-20130812",
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [(count("acme", 0, 0, 0, ko=5), "n/a (no mention could be scored)"), (count("acme", 0, 0, 0), "n/a (no mentions)")],
    ids=["unscored", "none"],
)
def test_missing_sentiment_gives_its_reason(line: VoiceCount, expected: str) -> None:
    now = voices(line, count("globex", 3, 0, 0))

    acme = digest(snapshot(now, ())).brands[0]

    assert phrases.sentiment(acme, ENGLISH) == expected
    assert phrases.sentiment_change(acme, ENGLISH) == ""


def test_sentiment_that_is_gone_keeps_what_it_was() -> None:
    now = voices(count("acme", 0, 0, 0, ko=5), count("globex", 3, 0, 0))
    past = voices(count("acme", 3, 0, 1), count("globex", 3, 0, 0))

    assert digest(snapshot(now, past)).brands[0].sentiment_change == Change(before=0.5)


def test_share_that_is_gone_keeps_what_it_was() -> None:
    acme = digest(snapshot(NOBODY)).brands[0]

    assert acme.share_change.before == pytest.approx(300 / 988)
    assert acme.share_change == Change(before=acme.share_change.before)
    assert phrases.share_change(acme, ENGLISH) == ""  # nor is it called new


def test_movers_are_sorted_by_how_little_chance_explains_them() -> None:
    movers = digest().movers

    # two Poisson counts: (412 - 300) / sqrt(712), (16 - 38) / sqrt(54)
    by_mentions = {mover.slug: mover.strength for mover in movers if mover.metric == "mentions"}
    assert by_mentions == {
        "acme": pytest.approx(112 / math.sqrt(712)),
        "initech": pytest.approx(-22 / math.sqrt(54)),
    }
    strengths = [abs(mover.strength) for mover in movers]
    assert strengths == sorted(strengths, reverse=True)


@pytest.mark.parametrize(
    ("now", "past"),
    [
        (count("acme", 9, 0, 0), count("acme", 1, 0, 0)),
        (count("acme", 9, 0, 0, ko=3), count("acme", 0, 0, 9, ko=3)),
        (count("acme", 50, 0, 0), count("acme", 45, 0, 0)),
    ],
    ids=["few mentions", "few scored", "small change"],
)
def test_noise_is_not_called_a_move(now: VoiceCount, past: VoiceCount) -> None:
    assert digest(snapshot(voices(now), voices(past))).movers == ()


def test_nothing_moves_and_all_is_new_without_a_window_before() -> None:
    seen = snapshot(past=NOBODY, heard_before=coverage(samples.BEFORE, 0.0, ()))

    made = digest(seen)

    assert made.movers == ()
    assert {phrases.mentions_change(line, ENGLISH) for line in made.brands} == {"new"}
    assert "Nothing is known of the week before" in phrases.basis(made)


def test_silence_before_is_a_zero_when_it_was_listened_to() -> None:
    assert phrases.mentions_change(digest(snapshot(past=NOBODY)).brands[0], ENGLISH) == "+412"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (
            1.0,
            "A quiet week: nobody named any of the 3 brands. Every source was heard, so this is silence, not failure.",
        ),
        (0.4, "Nothing was heard in the 40 % of the week that could be heard; the rest is unknown."),
        (0.0, "Nothing was heard, because no source could be heard: this is a failure, not silence."),
        (None, "Nothing was heard, because nothing listens: no source is configured or enabled."),
    ],
    ids=["silence", "half deaf", "deaf", "nothing listens"],
)
def test_silence_is_told_from_failure(share: float | None, words: str) -> None:
    made = digest(snapshot(NOBODY, heard=coverage(share=share, gaps=())), {})

    assert made.quiet == words


def test_digest_that_heard_something_is_not_quiet() -> None:
    assert digest().quiet is None


def test_story_shows_the_words_that_decided() -> None:
    first, second = digest().stories[0].stories

    assert (first.title, first.host, first.quote) == (
        "Acme opens its export to everybody",
        "example.org",
        "The new Acme export is wonderful",
    )
    assert second.title == "Acme support let me wait two weeks. It is a terrible experience, and nobody answered."
    assert (second.label, second.quote) == (Label.NEGATIVE, "It is a terrible experience")


def test_story_without_words_link_or_verdict_is_still_named() -> None:
    bare = samples.story(title=None, text="", url="javascript:alert(1)", label=Label.UNSCORED, evidence="")
    other = replace(bare, lead=replace(bare.lead, hits=()))

    (line,) = digest(stories={"acme": [other], "globex": []}).stories[0].stories

    assert (line.title, line.url, line.host, line.quote) == ("(no words)", None, None, None)
    assert phrases.story_facts(line, ENGLISH) == "reddit, engagement 1,234, 12 mentions in 2 sources"
    told = phrases.story_facts(replace(line, authors=9), ENGLISH)
    assert told == "reddit, engagement 1,234, 12 mentions in 2 sources, 9 authors"


def test_deaf_spells_are_summed_per_query_and_reason_longest_first() -> None:
    hour = timedelta(hours=1)
    gaps = (
        Gap("a", Span(WEEK.start, WEEK.start + hour), "timeout"),
        Gap("b", Span(WEEK.start, WEEK.start + 2 * hour), "auth"),
        Gap("a", Span(WEEK.start + 5 * hour, WEEK.start + 8 * hour), "timeout"),
        *(Gap(f"c{place}", Span(WEEK.start, WEEK.start + hour / 2), "network") for place in range(5)),
    )

    made = digest(snapshot(heard=Coverage(WEEK, 7, 0.9, gaps)))

    assert phrases.coverage(made) == "Heard 90 % of the week."
    assert phrases.deaf(made)[:2] == ["deaf: a 4 h (timeout)", "deaf: b 2 h (auth)"]
    assert phrases.deaf(made)[-1] == "and 2 more deaf for shorter"


def test_change_against_a_deaf_window_is_marked() -> None:
    made = digest(snapshot(heard_before=coverage(samples.BEFORE, 0.5, ())))

    assert phrases.coverage(made) == (
        "Heard 98 % of the week, but only 50 % of the week before: changes may be overstated."
    )


def test_coverage_without_sources_is_not_available() -> None:
    assert phrases.coverage(digest(snapshot(heard=coverage(share=None, gaps=())))) == "Heard: n/a (nothing listens)."


def test_title_names_the_local_days() -> None:
    assert digest().title == "Week of Monday 5 to Sunday 11 August 2013"
    day = Span(WEEK.start, WEEK.start + timedelta(days=1))
    assert digest(snapshot(window=day), period="day").title == "Day of Monday 5 August 2013"


def test_trace_names_an_id_of_an_own_brand() -> None:
    turned = tuple(reversed(samples.NOW_VOICES))

    assert phrases.trace(digest(snapshot(turned, campaigns=None))).endswith("overheard why sov.acme.20130805-20130812")
    assert phrases.trace(digest(snapshot((), (), campaigns=None))).endswith("overheard why NUMBER-ID")


def test_trace_names_an_id_of_all_platforms_too() -> None:
    told = phrases.trace(digest(snapshot()))

    assert told.endswith("why sov.acme.20130805-20130812 or overheard why kpi.spend.all.20130805-20130812")


def test_brand_name_that_cannot_be_shown_falls_back_to_its_slug() -> None:
    brands = (Brand(name="\u200b", slug="acme", role="own"),)

    made = digest(snapshot(voices(count("acme", 1, 0, 0), brands=brands), ()), {}, brands)

    assert made.brands[0].name == "acme"


def test_what_no_source_tells_is_unknown_and_not_zero() -> None:
    silent = replace(count("acme", 2, 0, 0), authors=0, engagement=0, with_author=0, with_engagement=0)
    unknown, none, told = (digest(snapshot(voices(each), ())).brands[0] for each in (
        silent, count("acme", 0, 0, 0), replace(silent, with_author=1, authors=1, with_engagement=2)
    ))  # fmt: skip
    assert (unknown.authors, unknown.engagement, none.authors, none.engagement) == (None, None, 0, 0)
    assert (phrases.authors(unknown, ENGLISH), phrases.engagement(unknown, ENGLISH)) == (
        "n/a (not told)",
        "n/a (not told)",
    )
    assert (phrases.authors(none, ENGLISH), phrases.engagement(none, ENGLISH)) == ("0", "0")
    assert (phrases.authors(told, ENGLISH), phrases.engagement(told, ENGLISH)) == ("1", "0")


def test_quote_that_repeats_the_title_is_not_shown_twice() -> None:
    story = digest().stories[0].stories[0]

    assert phrases.quote(replace(story, quote=story.title), ENGLISH) is None
    assert phrases.quote(replace(story, quote=None), ENGLISH) is None
