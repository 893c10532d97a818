"""What the answer of a classifier is worth: its labels put in order, its logits made into one compound.

The compound is the expected worth of the label: the labels of a scale stand evenly between -1 and 1, and each counts
by its probability, softmax(logits). For negative, neutral, positive that is p(positive) - p(negative); for stars it is
their mean, stretched to -1..1. Files and sessions are the affair of overheard/sentiment/onnx_folder.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, isfinite
from typing import Final

from scoring.contract import ScorerError, TextScorer

DIGITS: Final = 4
# From worst to best. A model's labels have to be those of one scale, in any order, case and spelling of blanks.
SCALES: Final[tuple[tuple[str, ...], ...]] = (
    ("negative", "positive"),
    ("negative", "neutral", "positive"),
    ("very negative", "negative", "neutral", "positive", "very positive"),
    ("1 star", "2 star", "3 star", "4 star", "5 star"),
)
_SHORT: Final = {"neg": "negative", "neu": "neutral", "pos": "positive", "stars": "star"}

Logits = Sequence[float]  # one number for each label of the model, in its order


def worths(labels: Sequence[str]) -> tuple[float, ...] | None:
    """Give the worth of each label, -1 to 1, in the model's order; None when they are no scale that is known."""
    plain = [_plain(label) for label in labels]
    for scale in SCALES:
        if sorted(plain) == sorted(scale):
            return tuple(2 * scale.index(label) / (len(scale) - 1) - 1 for label in plain)
    return None


def compound(logits: Logits, worth: Sequence[float]) -> float:
    """Give the expected worth, -1 to 1. Raises ScorerError for what is no number."""
    if not all(map(isfinite, logits)):
        raise ScorerError("the model answered with what is no number")
    highest = max(logits)  # subtracted, so that no power overflows
    weights = [exp(logit - highest) for logit in logits]
    expected = sum(weight * each for weight, each in zip(weights, worth, strict=True)) / sum(weights)
    return round(max(-1.0, min(expected, 1.0)), DIGITS) + 0.0  # no -0.0


def model_scorer(name: str, worth: Sequence[float], run: Callable[[Sequence[str]], Sequence[Logits]]) -> TextScorer:
    """Give the scorer of a model. `run` gives the logits of texts, in order, or raises ScorerError.

    Names of brands stay readable: letters in their place are words that the model has never seen.
    """
    return TextScorer(name, lambda texts: [compound(logits, worth) for logits in run(texts)], blanks=False)


def _plain(label: str) -> str:
    words = label.lower().replace("_", " ").replace("-", " ").split()
    return " ".join(_SHORT.get(word, word) for word in words)
