"""A model that the user brought: a folder of three files, checked, opened, tried on two texts, and made into a scorer.

Nothing of the folder is run as code and nothing is downloaded: model.onnx is a graph of known operators, tokenizer.json
and config.json are data.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any, Final

from config.errors import ConfigError, Problem
from overheard.sentiment.onnx_session import OnnxSession, first_line
from overheard.sentiment.tokens import Tokens
from scoring.contract import ScorerError, TextScorer
from scoring.onnx_model import model_scorer, worths

MODEL, TOKENIZER, CONFIG = FILES = ("model.onnx", "tokenizer.json", "config.json")
EXPORT: Final = "export it with: optimum-cli export onnx --task text-classification --model NAME FOLDER"
ANEW: Final = "copy or export it anew"
MOST_TOKENS: Final = 512
TAKEN: Final = 2  # positions that models of the RoBERTa family keep for themselves
HEX: Final = 8  # digits of the digest in a name

_TRIAL: Final = ("Acme", "Acme is what they talk about")  # of two lengths, so that a graph of one fixed shape shows
_SURE: Final = 1e-4  # how near to 1 the sum of probabilities lies
_NO_CHOICE: Final = {"multi_label_classification", "regression"}


def open_model(folder: Path) -> TextScorer:
    """Give the scorer of a folder with model.onnx, tokenizer.json and config.json, once two texts went through it.

    Raises ConfigError that tells what of it is missing, damaged or not understood; ImportError without the libraries.
    """
    _check_files(folder)
    config = _config(folder)
    labels = _labels(folder, config)
    worth = worths(labels)
    if worth is None:
        remedy = (
            'write what each one means into "id2label": "negative", "neutral", "positive", or "1 star" to "5 stars"'
        )
        raise _wrong(folder, CONFIG, f"the labels {', '.join(labels)} are no scale that is known", remedy)
    try:
        tokens = Tokens(folder / TOKENIZER, _limit(config))
        tokens.encoded(_TRIAL)
    except ScorerError as problem:
        raise _wrong(folder, TOKENIZER, f"cannot be read ({first_line(problem)})", ANEW) from None
    try:
        session = OnnxSession(folder / MODEL, tokens)
        rows = session.answers(_TRIAL)
    except ScorerError as problem:
        raise _wrong(folder, MODEL, str(problem), EXPORT) from None
    _check_answers(folder, rows, len(labels))
    return model_scorer(_name(folder), worth, session.run)


def _wrong(folder: Path, where: str, what: str, remedy: str) -> ConfigError:
    return ConfigError(str(folder), [Problem(where, what, remedy)])


def _check_files(folder: Path) -> None:
    if not folder.is_dir():
        raise _wrong(folder, "the folder", "does not exist", "correct the name, or put the model there")
    missing = [Problem(name, "missing", EXPORT) for name in FILES if not (folder / name).is_file()]
    if missing:
        raise ConfigError(str(folder), missing)


def _config(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / CONFIG).read_bytes())
    except (OSError, ValueError) as problem:
        raise _wrong(folder, CONFIG, f"cannot be read ({first_line(problem)})", ANEW) from None
    if not isinstance(found, dict):
        raise _wrong(folder, CONFIG, "holds no table", ANEW)
    if found.get("problem_type") in _NO_CHOICE:
        remedy = "take a model that chooses one label for a text"
        raise _wrong(folder, CONFIG, f"the model is made for {found['problem_type']}", remedy)
    return found


def _labels(folder: Path, config: dict[str, Any]) -> list[str]:
    """Give the model's labels in the order of its outputs."""
    told = config.get("id2label")
    labels = [told.get(str(place)) for place in range(len(told))] if isinstance(told, dict) else []
    if not labels or not all(isinstance(label, str) for label in labels):
        remedy = 'write what each of its outputs means, such as {"0": "negative", "1": "neutral", "2": "positive"}'
        raise _wrong(folder, CONFIG, '"id2label" does not name the labels', remedy)
    return [str(label) for label in labels]


def _limit(config: dict[str, Any]) -> int:
    """Give how many tokens of a text the model reads."""
    positions = config.get("max_position_embeddings")
    return max(1, min(MOST_TOKENS, positions - TAKEN)) if isinstance(positions, int) else MOST_TOKENS


def _check_answers(folder: Path, rows: list[list[float]], labels: int) -> None:
    """Check that each text got one logit for each label."""
    if {len(row) for row in rows} != {labels}:
        what = f"gives {len(rows[0])} numbers for a text, and {CONFIG} names {labels} labels"
        raise _wrong(folder, MODEL, what, 'correct "id2label"')
    if all(min(row) >= 0 and abs(sum(row) - 1) < _SURE for row in rows):
        raise _wrong(folder, MODEL, "gives probabilities, where logits are wanted", "leave its last softmax out")


def _name(folder: Path) -> str:
    """Give "onnx-<folder>-<digest>": the digest changes with any file that decides a score."""
    digest = hashlib.sha256()
    weights = {path for path in folder.glob(f"{MODEL}*") if path.is_file()}  # model.onnx_data too
    for path in sorted({*weights, folder / TOKENIZER, folder / CONFIG}):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    called = re.sub(r"[^\w.-]+", "-", folder.resolve().name)
    return f"onnx-{called}-{digest.hexdigest()[:HEX]}"
