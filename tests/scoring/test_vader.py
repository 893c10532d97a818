"""The fast path gives what vaderSentiment gives, in all four scores, on every text."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SPECIAL_CASES, SentimentIntensityAnalyzer

from scoring.vader import VaderScorer, vader
from scoring.vader_words import CAPACITY, NAMED

REFERENCE = SentimentIntensityAnalyzer()
SCORER = VaderScorer()
LEXICON = sorted(REFERENCE.lexicon)
EMOJI = sorted(REFERENCE.emojis)
IDIOMS = [*SPECIAL_CASES, "sort of", "kind of", "just enough"]
GRAMMAR = sorted([*BOOSTER_DICT, *NEGATE, "but", "But", "BUT", *NAMED])
FILLERS = ["table", "Acme", "USA", "x", "1", ":)", ":D", "(", "!!", "??", "?", "!", "...", "won\u2019t", "n't", "the"]


def expected(text: str) -> dict[str, float]:
    scores: dict[str, float] = REFERENCE.polarity_scores(text)
    return scores


def differences(texts: Iterator[str]) -> tuple[int, list[str]]:
    """How many texts were compared, and those on which the two disagree."""
    compared, different = 0, []
    for text in texts:
        compared += 1
        wanted = expected(text)
        if SCORER.scores(text) != wanted or SCORER.score(text) != wanted["compound"]:
            different.append(text)
    return compared, different


def stressed(seed: int, count: int) -> Iterator[str]:
    """Texts thick with everything that a rule looks for."""
    dice = random.Random(seed)
    for _ in range(count):
        words = [
            dice.choice(dice.choice([LEXICON, LEXICON, GRAMMAR, GRAMMAR, FILLERS, IDIOMS, EMOJI]))
            for _ in range(dice.randint(0, 25))
        ]
        shaped = [
            dice.choice([word, word, word, word, word.upper(), word.title()])
            + dice.choice(["", "", "", "", "", ",", "!", "?", "!!!", "??", "\U0001f600"])
            for word in words
        ]
        yield dice.choice([" ", " ", " ", "  ", "\n", ""]).join(shaped)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "the sort",
        "!!!",
        "nothing of note",
        "VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!",
        "ALL OF IT IS GREAT",
        "no good",
        "no, it is good",
        "no x good",
        "no x or good",
        "good no",
        "NO good",
        "never so good",
        "never this really good",
        "without a doubt good",
        "without doubt good",
        "without any doubt good",
        "at least good",
        "very least good",
        "the least good",
        "least good",
        "it is kind of good",
        "kind of",
        "be kind",
        "it was sort of good",
        "this is the shit",
        "this was the bomb great",
        "we had a kiss of death there",
        "such a place is to die for really",
        "a really bad ass good",
        "one two yeah right good",
        "one two good yeah right",
        "it is just enough good",
        "good but bad but good",
        "good good good but good good",
        "but good",
        "good but",
        "great terrible but great terrible great",
        "don\u2019t like it",
        "I can\u2019t say it isn\u2019t good",
        "it\u2019s the shit, y\u2019all",
        "\u2018good\u2019",
        "\U0001f600\U0001f600 good\U0001f600",
        "\U0001f600great",
        "I\u0130 GOOD \u212a",
        "sucks?? really???? yes?",
        "\ud800 good",
        "good\u00a0bad\u2028great\x1fawful",
    ],
)
def test_scores_equal_the_reference_where_a_rule_bites(text: str) -> None:
    assert SCORER.scores(text) == expected(text)


def test_scores_equal_the_reference_on_generated_texts() -> None:
    assert differences(stressed(seed=20, count=12_000)) == (12_000, [])


def test_scores_equal_the_reference_on_long_texts() -> None:
    words = " ".join(stressed(seed=7, count=120)).split()
    texts = [
        " ".join(words),
        " ".join(word for word in words if word.lower() != "but"),
        "good but " + "bad good " * 300,
    ]
    assert differences(iter(texts)) == (3, [])


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(LEXICON), st.sampled_from(GRAMMAR + IDIOMS), st.text(max_size=6)), max_size=14)
)
def test_scores_equal_the_reference_on_any_mixture(words: list[str]) -> None:
    text = " ".join(words)
    assert SCORER.scores(text) == expected(text)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_scores_equal_the_reference_on_any_text(text: str) -> None:
    assert SCORER.scores(text) == expected(text)


def test_the_scorer_says_who_it_is_and_what_it_reads() -> None:
    assert (vader().name, vader().languages, vader() is vader()) == ("vader-3.3.2", ("en",), True)


def test_a_full_memory_of_words_is_emptied_and_scores_stay() -> None:
    scorer = VaderScorer()
    before = scorer.scores("great support")
    for number in range(0, CAPACITY + 2000, 1000):
        scorer.score(" ".join(f"word{number + step}" for step in range(1000)))
    assert scorer.scores("great support") == before


def test_a_megabyte_is_scored_in_one_go() -> None:
    text = "not good but very BAD " * 50_000
    assert -1 <= SCORER.score(text) <= 1


def recorded_texts(folder: Path) -> Iterator[str]:
    """Every different text of the recordings, capped at 600 characters: the reference is quadratic."""
    seen: set[str] = set()
    for text in (whole[:600] for whole in every_text(folder)):
        if text not in seen:
            seen.add(text)
            yield text


def every_text(folder: Path) -> Iterator[str]:
    for path in sorted((folder / "sentiment").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]
    for path in sorted((folder / "mentions").glob("*.csv")) + sorted((folder / "reddit").glob("*.csv")):
        with path.open(encoding="utf-8", errors="replace", newline="") as rows:
            for row in csv.DictReader(rows):
                yield " ".join(value for value in row.values() if isinstance(value, str))
    for path in sorted((folder / "feeds").iterdir()):
        text = re.sub(r"<[^>]{0,500}>", " ", path.read_bytes()[:60_000].decode("utf-8", errors="replace"))
        yield from re.findall(r"[^\n]{20,}", text)


@pytest.mark.recordings
@pytest.mark.timeout(600)
def test_scores_equal_the_reference_on_recorded_texts(recordings: Path) -> None:
    compared, different = differences(recorded_texts(recordings))
    assert different == []
    assert compared >= 50_000


@pytest.mark.parametrize(
    ("name", "speaks"),
    [
        ("Acme", False),
        ("Nestl\u00e9", False),
        ("Acme CRM", False),
        ("Best Buy", True),
        ("Brave", True),
        ("Yahoo!", True),  # the mark would be emphasis
        ("Self", True),  # stands in "self-confident"
        ("Very", True),  # raises the word behind it
        ("Hell", True),
    ],
)
def test_a_name_speaks_where_any_part_of_the_lexicon_or_the_rules_holds_it(name: str, speaks: bool) -> None:
    assert vader().speaks(name) is speaks
