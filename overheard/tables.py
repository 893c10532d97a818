"""Plain tables for people, JSON and CSV for programs: everything that a command prints as its answer."""

from __future__ import annotations

import csv
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TextIO
from zoneinfo import ZoneInfo

import click

from notifier import wording
from overheard.streams import data_out

# A spreadsheet reads a cell that starts like this as a formula, also after blanks and in full-width form.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠|%")  # noqa: RUF001  # the full-width forms are the point

_INDENT = "  "  # of a note under its row
_NARROWEST = 8  # columns of a terminal that a column keeps when it yields


def print_json(value: object) -> None:
    """Print one JSON document, readable, keys in the order given."""
    data_out().write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    right: Sequence[int] = (),
    *,
    notes: Sequence[Sequence[str]] = (),
    yields: int | None = None,
) -> None:
    """Print a table as wide as the terminal; nothing is cut in a pipe."""
    lines = table_lines(headings, rows, right, notes=notes, yields=yields, limit=terminal_width())
    sys.stdout.writelines(f"{line}\n" for line in lines)


def table_lines(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    right: Sequence[int] = (),
    *,
    notes: Sequence[Sequence[str]] = (),
    yields: int | None = None,
    limit: int = 0,
) -> Iterator[str]:
    """Give aligned columns; the last one is cut to `limit` columns, nothing is cut at 0. `right`: numbers.

    `notes`: lines under each row, folded at blanks, never cut. `yields`: the column that a narrow terminal narrows.
    """
    everything = [list(headings), *([clean(cell) for cell in row] for row in rows)]
    widths = [max(width_of(row[column]) for row in everything) for column in range(len(headings))]
    over = sum(widths) + 2 * (len(widths) - 1) - limit if limit else 0
    if yields is not None and over > 0:
        widths[yields] = max(min(_NARROWEST, widths[yields]), widths[yields] - over)
        for row in everything:
            row[yields] = _cut(row[yields], widths[yields])
    for place, row in enumerate(everything):
        cells = [_padded(cell, widths[column], column in right) for column, cell in enumerate(row)]
        line = "  ".join(cells).rstrip()
        yield _cut(line, limit) if limit else line
        if place and notes:
            yield from (folded(note, _INDENT, limit) for note in notes[place - 1])


def folded(text: str, indent: str = "", limit: int | None = None) -> str:
    """Give a text on lines of at most `limit` columns, the terminal's when left out, parted at blanks; on one at 0."""
    line = f"{indent}{clean(text)}"
    limit = terminal_width() if limit is None else limit
    return click.wrap_text(line, limit, subsequent_indent=indent) if limit else line


def print_csv(headings: Sequence[str], rows: Iterable[Sequence[object]], out: TextIO | None = None) -> None:
    """Print CSV row by row as they come; texts that a spreadsheet would run as a formula get an apostrophe in front."""
    writer = csv.writer(out or data_out(), lineterminator="\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([cell_of(value) for value in row])


def cell_of(value: object) -> object:
    """Give a CSV cell: numbers stay numbers, None is empty, a text never starts a formula."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    # A lone carriage return would end the row for many readers; a null byte ends the text for some.
    text = value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return f"'{text}" if text.lstrip(" \u00a0\u3000").startswith(_FORMULA) else text


def clean(text: str) -> str:
    """Give a text on one line without anything that steers a terminal."""
    return "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)


def width_of(text: str) -> int:
    """Give how many columns a terminal needs for a text."""
    return sum(_columns(text))


def percent(ratio: float | None, why_not: str = "no mentions") -> str:
    """Write a ratio as a percentage with one decimal; None is "n/a" with its reason."""
    return wording.unknown(why_not) if ratio is None else wording.percent(ratio)


def signed(ratio: float | None, why_not: str = "nothing scored") -> str:
    """Write a balance between -1 and 1 as digests do, +13 %; None is "n/a" with its reason."""
    return wording.unknown(why_not) if ratio is None else wording.signed_percent(ratio)


def iso(moment: datetime | None) -> str | None:
    """Write a time as ISO in UTC, to the second, with Z."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def local(moment: datetime | None, zone: ZoneInfo) -> str:
    """Write a time for people, in their zone."""
    return "never" if moment is None else moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _columns(text: str) -> Iterator[int]:
    for letter in text:
        if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
            yield 0
        else:
            yield 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def _padded(cell: str, width: int, right: bool) -> str:  # noqa: FBT001  # a flag of the caller's table, passed once
    blanks = " " * (width - width_of(cell))
    return blanks + cell if right else cell + blanks


def _cut(line: str, limit: int) -> str:
    if width_of(line) <= limit:
        return line
    used = 0
    for place, columns in enumerate(_columns(line)):
        used += columns
        if used > limit - 1:
            return line[:place] + "…"
    return line


def terminal_width() -> int:
    """Give the columns of the terminal that stdout is; 0 when it is none, as then nothing is cut."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else 0
    except (OSError, ValueError):
        return 0
