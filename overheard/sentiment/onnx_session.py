"""An open model with its tokenizer: texts in, logits out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import structlog

from overheard.sentiment.tokens import Tokens
from scoring.contract import ScorerError

INPUTS: Final = ("input_ids", "attention_mask", "token_type_ids")  # what a graph may ask for, by these names
THREADS: Final = 2
FATAL: Final = 4  # severity from which onnxruntime writes to stderr by itself; what goes wrong is raised as well

_TYPES: Final = {"tensor(int64)": "int64", "tensor(int32)": "int32"}

_log = structlog.get_logger()


class OnnxSession:
    """Gives the logits of texts. Threads may share it. Raises ScorerError for a file or a graph that cannot be used."""

    def __init__(self, path: Path, tokens: Tokens) -> None:
        import onnxruntime as ort  # noqa: PLC0415  # a library that the user installs, or not

        ort.set_default_logger_severity(FATAL)
        options = ort.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = THREADS, 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # a thread that waits shall not work
        self._failures = _failures()
        try:
            self._session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except self._failures as problem:
            raise ScorerError(f"cannot be opened ({first_line(problem)})") from None
        self._inputs = _asked_for(self._session)
        self._output = _answered(self._session)
        self._path = path
        self._tokens = tokens
        self._told = False

    def run(self, texts: Sequence[str]) -> list[list[float]]:
        """Give the logits of texts, in order. Raises ScorerError; the first one is logged."""
        try:
            return self.answers(texts)
        except ScorerError as problem:
            if not self._told:
                self._told = True
                _log.warning("model_failed", model=str(self._path), problem=str(problem), later="not told again")
            raise

    def answers(self, texts: Sequence[str]) -> list[list[float]]:
        """Give the logits of texts, in order. Raises ScorerError.

        Each text goes in by itself: together they take as long on a processor, and twice as long when the shorter ones
        are filled up. So a text's score does not depend on its neighbours either, whatever the graph does.
        """
        return [self._answer(*read) for read in self._tokens.encoded(texts)]

    def _answer(self, ids: list[int], segments: list[int]) -> list[float]:
        import numpy as np  # noqa: PLC0415  # onnxruntime brings it

        known = {"input_ids": ids, "attention_mask": [1] * len(ids), "token_type_ids": segments}
        given = {name: np.array([known[name]], dtype=kind) for name, kind in self._inputs.items()}
        try:
            (answer,) = self._session.run([self._output], given)
        except self._failures as problem:
            raise ScorerError(first_line(problem)) from None
        if answer.ndim != 2 or len(answer) != 1:  # noqa: PLR2004  # one row of logits for one text
            raise ScorerError(f"its answer has the shape {answer.shape}, not one row of logits")
        logits: list[float] = answer[0].tolist()
        return logits


def first_line(problem: Exception) -> str:
    """Give the first line of what a library says."""
    return str(problem).partition("\n")[0]


def _asked_for(session: Any) -> dict[str, str]:  # noqa: ANN401  # onnxruntime publishes no types
    """Give the type of each input of a graph."""
    for given in session.get_inputs():
        if given.name not in INPUTS or given.type not in _TYPES:
            raise ScorerError(f"asks for {given.name} ({given.type}); known are {', '.join(INPUTS)}, as whole numbers")
    return {given.name: _TYPES[given.type] for given in session.get_inputs()}


def _answered(session: Any) -> str:  # noqa: ANN401  # likewise
    """Give the name of a graph's logits: so called, or all that it gives."""
    names = [found.name for found in session.get_outputs()]
    if len(names) > 1 and "logits" not in names:
        raise ScorerError(f"gives {', '.join(names)}, none of them called logits")
    return "logits" if "logits" in names else str(names[0])


def _failures() -> tuple[type[Exception], ...]:
    """Give what onnxruntime raises: classes of its own without a common one, and errors of its arguments."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state  # noqa: PLC0415  # as above

    own = [found for found in vars(state).values() if isinstance(found, type) and issubclass(found, Exception)]
    return (*own, ValueError, RuntimeError, MemoryError)
