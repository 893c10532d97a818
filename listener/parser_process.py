"""A parser in a process of its own, with an end to its time and memory: for what could keep this one busy for minutes.

Started as a program, this file is that process: the body on its input, entries as JSON on its output.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from typing import NamedTuple

from listener.parsers import Parsed, quick, thorough, used

_MAX_ENTRIES = 100_000
_LONGEST_ARGUMENT = 2048
_CODE_TOO_MANY = 3
_TOO_MANY = f"it holds more than {_MAX_ENTRIES:,} entries"


class TooCostlyError(ValueError):
    """The parser was stopped."""


class Limits(NamedTuple):
    """How much the process may use."""

    seconds: int = 5  # CPU time
    patience: float = 30  # seconds by the clock: others use the machine too
    memory: int = 1 << 30  # bytes of address space


LIMITS = Limits()


def parse_apart(parser: str, body: bytes, url: str, limits: Limits = LIMITS) -> Parsed | None:
    """Read a feed with the "quick" or the "thorough" parser. None: it cannot. Raises TooCostlyError."""
    given = (parser, url, str(limits.seconds), str(limits.memory))
    arguments = [text.replace("\0", "")[:_LONGEST_ARGUMENT] for text in given]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", __name__, *arguments]
    try:
        done = subprocess.run(  # noqa: S603  # ourselves; what comes from outside is an argument, no shell reads it
            command, input=body, capture_output=True, env=environment, timeout=limits.patience, check=False
        )
    except subprocess.TimeoutExpired:
        raise TooCostlyError(_stopped(limits)) from None
    if done.returncode != 0:
        raise TooCostlyError(_TOO_MANY if done.returncode == _CODE_TOO_MANY else _stopped(limits))
    answer = json.loads(done.stdout)
    return None if answer is None else Parsed(answer["about"], answer["entries"], answer["quick"], answer["sound"])


def _stopped(limits: Limits) -> str:
    return f"reading it took more than {limits.seconds} s or {limits.memory >> 20:,} MB and was given up"


def answer(parser: str, body: bytes, url: str) -> str:
    """Give what the parser finds as JSON. Raises TooCostlyError for more entries than are taken."""
    parsed = quick(body) if parser == "quick" else thorough(body, url)
    if parsed is None:
        return json.dumps(None)
    if len(parsed.entries) > _MAX_ENTRIES:
        raise TooCostlyError(_TOO_MANY)
    about = {name: str(parsed.about[name]) for name in ("title", "link", "language") if parsed.about.get(name)}
    entries = [used(entry) for entry in parsed.entries]
    return json.dumps({**parsed._asdict(), "about": about, "entries": entries}, default=str)


def main(parser: str, url: str, seconds: str, memory: str) -> None:
    """Be the process."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    try:
        sys.stdout.write(answer(parser, sys.stdin.buffer.read(), url))
    except TooCostlyError:
        sys.exit(_CODE_TOO_MANY)


if __name__ == "__main__":
    main(*sys.argv[1:])
