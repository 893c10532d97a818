"""A user's model, opened and read: on a model whose every answer numpy can tell."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import onnx
import pytest
from onnx import TensorProto
from structlog.testing import capture_logs

from config.errors import ConfigError
from overheard.sentiment.onnx_folder import open_model
from scoring.contract import ScorerError
from tests.doubles.tiny_model import TinyModel

TINY = TinyModel()
TEXTS = ("gut", "Acme ist schlecht", "gut gut, aber naja", "naja", "Zen ist gut, Acme ist schlecht und gut")


def expected(text: str, model: TinyModel = TINY, worth: Sequence[float] = (-1, 0, 1)) -> float:
    """The compound by another way than the code's: probabilities first."""
    powers = [math.exp(logit) for logit in model.logits(text)]
    return sum(power / sum(powers) * each for power, each in zip(powers, worth, strict=True))


@pytest.mark.parametrize(
    "model",
    [
        pytest.param(TINY, id="as most are exported"),
        pytest.param(TINY.but(segments=True), id="with segment numbers"),
        pytest.param(TINY.but(masked=False), id="without a mask"),
        pytest.param(TINY.but(whole=TensorProto.INT32), id="of short numbers"),
        pytest.param(TINY.but(outputs=("scores",)), id="with a nameless answer"),
        pytest.param(TINY.but(outputs=("hidden", "logits")), id="with a second answer"),
        pytest.param(TINY.but(shape=(1, "tokens")), id="for one text at a time"),
    ],
)
def test_compounds_are_those_that_numpy_finds(tmp_path: Path, model: TinyModel) -> None:
    scorer = open_model(model.write(tmp_path / "tiny"))
    assert scorer.scores(TEXTS) == pytest.approx([expected(text) for text in TEXTS], abs=1e-4)


def test_labels_are_taken_in_the_order_that_the_config_gives(tmp_path: Path) -> None:
    scorer = open_model(TINY.but(labels=("POSITIVE", "neutral", "Negative")).write(tmp_path / "tiny"))
    assert scorer.score("gut") == pytest.approx(-expected("gut"), abs=1e-4)


def test_a_text_has_one_score_whatever_stands_beside_it(tmp_path: Path) -> None:
    folder = TINY.write(tmp_path / "tiny")
    assert [open_model(folder).score(text) for text in TEXTS] == open_model(folder).scores(TEXTS)


@pytest.mark.parametrize("positions", [18, 10, None], ids=["18", "10", "not told"])
def test_of_a_long_text_the_model_reads_as_much_as_it_can(tmp_path: Path, positions: int | None) -> None:
    read = (positions or 514) - 2
    scorer = open_model(TINY.but(config={"max_position_embeddings": positions}).write(tmp_path / "tiny"))
    for good in (read - 1, read, read + 1):
        text = "gut " * good + "schlecht " * 600
        assert scorer.score(text) == pytest.approx(expected(" ".join(text.split()[:read])), abs=1e-4)
    assert scorer.score("gut" * 400_000) == scorer.score("nie")  # one word without end, unknown as that one


def test_the_name_holds_the_folder_and_changes_with_every_file(tmp_path: Path) -> None:
    folder = TINY.write(tmp_path / "my model")
    names = [open_model(folder).name, open_model(folder).name]
    for name in ("model.onnx_data", "tokenizer.json", "config.json"):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        names.append(open_model(folder).name)
    names.append(open_model(TINY.but(words={**TINY.words, "gut": (-3.0, 0.0, 2.9)}).write(folder)).name)
    assert [name.startswith("onnx-my-model-") for name in names] == [True] * 6
    assert len(set(names)) == 5


def test_weights_may_lie_in_a_file_beside_the_graph(tmp_path: Path) -> None:
    folder = TINY.write(tmp_path / "tiny", weights_in="model.onnx_data")
    assert (folder / "model.onnx_data").stat().st_size >= 90
    assert open_model(folder).score("gut") == pytest.approx(expected("gut"), abs=1e-4)


def moved(folder: Path, location: str) -> None:
    """Let the graph look for its weights elsewhere."""
    graph = onnx.load(str(folder / "model.onnx"), load_external_data=False)
    for table in graph.graph.initializer:
        for entry in table.external_data:
            if entry.key == "location":
                entry.value = location
    (folder / "model.onnx").write_bytes(graph.SerializeToString())


@pytest.mark.parametrize("way", ["above", "absolute", "link"])
def test_weights_outside_the_folder_are_not_read(tmp_path: Path, way: str) -> None:
    folder = TINY.write(tmp_path / "tiny", weights_in="weights.bin")
    outside = (folder / "weights.bin").rename(tmp_path / "weights.bin")
    (folder / "link.bin").symlink_to(outside)
    moved(folder, {"above": "../weights.bin", "absolute": str(outside), "link": "link.bin"}[way])
    with pytest.raises(ConfigError, match=r"model\.onnx: cannot be opened .*(escapes|Absolute path not allowed)"):
        open_model(folder)


def spoilt(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


def with_config(**changes: object) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        told = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        (folder / "config.json").write_text(json.dumps({**told, **changes}), encoding="utf-8")

    return change


def rebuilt(**changes: object) -> Callable[[Path], object]:
    return lambda folder: TINY.but(**changes).write(folder)


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda folder: (folder / "model.onnx").unlink(), "model.onnx: missing; export it with: optimum-cli"),
        (lambda folder: (folder / "tokenizer.json").unlink(), "tokenizer.json: missing; export it with: optimum-cli"),
        (lambda folder: (folder / "config.json").unlink(), "config.json: missing; export it with: optimum-cli"),
        (
            spoilt("model.onnx", b"nonsense" * 99),
            "model.onnx: cannot be opened ([ONNXRuntimeError] : 7 : INVALID_PROTO",
        ),
        (spoilt("model.onnx", b""), "model.onnx: cannot be opened ("),
        (spoilt("tokenizer.json", b"{}"), "tokenizer.json: cannot be read (Model missing"),
        (spoilt("tokenizer.json", b"\xff"), "tokenizer.json: cannot be read ("),
        (spoilt("config.json", b"\xff{"), "config.json: cannot be read ("),
        (spoilt("config.json", b"[" * 9), "config.json: cannot be read (Expecting value"),
        (spoilt("config.json", b"[]"), "config.json: holds no table; copy or export it anew"),
        (
            with_config(id2label=None),
            'config.json: "id2label" does not name the labels; write what each of its outputs',
        ),
        (with_config(id2label={"1": "negative", "2": "positive"}), 'config.json: "id2label" does not name the labels'),
        (
            with_config(id2label={"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}),
            "config.json: the labels LABEL_0, LABEL_1, LABEL_2 are no scale that is known; write what each one means",
        ),
        (
            with_config(id2label={"0": "negative", "1": "positive"}),
            'model.onnx: gives 3 numbers for a text, and config.json names 2 labels; correct "id2label"',
        ),
        (
            with_config(problem_type="multi_label_classification"),
            "config.json: the model is made for multi_label_classification; take a model that chooses one label",
        ),
        (rebuilt(softmax=True), "model.onnx: gives probabilities, where logits are wanted; leave its last softmax out"),
        (rebuilt(outputs=("a", "b")), "model.onnx: gives a, b, none of them called logits; export it with"),
        (rebuilt(asks_also="position_ids"), "model.onnx: asks for position_ids (tensor(int64)); known are input_ids, "),
        (rebuilt(shape=(1, 8)), "model.onnx: [ONNXRuntimeError] : 2 : INVALID_ARGUMENT : Got invalid dimensions"),
        (rebuilt(pooled=False), "model.onnx: its answer has the shape (1, 1, 3), not one row of logits; export it"),
    ],
)
def test_what_is_wrong_with_a_folder_is_told(
    tmp_path: Path, spoil: Callable[[Path], object], problem: str, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = TINY.write(tmp_path / "tiny")
    spoil(folder)
    with pytest.raises(ConfigError) as caught:
        open_model(folder)
    assert str(caught.value).startswith(f"{folder}: {problem}")
    assert capfd.readouterr() == ("", "")  # the library says nothing by itself


def test_all_missing_files_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        open_model(tmp_path)
    assert [problem.where for problem in caught.value.problems] == ["model.onnx", "tokenizer.json", "config.json"]


def test_a_text_that_the_model_cannot_read_is_logged_once_and_the_next_is_read(tmp_path: Path) -> None:
    scorer = open_model(TINY.but(unknown_ids=("kaputt",)).write(tmp_path / "tiny"))
    with capture_logs() as logs:
        for text in ("kaputt", "gut kaputt"):
            with pytest.raises(ScorerError, match="out of data bounds"):
                scorer.score(text)
    assert [(entry["event"], entry["log_level"]) for entry in logs] == [("model_failed", "warning")]
    assert scorer.score("gut") == pytest.approx(expected("gut"), abs=1e-4)


def test_a_tokenizer_that_cannot_read_unknown_words_is_refused(tmp_path: Path) -> None:
    folder = TINY.write(tmp_path / "tiny")
    tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["model"]["unk_token"] = "[NONE]"
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"tokenizer\.json: cannot be read \(WordLevel error: Missing \[UNK\]"):
        open_model(folder)
