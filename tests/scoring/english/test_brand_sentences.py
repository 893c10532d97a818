"""What people write of brands: each brand of a sentence gets its own sign, and the words that decided are quoted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import Sentiment as Thresholds
from scoring.sentiment import SentimentGauge, score_text
from storage.records import Label, Match

ENGLISH = SentimentGauge(Thresholds(), ("en",))
SIGNS = {"+": Label.POSITIVE, "-": Label.NEGATIVE, "0": Label.NEUTRAL}
UNNAMED = "."
ROWS = [
    [*line.split("\t"), "", ""][:5]
    for line in (Path(__file__).parent / "brand_sentences.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def matches(body: str, name: str) -> list[Match]:
    return [
        Match(name.lower(), name, *found.span()) for found in re.finditer(rf"\b{name}(?:CRM)?\b", body, re.IGNORECASE)
    ]


@pytest.mark.parametrize(
    ("acme", "zen", "sentence", "acme_quote", "zen_quote"), ROWS, ids=[f"{row[0]} {row[1]} {row[2]}" for row in ROWS]
)
def test_each_brand_gets_the_sign_that_a_person_gives_it_and_its_words(
    acme: str, zen: str, sentence: str, acme_quote: str, zen_quote: str
) -> None:
    body = sentence.replace(r"\n", "\n")
    named = {name: matches(body, name) for name in ("Acme", "Zen")}
    for name, other, sign, quote in (("Acme", "Zen", acme, acme_quote), ("Zen", "Acme", zen, zen_quote)):
        assert bool(named[name]) == (sign != UNNAMED)
        if named[name]:
            seen = ENGLISH.toward(body, named[name], "en", named[other])
            assert seen.evidence is not None
            assert (seen.label, body[slice(*seen.evidence)]) == (SIGNS[sign], quote or body)


def test_there_are_the_sentences_of_every_kind_and_forty_more() -> None:
    assert len(ROWS) >= 8 + 40


NAMES = st.sampled_from(["Acme", "Zen", "Globex", "acme", "zencrm", "Initech", "Best Buy", "O2", "C++"])
BETTER = st.sampled_from(
    ["better", "faster", "nicer", "more reliable", "less buggy", "cheaper", "far superior", "funnier"]
)
WORSE = st.sampled_from(["worse", "slower", "less fun", "more expensive", "clunkier", "more buggy", "uglier"])
UP = ("X is {} than Y", "X is {} than Y.", "We think X looks {} than Y, by far.", "Why is X {} than Y?")


@given(
    st.lists(NAMES, min_size=2, max_size=2, unique_by=str.lower),
    st.sampled_from(UP),
    st.one_of(st.tuples(BETTER, st.just(1)), st.tuples(WORSE, st.just(-1))),
)
def test_swapping_the_names_of_a_comparative_swaps_the_scores(
    names: list[str], template: str, adjective: tuple[str, int]
) -> None:
    word, sign = adjective
    sentence = template.format(word).replace("superior than", "superior to")

    def scores(first: str, second: str) -> list[float | None]:
        """Of the first name, then of the second."""
        body = re.sub("[XY]", lambda letter: first if letter[0] == "X" else second, sentence)
        places = [[Match(name, name, *found.span()) for found in re.finditer(re.escape(name), body)] for name in names]
        return [ENGLISH.toward(body, own, "en", other).compound for own, other in (places, places[::-1])]

    assert scores(*names) == [0.6 * sign, -0.6 * sign]
    assert scores(*names[::-1]) == [-0.6 * sign, 0.6 * sign]


FAR = ("It rained.", "The war was a terrible disaster.", "We love great holidays!", "Layoffs, outages, refunds.")


@given(st.sampled_from([row[2] for row in ROWS]), st.lists(st.sampled_from(FAR), min_size=1, max_size=4))
def test_adding_unrelated_sentences_far_away_changes_nothing(sentence: str, far: list[str]) -> None:
    body = sentence.replace(r"\n", "\n") + " It rained. It rained. Globex opens."
    longer = " ".join([body, *far])
    for name, other in (("Acme", "Zen"), ("Zen", "Acme")):
        scores = [
            ENGLISH.toward(text, matches(text, name), "en", [*matches(text, other), *matches(text, "Globex")]).compound
            for text in (body, longer)
        ]
        assert scores[0] == scores[1] or not matches(body, name)


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["than", "but", "and", "Zen", "down again", ","]))
def test_any_text_gets_a_compound_in_range_and_never_a_negative_zero(before: str, after: str, word: str) -> None:
    compound = score_text(f"{before} Acme {word} {after}", "Acme", "en")
    assert compound is not None
    assert -1 <= compound <= 1
    assert str(compound) != "-0.0"


MEGABYTE = 1_000_000
PATTERNS = (
    "but ", "a.", "@", "than ", "Acme ", "Acme, ", "and ", "better ", "not ", "Acme is better than ", "compared to ",
    "unlike ", "great, ", "again outage. ", "worth ", "if ", "from ", "switched to ", "as good as ", "\n", "'", "/",
)  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_megabyte_of_anything_is_scored(pattern: str) -> None:
    body = "Acme is great. " + pattern * (MEGABYTE // len(pattern))
    assert ENGLISH.toward(body, matches(body, "Acme"), "en").compound is not None
