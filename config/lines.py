"""Where each key of a TOML text stands, so that a problem can name its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

Path = tuple[str | int, ...]  # ("sources", 1, "urls"): counted from 0, as Python does

_PART = re.compile(r"""[ \t]*(?:([A-Za-z0-9_-]+)|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')[ \t]*""")
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_PLAIN = re.compile(r"""[^\n"'#\[\]{}]+""")
_OPEN, _CLOSE = "[{", "]}"


def line_numbers(text: str) -> dict[Path, int]:
    """Give the line (from 1) of every table and key of a text that is valid TOML.

    Elements of arrays and inline tables have no entry of their own; `line_of` finds the key that holds them.
    """
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for start, statement, keys in _statements(text):
        line = text.count("\n", 0, start) + 1
        if statement == "[[":
            path = (*_indexed(keys[:-1], counts), keys[-1])
            counts[path] = counts.get(path, -1) + 1
            lines.setdefault(path, line)
            table = (*path, counts[path])
            lines[table] = line
        elif statement == "[":
            table = _indexed(keys, counts)
            lines.setdefault(table, line)
        else:
            for end in range(1, len(keys) + 1):
                lines.setdefault((*table, *keys[:end]), line)
    return lines


def line_of(path: Path, lines: Mapping[Path, int]) -> int | None:
    """Give the line of `path`, or of the nearest key around it; None when it stands nowhere (a missing table)."""
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return None


def end_of_table(text: str, path: Path) -> int | None:
    """Give the offset behind the last statement of table `path` and its sub-tables; None when there is none."""
    counts: dict[Path, int] = {}
    table: Path = ()
    end = None
    for start, statement, keys in _statements(text):
        if statement == "[[":
            array = (*_indexed(keys[:-1], counts), keys[-1])
            counts[array] = counts.get(array, -1) + 1
            table = (*array, counts[array])
        elif statement == "[":
            table = _indexed(keys, counts)
        if table[: len(path)] == path:
            end = _end_of_statement(text, start, header=bool(statement))
    return end


def _indexed(keys: Path, counts: Mapping[Path, int]) -> Path:
    """Give the path of a header, with the index of the table that it continues after each array of tables."""
    path: Path = ()
    for key in keys:
        path = (*path, key)
        if path in counts:
            path = (*path, counts[path])
    return path


def _statements(text: str) -> Iterator[tuple[int, str, Path]]:
    """Give (offset, "[[" | "[" | "", keys) of every header and every key = value."""
    at = 0
    while at < len(text):
        if text[at] in " \t\r\n\ufeff":
            at += 1
        elif text[at] == "#":
            at = _end_of_line(text, at)
        else:
            statement = "[[" if text.startswith("[[", at) else "[" if text[at] == "[" else ""
            keys = _keys(text, at + len(statement))
            if keys:
                yield at, statement, keys
            at = _end_of_statement(text, at, header=bool(statement))


def _keys(text: str, at: int) -> Path:
    keys: list[str] = []
    while match := _PART.match(text, at):
        keys.append(match[1] or match[2] or match[3] or "")
        at = match.end()
        if not text.startswith(".", at):
            break
        at += 1
    return tuple(keys)


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _end_of_statement(text: str, at: int, *, header: bool) -> int:
    """Give the offset of the line end that closes the statement; arrays and long strings may hold line ends."""
    if header:
        return _end_of_line(text, at)
    depth = 0
    while at < len(text) and not (text[at] == "\n" and depth <= 0):
        if text[at] == "#":
            at = _end_of_line(text, at)
        elif (match := _STRING.match(text, at)) or (match := _PLAIN.match(text, at)):
            at = match.end()
        else:
            depth += (text[at] in _OPEN) - (text[at] in _CLOSE)
            at += 1
    return at
