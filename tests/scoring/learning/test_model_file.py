"""The file of a learned model: what is written is read again, and damage is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from config.errors import ConfigError
from scoring.learning.model import Model
from scoring.learning.model_file import Training, read_model, written
from storage.records import Label

MODEL = Model(
    "cars", "en", "vader-3.3.2/targeted-3", (0.1, 0.0, -0.1),
    {"good": (-1.0, 0.25, 1.0), 'say "x"\tnear before': (0.0, 0.0, 0.5), "\u6700\u60aa": (1.0, 0.0, -1.0)},
)  # fmt: skip
TRAINING = Training(
    datetime(2026, 7, 5, 12, tzinfo=UTC),
    {Label.NEGATIVE: 7, Label.NEUTRAL: 8, Label.POSITIVE: 9},
    held_back=6,
    macro_f1=0.75,
    rules_macro_f1=0.5,
    texts=frozenset({"00aa11bb", "cc22dd33"}),
)
TEXT = written(MODEL, TRAINING)
REMEDY = "train it again with `overheard sentiment train`, or delete the file"


def test_what_is_written_is_read_again() -> None:
    model, training = read_model(TEXT, "cars.en.json")
    assert training == TRAINING
    assert (model.group, model.language, model.rules, model.start) == ("cars", "en", MODEL.rules, MODEL.start)
    assert model.weights == MODEL.weights
    assert model.name == MODEL.name


def test_a_person_can_read_it_line_by_line() -> None:
    assert '"good": [-1.0, 0.25, 1.0]' in [line.rstrip(",") for line in TEXT.splitlines()]
    assert '"labels": ["negative", "neutral", "positive"],' in TEXT.splitlines()
    assert "\u6700\u60aa" in TEXT


def changed(change: Callable[[Any], object]) -> str:
    document = json.loads(TEXT)
    change(document)
    return json.dumps(document)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(TEXT[:-30], f"the model: is damaged: not JSON; {REMEDY}", id="cut off"),
        pytest.param("", f"the model: is damaged: not JSON; {REMEDY}", id="empty"),
        pytest.param("[" * 100_000, f"the model: is damaged: not JSON; {REMEDY}", id="brackets without end"),
        pytest.param("[]", f"the model: is damaged: Input should be an object; {REMEDY}", id="no object"),
        pytest.param(
            changed(lambda it: it.update(format=2)),
            "the model: is of format 2, written by a newer Overheard; this one reads 1; "
            f"install the newer Overheard, or {REMEDY}",
            id="newer",
        ),
        pytest.param(
            changed(lambda it: it.pop("rules")), f"rules: is damaged: Field required; {REMEDY}", id="a key is missing"
        ),
        pytest.param(
            changed(lambda it: it.update(more=1)),
            f"more: is damaged: Extra inputs are not permitted; {REMEDY}",
            id="a key too many",
        ),
        pytest.param(
            changed(lambda it: it["weights"].update(good=[1.0, 2.0])),
            f"weights.good.2: is damaged: Field required; {REMEDY}",
            id="a weight is missing",
        ),
        pytest.param(
            changed(lambda it: it["weights"].update(good=[1.0, 2.0, float("nan")])),
            f"weights.good.2: is damaged: Input should be a finite number; {REMEDY}",
            id="no number",
        ),
        pytest.param(
            changed(lambda it: it["labels"].reverse()),
            f"labels.0: is damaged: Input should be 'negative'; {REMEDY}",
            id="labels in another order",
        ),
        pytest.param(
            changed(lambda it: it["trained"]["labels"].pop("neutral")),
            f"trained.labels: is damaged: not a number for each label; {REMEDY}",
            id="a count is missing",
        ),
        pytest.param(
            changed(lambda it: it["trained"].update(at="2026-07-05T12:00:00")),
            f"trained.at: is damaged: Input should have timezone info; {REMEDY}",
            id="a time without a zone",
        ),
    ],
)
def test_what_is_damaged_or_newer_is_told_with_the_remedy(text: str, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_model(text, "cars.en.json")
    assert str(caught.value) == f"cars.en.json: {problem}"
