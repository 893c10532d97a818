"""Numbers and dates of any other language, by the Unicode CLDR, as Babel holds it."""

from __future__ import annotations

from datetime import date, datetime

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.numbers import format_decimal
from babel.units import format_unit

from notifier.languages.formats import Number


class CldrFormats:
    """The formats of one language."""

    def __init__(self, language: str) -> None:
        self._locale = Locale(language)

    def decimal(self, number: Number, digits: int = 0, *, signed: bool = False) -> str:
        """Write a number with separators of thousands: 12 345 or +4,1."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(number, f"+{pattern};-{pattern}" if signed else pattern, self._locale)

    def percent(self, number: Number, digits: int = 0, *, signed: bool = False) -> str:
        """Write a percentage; 31.2 is 31,2 %."""
        sign: str = self._locale.percent_formats[None].suffix[0]
        return self.decimal(number, digits, signed=signed) + sign

    def day(self, day: date) -> str:
        """Write a date: 5 août 2013."""
        return format_date(day, "long", self._locale)

    def day_of_year(self, day: date) -> str:
        """Write a date without its year: 9 août."""
        return format_skeleton("MMMMd", day, locale=self._locale)

    def day_of_scale(self, day: date) -> str:
        """Write a date as short as it goes, for a scale: 5 août."""
        return format_skeleton("MMMd", day, locale=self._locale)

    def weekday(self, day: date) -> str:
        """Write a date with its weekday: lundi 5 août 2013."""
        return format_date(day, "full", self._locale)

    def days(self, first: date, last: date) -> str:
        """Write from which date to which, and the year once where it is one: 15 juil. - 11 août 2013."""
        return format_interval(first, last, "yMMMd", locale=self._locale)

    def dates(self, first: date, last: date) -> str:
        """Write one date or from which to which: 5-11 août 2013."""
        return self.days(first, last)

    def weekdays(self, first: date, last: date) -> str:
        """Write the same with weekdays: lun. 5 - dim. 11 août 2013."""
        return format_interval(first, last, "yMMMEd", locale=self._locale)

    def month(self, day: date) -> str:
        """Write the month of a date: août 2013."""
        return format_skeleton("yMMMM", day, locale=self._locale)

    def clock(self, moment: datetime) -> str:
        """Write a moment, to the minute: 5 août 2013, 08:30."""
        time, day = format_time(moment, "short", locale=self._locale), self.day(moment)
        whole: str = self._locale.datetime_formats["long"].format(time, day)
        return whole

    def length(self, number: int, unit: str) -> str:
        """Write a duration in one unit, "day", "hour" or "minute", as short as it goes: 3 h."""
        return format_unit(number, f"duration-{unit}", "short", locale=self._locale)

    def language(self, code: str) -> str:
        """Write a language's name: coréen. A code that nobody knows stays as it is."""
        name: str = self._locale.languages.get(code, code)
        return name
