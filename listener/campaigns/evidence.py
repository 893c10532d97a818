"""What all the cells of a table together prove: the decimal mark of each column, the order of day and month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from listener.campaigns import days, numbers
from listener.campaigns.currencies import has_fractions
from listener.campaigns.detect import Mapped
from listener.campaigns.numbers import Mark, Marks
from listener.campaigns.refusal import ImportRefusedError

DAYS = ("day", "start", "end", "week", "month", "hour", "moment")
NUMBERS = ("money", "amount", "count", "micros", "series")
_WHOLE = ("count", "micros", "series")
_KEPT = 100_000  # spellings of a column that are remembered as seen


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user says where a file does not tell."""

    decimal: Mark | None = None
    dates: days.Order | None = None
    period: tuple[date, date] | None = None  # first and last day
    currency: str | None = None
    account: str = ""  # whose files these are
    daily: bool = False  # a row that only says when it starts is of that day


@dataclass
class Evidence:
    """Gathers what the cells of one table tell."""

    mapped: Mapped
    marks: dict[int, Marks] = field(default_factory=dict)
    orders: dict[int, days.Orders] = field(default_factory=dict)
    _seen: dict[int, set[object]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in self.mapped.places:
            if place.column.kind in NUMBERS:
                self.marks[place.index] = Marks(place.heading.written)
            elif place.column.kind in DAYS:
                self.orders[place.index] = days.Orders(place.heading.written)
        for index, name in self.mapped.items:
            self.marks[index] = Marks(name)

    def feed(self, row_numbers: Sequence[int], columns: Sequence[Sequence[object]]) -> None:
        """Look at the columns of some rows."""
        for group in (self.marks, self.orders):
            for index, witness in group.items():
                seen = self._seen.setdefault(index, set())
                new = [cell for cell in dict.fromkeys(columns[index]) if cell not in seen]
                if new:
                    witness.feed(new, row_numbers, columns[index])
                    seen.update(new)
                    if len(seen) > _KEPT:
                        seen.clear()

    def mark(self, index: int, kind: str, currency: str | None, declared: Mark | None) -> Mark:
        """Give the decimal mark of a column. Raises ImportRefusedError with the evidence."""
        own = self.marks[index]
        if declared is not None and not own.proofs:
            return declared
        whole = kind in _WHOLE or (kind == "money" and currency is not None and not has_fractions(currency))
        return numbers.decided(own, [each for place, each in self.marks.items() if place != index], whole=whole)

    def order(self, declared: days.Order | None) -> days.Order:
        """Give what stands first in the dates of the table. Raises ImportRefusedError with the evidence."""
        said = declared or self.mapped.form.dates or None
        return days.decided(list(self.orders.values()), said)

    def currency(self, declared: str | None) -> str | None:
        """Give the one currency that headers and signs name; what the user says where they name none.

        Raises ImportRefusedError where they name several.
        """
        named: dict[str, str] = {}
        for place in self.mapped.places:
            if place.column.kind in {"money", "micros"}:
                for code in (place.heading.currency, *sorted(self.marks[place.index].currencies)):
                    if code is not None:
                        named.setdefault(code, place.heading.written)
        if len(named) > 1:
            told = ", ".join(f"{code} in column {header!r}" for code, header in named.items())
            raise ImportRefusedError(f"money in several currencies ({told}); export it in one")
        return next(iter(named), declared)
