"""The file format of learned models: JSON that people can read, a line for each feature with its weight per label."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from config.errors import ConfigError, Problem
from scoring.learning.model import LABELS, Model, Weights
from storage.records import Label

FORMAT: Final = 1
ANEW: Final = "train it again with `overheard sentiment train`, or delete the file"

Weight = Annotated[float, Field(allow_inf_nan=False)]
Triple = tuple[Weight, Weight, Weight]


@dataclass(frozen=True, slots=True)
class Training:
    """What a model was learned from, and how good it was found to be."""

    at: datetime
    labels: Mapping[Label, int]  # that it learned from
    held_back: int  # labels that it was judged by
    macro_f1: float  # on these
    rules_macro_f1: float  # of the rules alone, likewise
    texts: frozenset[str]  # fingerprints of the texts that it learned from, so that it is never judged by them


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Trained(_Part):
    at: AwareDatetime
    labels: dict[str, int]
    held_back: int
    macro_f1: Weight
    rules_macro_f1: Weight
    texts: tuple[str, ...]


class _File(_Part):
    format: int
    group: str
    language: str
    rules: str
    trained: _Trained
    labels: tuple[Literal["negative"], Literal["neutral"], Literal["positive"]]
    start: Triple
    weights: dict[str, Triple]


def written(model: Model, training: Training) -> str:
    """Give the text of a model's file."""
    trained = _Trained(
        at=training.at,
        labels={label.value: count for label, count in training.labels.items()},
        held_back=training.held_back,
        macro_f1=training.macro_f1,
        rules_macro_f1=training.rules_macro_f1,
        texts=tuple(sorted(training.texts)),
    )
    head: dict[str, object] = {
        "format": FORMAT,
        "group": model.group,
        "language": model.language,
        "rules": model.rules,
        "trained": trained.model_dump(mode="json"),
        "labels": [label.value for label in LABELS],
        "start": model.start,
    }
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    weights = ",\n".join(_line(feature, triple) for feature, triple in sorted(model.weights.items()))
    return "{\n" + ",\n".join([*lines, f'"weights": {{\n{weights}\n}}']) + "\n}\n"


def read_model(text: str, path: str) -> tuple[Model, Training]:
    """Give the model of a file, and what it was learned from; `path` is named in errors.

    ConfigError for what is damaged or written by a newer version.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise ConfigError(path, [Problem("the model", "is damaged: not JSON", ANEW)]) from None
    version = document.get("format") if isinstance(document, dict) else None
    if isinstance(version, int) and version > FORMAT:
        what = f"is of format {version}, written by a newer Overheard; this one reads {FORMAT}"
        raise ConfigError(path, [Problem("the model", what, f"install the newer Overheard, or {ANEW}")])
    try:
        found = _File.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the model"
        raise ConfigError(path, [Problem(where, f"is damaged: {first['msg']}", ANEW)]) from None
    trained = found.trained
    if {*trained.labels} != {label.value for label in LABELS}:
        raise ConfigError(path, [Problem("trained.labels", "is damaged: not a number for each label", ANEW)])
    training = Training(
        at=trained.at,
        labels={Label(name): count for name, count in trained.labels.items()},
        held_back=trained.held_back,
        macro_f1=trained.macro_f1,
        rules_macro_f1=trained.rules_macro_f1,
        texts=frozenset(trained.texts),
    )
    return Model(found.group, found.language, found.rules, found.start, found.weights), training


def _line(feature: str, weights: Weights) -> str:
    return f"{json.dumps(feature, ensure_ascii=False)}: {json.dumps(weights)}"
