"""A classifier so small that its answers can be told by hand: the logits of a text are the mean of its words' own.

input_ids -> embedding (one row of logits a word) -> mean over the attention mask -> weights, bias -> logits
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace

THREE = ("negative", "neutral", "positive")
WORDS: Mapping[str, Sequence[float]] = {
    "[PAD]": (9.0, -9.0, 9.0),  # would tell, were the filling read
    "[UNK]": (0.0, 0.0, 0.0),
    "gut": (-3.0, 0.0, 3.0),
    "schlecht": (3.0, 0.0, -3.0),
    "acme": (0.0, 1.0, 0.0),
    "zen": (0.0, 1.0, 0.0),
    "aber": (0.0, 0.5, 0.0),
    "naja": (0.5, 0.0, 1.0),
}
WEIGHTS = ((1.0, 0.25, 0.0), (0.0, 1.0, 0.0), (0.0, -0.5, 1.0))
BIAS = (0.125, -0.25, 0.0)


@dataclass(frozen=True)
class TinyModel:
    """What the folder is to hold. Each field can be spoilt by itself."""

    words: Mapping[str, Sequence[float]] = field(default_factory=lambda: WORDS)
    unknown_ids: Sequence[str] = ()  # words that the tokenizer knows and the embedding does not
    labels: Sequence[str] = THREE
    whole: int = TensorProto.INT64
    masked: bool = True
    segments: bool = False  # whether the graph asks for token_type_ids, too
    shape: Sequence[str | int] = ("batch", "tokens")
    softmax: bool = False
    pooled: bool = True  # whether it answers for the text, not for each of its words
    outputs: Sequence[str] = ("logits",)
    asks_also: str = ""
    config: Mapping[str, Any] = field(default_factory=dict)

    def but(self, **changes: Any) -> TinyModel:
        """Give the same model with some fields changed."""
        return replace(self, **changes)

    def logits(self, text: str) -> list[float]:
        """Give the logits of a text by numpy alone. Words are what stands between blanks and marks."""
        tokens = text.lower().replace(",", " , ").replace(".", " . ").split()
        rows = [self.words.get(token, self.words["[UNK]"]) for token in tokens]
        answer: list[float] = (np.mean(np.array(rows), axis=0) @ np.array(WEIGHTS) + np.array(BIAS)).tolist()
        return answer

    def write(self, folder: Path, *, weights_in: str = "") -> Path:
        """Write model.onnx, tokenizer.json and config.json. `weights_in`: a file beside, for the embedding."""
        folder.mkdir(parents=True, exist_ok=True)
        spelled = [*self.words, *self.unknown_ids]
        tokenizer = Tokenizer(WordLevel({word: place for place, word in enumerate(spelled)}, unk_token="[UNK]"))
        tokenizer.normalizer = Lowercase()
        tokenizer.pre_tokenizer = Whitespace()
        tokenizer.enable_padding(length=64)  # as many a folder has it
        tokenizer.save(str(folder / "tokenizer.json"))
        told = {"id2label": dict(enumerate(self.labels)), "max_position_embeddings": 18}
        (folder / "config.json").write_text(json.dumps({**told, **self.config}), encoding="utf-8")
        onnx.save_model(
            self._graph(),
            str(folder / "model.onnx"),
            save_as_external_data=bool(weights_in),
            location=weights_in or None,
            size_threshold=90,  # bytes: the embedding alone has so many
        )
        return folder

    def _graph(self) -> onnx.ModelProto:
        inputs = ["input_ids", *["attention_mask"] * self.masked, *["token_type_ids"] * self.segments]
        inputs += [self.asks_also] * bool(self.asks_also)
        tables = {"embedding": [*self.words.values()], "weights": WEIGHTS, "bias": BIAS}
        node = helper.make_node
        nodes = [node("Gather", ["embedding", "input_ids"], ["rows"])]
        if not self.pooled:
            nodes += [node("Identity", ["rows"], ["mean"])]
        elif self.masked:
            nodes += [
                node("Cast", ["attention_mask"], ["flat_mask"], to=TensorProto.FLOAT),
                node("Unsqueeze", ["flat_mask", "last"], ["mask"]),
                node("Mul", ["rows", "mask"], ["kept"]),
                node("ReduceSum", ["kept", "second"], ["sum"], keepdims=0),
                node("ReduceSum", ["mask", "second"], ["count"], keepdims=0),
                node("Div", ["sum", "count"], ["mean"]),
            ]
        else:
            nodes += [node("ReduceMean", ["rows", "second"], ["mean"], keepdims=0)]
        nodes += [node("MatMul", ["mean", "weights"], ["turned"]), node("Add", ["turned", "bias"], ["answer"])]
        nodes += [node("Softmax" if self.softmax else "Identity", ["answer"], [name]) for name in self.outputs]
        constants = [numpy_helper.from_array(np.array(rows, dtype=np.float32), name) for name, rows in tables.items()]
        constants += [numpy_helper.from_array(np.array([at], dtype=np.int64), name) for name, at in _AXES.items()]
        graph = helper.make_graph(
            nodes,
            "tiny",
            [helper.make_tensor_value_info(name, self.whole, self.shape) for name in inputs],
            [
                helper.make_tensor_value_info(
                    name, TensorProto.FLOAT, ["batch", *["tokens"] * (not self.pooled), len(THREE)]
                )
                for name in self.outputs
            ],
            constants,
        )
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
        onnx.checker.check_model(made)
        return made


_AXES = {"second": 1, "last": 2}
