"""Days as exports write them. Which of 08/09/2026 is the month is decided over the whole column, never cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from babel import Locale

from listener.campaigns.headings import folded
from listener.campaigns.numbers import BadCellError, Seen
from listener.campaigns.refusal import ImportRefusedError, shown

Order = Literal["day", "month"]  # what stands first
_LOCALES = ("en", "fr", "de", "es", "it", "pt", "ko", "ro", "nl")
_YEARS = (2000, 2100)  # no campaign ran outside
_TIME = re.compile(
    r"[T,\s]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?$"
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])\s*(\d{1,2})\2\s*(\d{1,2})\.?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_KOREAN = re.compile(r"(\d{4})년\s*(\d{1,2})월\s*(\d{1,2})일(?:\s*\(?[월화수목금토일](?:요일)?\)?)?")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])\s*(\d{1,2})\2\s*(\d{4})\.?")
_MONTH_ONLY = re.compile(r"(\d{4})[-/.](\d{1,2})")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_DAYS, _MONTHS, _NOON = 31, 12, 12


@dataclass
class Orders:
    """What the cells of one column tell of the order of day and month."""

    header: str
    proofs: dict[Order, Seen] = field(default_factory=dict)
    open: Seen | None = None

    def feed(self, cells: Iterable[object], numbers: Sequence[int], column: Sequence[object]) -> None:
        """Look at cells that are new; `numbers` and `column` are the rows they stand in."""
        for cell in cells:
            found = _NUMERIC.fullmatch(_split_time(cell)[0]) if isinstance(cell, str) else None
            if found is None:
                continue
            first, second = int(found[1]), int(found[3])
            seen = Seen(numbers[column.index(cell)], shown(cell))
            if first > _MONTHS >= second or (found[2] == "." and first != second):
                self.proofs.setdefault("day", seen)
            elif second > _MONTHS >= first:
                self.proofs.setdefault("month", seen)
            elif first != second and self.open is None:
                self.open = seen


def decided(orders: Sequence[Orders], declared: Order | None) -> Order:
    """Give what stands first in the numeric dates of a table, by the proof of any of its columns.

    `declared`: what the format or the user says, where no cell proves it. Raises ImportRefusedError with the evidence.
    """
    proofs: dict[Order, tuple[str, Seen]] = {}
    for each in orders:
        for order, seen in each.proofs.items():
            proofs.setdefault(order, (each.header, seen))
    if len(proofs) > 1:
        (one, day), (other, month) = proofs["day"], proofs["month"]
        raise ImportRefusedError(
            f"column {one!r}: row {day.row} ({day.text!r}) starts with the day, row {month.row} of {other!r} "
            f"({month.text!r}) with the month; export it again in one language"
        )
    if proofs:
        return next(iter(proofs))
    if declared is not None:
        return declared
    for each in orders:
        if each.open is not None:
            raise ImportRefusedError(
                f"column {each.header!r}: row {each.open.row} ({each.open.text!r}) may start with the day or the "
                "month, and no other date tells; say which with --dates day-first or --dates month-first"
            )
    return "day"


def read_day(cell: object, order: Order) -> date:
    """Give a day; the time of day that may stand behind it is left off. Raises BadCellError."""
    return read_moment(cell, order).date()


def read_moment(cell: object, order: Order) -> datetime:
    """Give day and time as written, without zone; midnight where no time is written. Raises BadCellError."""
    if isinstance(cell, datetime):
        moment = cell.replace(tzinfo=None)
    else:
        text, hour, minute = _split_time(str(cell))
        year, month, day = _parts(text, order)
        try:
            moment = datetime(year, month, day, hour, minute)  # noqa: DTZ001  # of the file's own zone, which is kept beside it
        except ValueError:
            raise BadCellError("no such day") from None
    if not _YEARS[0] <= moment.year < _YEARS[1]:
        raise BadCellError(f"outside the years {_YEARS[0]} to {_YEARS[1] - 1}")
    return moment


def read_month(cell: object, order: Order) -> tuple[date, date]:
    """Give the first day of a month and the first one after it. Raises BadCellError."""
    found = _MONTH_ONLY.fullmatch(str(cell).strip())
    if found is None:
        first = read_day(cell, order).replace(day=1)
    elif 1 <= int(found[2]) <= _MONTHS:
        first = read_day(f"{found[1]}-{int(found[2]):02}-01", order)
    else:
        raise BadCellError("no such month")
    return first, (first + timedelta(days=_DAYS)).replace(day=1)


def read_range(text: str) -> tuple[date, date] | None:
    """Give first and last day of a range in words, as "July 8, 2025 - July 31, 2025"; None when it is none.

    Numeric dates count only where the year stands first: one line proves no order.
    """
    for mark in (" - ", " \u2013 ", " — ", " to ", " bis ", " au ", "-", "~"):
        left, found, right = text.strip().partition(mark)
        if not found:
            continue
        try:
            start, end = _plain_day(left), _plain_day(right)
        except BadCellError:
            continue
        return (start, end) if start <= end else None
    return None


def plain_day(text: str) -> date | None:
    """Give a day that can be read in one way only; None for anything else."""
    try:
        return _plain_day(text)
    except BadCellError:
        return None


def _plain_day(text: str) -> date:
    found = _NUMERIC.fullmatch(text.strip())
    if found and found[1] != found[3] and max(int(found[1]), int(found[3])) <= _MONTHS:
        raise BadCellError("may start with the day or the month")
    order: Order = "day" if found and int(found[1]) > _MONTHS else "month"
    return read_day(text, order)


def _split_time(text: str) -> tuple[str, int, int]:
    text = text.strip()
    found = _TIME.search(text)
    if found is None:
        return text, 0, 0
    hour, minute = int(found[1]), int(found[2])
    if found[4]:
        hour = hour % _NOON + (_NOON if found[4][0] in "pP" else 0)
    return text[: found.start()], hour, minute


def _parts(text: str, order: Order) -> tuple[int, int, int]:
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[1]), int(found[3]), int(found[4])
    if found := _COMPACT.fullmatch(text) or _KOREAN.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NUMERIC.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        return (int(found[4]), second, first) if order == "day" else (int(found[4]), first, second)
    return _in_words(text)


def _in_words(text: str) -> tuple[int, int, int]:
    words = _WORDS.findall(folded(text))
    months = {_months()[word] for word in words if word in _months()}
    numbers = [word for word in words if word.isdecimal()]
    years = [int(word) for word in numbers if len(word) == len("2026")]
    days = [int(word) for word in numbers if len(word) <= len("31")]
    if not len(months) == len(years) == len(days) == 1 or len(numbers) > len((*years, *days)):
        raise BadCellError("not a date")
    return years[0], months.pop(), days[0]


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Give the months by their names, whole and short, in every language; those that mean two months are left out."""
    found: dict[str, set[int]] = {}
    for code in _LOCALES:
        names = Locale(code).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in names[form][width].items():
                    for word in _WORDS.findall(folded(name)):
                        found.setdefault(word, set()).add(number)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1 and not name.isdecimal()}
