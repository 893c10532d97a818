"""Reading the file and its TOML, with plain words for whatever a hand can get wrong."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from config.errors import ConfigError, Problem

_PLACE = re.compile(r"\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
# The offending line -> (what, remedy). The first that fits answers.
_LINES: tuple[tuple[str, str, str], ...] = (
    ("[\u201c\u201d\u201e\u2018\u2019]", "a typographic quote", 'use straight quotes: "..."'),
    (r"=\s*(True|False|yes|no|on|off)\s*(#|$)", "not a value", "write true or false, in small letters"),
    (r"=\s*(None|null|nil)\s*(#|$)", "not a value", "leave the key out altogether"),
    (r"^\s*[\w-]+\s*:\s", "a colon, where an equals sign belongs", 'write key = "value"'),
    (r"=\s*[A-Za-z_/#@][^\"']*$", "a text without quotes", 'put it in double quotes: key = "value"'),
    (r"=\s*\d+\s*[a-z]+\s*(#|$)", "a text without quotes", 'put it in double quotes: key = "15m"'),
    (r"=\s*(#|$)", "a key without a value", 'write key = "value", or remove the line'),
    (r"^\s*[\w.-]+\s*$", "a key without a value", 'write key = "value", or remove the line'),
)
# The parser's own message -> (what, remedy), when the line tells nothing.
_MESSAGES: tuple[tuple[str, str, str], ...] = (
    ("Unescaped", "a backslash in double quotes", "use single quotes for such a text: 'C:\\folder'"),
    ("Cannot overwrite", "this key stands there twice", "remove one of the two"),
    ("Cannot declare", "this table stands there twice", "join the two, or write [[double brackets]] for several"),
    ("Cannot mutate", "this table is complete already", "put its keys under one header"),
    ("Cannot redefine", "this table stands there twice", "join the two, or write [[double brackets]] for several"),
    ("Unterminated", "a text that does not end", "close it with a quote"),
    ("Illegal character '\\n'", "a text that does not end", "close it with a quote on the same line"),
    ("Illegal character", "a character that cannot stand here", "remove it and type the line anew"),
    ("Unclosed array", "a list that does not end", "close it with ], and put commas between its items"),
    ("Unclosed inline table", "a table that does not end", "close it with } on the same line"),
    ("Expected ']", "a header that does not end", "close it: [table] or [[tables]]"),
    ("Expected newline", "more on the line than one key", "put each key on a line of its own"),
    ("Expected '='", "a key without an equals sign", 'write key = "value"'),
)


def read_text(path: Path) -> str:
    """Give the text of the config file. Raises ConfigError for a file that is missing, unreadable or not UTF-8."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise _broken(path, "no such file", f"write one with: overheard init {path}") from None
    except IsADirectoryError:
        raise _broken(
            path, "a folder, not a file", f"name the file in it: --config {path / 'overheard.toml'}"
        ) from None
    except PermissionError:
        raise _broken(path, "may not be read", "make it readable for the user who runs overheard") from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "not a file name"
        raise _broken(path, f"cannot be read ({reason})", "name another file with --config") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise _broken(path, "not UTF-8", "save it again with the encoding UTF-8", line) from None
    return text.replace("\r\n", "\n")


def parse_toml(text: str, path: Path) -> dict[str, Any]:
    """Give the tables of a TOML text. Raises ConfigError with line, column and what to do."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        found = _PLACE.search(message)
        line = int(found["line"]) if found and found["line"] else text.rstrip().count("\n") + 1
        where = f"line {line}, column {found['column']}" if found and found["column"] else f"line {line}, at its end"
        what, remedy = _plain_words(message, text.splitlines()[line - 1] if text else "")
        raise ConfigError(str(path), [Problem(where, what, remedy)]) from None
    except RecursionError:
        raise _broken(
            path, "nested too deeply", "write tables with [headers] instead of brackets in brackets"
        ) from None


def _plain_words(message: str, line: str) -> tuple[str, str]:
    structural = message.startswith(("Cannot", "Unescaped", "Unclosed", "Unterminated", "Illegal"))
    for pattern, what, remedy in () if structural else _LINES:
        if re.search(pattern, line):
            return what, remedy
    for beginning, what, remedy in _MESSAGES:
        if message.startswith(beginning):
            return what, remedy
    return "not TOML", 'write key = "value", one a line, under [table] headers'


def _broken(path: Path, what: str, remedy: str, line: int | None = None) -> ConfigError:
    return ConfigError(str(path), [Problem("the file", what, remedy, line)])
