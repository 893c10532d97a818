"""The project as its own tests see it: the rooms, their modules parsed once, and every text file of the repository."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("config", "storage", "listener", "scoring", "notifier", "overheard")
AROUND = ("tests", "bench", "docs")  # Python that is not part of the program
_MADE = {".git", ".venv", "__pycache__", "build", "dist", "overheard-demo", "node_modules", ".hypothesis"}
_BINARY = {".png", ".gz", ".db", ".ico", ".whl"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: str  # from the root, with forward slashes
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The top folder it stands in."""
        return self.path.partition("/")[0]

    @property
    def stem(self) -> str:
        """Its name without folder and suffix."""
        return Path(self.path).stem

    def line(self, number: int) -> str:
        """Give one line of it, counted from 1."""
        return self.text.splitlines()[number - 1]

    def functions(self) -> Iterator[Function]:
        """Give every function and method, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


def parse(path: str, text: str) -> Source:
    """Give a source for a text, as if it stood at `path`."""
    return Source(path, text, ast.parse(text, filename=path))


def _files(top: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(top):
        names[:] = sorted(name for name in names if name not in _MADE and not name.endswith(("_cache", ".egg-info")))
        yield from (Path(folder, name) for name in sorted(files))


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Give every Python file of these top folders."""
    paths = (path for folder in folders for path in _files(ROOT / folder) if path.suffix == ".py")
    return tuple(parse(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths)


@cache
def text_files() -> tuple[tuple[str, str], ...]:
    """Give (path, content) of every text file of the repository, tracked or about to be."""
    return tuple(
        (path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8", errors="replace"))
        for path in _files(ROOT)
        if path.suffix not in _BINARY and not path.name.startswith((".coverage", "core"))
    )
