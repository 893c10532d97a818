"""Commands are printed so that they work when pasted, wherever the program was installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from overheard.calling import as_called, program


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    path = tmp_path / "bin" / "overheard"
    path.parent.mkdir()
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_program_on_the_path_is_its_name(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(installed.parent))
    assert program(str(installed)) == "overheard"


def test_program_elsewhere_is_named_as_it_was_called(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin")
    monkeypatch.chdir(installed.parent.parent)
    assert program("bin/overheard") == "bin/overheard"


def test_another_program_of_that_name_on_the_path_is_not_ours(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "overheard"
    other.write_text("#!/bin/sh\n", encoding="utf-8")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert program(str(installed)) == str(installed)


def test_module_is_named_with_its_interpreter() -> None:
    assert program("/somewhere/overheard/__main__.py") == f"{sys.executable} -m overheard"


@pytest.mark.parametrize("called", ["pytest", "/nowhere/overheard"])
def test_anything_else_says_the_name(called: str) -> None:
    assert program(called) == "overheard"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("run: overheard collect", "run: bin/overheard collect"),
        ("`overheard digest --send` posts", "`bin/overheard digest --send` posts"),
        ("a file that overheard made", "a file that overheard made"),
        ("overheard collects", "overheard collects"),
        ("/var/overheard check", "/var/overheard check"),
    ],
    ids=["remedy", "backticks", "prose", "longer word", "path"],
)
def test_only_commands_are_rewritten(
    text: str, expected: str, installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(installed.parent.parent)
    monkeypatch.setenv("PATH", "/usr/bin")
    monkeypatch.setattr(sys, "argv", ["bin/overheard"])
    assert as_called(text) == expected
