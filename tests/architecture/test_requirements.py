from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest

from overheard.cli import VERSION
from tests.architecture.house import ROOMS, ROOT, sources
from tests.architecture.laws import imported

PINNED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[a-z0-9,-]+\])?==(\S+)((?: --hash=sha256:[0-9a-f]{64})+)")
FILES = sorted((ROOT / "requirements").glob("*.txt"))

# Libraries that are used as parts of another one: named with who brings them.
COMES_WITH = {"prawcore": "praw", "pydantic-core": "pydantic"}


def plain(name: str) -> str:
    """Give a distribution's name as two spellings of it compare equal."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements(text: str) -> list[str]:
    """Give the lines of a requirements file, each with its continuations, without comments."""
    joined = re.sub(r"\s*\\\n\s*", " ", text)
    lines = (re.sub(r"(^|\s)#.*", "", line).strip() for line in joined.splitlines())
    return [line for line in lines if line]


def names(file: str) -> set[str]:
    found = (PINNED.fullmatch(line) for line in requirements((ROOT / "requirements" / file).read_text()))
    return {plain(match[1]) for match in found if match}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_requirement_is_pinned_with_its_hashes(file: Path) -> None:
    loose = [line[:80] for line in requirements(file.read_text()) if not PINNED.fullmatch(line)]
    assert not loose, f"run `make lock`; these lines carry no version with hashes, or an address: {loose}"


def test_every_runtime_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {plain(re.split(r"[\[<>=!~; ]", line)[0]) for line in project["dependencies"]}
    missing = asked - names("runtime.txt")
    assert not missing, (
        f"run `make lock`: pyproject.toml asks for what requirements/runtime.txt does not pin: {missing}"
    )


@pytest.mark.parametrize("file", ["dev.txt", "bench.txt"])
def test_one_version_of_a_library_is_pinned(file: str) -> None:
    def versions(name: str) -> dict[str, str]:
        found = (PINNED.fullmatch(line) for line in requirements((ROOT / "requirements" / name).read_text()))
        return {plain(match[1]): match[2] for match in found if match}

    runtime = versions("runtime.txt")
    differing = {
        name: (version, runtime[name])
        for name, version in versions(file).items()
        if runtime.get(name, version) != version
    }
    assert not differing, f"run `make lock`: {file} and runtime.txt pin different versions: {differing}"


def test_every_imported_library_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    lines = [*project["dependencies"], *(line for extra in extras for line in extra)]
    asked = {plain(re.split(r"[\[<>=!~; ]", line)[0]) for line in lines}
    brought = {name for name, host in COMES_WITH.items() if plain(name) in required_by(host)}
    homes = packages_distributions()
    missing: dict[str, list[str]] = {}
    for source in sources(*ROOMS):
        for node in ast.walk(source.tree):
            for module in {name.partition(".")[0] for name in imported(node)} - sys.stdlib_module_names - set(ROOMS):
                if not {plain(home) for home in homes.get(module, [module])} & (asked | brought):
                    missing.setdefault(module, []).append(source.path)
    assert not missing, f"ask for these in pyproject.toml, then run `make lock`: {missing}"


def required_by(host: str) -> set[str]:
    return {plain(re.split(r"[\[<>=!~;( ]", line)[0]) for line in requires(host) or ()}


def test_a_loose_line_is_found() -> None:
    given = "a==1 \\\n    --hash=sha256:" + "0" * 64 + "\n    # via b\nc>=2\n--index-url https://example.org\n"
    assert [line for line in requirements(given) if not PINNED.fullmatch(line)] == [
        "c>=2",
        "--index-url https://example.org",
    ]


def test_the_program_tells_the_version_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION, "write the same version in pyproject.toml and overheard/cli"
