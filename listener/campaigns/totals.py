"""Rows of totals: never data, but a checksum of the rows above or below them.

The first one of a table is the sum of the rows shown; those behind it are of the account or of a part of it. Shown sums
are rounded, so a sum of n rows that are shown to the hundredth may differ by (n + 1) / 2 hundredths. Within that a
difference is told and refuses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from listener.campaigns.numbers import MILLION, hidden


@dataclass
class Checked:
    """The sum of one column, and what the file says of it."""

    header: str
    unit: int  # stored units in one of what is written: a million for money, 1 for counts
    places: int  # decimals that the column is written with
    exact: bool  # its numbers are not rounded: counts, and conversions that are whole throughout
    total: int = 0
    rows: int = 0  # that had a number
    unreadable: bool = False  # a cell of it could not be read, so the sum is not known
    hidden: int = 0  # what cells such as `<5` may hide together

    def add(self, values: Sequence[object], cells: Sequence[object]) -> None:
        """Add what a column's cells became; unknown ones add nothing."""
        if set(map(type, values)) <= {int}:  # the usual case, which a million rows pass through
            self.total += sum(values)  # type: ignore[arg-type]  # just looked at
            self.rows += len(values)
            return
        self.hidden += self.unit * sum(map(hidden, cells))
        known = [value for value in values if type(value) is int]
        self.total += sum(known)
        self.rows += len(known)
        self.unreadable = self.unreadable or any(value is not None and type(value) is not int for value in values)

    def differs(self, stated: int) -> bool:
        """Tell whether the file's own sum is another one."""
        return not -self.tolerance <= stated - self.total <= self.tolerance + self.hidden

    @property
    def tolerance(self) -> int:
        """How far a sum of rounded numbers may lie from a rounded sum, in stored units."""
        if self.exact:
            return 0
        step: int = MILLION // 10 ** min(self.places, 6)
        return (self.rows + 1) * step // 2

    def written(self, value: int) -> str:
        """Give a stored number as the file would write it."""
        return str(value) if self.unit == 1 else f"{(Decimal(value) / self.unit).normalize():f}"


@dataclass
class Checksum:
    """What became of comparing sums with a row of totals."""

    checked: bool | None = None  # None: nothing to compare with
    row: int = 0  # of the totals
    mismatches: list[str] = field(default_factory=list)  # that nothing explains
    explained: list[str] = field(default_factory=list)  # by cells that could not be read
    rounded: list[str] = field(default_factory=list)  # that rounding or cells such as `<5` may make


def is_sum_of_the_others(columns: Mapping[int, Checked], row: Mapping[int, object]) -> bool:
    """Tell whether a row says in two columns or more, and in no column less, what all other rows sum to."""
    agreeing = 0
    for index, column in columns.items():
        value = row.get(index)
        if type(value) is not int or not value:
            continue
        if abs(column.total - value - value) > column.tolerance:
            return False
        agreeing += 1
    return agreeing > 1


def compared(columns: Mapping[int, Checked], row: int, stated: Mapping[int, object]) -> Checksum:
    """Compare the sums of columns, by their place in the file, with a row of totals."""
    found = Checksum(row=row)
    compared_any = False
    for index, column in columns.items():
        value = stated.get(index)
        if type(value) is not int:
            continue
        compared_any = True
        if value == column.total:
            continue
        told = f"{column.header!r} sums to {column.written(column.total)}, row {row} says {column.written(value)}"
        if not column.differs(value):
            found.rounded.append(told)
        else:
            (found.explained if column.unreadable else found.mismatches).append(told)
    if compared_any:
        found.checked = not (found.mismatches or found.explained)
    return found
