"""How this program is called from here: what a person can paste, wherever the program was installed."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path

from overheard.cli.table import COMMANDS, NAME

# `overheard` followed by one of its commands: a line to be typed, not the program's name in a sentence or a path.
_COMMAND = re.compile(rf"(?<![\w./:-]){NAME}(?= (?:{'|'.join(COMMANDS)})\b)")


def program(called: str | None = None) -> str:
    """Give the words that start this program: its name where the PATH leads to it, else as it was called.

    `called` is the first word of the command line; that of this process when left out.
    """
    asked = Path(called or sys.argv[0])
    if asked.parts[-2:] == (NAME, "__main__.py"):
        return f"{shlex.quote(sys.executable)} -m {NAME}"
    if asked.name != NAME or not asked.exists():
        return NAME  # embedded in something else, as in tests
    on_path = shutil.which(NAME)
    if on_path is not None and Path(on_path).samefile(asked):
        return NAME
    return shlex.quote(str(asked))


def config_words(path: Path) -> str:
    """Give what a pasted command needs so that it works with the same config: nothing for the default one."""
    return "" if path == Path(f"{NAME}.toml") else f" --config {shlex.quote(str(path))}"


def as_called(text: str) -> str:
    """Give a text in which every command of ours can be pasted as it stands."""
    name = program()
    return text if name == NAME else _COMMAND.sub(lambda _: name, text)
