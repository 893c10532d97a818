"""Numbers and dates in English, as the digest writes them: days before months, and a space before the percent sign."""

from __future__ import annotations

from datetime import date, datetime

from notifier.languages.formats import Number

_UNITS = {"day": "d", "hour": "h", "minute": "min"}


class EnglishFormats:
    """Formats without a library, so that the digest of most readers loads none."""

    def decimal(self, number: Number, digits: int = 0, *, signed: bool = False) -> str:
        """Write a number with separators of thousands: 12,345 or +4.1."""
        return f"{number:{'+' if signed else ''},.{digits}f}"

    def percent(self, number: Number, digits: int = 0, *, signed: bool = False) -> str:
        """Write a percentage; 31.2 is 31.2 %."""
        return f"{self.decimal(number, digits, signed=signed)} %"

    def day(self, day: date) -> str:
        """Write a date: 5 August 2013."""
        return f"{day.day} {day:%B %Y}"

    def day_of_year(self, day: date) -> str:
        """Write a date without its year: 9 August."""
        return f"{day.day} {day:%B}"

    def day_of_scale(self, day: date) -> str:
        """Write a date as short as it goes, for a scale: 5 Aug."""
        return f"{day.day} {day:%b}"

    def weekday(self, day: date) -> str:
        """Write a date with its weekday: Monday 5 August 2013."""
        return f"{day:%A} {self.day(day)}"

    def days(self, first: date, last: date) -> str:
        """Write from which date to which, and the year once where it is one: 15 July to 11 August 2013."""
        begin = self.day(first) if first.year != last.year else self.day_of_year(first)
        return f"{begin} to {self.day(last)}"

    def dates(self, first: date, last: date) -> str:
        """Write one date or from which to which, as exports write them: 2013-08-05 to 2013-08-11."""
        return f"{first}" if first == last else f"{first} to {last}"

    def weekdays(self, first: date, last: date) -> str:
        """Write the same with weekdays: Monday 5 to Sunday 11 August 2013."""
        if first.year != last.year:
            begin = self.weekday(first)
        elif first.month != last.month:
            begin = f"{first:%A} {self.day_of_year(first)}"
        else:
            begin = f"{first:%A} {first.day}"
        return f"{begin} to {self.weekday(last)}"

    def month(self, day: date) -> str:
        """Write the month of a date: August 2013."""
        return f"{day:%B %Y}"

    def clock(self, moment: datetime) -> str:
        """Write a moment, to the minute: 5 August 2013, 08:30."""
        return f"{self.day(moment)}, {moment:%H:%M}"

    def length(self, number: int, unit: str) -> str:
        """Write a duration in one unit, "day", "hour" or "minute", as short as it goes: 3 h."""
        return f"{number} {_UNITS[unit]}"

    def language(self, code: str) -> str:
        """Write a language's name: Korean. A code that nobody knows stays as it is."""
        from babel import Locale  # noqa: PLC0415  # only an unscored mention needs it, and it takes 60 ms

        name: str = Locale("en").languages.get(code, code)
        return name
