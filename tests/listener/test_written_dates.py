from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listener.written_dates import read_date

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2015-02-16 23:36:05 -0800", datetime(2015, 2, 17, 7, 36, 5, tzinfo=UTC)),
        ("2015-02-16T23:36:05Z", datetime(2015, 2, 16, 23, 36, 5, tzinfo=UTC)),
        ("2015-02-16 23:36:05 UTC", datetime(2015, 2, 16, 23, 36, 5, tzinfo=UTC)),
        ("2015-02-16T23:36:05.25+01:00", datetime(2015, 2, 16, 22, 36, 5, 250000, tzinfo=UTC)),
        ("2015-02-16 23:36", datetime(2015, 2, 16, 22, 36, tzinfo=UTC)),
        ("2015-07-16", datetime(2015, 7, 15, 22, 0, tzinfo=UTC)),
        ("20150716", datetime(2015, 7, 15, 22, 0, tzinfo=UTC)),
        ("Tue Oct 18 21:53:25 +0000 2011", datetime(2011, 10, 18, 21, 53, 25, tzinfo=UTC)),
        ("Mon, 16 Feb 2015 23:36:05 -0800", datetime(2015, 2, 17, 7, 36, 5, tzinfo=UTC)),
        ("16 Feb 2015 23:36:05 GMT", datetime(2015, 2, 16, 23, 36, 5, tzinfo=UTC)),
        ("1424158565", datetime(2015, 2, 17, 7, 36, 5, tzinfo=UTC)),
        ("1424158565.5", datetime(2015, 2, 17, 7, 36, 5, 500000, tzinfo=UTC)),
        ("1424158565000", datetime(2015, 2, 17, 7, 36, 5, tzinfo=UTC)),
        (" 1424158565000000 ", datetime(2015, 2, 17, 7, 36, 5, tzinfo=UTC)),
    ],
)
def test_common_forms_are_read(written: str, expected: datetime) -> None:
    assert read_date(written, None, PARIS) == expected


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("1.2.15", 'may start with the day or the month; say which with `date_format`, e.g. "%d.%m.%Y %H:%M"'),
        ("3/4/2015 10:00 PM", 'may start with the day or the month; say which with `date_format`, e.g. "%d/%m/'),
        ("24-02-2015 11:35", 'starts with the day; say so with `date_format`, e.g. "%d-%m-%Y %H:%M"'),
        ("02/24/2015", 'starts with the month; say so with `date_format`, e.g. "%m/%d/%Y %H:%M"'),
        ("31/13/2013", "is not a date, whichever way it is read; correct it, or give `date_format`"),
        ("0/1/2013", "is not a date, whichever way it is read; correct it, or give `date_format`"),
    ],
)
def test_a_date_whose_day_and_month_could_change_places_is_not_guessed(written: str, problem: str) -> None:
    with pytest.raises(ValueError, match=r"^'[^']*' " + re.escape(problem)):
        read_date(written, None, UTC)


@pytest.mark.parametrize(
    "written", ["", "yesterday", "12", "2015-13-01", "0000-00-00", "1015-01-01", "9999-12-31", "null"]
)
def test_what_is_no_date_is_refused_with_a_remedy(written: str) -> None:
    with pytest.raises(ValueError, match="date_format"):
        read_date(written, None, UTC)


@pytest.mark.parametrize(
    ("written", "form", "expected"),
    [
        ("24-02-2015 11:35", "%d-%m-%Y %H:%M", datetime(2015, 2, 24, 10, 35, tzinfo=UTC)),
        ("2/24/15 11:35 +0000", "%m/%d/%y %H:%M %z", datetime(2015, 2, 24, 11, 35, tzinfo=UTC)),
    ],
)
def test_a_given_form_decides(written: str, form: str, expected: datetime) -> None:
    assert read_date(written, form, PARIS) == expected


def test_what_does_not_fit_the_given_form_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'2015-02-16' does not fit date_format '%d-%m-%Y'"):
        read_date("2015-02-16", "%d-%m-%Y", UTC)


@given(st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001  # bounds
def test_iso_dates_come_back(moment: datetime) -> None:
    assert read_date(moment.isoformat(), None, PARIS) == moment


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_refused(written: str) -> None:
    try:
        assert read_date(written, None, UTC).tzinfo == UTC
    except ValueError as problem:
        assert "date_format" in str(problem)  # noqa: PT017  # both outcomes are fine
