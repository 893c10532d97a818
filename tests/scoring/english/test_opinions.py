"""Opinions that VADER does not know: that they count for a brand alone, and by VADER's rules."""

from __future__ import annotations

import re

import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from config.settings import Sentiment as Thresholds
from scoring.english.opinions import OpinionScorer, of_brands
from scoring.lexicons.file import read_lexicon
from scoring.lexicons.scorer import shipped
from scoring.sentiment import SentimentGauge, score_text
from scoring.vader import vader
from storage.records import Label, Match

OWN = OpinionScorer(
    read_lexicon(
        "language: en\nversion: 1\n[words]\nbland\t-2\nmust-have\t3\nsupport\t0\nworth it\t2.5\nkills germs\t0", "x"
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("it is bland", [(2, -2.0)], id="a word"),
        pytest.param("a must-have!", [(1, 3.0)], id="with a hyphen and a mark"),
        pytest.param("good support", [(0, 1.9)], id="a topic"),
        pytest.param("so worth it", [(1, 2.5)], id="a phrase"),
        pytest.param("it kills germs", [], id="a phrase that says nothing"),
        pytest.param("never worth it", [(1, 2.5 * -0.74)], id="a phrase denied"),
        pytest.param("not bland", [(1, -2.0 * -0.74)], id="a word denied"),
        pytest.param("\U0001f600 bland", [(0, 1.0), (1, -2.0)], id="a face"),
    ],
)
def test_opinions_carry_a_valence_by_the_rules_of_vader(text: str, expected: list[tuple[int, float]]) -> None:
    found = OWN.valences(text.split())
    assert [at for at, _ in found] == [at for at, _ in expected]
    if "\U0001f600" not in text:
        assert [valence for _, valence in found] == pytest.approx([valence for _, valence in expected])


def test_the_compound_is_that_of_all_of_them() -> None:
    assert OWN.score("bland, but worth it!") > 0 > OWN.score("bland")
    assert OWN.score("support") == OWN.score("") == 0
    assert OWN.score("the weather is good") == vader().score("the weather is good")


def test_names_that_stand_in_the_list_speak() -> None:
    assert [OWN.speaks(name) for name in ("Bland", "Worth", "It", "Germs", "Acme")] == [True, True, True, True, False]


def test_english_alone_has_opinions() -> None:
    assert of_brands(vader()) is of_brands(vader()) is not vader()
    assert of_brands(shipped("fr")) is shipped("fr")


@pytest.mark.parametrize("text", ["Acme is overpriced and bland", "Acme is a must-have", "Acme support joined a party"])
def test_a_whole_text_is_left_to_the_reference_and_opinions_can_be_switched_off(text: str) -> None:
    assert score_text(text, None, "en") == SentimentIntensityAnalyzer().polarity_scores(text)["compound"]
    named = [Match("acme", "Acme", *found.span()) for found in re.finditer("Acme", text)]
    on, off = (
        SentimentGauge(Thresholds(opinions=opinions), ("en",)).toward(text, named, "en") for opinions in (True, False)
    )
    assert on.compound != off.compound
    assert on.label is (Label.NEGATIVE if "bland" in text else Label.POSITIVE if "must" in text else Label.NEUTRAL)
