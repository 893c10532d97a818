"""Events of brands: what is found, and that it counts for a brand alone."""

from __future__ import annotations

import re

import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from config.settings import Sentiment as Thresholds
from scoring.events import Events, shipped_events
from scoring.lexicon_file import read_lexicon
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
    assert (EVENTS.name, EVENTS.language) == ("events-7", "en")


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
        SentimentGauge(Thresholds(), ("en",), events=events).toward(text, named, "en").label for events in (True, False)
    ]
    assert labels == [Label.NEGATIVE, Label.NEUTRAL]


def test_the_list_that_comes_along_is_read_and_is_english() -> None:
    assert shipped_events().language == "en"
    assert shipped_events() is shipped_events()


def test_other_languages_have_no_events() -> None:
    assert score_text("AcmeCRM outage", "AcmeCRM", "fr") == 0
