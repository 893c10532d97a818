"""From labels and logits to a compound."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.contract import ScorerError
from scoring.onnx_model import compound, model_scorer, worths


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        pytest.param(["negative", "neutral", "positive"], (-1, 0, 1), id="three"),
        pytest.param(["Positive", "NEUTRAL", "Negative"], (1, 0, -1), id="in another order and case"),
        pytest.param(["NEG", "NEU", "POS"], (-1, 0, 1), id="short"),
        pytest.param(["POSITIVE", "NEGATIVE"], (1, -1), id="two"),
        pytest.param([f"{stars} star{'s' * (stars > 1)}" for stars in range(1, 6)], (-1, -0.5, 0, 0.5, 1), id="stars"),
        pytest.param(
            ["5_stars", "4_stars", "3_stars", "2_stars", "1_star"], (1, 0.5, 0, -0.5, -1), id="from five down"
        ),
        pytest.param(
            ["Very Negative", "Negative", "Neutral", "Positive", "Very Positive"], (-1, -0.5, 0, 0.5, 1), id="five"
        ),
        pytest.param(["very-positive", "pos", "neu", "neg", "very-negative"], (1, 0.5, 0, -0.5, -1), id="with dashes"),
        pytest.param(["LABEL_0", "LABEL_1", "LABEL_2"], None, id="without meaning"),
        pytest.param(["anger", "joy", "sadness"], None, id="of another kind"),
        pytest.param(["negative", "neutral"], None, id="half a scale"),
        pytest.param(["negative", "positive", "positive"], None, id="one twice"),
        pytest.param(["1 star", "2 stars", "3 stars"], None, id="three stars"),
        pytest.param([], None, id="none"),
    ],
)
def test_labels_get_their_worth_from_the_scale_that_they_make(
    labels: Sequence[str], expected: tuple[float, ...] | None
) -> None:
    assert worths(labels) == expected


@pytest.mark.parametrize(
    ("logits", "worth", "expected"),
    [
        pytest.param((0.0, 0.0, 0.0), (-1, 0, 1), 0.0, id="no idea"),
        pytest.param((-50.0, 0.0, 50.0), (-1, 0, 1), 1.0, id="sure"),
        pytest.param((3.0, 3.0), (1, -1), 0.0, id="two, undecided"),
        pytest.param((np.log(0.2), np.log(0.3), np.log(0.5)), (-1, 0, 1), 0.3, id="p(positive) - p(negative)"),
        pytest.param((np.log(0.25), np.log(0.75)), (1, -1), -0.5, id="of two labels, positive first"),
        pytest.param(np.log([0.1, 0.1, 0.2, 0.2, 0.4]), (-1, -0.5, 0, 0.5, 1), 0.35, id="3.7 stars: (3.7 - 3) / 2"),
        pytest.param((1e30, 0.0, -1e30), (-1, 0, 1), -1.0, id="far apart"),
    ],
)
def test_the_compound_is_the_expected_worth(logits: Sequence[float], worth: Sequence[float], expected: float) -> None:
    assert compound(list(logits), worth) == pytest.approx(expected, abs=1e-12)


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3))
def test_a_compound_lies_between_its_ends_and_turns_with_its_labels(logits: list[float]) -> None:
    found = compound(logits, (-1, 0, 1))
    assert -1 <= found <= 1
    assert compound(logits[::-1], (-1, 0, 1)) == pytest.approx(-found, abs=1e-4)


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_what_is_no_number_is_no_compound(wrong: float) -> None:
    with pytest.raises(ScorerError, match="no number"):
        compound((0.0, wrong, 0.0), (-1, 0, 1))


def test_a_scorer_answers_for_each_text_and_reads_names() -> None:
    scorer = model_scorer("onnx-x-1", (-1, 1), lambda texts: [(0.0, float(text)) for text in texts])
    assert scorer.scores(["0", "100"]) == [0.0, 1.0]
    assert (scorer.name, scorer.blanks) == ("onnx-x-1", False)
