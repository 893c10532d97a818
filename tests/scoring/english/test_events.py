"""Events of brands: what is found, and that it counts for a brand alone."""

from __future__ import annotations

import re

import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from config.settings import Sentiment as Thresholds
from scoring.english.events import Events, events_of, shipped_events
from scoring.lexicons.file import read_lexicon
from scoring.sentiment import SentimentGauge, score_text
from storage.records import Label, Match

EVENTS = Events(read_lexicon("language: en\nversion: 7\n[words]\nis down\t-2\ndown again\t-3\nback\t1", "own.txt"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it is down", {range(1, 3): -2}),
        ("it is down again", {range(1, 3): -2}),
        ("down again and back", {range(2): -3, range(3, 4): 1}),
        ("is it down", {}),
        ("nothing", {}),
    ],
)
def test_events_are_found_and_do_not_overlap(text: str, expected: dict[range, float]) -> None:
    assert EVENTS.find(text.split()) == expected
    assert EVENTS.name == "events-7"


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("AcmeCRM down again for 3 hours.", -1),
        ("Great, another AcmeCRM outage. Love it.", -1),
        ("Anyone know an alternative to AcmeCRM?", -1),
        ("AcmeCRM raised prices", -1),
        ("Data breach at AcmeCRM", -1),
        ("I want a refund from AcmeCRM", -1),
        ("Layoffs at AcmeCRM", -1),
        ("AcmeCRM is back online", 1),
        ("No outages with AcmeCRM this year", 1),
    ],
)
def test_events_count_for_the_brand(text: str, sign: int) -> None:
    compound = score_text(text, "AcmeCRM", "en")
    assert compound is not None
    assert (compound > 0) - (compound < 0) == sign


@pytest.mark.parametrize("text", ["AcmeCRM down again for 3 hours.", "AcmeCRM outage", "AcmeCRM raised prices"])
def test_events_are_left_out_of_the_whole_and_where_they_are_switched_off(text: str) -> None:
    assert score_text(text, None, "en") == SentimentIntensityAnalyzer().polarity_scores(text)["compound"]
    named = [Match("acme", "AcmeCRM", *found.span()) for found in re.finditer("AcmeCRM", text)]
    labels = [
        SentimentGauge(Thresholds(events=events), ("en",)).toward(text, named, "en").label for events in (True, False)
    ]
    assert labels == [Label.NEGATIVE, Label.NEUTRAL]


def test_the_list_that_comes_along_is_read_once_and_is_english() -> None:
    assert shipped_events() is shipped_events() is events_of("en")
    assert events_of("fr") is events_of("en", shipped=False) is events_of(None) is None


OWN = read_lexicon("language: en\nversion: 3\n[words]\nchurned\t1\noutage\t0\nmoved in with\t2", "own.txt")


@pytest.mark.parametrize(
    ("text", "ours", "both", "own"),
    [
        pytest.param("AcmeCRM churned", -1, 1, 1, id="ours is changed"),
        pytest.param("AcmeCRM outage", -1, 0, 0, id="ours is taken away"),
        pytest.param("We moved in with AcmeCRM", 0, 1, 1, id="one is added"),
        pytest.param("AcmeCRM down again", -1, -1, 0, id="ours stays"),
    ],
)
def test_a_user_extends_changes_and_switches_off_events(text: str, ours: int, both: int, own: int) -> None:
    named = [Match("acme", "AcmeCRM", *found.span()) for found in re.finditer("AcmeCRM", text)]
    gauges = (
        SentimentGauge(Thresholds(), ("en",)),
        SentimentGauge(Thresholds(), ("en",), own_events={"en": OWN}),
        SentimentGauge(Thresholds(events=False), ("en",), own_events={"en": OWN}),
    )
    seen = [gauge.toward(text, named, "en") for gauge in gauges]
    assert [((one.compound or 0) > 0) - ((one.compound or 0) < 0) for one in seen] == [ours, both, own]
    assert [one.method.removeprefix("vader-3.3.2/targeted-3") for one in seen] == [
        "", "+events-3", "-events+events-3",
    ]  # fmt: skip


def test_another_language_may_have_events_of_its_own() -> None:
    own = read_lexicon("language: fr\nversion: 1\n[words]\nmur de briques\t-3", "own.txt")
    text = "Le mur de briques d'AcmeCRM"
    named = [Match("acme", "AcmeCRM", *found.span()) for found in re.finditer("AcmeCRM", text)]
    without, seen = (
        SentimentGauge(Thresholds(), ("fr",), own_events=events).toward(text, named, "fr")
        for events in ({}, {"fr": own})
    )
    assert seen.label is Label.NEGATIVE
    assert without.label is Label.NEUTRAL
    assert seen.method.endswith("/targeted-3+events-1")


def test_other_languages_have_no_events() -> None:
    assert score_text("AcmeCRM outage", "AcmeCRM", "fr") == 0
