"""French by vaderSentiment-fr, as the library that is installed scores it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.french import french_scorer
from scoring.registry import CHOICES

SCORER = french_scorer()


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        pytest.param("Ce produit est excellent, je l'adore", 1, id="praise"),
        pytest.param("Le support est catastrophique", -1, id="blame"),
        pytest.param("Ce produit n'est pas bon", -1, id="negated"),
        pytest.param("La réunion commence à midi", 0, id="nothing"),
        pytest.param("", 0, id="empty"),
    ],
)
def test_nobody_would_dispute_these_signs(text: str, sign: int) -> None:
    found = SCORER.score(text)
    assert (found > 0) - (found < 0) == sign


def test_its_name_is_of_the_version_that_the_extra_asks_for() -> None:
    assert SCORER.name == "vadersentiment-fr-1.3.4"
    assert CHOICES["vadersentiment-fr"].make().name == SCORER.name


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=200)
def test_any_text_gets_a_compound(text: str) -> None:
    assert -1 <= SCORER.score(text) <= 1


@pytest.mark.parametrize("text", ["bon " * 250_000, "'" * 1_000_000, "😀" * 1_000_000], ids=["words", "marks", "emoji"])
def test_long_texts_are_read_at_their_beginning(text: str) -> None:
    assert -1 <= SCORER.score(text) <= 1  # quadratic work would run into the time limit of the test


def test_it_is_loaded_only_when_it_is_made_and_leaves_the_path_of_imports_alone() -> None:
    code = (
        "import sys, scoring.registry, scoring.sentiment\n"
        "before = sys.path.copy(), 'vaderSentiment_fr' in sys.modules\n"
        "scoring.registry.CHOICES['vadersentiment-fr'].make()\n"
        "print(before == (sys.path, False), 'vaderSentiment_fr' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("True True\n", "")


@pytest.mark.recordings
def test_on_french_tweets_it_agrees_with_people_as_often_as_is_told(recordings: Path) -> None:
    rows = [json.loads(line) for line in (recordings / "sentiment/xlmt_fr.jsonl").read_text("utf-8").splitlines()]
    pairs = [(row["label"], label(SCORER.score(row["text"]))) for row in rows]
    assert len(pairs) == 1839
    assert round(macro_f1(pairs), 3) == 0.592


def label(compound: float) -> str:
    return "pos" if compound >= 0.05 else "neg" if compound <= -0.05 else "neu"


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    scores = []
    for each in ("neg", "neu", "pos"):
        right = sum(told == found == each for told, found in pairs)
        scores.append(2 * right / sum((told == each) + (found == each) for told, found in pairs))
    return sum(scores) / 3
