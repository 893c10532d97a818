"""A topic is told once while it lasts, whichever of its words leads, with what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from math import comb
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifier.rules.new_topic import NewTopic, NewTopicSettings
from scoring.rising.topics import Rise, Sample, Text, rise
from scoring.rising.words import own_words, terms
from scoring.watch import Watch
from storage.alert_records import Alert, Severity, Why
from storage.records import Span, StoredMention
from tests.notifier.alerting.samples import Looks
from tests.notifier.rules.watches import HOUR, NOON, brand, steady, stored, watch

RULE = NewTopic(NewTopicSettings(rule="new_topic"))
USUAL = [f"the usual thing number{at % 9}" for at in range(10)]


def text(number: int, said: str, hours: float) -> Text:
    """What another author says so many hours before NOON."""
    return Text(number, NOON - hours * HOUR, number, "site", "reddit", number, terms(said))


def past(days: int = 28) -> list[Text]:
    """Ten people a day, who say ordinary things."""
    return [text(10 * day + at, said, 24.5 + 24 * day + at) for day in range(days) for at, said in enumerate(USUAL)]


def risen(now: Sequence[Text], before: Sequence[Text], there: int | None = None, hours: float = 0) -> Rise:
    end = NOON - hours * HOUR
    seen = Sample(now, len(now) if there is None else there)
    return rise(seen, Sample(before, len(before)), Span(end - 24 * HOUR, end), own_words(["Acme"]), least=5)


def today(said: Sequence[str], first: int = 1000) -> list[Text]:
    return [text(first + at, each, 20 - at / 10) for at, each in enumerate(said)]


def seen(found: Rise | None, slug: str = "acme", **more: Any) -> Watch:
    """A look at one brand whose texts were read, or not."""
    role = more.pop("role", "own")
    return watch(brand(steady(1), slug, role=role, hours=1), topics={slug: found} if found else {}, **more)


def mention(id_: int, body: str, url: str | None = "https://example.org/1") -> dict[int, StoredMention]:
    made = stored("1", body)
    return {id_: replace(made, id=id_, mention=replace(made.mention, url=url))}


BATTERY = ["Acme battery recall #batterygate"] * 12


def test_a_topic_is_told_with_who_says_it_how_often_chance_does_and_an_example() -> None:
    found = risen(today([*USUAL, *BATTERY]), past())
    (alert,) = RULE.evaluate(seen(found, examples=mention(1010, "Acme battery recall #batterygate")))

    assert alert.id == "new_topic:acme/battery recall"
    assert alert.title == 'Acme: new topic "battery recall": 12 people in 24 h, 0 before'
    assert alert.body.startswith(
        "12 of 22 who wrote since 13 July 2026, 14:00 say it, and 0 of 280 in the four weeks before, a person once a "
        'day. With it: #batterygate. The first: "Acme battery recall #batterygate". Chance alone does this less than '
    )
    assert alert.evidence["url"] == "https://example.org/1"
    # All 12 of 302 who say it are among the 22 of now.
    assert alert.evidence["p_value"] == pytest.approx(comb(22, 12) / comb(302, 12), rel=0.01)
    assert (alert.severity, alert.lasting, alert.until) == (Severity.INFO, True, NOON + timedelta(days=1))


def test_each_word_that_is_tested_and_each_look_makes_chance_alone_likelier() -> None:
    found = risen(today([*USUAL, *BATTERY]), past())
    (alert,) = RULE.evaluate(seen(found))
    chance = comb(22, 12) / comb(302, 12)

    assert alert.by_chance is not None
    # At least as often as days side by side bring it, at most as often as there are looks.
    assert 30 * chance * found.tests <= alert.by_chance <= 30 * 288 * chance * found.tests


@pytest.mark.parametrize(("least", "told"), [(5, 1), (12, 1), (13, 0)])
def test_fewer_people_than_asked_for_make_no_topic(least: int, told: int) -> None:
    found = risen(today([*USUAL, *BATTERY]), past())

    assert len(NewTopic(NewTopicSettings(rule="new_topic", least=least)).evaluate(seen(found))) == told


def test_what_chance_brings_more_often_than_is_accepted_is_no_topic() -> None:
    found = risen(today([*USUAL, *USUAL, *BATTERY[:5]]), past())
    (strict, loose) = (RULE.evaluate(seen(found, false_alarms=accepted)) for accepted in (1e-4, 10.0))

    assert (len(strict), len(loose)) == (0, 1)


def test_competitors_are_watched_when_the_config_names_them() -> None:
    found = risen(today([*USUAL, *BATTERY]), past())
    look = seen(found, "globex", role="competitor")
    named = NewTopic(NewTopicSettings(rule="new_topic", brands=("globex",)))

    assert (RULE.evaluate(look), RULE.tests(look), list(RULE.reads(look))) == ([], 0, [])
    assert [alert.id for alert in named.evaluate(look)] == ["new_topic:globex/battery recall"]
    assert list(named.reads(look)) == list(look.brands)


def test_why_nothing_can_be_said_is_told() -> None:
    few = risen(today(USUAL), past(6))
    thin = risen(today(USUAL), past(28)[::12])

    assert [RULE.unready(seen(found)) for found in (risen(today(USUAL), past()), few, thin, None)] == [
        [],
        ["new_topic says nothing of Acme: 6 days of the four weeks before have mentions, 7 are needed"],
        ["new_topic says nothing of Acme: 24 people wrote in the four weeks before, 30 are needed"],
        ["new_topic says nothing of Acme: of so many brands not all texts are read; name fewer in `brands`"],
    ]


def test_a_part_of_the_texts_is_told_as_a_part() -> None:
    (alert,) = RULE.evaluate(seen(risen(today([*USUAL, *BATTERY]), past(), there=400)))

    assert alert.title.endswith('"battery recall": 12 people in 24 h, 0 before, in the part that was read')
    assert "Read were 22 of 400 mentions, and before 280 of 280 mentions." in alert.body


def test_text_and_address_from_outside_cannot_do_anything() -> None:
    found = risen(today([*USUAL, *BATTERY]), past())
    (alert,) = RULE.evaluate(seen(found, examples=mention(1010, "Acme \u202e\nrecall", "javascript:alert(1)")))

    assert (alert.evidence["url"], alert.evidence["title"]) == (None, "Acme recall")
    assert alert.body.isprintable()


def test_two_topics_of_a_day_stay_two() -> None:
    pair = risen(today([*USUAL, *BATTERY, *["Acme strike picket"] * 12]), past())
    first = RULE.evaluate(seen(pair))
    again = RULE.evaluate(seen(pair, standing=first))

    assert {alert.id for alert in first} == {"new_topic:acme/battery recall", "new_topic:acme/strike picket"}
    assert [alert.id for alert in again] == [alert.id for alert in first]


def test_a_topic_that_falls_into_two_stays_one_alert() -> None:
    one = RULE.evaluate(seen(risen(today([*USUAL, *["Acme fire smoke"] * 12]), past())))
    split = today([*USUAL, *["Acme fire"] * 8, *["Acme smoke"] * 8], first=1000)

    assert [alert.id for alert in RULE.evaluate(seen(risen(split, past()), standing=one))] == [
        "new_topic:acme/fire smoke"
    ]


def test_a_topic_of_another_brand_lends_no_name() -> None:
    found = risen(today([*USUAL, *BATTERY]), past())
    other = RULE.evaluate(seen(found, "globex"))

    assert [alert.id for alert in RULE.evaluate(seen(found, standing=other))] == ["new_topic:acme/battery recall"]


# Growing topics: posts of one event, each with most of its words, in any order and at any pace.
WORDS = ("battery", "recall", "#gate", "smoke")
POSTS = st.lists(st.sets(st.sampled_from(WORDS), min_size=3), min_size=20, max_size=60)


@settings(max_examples=30)
@given(POSTS, st.integers(1, 7), st.floats(0.05, 0.6))
def test_a_topic_that_grows_and_slides_through_the_day_is_new_once(
    posts: list[set[str]], step: int, pace: float
) -> None:
    looks = Looks()
    told: list[Why] = []
    said = [
        text(1000 + at, "Acme " + " x ".join(sorted(words, reverse=at % 2 == 0)), -at * pace)
        for at, words in enumerate(posts)
    ]
    usual = [*past(), *(text(5000 + at, each, 24 - 2.3 * at) for at, each in enumerate(USUAL * 3))]
    keys = set()
    for number in range(step, len(said) + step, step):
        hours = pace * min(number, len(said))
        end = NOON + hours * HOUR
        now = [one for one in [*usual, *said] if end - 24 * HOUR <= one.at < end]
        before = [one for one in [*usual, *said] if one.at < end - 24 * HOUR]
        standing: list[Alert] = [state.alert for state in looks.states.values()]
        found = RULE.evaluate(replace(seen(risen(now, before, hours=-hours), standing=standing), at=end))
        keys |= {alert.key for alert in found}
        told += [one.why for one in looks.look(end, *found).decided if one.message]

    assert len(keys) == 1
    assert told.count(Why.NEW) == 1
