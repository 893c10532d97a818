"""Conversion paths out of a table with a row per touch: whose it was, through which channel, when, converted or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from listener.conversion_paths import (
    PATH_NAMES,
    Names,
    PathTable,
    RejectedCell,
    Table,
    folded,
    known_columns,
    read_path_rows,
    read_rows,
    required,
    usable,
)
from listener.tables import Row, TableError
from listener.written_dates import read_date
from storage.campaign_records import ConversionPath

TOUCH_NAMES: Final[Names] = {
    "journey": (
        "journey", "journey_id", "person", "person_id", "user", "user_id", "visitor", "visitor_id", "client_id",
        "customer_id", "cookie", "cookie_id",
    ),
    "channel": ("channel", "source", "touchpoint"),
    "time": ("time", "timestamp", "datetime", "date", "day"),
    "conversion": ("conversion", "converted", "conversions", "is_conversion"),
    "value": ("value", "conversion_value", "revenue"),
}  # fmt: skip
_YES: Final = ("1", "1.0", "true", "yes")
_NO: Final = ("", "0", "0.0", "false", "no")


@dataclass(frozen=True, slots=True)
class Touch:
    """One row."""

    row: Row
    journey: str
    channel: str  # empty only where a conversion came without a touch of its own
    time: datetime
    converted: bool
    value: Decimal | None

    @property
    def order(self) -> tuple[datetime, bool, str]:
        """What sorts a journey, whatever the order of the file: a conversion comes last of what shares its time."""
        return self.time, self.converted, self.channel


def read_paths(raw: bytes) -> PathTable:
    """Give the conversion paths of a CSV file, plain or gzip, with a row per path or a row per touch.

    What cannot be used is named by row and column. Raises TableError when the file as a whole cannot be.
    """
    found = read_rows(raw)
    header = {folded(str(name)) for name in found[0].cells}
    if not header.isdisjoint(PATH_NAMES["path"]):
        return read_path_rows(known_columns(found, PATH_NAMES))
    touches = known_columns(found, TOUCH_NAMES)
    if "journey" not in touches.columns or "channel" not in touches.columns:
        raise TableError(
            "neither a column 'path' (with 'conversions') nor the columns 'journey', 'channel', 'time' and "
            f"'conversion'; the file has {', '.join(map(repr, found[0].cells))}"
        )
    return read_touch_rows(touches)


def read_touch_rows(table: Table) -> PathTable:
    """Gather the touches of each journey in order of time: a conversion ends a path, what follows begins a new one.

    What is left without a conversion is one path of one person who did not convert.
    """
    required(table, "journey", "channel", "time", "conversion")
    rejected: list[RejectedCell] = []
    by_journey: defaultdict[str, list[Touch]] = defaultdict(list)
    for touch in usable(table.rows, lambda row: _touch(table, row), rejected):
        by_journey[touch.journey].append(touch)
    paths: list[ConversionPath] = []
    for touches in by_journey.values():
        for walk in _walks(sorted(touches, key=lambda touch: touch.order)):
            if any(touch.channel for touch in walk):
                paths.append(_path(walk))
            else:
                row = walk[-1].row
                column, problem = table.columns["channel"], "a conversion without any touch before it; name its channel"
                rejected.append(RejectedCell(row.number, column, "", problem))
    return PathTable(tuple(paths), tuple(sorted(rejected, key=lambda one: one.row)), table.ignored, True)


def _touch(table: Table, row: Row) -> Touch:
    journey = table.cell(row, "journey")
    if not journey:
        raise table.error(row, "journey", "empty; write whose touch it was")
    converted = table.cell(row, "conversion").casefold()
    if converted not in (*_YES, *_NO):
        raise table.error(row, "conversion", "neither yes nor no; write 1 or 0")
    channel = " ".join(table.cell(row, "channel").split())
    if not channel and converted in _NO:
        raise table.error(row, "channel", "empty; write through which channel it was")
    value = table.number(row, "value") if table.cell(row, "value") else None
    if value and converted in _NO:
        raise table.error(row, "value", "a value without a conversion; correct one of the two")
    return Touch(row, journey, channel, _time(table, row), converted in _YES, value)


def _time(table: Table, row: Row) -> datetime:
    try:
        return read_date(table.cell(row, "time"), None, UTC)
    except ValueError:
        problem = "not a time that can be read in one way only; write 2026-05-31 or 2026-05-31T14:00Z"
        raise table.error(row, "time", problem) from None


def _walks(touches: Sequence[Touch]) -> Iterator[list[Touch]]:
    walk: list[Touch] = []
    for touch in touches:
        walk.append(touch)
        if touch.converted:
            yield walk
            walk = []
    if walk:
        yield walk


def _path(walk: Sequence[Touch]) -> ConversionPath:
    end = walk[-1]
    named = [touch for touch in walk if touch.channel]
    channels = tuple(touch.channel for touch in named)
    if not end.converted:
        return ConversionPath(channels, 0.0, 1.0)
    days = tuple((end.time - touch.time) / timedelta(days=1) for touch in named)
    return ConversionPath(channels, 1.0, 0.0, end.value, days)
