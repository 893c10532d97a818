"""What people write of two brands in seven languages: the sign for each, and the words that are quoted for it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import Sentiment as Thresholds
from scoring.language import language_of
from scoring.lexicons.file import read_lexicon
from scoring.lexicons.patterns import Part
from scoring.lexicons.scorer import SHIPPED
from scoring.sentiment import SentimentGauge, score_text
from storage.records import Label, Match

SENTENCES = [
    line.split("\t")
    for line in (Path(__file__).parent / "brand_sentences.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
BRANDS = ("Zen", "Acme")
THIRD = "Globex"
SIGNS = {Label.POSITIVE: "+", Label.NEGATIVE: "-", Label.NEUTRAL: "0"}
LONG_ENOUGH = 40  # characters to tell eight languages apart by
EIGHT = ("en", *SHIPPED)
GAUGE = SentimentGauge(Thresholds(), EIGHT)


def matches(text: str, name: str) -> tuple[Match, ...]:
    return tuple(Match(name, name, at, at + len(name)) for at in range(len(text)) if text.startswith(name, at))


def said(text: str, brand: str, language: str | None) -> tuple[str, str]:
    """Give the sign and the quoted words; "." and "." where the brand is not named."""
    named = matches(text, brand)
    if not named:
        return ".", "."
    others = [match for other in (*BRANDS, THIRD) if other != brand for match in matches(text, other)]
    seen = GAUGE.toward(text, named, language, others)
    assert seen.evidence is not None
    quote = text[slice(*seen.evidence)]
    return SIGNS[seen.label], "=" if quote == text else quote


@pytest.mark.parametrize("row", SENTENCES, ids=[f"{row[0]}: {row[3]}" for row in SENTENCES])
def test_each_brand_gets_what_is_said_of_it(row: list[str]) -> None:
    language, *signs, text, quote, other_quote = row
    assert [said(text, brand, language) for brand in BRANDS] == [(signs[0], quote), (signs[1], other_quote)]
    if len(text) >= LONG_ENOUGH:
        assert language_of(text, None, EIGHT) == language


@pytest.mark.parametrize("language", SHIPPED)
def test_every_language_is_tested_by_fifteen_sentences(language: str) -> None:
    assert sum(row[0] == language for row in SENTENCES) >= 15


def swapped(text: str) -> str:
    """Give the text with one brand's name for the other's."""
    return text.replace("Zen", "\0").replace("Acme", "Zen").replace("\0", "Acme")


def compounds(text: str, language: str) -> list[float | None]:
    zen, acme = matches(text, "Zen"), matches(text, "Acme")
    return [
        GAUGE.toward(text, zen, language, acme).compound,
        GAUGE.toward(text, acme, language, zen).compound,
    ]


BOTH = [row for row in SENTENCES if "." not in row[1:3]]


@pytest.mark.parametrize("row", BOTH, ids=[f"{row[0]}: {row[3]}" for row in BOTH])
def test_brands_that_change_names_change_scores(row: list[str]) -> None:
    assert compounds(swapped(row[3]), row[0]) == compounds(row[3], row[0])[::-1]


GOOD = {"de": "gut", "es": "bueno", "fr": "bon", "it": "buono", "ko": "좋아요", "pt": "bom", "ro": "bun"}


def spelled(part: Part, language: str) -> str:
    """Give words that a part of a pattern fits: Zen for the better side, Acme for the worse."""
    if part.judged:
        return GOOD[language]
    if part.gap or part.pause:
        return "1 2" if part.gap else ","
    if part.sign:
        name = "Zen" if part.sign > 0 else "Acme"
        return name + min(part.spellings, default="").strip("*")
    return min(part.spellings).strip("*")


PATTERNS = [
    (language, " ".join(spelled(part, language) for part in pattern))
    for language in SHIPPED
    for pattern in read_lexicon(
        files("scoring").joinpath("lexicons", f"{language}.txt").read_text(encoding="utf-8"), f"{language}.txt"
    ).comparisons
    if any(part.sign for part in pattern)
]


@pytest.mark.parametrize(("language", "text"), PATTERNS, ids=[f"{language}: {text}" for language, text in PATTERNS])
def test_every_pattern_says_who_is_better(language: str, text: str) -> None:
    found = {brand: score_text(text, brand, language) for brand in BRANDS if brand in text}
    assert found == {brand: compound for brand, compound in (("Zen", 0.6), ("Acme", -0.6)) if brand in text}


@pytest.mark.parametrize("language", SHIPPED)
@given(text=st.text(max_size=100), sentence=st.sampled_from(BOTH), place=st.integers(0, 60))
def test_any_text_scores_within_bounds(language: str, text: str, sentence: list[str], place: int) -> None:
    mixed = sentence[3][:place] + text + sentence[3][place:]
    for brand in BRANDS:
        assert -1 <= (score_text(mixed, brand, language) or 0.0) <= 1
