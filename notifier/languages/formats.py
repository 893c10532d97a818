"""What a language must know beside sentences: how its readers write numbers, dates and durations."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Protocol, TypeAlias

Number: TypeAlias = int | float | Decimal


class Formats(Protocol):
    """Numbers, dates and durations of one language. Times are local ones of the reader."""

    def decimal(self, number: Number, digits: int = 0, *, signed: bool = False) -> str:
        """Write a number with separators of thousands: 12,345 or +4.1."""

    def percent(self, number: Number, digits: int = 0, *, signed: bool = False) -> str:
        """Write a percentage; 31.2 is 31.2 %."""

    def day(self, day: date) -> str:
        """Write a date: 5 August 2013."""

    def day_of_year(self, day: date) -> str:
        """Write a date without its year: 9 August."""

    def day_of_scale(self, day: date) -> str:
        """Write a date as short as it goes, for a scale: 5 Aug."""

    def weekday(self, day: date) -> str:
        """Write a date with its weekday: Monday 5 August 2013."""

    def days(self, first: date, last: date) -> str:
        """Write from which date to which, and the year once where it is one: 15 July to 11 August 2013."""

    def dates(self, first: date, last: date) -> str:
        """Write one date or from which to which, as exports write them: 2013-08-05 to 2013-08-11."""

    def weekdays(self, first: date, last: date) -> str:
        """Write the same with weekdays: Monday 5 to Sunday 11 August 2013."""

    def month(self, day: date) -> str:
        """Write the month of a date: August 2013."""

    def clock(self, moment: datetime) -> str:
        """Write a moment, to the minute: 5 August 2013, 08:30."""

    def length(self, number: int, unit: str) -> str:
        """Write a duration in one unit, "day", "hour" or "minute", as short as it goes: 3 h."""

    def language(self, code: str) -> str:
        """Write a language's name: Korean. A code that nobody knows stays as it is."""
