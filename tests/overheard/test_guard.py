"""A package of another program in front of one of ours is named, not run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from overheard.guard import foreign_room


def test_our_own_packages_pass() -> None:
    assert foreign_room() is None


def test_package_from_elsewhere_is_named(tmp_path: Path) -> None:
    sentence = foreign_room(home=tmp_path)
    assert sentence is not None
    assert "the package `config` would be imported from" in sentence
    assert "pipx" in sentence


def test_command_stops_before_a_foreign_config_runs(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "__init__.py").write_text("raise SystemExit('ran')\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "overheard", "sov"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "not Overheard's own" in done.stderr
    assert "ran" not in done.stderr.split()
    assert "Traceback" not in done.stderr
