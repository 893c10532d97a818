"""`overheard sentiment` as a user sees it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from overheard.cli.group import run
from scoring.learning.examples import Example, apart
from storage.corrections import correct
from storage.database import open_database
from storage.mentions import save
from storage.records import Label
from tests.scoring.labelled import examples
from tests.storage.made import at, heard

CONFIG = """
[[brands]]
name = "Acme"
role = "own"
[[brands]]
name = "Globex"
group = "cars"
[[sources]]
type = "file"
path = "posts.csv"
"""
LABELLED = examples(150)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OVERHEARD_NOW", "2026-07-05T12:00:00Z")
    path = tmp_path / "overheard.toml"
    path.write_text(CONFIG, encoding="utf-8")
    monkeypatch.setenv("OVERHEARD_CONFIG", str(path))
    return path


def data(folder: Path, some: Sequence[Example], *more: str, name: str = "labels.jsonl") -> str:
    lines = [
        json.dumps({"text": one.text, "target": "Acme", "label": one.label.value, "lang": one.language}) for one in some
    ]
    path = folder / name
    path.write_text("\n".join([*lines, *more]), encoding="utf-8")
    return str(path)


def turned(some: Sequence[Example]) -> list[Example]:
    """The same texts with labels that go round: what is learned from these is wrong of the others."""
    labels = {Label.POSITIVE: Label.NEGATIVE, Label.NEGATIVE: Label.NEUTRAL, Label.NEUTRAL: Label.POSITIVE}
    return [Example(one.text, one.matches, one.others, labels[one.label], one.language, one.group) for one in some]


def model(config: Path) -> Path:
    return config.parent / "sentiment-models" / "all.en.json"


def test_a_model_that_beats_the_rules_is_enabled_and_scores_from_then_on(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    learned, back = apart(LABELLED)
    assert run(["sentiment", "train", "--data", data(config.parent, LABELLED)]) == 0

    said = capsys.readouterr().out.splitlines()
    counts = [sum(one.label is label for one in learned) for label in (Label.NEGATIVE, Label.NEUTRAL, Label.POSITIVE)]
    negative, neutral, positive = counts
    assert said[0] == (
        f"all, en: learned from {negative} negative, {neutral} neutral, {positive} positive; "
        f"judged by {len(back)} held back"
    )
    assert said[1].split() == ["language", "scorer", "accuracy", "macro-F1", "order", "of", "two", "coverage", "labels"]
    assert [line.split()[:2] for line in said[2:5]] == [["en", "VADER,"], ["en", "rules"], ["en", "learned"]]
    assert said[4].split()[2:] == ["1.000", "1.000", "n/a", "(no", "pairs)", "100.0", "%", str(len(back))]
    found = re.fullmatch(r"(learned-[0-9a-f]{6}) is enabled: (.*)", said[5])
    assert found is not None
    assert found[2] == str(model(config))
    document = json.loads(model(config).read_text(encoding="utf-8"))
    assert (document["trained"]["at"][:16], document["trained"]["held_back"]) == ("2026-07-05T12:00", len(back))

    posts = "native_id,text,published_at\n1,My Acme is gorf,2026-07-05T10:00:00Z\n"
    (config.parent / "posts.csv").write_text(posts, encoding="utf-8")
    assert run(["collect"]) == 0
    capsys.readouterr()
    assert run(["mentions", "--format", "json"]) == 0
    (hit,) = json.loads(capsys.readouterr().out)["mentions"][0]["brands"]
    assert (hit["sentiment"]["label"], hit["sentiment"]["method"]) == ("negative", f"vader-3.3.2/targeted-3/{found[1]}")

    assert run(["check"]) == 0
    assert f"ok       sentiment.models: all in en is scored by {found[1]}" in capsys.readouterr().out.splitlines()


def test_a_model_that_does_not_beat_the_rules_is_not_enabled_and_what_was_stays(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    learned, back = apart(LABELLED)
    path = data(config.parent, [*turned(learned), *back])
    assert run(["sentiment", "train", "--data", path]) == 0
    said = capsys.readouterr().out.splitlines()
    sentence = r"learned-\w{6} is not enabled: on the labels held back its macro-F1 is 0\.000, and that of the rules "
    assert re.fullmatch(sentence + r"0\.\d{3}", said[-1])
    assert not model(config).exists()

    model(config).parent.mkdir()
    model(config).write_text("before", encoding="utf-8")
    assert run(["sentiment", "train", "--data", path]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("; what was enabled before stays")
    assert model(config).read_text(encoding="utf-8") == "before"


def test_a_dry_run_writes_nothing(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = data(config.parent, LABELLED)
    before = sorted(config.parent.rglob("*"))
    assert run(["sentiment", "train", "--dry-run", "--data", path]) == 0
    assert (
        capsys.readouterr().out.splitlines()[-1].endswith(f"would be enabled as {model(config)}; nothing was written")
    )
    assert sorted(config.parent.rglob("*")) == before


def test_corrections_of_the_store_are_learned_from(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = open_database(f"sqlite:///{config.parent}/overheard.db", create=True)
    with database.write() as conn:
        for number, one in enumerate(LABELLED, start=1):
            text = one.text.replace("Acme is", "it is")  # the places of hits made for tests are at the beginning
            save(conn, [heard(str(number), text=f"Acme: {text}", story=number)], at(1))
            correct(conn, number, "acme", one.label, at(2))
    database.close()
    assert run(["sentiment", "train", "--format", "json"]) == 0
    (trained,) = json.loads(capsys.readouterr().out)["trained"]
    assert trained["better"]
    assert sum(trained["learned_from"].values()) + trained["held_back"] == len(LABELLED)
    assert model(config).exists()

    assert run(["sentiment", "eval", "--format", "json"]) == 0
    judged = json.loads(capsys.readouterr().out)
    assert (judged["labels"], judged["left_out"]) == (trained["held_back"], len(LABELLED) - trained["held_back"])
    assert judged["languages"]["en"]["learned"] == trained["agreement"]["learned"]


def test_eval_judges_by_labels_that_were_not_learned_from_and_by_all_of_a_new_file(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, back = apart(LABELLED)
    path = data(config.parent, LABELLED)
    assert run(["sentiment", "train", "--data", path]) == 0
    name = capsys.readouterr().out.splitlines()[-1].split()[0]
    assert run(["sentiment", "eval", "--data", path]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in said[1:4]] == [str(len(back))] * 3
    assert said[4:] == [
        f"learned: {name} for all, en",
        f"left out, as a model was learned from them: {len(LABELLED) - len(back)} labels",
    ]
    new = [Example(f"Well now {one.text}", (), (), one.label, "en", "all") for one in LABELLED]
    assert run(["sentiment", "eval", "--data", data(config.parent, new, name="new.jsonl")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in said[1:4]] == [str(len(LABELLED))] * 3
    assert said[4:] == [f"learned: {name} for all, en"]


def test_eval_without_a_model_judges_vader_and_the_rules_per_language(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (
        '{"text": "Zen is great but Acme is a horrible mess", "target": "Acme", "label": "neg", "lang": "en"}',
        '{"text": "Zen is great but Acme is a horrible mess", "target": "Zen", "label": "pos", "lang": "en"}',
        '{"text": "Acme is goed", "target": "Acme", "label": "pos", "lang": "nl"}',
    )
    assert run(["sentiment", "eval", "--data", data(config.parent, (), *lines)]) == 0
    assert [re.split(r"  +", line) for line in capsys.readouterr().out.splitlines()] == [
        ["language", "scorer", "accuracy", "macro-F1", "order of two", "coverage", "labels"],
        ["en", "VADER, whole text", "0.500", "0.333", "0.500", "100.0 %", "2"],
        ["en", "rules", "1.000", "1.000", "1.000", "100.0 %", "2"],
        ["nl", "VADER, whole text", "0.000", "0.000", "n/a (no pairs)", "100.0 %", "1"],
        ["nl", "rules", "n/a (nothing scored)", "n/a (nothing scored)", "n/a (no pairs)", "0.0 %", "1"],
        ["total", "VADER, whole text", "0.333", "0.222", "0.500", "100.0 %", "3"],
        ["total", "rules", "1.000", "1.000", "1.000", "66.7 %", "3"],
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        pytest.param((), 1, "not trained: all, en: 30 labels; at least 50 are needed", id="too few"),
        pytest.param(
            ("--language", "fr"),
            2,
            "no labels but for other groups or languages; give some with `overheard label`, or name a file with --data",
            id="another language",
        ),
        pytest.param(
            ("--data", "none.jsonl"),
            2,
            "none.jsonl: No such file or directory; name a file of labelled texts",
            id="no such file",
        ),
    ],
)
def test_what_cannot_be_trained_is_told(
    config: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, problem: str
) -> None:
    assert run(["sentiment", "train", "--data", data(config.parent, LABELLED[:30]), *arguments]) == code
    assert capsys.readouterr().err.splitlines() == [problem]


def test_without_labels_it_says_where_they_come_from(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del config
    assert run(["sentiment", "eval"]) == 2
    assert capsys.readouterr().err == "no labels; give some with `overheard label`, or name a file with --data\n"


def test_bad_lines_are_counted_and_the_rest_is_used(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = data(config.parent, LABELLED[:3], *["{"] * 12)
    assert run(["sentiment", "eval", "--data", path]) == 4
    said = capsys.readouterr()
    assert said.err.splitlines()[0].startswith(f"not read: {path}:4: not a line of JSON Lines; write {{")
    assert said.err.splitlines()[10:] == ["not read: and 2 lines more"]
    assert said.out.splitlines()[1].split()[-1] == "3"


def test_a_group_of_brands_learns_for_itself(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zen = [one.text.replace("Acme", "Zen") for one in LABELLED]
    lines = [
        json.dumps({"text": text, "target": "Zen", "label": one.label.value, "lang": "en"})
        for text, one in zip(zen, LABELLED, strict=True)
    ]
    path = data(config.parent, LABELLED[:60], *lines)
    assert run(["sentiment", "train", "--data", path, "--brand-group", "cars", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [one["group"] for one in answer["trained"]] == ["cars"]
    assert [path.name for path in model(config).parent.iterdir()] == ["cars.en.json"]


def test_a_model_of_other_rules_is_not_used_and_check_says_so(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = data(config.parent, LABELLED)
    assert run(["sentiment", "train", "--data", path]) == 0
    text = model(config).read_text(encoding="utf-8").replace("targeted-3", "targeted-1")
    model(config).write_text(text, encoding="utf-8")
    capsys.readouterr()
    why = (
        "it was fitted on vader-3.3.2/targeted-1, and en is scored by vader-3.3.2/targeted-3 now; "
        "train it again with `overheard sentiment train`, or delete the file"
    )
    assert run(["check"]) in {0, 4}
    assert f"note     sentiment.models: {model(config)} is not used: {why}" in capsys.readouterr().out.splitlines()
    assert run(["sentiment", "eval", "--data", path]) == 0
    said = capsys.readouterr()
    assert said.err.splitlines() == [f"{model(config)}: not used: {why}"]
    assert "learned" not in said.out


def test_a_damaged_model_is_a_problem_of_the_config(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model(config).parent.mkdir()
    model(config).write_text("{", encoding="utf-8")
    problem = (
        f"{model(config)}: the model: is damaged: not JSON; train it again with `overheard sentiment train`, or delete "
        "the file"
    )
    assert run(["check"]) == 2
    assert f"PROBLEM  sentiment.models: {problem}" in capsys.readouterr().out.splitlines()
    (config.parent / "posts.csv").write_text("native_id,text,published_at\n", encoding="utf-8")
    assert run(["collect"]) == 2
    assert capsys.readouterr().err.splitlines() == [problem]


def test_without_the_library_that_fits_the_remedy_is_told(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.feature_extraction", None)  # as Python does when an import has failed
    assert run(["sentiment", "train", "--data", data(config.parent, LABELLED)]) == 1
    assert capsys.readouterr().err == (
        "scikit-learn is not installed; training needs it, scoring does not: pip install scikit-learn\n"
    )
    assert not model(config).exists()
