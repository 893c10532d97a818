"""Fits a model to examples, by scikit-learn's logistic regression. A text is scored without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from config.errors import OverheardError
from scoring.learning.features import Features
from scoring.learning.model import LABELS, Model, Weights
from storage.records import Label

SELDOM: Final = 2  # a feature of fewer examples says nothing
PENALTY: Final = 12.0  # on the squares of the weights; chosen on labelled tweets, news and reviews
MOST_ROUNDS: Final = 2000  # of the solver, which needs some fifty
DIGITS: Final = 4  # of a weight that are kept


class NoTrainerError(OverheardError):
    """The library that fits is not installed."""


def fit(lessons: Sequence[tuple[Features, Label]], group: str, language: str, rules: str) -> Model:
    """Give the model that fits best what was seen to what people said of it. All LABELS have to occur.

    Every label weighs the same, however often it occurs. Raises NoTrainerError without scikit-learn.
    """
    try:
        from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415  # optional, and it takes a second
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  # likewise
    except ImportError:
        raise NoTrainerError(
            "scikit-learn is not installed; training needs it, scoring does not: pip install scikit-learn"
        ) from None
    table = DictVectorizer()
    rows = table.fit_transform(_without_seldom([seen.all() for seen, _ in lessons]))
    regression = LogisticRegression(C=1 / PENALTY, class_weight="balanced", max_iter=MOST_ROUNDS)
    regression.fit(rows, [LABELS.index(label) for _, label in lessons])
    names = map(str, table.get_feature_names_out())
    weights = dict(zip(names, map(_weights, regression.coef_.T), strict=True))
    return Model(group, language, rules, _weights(regression.intercept_), weights)


def _without_seldom(seen: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    times = Counter(feature for one in seen for feature in one)
    return [{feature: value for feature, value in one.items() if times[feature] >= SELDOM} for one in seen]


def _weights(numbers: Any) -> Weights:  # noqa: ANN401  # a row of numpy, whose types scikit-learn does not tell
    negative, neutral, positive = (round(float(number), DIGITS) + 0.0 for number in numbers)
    return negative, neutral, positive
