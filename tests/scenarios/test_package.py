"""What `pip install` of a built wheel gives: everything that runs, nothing else, with the demo to prove it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("config", "storage", "listener", "scoring", "notifier", "overheard")

pytestmark = [pytest.mark.process, pytest.mark.xdist_group("package")]


def said(*arguments: str | Path, cwd: Path) -> str:
    """Run a program as somebody who has no checkout: none of our folders on its path, no settings around it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "OVERHEARD", "COV"))}
    done = subprocess.run(arguments, cwd=cwd, env=kept, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("setuptools", reason="setuptools builds the package")
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for name in (*ROOMS, "tests", "docs", "bench"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    said(*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", built, ".", cwd=source)
    return next(built.iterdir())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a fresh environment that holds the wheel and, by a path file, the libraries of this one."""
    home = tmp_path_factory.mktemp("environment")
    said(sys.executable, "-m", "venv", "--without-pip", home, cwd=home)
    python = home / "bin" / "python"
    packages = Path(said(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip())
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--python", python)
    said(*pip, "install", "--no-deps", "--no-index", "--ignore-installed", wheel, cwd=home)
    return home / "bin" / "overheard"


def test_the_wheel_holds_every_file_of_the_rooms_and_no_other(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        held = {name for name in packed.namelist() if ".dist-info/" not in name}
    there = {path for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file()}
    expected = {path.relative_to(ROOT).as_posix() for path in there if "__pycache__" not in path.parts}
    assert held == expected


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        info = next(name.partition("/")[0] for name in packed.namelist() if ".dist-info/" in name)
        told = Parser().parsestr(packed.read(f"{info}/METADATA").decode())
        commands = packed.read(f"{info}/entry_points.txt").decode()
        licence = packed.read(f"{info}/licenses/LICENSE").decode()
    assert (told["Name"], told["License-Expression"], told["Requires-Python"]) == ("overheard", "MIT", ">=3.11")
    assert told["Description-Content-Type"] == "text/markdown"
    assert str(told.get_payload()).startswith("# Overheard")
    assert commands.split() == ["[console_scripts]", "overheard", "=", "overheard.cli:main"]
    assert licence == (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_the_installed_program_runs_its_demo_and_the_config_it_writes(installed: Path, tmp_path: Path) -> None:
    python = installed.with_name("python")
    homes = said(python, "-c", "import config, overheard; print(config.__file__, overheard.__file__)", cwd=tmp_path)
    assert all(home.startswith(str(installed.parents[1])) for home in homes.split())

    assert "Apple" in said(installed, "demo", cwd=tmp_path)
    assert said(installed, "sov", "--config", "overheard-demo/overheard.toml", "--since", "2013-06-01", cwd=tmp_path)
    said(installed, "init", cwd=tmp_path)
    checked = said(installed, "check", cwd=tmp_path)
    assert [line.split(":")[0].split() for line in checked.splitlines()] == [
        ["ok", "config"],
        ["ok", "database"],
        ["ok", "digests[1]"],
        ["ok", "digests[2]"],
        ["ok", "alerts[1]"],
        ["ok", "alerts[2]"],
        ["note", "sources"],
    ]
    assert '"$schema"' in said(installed, "config", "schema", cwd=tmp_path)
