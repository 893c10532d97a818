"""The lexicons that come with Overheard: sentences in each language, and how often they agree with people."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from scoring.lexicons.scorer import SHIPPED, marks, shipped

SENTENCES = [
    line.split("\t")
    for line in (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
BAND = 0.05  # the default thresholds
RECORDED = {language: f"xlmt_{language}.jsonl" for language in SHIPPED} | {
    "ro": "redv2_ro.jsonl",
    "ko": "nsmc_ko.jsonl",
}


def label(compound: float) -> str:
    return "pos" if compound >= BAND else "neg" if compound <= -BAND else "neu"


@pytest.mark.parametrize(("language", "sign", "sentence"), SENTENCES, ids=[f"{row[0]}: {row[2]}" for row in SENTENCES])
def test_sentences_have_the_sign_that_a_person_gives_them(language: str, sign: str, sentence: str) -> None:
    assert label(shipped(language).score(sentence)) == {"+": "pos", "-": "neg", "0": "neu"}[sign]


@pytest.mark.parametrize("language", SHIPPED)
def test_every_language_is_tested_by_fifteen_sentences(language: str) -> None:
    assert sum(row[0] == language for row in SENTENCES) >= 15


@pytest.mark.parametrize(
    ("language", "plain", "boosted", "damped"),
    [
        ("de", "schön", "sehr schön", "etwas schön"),
        ("es", "bonito", "muy bonito", "un poco bonito"),
        ("fr", "joli", "très joli", "un peu joli"),
        ("it", "carino", "molto carino", "un po carino"),
        ("ko", "지루해요", "너무 지루해요", "조금 지루해요"),
        ("pt", "bonito", "muito bonito", "um pouco bonito"),
        ("ro", "frumos", "foarte frumos", "un pic frumos"),
    ],
)
def test_boosters_raise_and_dampeners_lower(language: str, plain: str, boosted: str, damped: str) -> None:
    weak, middle, strong = (abs(shipped(language).score(text)) for text in (damped, plain, boosted))
    assert 0 < weak < middle < strong


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "nicht schön"),
        ("de", "Das gefällt mir nicht"),
        ("es", "no es bonito"),
        ("fr", "ce n'est pas joli"),
        ("fr", "je n'aime pas"),
        ("it", "non è carino"),
        ("ko", "안 좋아요"),
        ("ko", "좋지 않아요"),
        ("ko", "좋지않아요"),
        ("pt", "não é bonito"),
        ("ro", "nu e frumos"),
    ],
)
def test_negated_praise_is_blame(language: str, sentence: str) -> None:
    assert label(shipped(language).score(sentence)) == "neg"


def test_the_names_tell_the_lexicon_and_its_version() -> None:
    assert [shipped(language).name for language in SHIPPED] == [f"lexicon-{language}-2" for language in SHIPPED]


def test_marks_stand_on_both_sides() -> None:
    assert (marks()[":)"] > 0, marks()[":("] < 0, marks()["😡"] < 0) == (True, True, True)


def recorded(recordings: Path, language: str, half: int) -> list[tuple[str, str]]:
    """What people said and what the lexicon says, of one half of a development set, chosen by its rows' numbers."""
    lines = (recordings / "sentiment" / RECORDED[language]).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    scorer = shipped(language)
    return [
        (row["label"], label(scorer.score(row["text"])))
        for row in rows
        if sha256(f"{language}:{row['id']}".encode()).digest()[0] % 2 == half
    ]


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    shares = []
    for name in ("pos", "neg", "neu"):
        right = sum(person == ours == name for person, ours in pairs)
        shares.append(2 * right / (sum(person == name for person, _ in pairs) + sum(ours == name for _, ours in pairs)))
    return sum(shares) / len(shares)


# Half 0 was read while the lexicons were written, half 1 never.
@pytest.mark.recordings
@pytest.mark.parametrize("half", [0, 1], ids=["read", "held back"])
@pytest.mark.parametrize(("language", "least"), [("fr", 0.56), ("de", 0.58), ("es", 0.54), ("it", 0.54), ("pt", 0.55)])
def test_tweets_are_labelled_as_people_label_them(recordings: Path, language: str, least: float, half: int) -> None:
    assert macro_f1(recorded(recordings, language, half)) >= least


@pytest.mark.recordings
@pytest.mark.parametrize("half", [0, 1], ids=["read", "held back"])
@pytest.mark.parametrize(("language", "least"), [("ko", 0.75), ("ro", 0.8)])
def test_where_the_lexicon_decides_it_is_right(recordings: Path, language: str, least: float, half: int) -> None:
    polar = [(person, ours) for person, ours in recorded(recordings, language, half) if person != "neu"]
    decided = [person == ours for person, ours in polar if ours != "neu"]
    assert len(decided) >= len(polar) / 3
    assert sum(decided) / len(decided) >= least
