"""A sentiment that was learned from people's labels: a linear model over words and over what the rules say.

Multinomial logistic regression: the score of a label is the sum of the weights of all features that a text has, and the
softmax of the three scores is how likely each label is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from math import exp
from typing import Final

from scoring.learning.features import Features
from scoring.sentences import Place
from storage.records import Label

LABELS: Final = (Label.NEGATIVE, Label.NEUTRAL, Label.POSITIVE)  # in the order of all weights
STEP: Final = 0.07  # compounds are whole multiples: what differs by less is a tie
Weights = tuple[float, float, float]

_NOTHING: Final[Weights] = (0.0, 0.0, 0.0)


@dataclass(frozen=True, eq=False)
class Model:
    """What was learned of one group of brands in one language."""

    group: str
    language: str
    rules: str  # method of the rules that it builds on: with others it means nothing
    start: Weights
    weights: Mapping[str, Weights]  # by feature

    @cached_property
    def name(self) -> str:
        """Name and version, e.g. "learned-3f9a1c": six hex digits of a hash of all that decides a score."""
        decides = repr((self.rules, self.start, sorted(self.weights.items())))
        return f"learned-{sha256(decides.encode()).hexdigest()[:6]}"

    def compound(self, seen: Features) -> float:
        """Give the compound, -1 to 1 in steps of STEP: 0 where neutral is likeliest.

        Else it is the lead of the likeliest label over the next, + for positive, begun at half a step, so that the
        smallest lead is the first step, and the usual thresholds call each text by its likeliest label.
        """
        negative, neutral, positive = self.chances(seen)
        praise, blame = positive - max(neutral, negative), negative - max(neutral, positive)
        lead = max(praise, blame)
        if lead <= 0:
            return 0.0
        steps = round((STEP / 2 + (1 - STEP / 2) * lead) / STEP)
        return round((steps if praise > 0 else -steps) * STEP, 4) + 0.0

    def chances(self, seen: Features) -> Weights:
        """Give how likely each label is."""
        weights = self.weights
        negative, neutral, positive = self.start
        for feature, value in seen.rules.items():
            found = weights.get(feature, _NOTHING)
            negative += value * found[0]
            neutral += value * found[1]
            positive += value * found[2]
        for found in filter(None, map(weights.get, seen.words())):
            negative += found[0]
            neutral += found[1]
            positive += found[2]
        highest = max(negative, neutral, positive)
        negative, neutral, positive = exp(negative - highest), exp(neutral - highest), exp(positive - highest)
        total = negative + neutral + positive
        return negative / total, neutral / total, positive / total

    def strengths(self, seen: Features) -> list[tuple[float, Place]]:
        """Give how much the words of each place speak for praise, or, below 0, for blame."""
        return [(sum(self._leaning(feature) for feature in found), place) for place, found in seen.places]

    def _leaning(self, feature: str) -> float:
        negative, _, positive = self.weights.get(feature, _NOTHING)
        return positive - negative
