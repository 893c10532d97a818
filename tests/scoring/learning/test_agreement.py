"""How well scores agree with people, against scikit-learn and numbers worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from scoring.learning.agreement import Agreement, Judged, agreement, macro_f1
from storage.records import Label

POS, NEU, NEG = Label.POSITIVE, Label.NEUTRAL, Label.NEGATIVE
PAIRS = st.lists(st.tuples(st.sampled_from([POS, NEU, NEG]), st.sampled_from([POS, NEU, NEG])), min_size=1)


@given(PAIRS)
def test_macro_f1_is_that_of_scikit_learn(pairs: list[tuple[Label, Label]]) -> None:
    people, found = [one for one, _ in pairs], [other for _, other in pairs]
    expected = f1_score([one.value for one in people], [other.value for other in found], average="macro")
    assert macro_f1(people, found) == pytest.approx(expected)


def test_each_figure_is_as_worked_out_by_hand() -> None:
    judged = [
        Judged("one", POS, POS, 0.5),
        Judged("one", NEG, NEU, 0.0),  # below the other: in order
        Judged("two", NEG, POS, 0.2),
        Judged("two", NEU, POS, 0.2),  # even with the other: half
        Judged("three", NEU, NEG, -0.3),
        Judged("three", NEG, NEU, 0.0),  # the wrong way round
        Judged("four", POS, Label.UNSCORED, None),
        Judged("four", NEG, NEG, -0.9),  # its other brand is unscored: no pair
        Judged("five", POS, POS, 0.4),
        Judged("five", POS, POS, 0.9),  # labelled alike: no order to keep
    ]
    # Scored are 9, four of them right. F1: positive 2*3/(3+5), negative 2*1/(4+2), neutral 0.
    assert agreement(judged) == Agreement(
        accuracy=4 / 9,
        macro_f1=(0.75 + 1 / 3 + 0) / 3,
        order=1.5 / 3,
        coverage=9 / 10,
        n=10,
        pairs=3,
    )


def test_of_nothing_every_figure_is_undefined() -> None:
    assert agreement([]) == Agreement(None, None, None, None, 0, 0)
    assert agreement([Judged("t", POS, Label.UNSCORED, None)]) == Agreement(None, None, None, 0.0, 1, 0)
