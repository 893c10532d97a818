from __future__ import annotations

import stat
from pathlib import Path

import pytest

from config.load import load
from overheard.cli.group import run
from overheard.kinds import all_kinds


def test_init_writes_a_config_that_loads_and_only_its_owner_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["init"]) == 0

    path = tmp_path / "overheard.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load(path, all_kinds()).brands[0].role == "own"
    said = capsys.readouterr().out
    assert said.startswith("wrote overheard.toml\n")
    assert "overheard check --online\n" in said


def test_init_into_a_folder_or_another_file_says_how_to_use_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", str(tmp_path)]) == 0
    assert run(["init", str(tmp_path / "other.toml")]) == 0

    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.toml", "overheard.toml"]
    assert f"overheard collect --config {tmp_path}/other.toml" in capsys.readouterr().out


def test_init_touches_no_file_that_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "overheard.toml"
    path.write_text("mine", encoding="utf-8")

    assert run(["init", str(path)]) == 2

    assert path.read_text(encoding="utf-8") == "mine"
    assert capsys.readouterr().err == f"{path}: is there already; name another file, or remove it first\n"


def test_init_explains_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "none" / "overheard.toml"

    assert run(["init", str(path)]) == 2

    expected = f"{path}: No such file or directory; name a file in a folder that you may write to\n"
    assert capsys.readouterr().err == expected
