from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from listener.campaigns.days import read_day, read_moment, read_month, read_range
from listener.campaigns.numbers import BadCellError

DAYS = st.dates(date(2000, 1, 1), date(2097, 12, 31))


@given(
    day=DAYS,
    locale=st.sampled_from(["en", "fr", "de", "es", "it", "pt", "ro", "nl"]),
    form=st.sampled_from(["long", "medium", "full"]),
)
def test_days_in_words_of_every_language_are_read_back(day: date, locale: str, form: str) -> None:
    written = format_date(day, form, locale=locale)
    if written.replace(".", "/").count("/") > 1 or written.count("-") > 1:
        return  # numbers, whose order a column proves

    assert read_day(written, "day") == day


@given(day=DAYS)
def test_korean_days_are_read_back(day: date) -> None:
    assert read_day(format_date(day, "long", locale="ko"), "month") == day
    assert read_day(format_date(day, "full", locale="ko"), "month") == day


@given(first=DAYS, length=st.integers(0, 400), locale=st.sampled_from(["en", "fr", "de", "es", "pt", "ko"]))
def test_a_range_in_words_gives_its_two_ends(first: date, length: int, locale: str) -> None:
    last = first + timedelta(days=length)
    written = " - ".join(format_date(day, "long", locale=locale) for day in (first, last))

    assert read_range(written) == (first, last)


@pytest.mark.parametrize(
    "text", ["Campaign report", "3/4/2026 - 5/6/2026", "August 31, 2026 - August 1, 2026", "a - b", ""]
)
def test_what_is_no_range_or_may_be_two_is_none(text: str) -> None:
    assert read_range(text) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("03/27/2026 06:08", "2026-03-27 06:08"),
        ("03/15/2026 10:05 am", "2026-03-15 10:05"),
        ("Apr 5, 2024 6:15 PM", "2024-04-05 18:15"),
        ("04/05/2024 12:15 AM", "2024-04-05 00:15"),
        ("2026-08-15 13:12 +0000", "2026-08-15 13:12"),
        ("2026-08-15T13:12:59.123Z", "2026-08-15 13:12"),
        ("2016-11-13 1:02:33", "2016-11-13 01:02"),
    ],
)
def test_moments_keep_the_time_as_written(written: str, expected: str) -> None:
    assert read_moment(written, "month").isoformat(" ", "minutes") == expected


@pytest.mark.parametrize("written", ["2026-08-15 25:00", "31/02/2026", "May 2026", "Lifetime", "1"])
def test_what_is_no_moment_is_told(written: str) -> None:
    with pytest.raises(BadCellError):
        read_moment(written, "day")


def test_a_month_is_its_first_day_to_the_first_of_the_next() -> None:
    assert read_month("2026-12", "day") == (date(2026, 12, 1), date(2027, 1, 1))
    assert read_month("1 Feb 2026", "day") == (date(2026, 2, 1), date(2026, 3, 1))
    with pytest.raises(BadCellError, match="no such month"):
        read_month("2026-13", "day")
