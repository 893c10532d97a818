"""Cells turned into what is stored, each distinct spelling of a column once.

A cell that cannot be read becomes a `Bad`, which travels in its place until its row is turned away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from listener.campaigns import days, numbers
from listener.campaigns.headings import folded
from listener.campaigns.numbers import BadCellError, Mark
from listener.rounded_ids import EXACT_DIGITS, EXPONENT
from listener.utm import LinkError, links_in, tags_of
from storage.campaign_rows import TAGS
from storage.types import storable

_MAX_CELL = 32 * 1024
_KEPT = 200_000  # spellings that a column remembers
_NOTHING = frozenset({"", "-", "--", "—"})
_NOT_SET = frozenset({"(not set)", "(data not available)"})  # what analytics write where a visit has no tag
_LITERAL = re.compile(r'="([^"]*)"')
_FILLED_IN = re.compile(r"[{}]|__[A-Z_]+__")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that cannot be read, and why."""

    problem: str


class Memo(dict[object, Any]):
    """Reads a column: a dictionary that reads a spelling when it is first asked for."""

    def __init__(self, read: Callable[[object], Any]) -> None:
        super().__init__()
        self._read = read
        self.bad = False  # whether anything could not be read

    def __missing__(self, cell: object) -> Any:  # noqa: ANN401  # what a column's cells become
        if len(self) >= _KEPT:
            self.clear()
        try:
            value = self._read(cell)
        except BadCellError as problem:
            value, self.bad = Bad(str(problem)), True
        self[cell] = value
        return value

    def column(self, cells: Sequence[object]) -> list[Any]:
        """Give what the cells become."""
        return list(map(self.__getitem__, cells))


def text(cell: object) -> str | None:
    """Give a text; None where nothing is written. Raises BadCellError for a formula and for what is no cell's text."""
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    plain = str(cell).strip()
    if plain in _NOTHING:
        return None
    if plain.startswith("="):
        literal = _LITERAL.fullmatch(plain)
        if literal is None:
            raise BadCellError("a formula; paste its value in its place")
        plain = literal[1]
    if len(plain) > _MAX_CELL:
        raise BadCellError(f"longer than {_MAX_CELL:,} characters")
    return storable(plain)


def halves(written: str | None) -> tuple[str | None, str | None]:
    """Give source and medium of "google / cpc"; None for what is not set, and for both where nothing parts them."""
    source, parted, medium = (written or "").rpartition(" / ")
    return (tag(source.strip()), tag(medium.strip())) if parted else (None, None)


def tag(written: str | None) -> str | None:
    """Give the value of a tag; None where analytics say that there was none."""
    return written if written and written not in _NOT_SET else None


def required(cell: object) -> str:
    """Give a text that must be there. Raises BadCellError for an empty one."""
    written = text(cell)
    if written is None:
        raise BadCellError("empty, so that the row is of nothing")
    return written


def identity(cell: object) -> str | None:
    """Give an id as text. Raises BadCellError for one that a spreadsheet has rounded: it tells nothing apart."""
    if isinstance(cell, Decimal) and (abs(cell) >= 10**EXACT_DIGITS or cell != cell.to_integral_value()):
        raise BadCellError("rounded by the spreadsheet; export it as text")
    written = f"{cell:.0f}" if isinstance(cell, Decimal) else text(cell)
    if written is not None and EXPONENT.fullmatch(written):
        raise BadCellError(
            "rounded by a spreadsheet, so that it no longer tells things apart; use the export as it comes"
        )
    return written


def link(pattern: str) -> Callable[[object], str | None]:
    """Give what reads the id out of a link; None where there is none in it."""
    compiled = re.compile(pattern)

    def read(cell: object) -> str | None:
        found = compiled.search(str(cell))
        return storable(found[1]) if found else None

    return read


def tagged(cell: object) -> Mapping[str, str]:
    """Give the UTM tags of the first link in a cell that has any; never refuses a cell, as it is read for them alone.

    What the platform fills in when an ad is shown, {campaignid} or __CID__, is no value yet and is left out.
    """
    for url in links_in(str(cell)):
        try:
            written = tags_of(url)
        except LinkError:
            continue
        if written:
            return {
                name.lower(): storable(value)
                for name, value in written.items()
                if name.lower() in TAGS and value.strip() and not _FILLED_IN.search(value)
            }
    return {}


def number(kind: str, mark: Mark) -> Callable[[object], int | None]:
    """Give what reads the numbers of a column: counts as they are, amounts and money in millionths."""
    read = {"money": numbers.millionths, "amount": numbers.millionths, "micros": numbers.micros}.get(
        kind, numbers.whole
    )
    return lambda cell: read(cell, mark)


def span(kind: str, order: days.Order) -> Callable[[object], tuple[str, str, str | None]]:
    """Give what reads a day, a week's first day, a month, an hour or a moment.

    It gives the first day, the day after the last and, of an hour or a moment, the local time.
    """

    def read(cell: object) -> tuple[str, str, str | None]:
        _there(cell)
        if kind == "month":
            first, after = days.read_month(cell, order)
            return first.isoformat(), after.isoformat(), None
        moment = days.read_moment(cell, order)
        first = moment.date()
        after = first + (timedelta(days=7) if kind == "week" else _ONE_DAY)
        local = moment.isoformat(" ", "minutes") if kind in {"hour", "moment"} else None
        return first.isoformat(), after.isoformat(), local

    return read


def edge(order: days.Order, *, last: bool) -> Callable[[object], str]:
    """Give what reads the first day of a period, or its last one as the day after."""

    def read(cell: object) -> str:
        _there(cell)
        day = days.read_day(cell, order)
        return (day + _ONE_DAY if last else day).isoformat()

    return read


def _there(cell: object) -> None:
    if isinstance(cell, str) and cell.strip() in _NOTHING:
        raise BadCellError("empty, so that the row belongs to no day")


def currency(known: frozenset[str]) -> Callable[[object], str | None]:
    """Give what reads a currency's code."""

    def read(cell: object) -> str | None:
        written = text(cell)
        if written is None:
            return None
        if written.upper() not in known:
            raise BadCellError("not a currency code (ISO 4217)")
        return written.upper()

    return read


def stage(values: Sequence[str]) -> Callable[[object], int | None]:
    """Give what counts 1 for a cell that begins with one of the values, 0 for others; an empty one is unknown."""
    beginnings = tuple(folded(value) for value in values)

    def read(cell: object) -> int | None:
        written = text(cell)
        return None if written is None else int(folded(written).startswith(beginnings))

    return read
