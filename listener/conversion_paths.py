"""Conversion paths out of a CSV file: a row per path with its counts, or a row per touch of a person.

bytes -> unpack -> decode -> rows -> which kind of table? -> a path per row | touches gathered by person -> paths
                                          |                        |
                                          '-- TableError           '-- rejected: row, column, value, what is wrong
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

from listener.tables import Row, TableError, decode, rows, unpack
from storage.campaign_records import ConversionPath

_Read = TypeVar("_Read")

Names = Mapping[str, tuple[str, ...]]  # our column -> what it may be called

PATH_NAMES: Final[Names] = {
    "path": ("path", "paths", "channel_path", "conversion_path"),
    "conversions": ("conversions", "total_conversions", "conversion"),
    "non_conversions": ("non_conversions", "nonconversions", "total_null", "total_nulls", "null", "nulls"),
    "value": ("value", "total_conversion_value", "conversion_value", "revenue", "total_value"),
    "days_before": ("days_before", "days_before_conversion"),
}
COST_NAMES: Final[Names] = {
    "channel": ("channel", "source", "platform"),
    "cost": ("cost", "costs", "spend"),
}
LARGEST: Final = Decimal(10) ** 15  # of a number that is still counted exactly
SPREADSHEET: Final = b"PK"  # how XLSX and ZIP files begin
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_ARROW = re.compile(r"\s*>\s*")


@dataclass(frozen=True, slots=True)
class RejectedCell:
    """Why one row counts nowhere."""

    row: int  # the header is row 1
    column: str  # as the file calls it
    value: str
    problem: str  # what is wrong, and the remedy


class CellError(ValueError):
    """A cell that cannot be used."""

    def __init__(self, column: str, value: str, problem: str) -> None:
        self.column, self.value, self.problem = column, value, problem
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class PathTable:
    """What a file of paths says."""

    paths: tuple[ConversionPath, ...]
    rejected: tuple[RejectedCell, ...]
    ignored_columns: tuple[str, ...]
    non_conversions_known: bool  # False: the file has no such column


@dataclass(frozen=True, slots=True)
class Table:
    """Rows whose columns are known by our names."""

    rows: Sequence[Row]
    columns: Mapping[str, str]  # ours -> the file's
    ignored: tuple[str, ...]

    def cell(self, row: Row, name: str) -> str:
        """Give a cell without blanks around it; empty where the file has no such column, or the row no such cell."""
        found = row.cells.get(self.columns.get(name, ""))
        return found.strip() if isinstance(found, str) else ""

    def error(self, row: Row, name: str, problem: str) -> CellError:
        """Give what is to be raised for a cell."""
        return CellError(self.columns.get(name, name), self.cell(row, name), problem)

    def number(self, row: Row, name: str) -> Decimal:
        """Give a number of 0 or more. Raises CellError."""
        written = self.cell(row, name)
        if not _NUMBER.fullmatch(written):
            raise self.error(row, name, _not_a_number(written))
        if (number := Decimal(written)) > LARGEST:
            raise self.error(row, name, "larger than anything that is counted; correct it")
        return number


def read_rows(raw: bytes) -> list[Row]:
    """Give the rows of a CSV file, gzip or not, in whatever encoding. Raises TableError."""
    if raw.startswith(SPREADSHEET):
        raise TableError("a spreadsheet or archive, not a table of text; save it as CSV")
    found = list(rows(decode(unpack(raw)), "csv", ()))
    if not found:
        raise TableError("no rows below the header; export it again")
    return found


def known_columns(found: Sequence[Row], names: Names) -> Table:
    """Find our columns among a file's, whatever their case and separators. Raises TableError when two are the same."""
    header = [str(name) for name in found[0].cells]
    columns: dict[str, str] = {}
    for ours, spellings in names.items():
        fitting = [name for name in header if folded(name) in spellings]
        if len(fitting) > 1:
            raise TableError(f"the columns {' and '.join(map(repr, fitting))} both mean {ours}; remove one")
        if fitting:
            columns[ours] = fitting[0]
    return Table(found, columns, tuple(name for name in header if name and name not in columns.values()))


def required(table: Table, *names: str) -> None:
    """Refuse a table without these columns. Raises TableError, which tells what it has."""
    missing = [name for name in names if name not in table.columns]
    if missing:
        header = ", ".join(map(repr, table.rows[0].cells))
        raise TableError(f"no column {' and '.join(map(repr, missing))}; the file has {header}")


def usable(found: Iterable[Row], read: Callable[[Row], _Read], rejected: list[RejectedCell]) -> list[_Read]:
    """Give what can be read of each row; what cannot is added to `rejected` and the next row read."""
    good: list[_Read] = []
    for row in found:
        try:
            if row.problem is not None:
                raise CellError("", "", row.problem)  # noqa: TRY301  # one way out for all that is wrong with a row
            good.append(read(row))
        except CellError as wrong:
            rejected.append(RejectedCell(row.number, wrong.column, wrong.value[:100], wrong.problem))
    return good


def read_path_rows(table: Table) -> PathTable:
    """Give the paths of a table with a row per path; an empty count is refused, an empty value is unknown."""
    required(table, "path", "conversions")
    rejected: list[RejectedCell] = []
    paths = usable(table.rows, lambda row: _path(table, row), rejected)
    return PathTable(tuple(paths), tuple(rejected), table.ignored, "non_conversions" in table.columns)


def read_costs(raw: bytes) -> tuple[dict[str, Decimal], list[RejectedCell]]:
    """Give what each channel cost, and the rows that cannot be used; a channel on several rows is added up."""
    table = known_columns(read_rows(raw), COST_NAMES)
    required(table, "channel", "cost")
    rejected: list[RejectedCell] = []
    costs: defaultdict[str, Decimal] = defaultdict(Decimal)

    def keep(row: Row) -> None:
        channel = " ".join(table.cell(row, "channel").split())
        if not channel:
            raise table.error(row, "channel", "empty; name the channel as the paths do")
        cost = table.number(row, "cost")
        costs[channel] += cost

    usable(table.rows, keep, rejected)
    return dict(costs), rejected


def channels_in(written: str) -> tuple[str, ...]:
    """Give the channels of "reddit > search"; an empty one stays, for the caller to refuse."""
    return tuple(" ".join(name.split()) for name in _ARROW.split(written.strip()))


def folded(name: str) -> str:
    """Give a column's name as spellings of it compare equal."""
    return re.sub(r"[\s_-]+", "_", name.strip().casefold())


def _path(table: Table, row: Row) -> ConversionPath:
    touches = channels_in(table.cell(row, "path"))
    if not all(touches):
        raise table.error(row, "path", 'an empty channel; write "first > second", with a name on both sides of each >')
    conversions = table.number(row, "conversions")
    others = table.number(row, "non_conversions") if "non_conversions" in table.columns else Decimal(0)
    value = table.number(row, "value") if table.cell(row, "value") else None
    if value and not conversions:
        raise table.error(row, "value", "a value without a conversion; correct one of the two")
    return ConversionPath(touches, float(conversions), float(others), value, _days(table, row, len(touches)))


def _days(table: Table, row: Row, touches: int) -> tuple[float, ...] | None:
    written = table.cell(row, "days_before")
    if not written:
        return None
    parts = _ARROW.split(written)
    if not all(_NUMBER.fullmatch(part) and Decimal(part) <= LARGEST for part in parts):
        raise table.error(row, "days_before", 'not days; write a number for each touch, for example "9 > 0"')
    days = tuple(float(part) for part in parts)
    if len(days) != touches:
        raise table.error(row, "days_before", f"{len(days)} days for {touches} touches; write one for each")
    if list(days) != sorted(days, reverse=True):
        raise table.error(row, "days_before", "they grow from touch to touch; the first touch lies farthest back")
    return days


def _not_a_number(written: str) -> str:
    if not written:
        return "empty; write 0 where there is none"
    if written.startswith("-"):
        return "below 0; correct it"
    return "not a number; write it with a dot and without separators of thousands, for example 1234.5"
