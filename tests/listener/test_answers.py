from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from listener.answers import fresh_until, http_date, retry_after

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAY = timedelta(hours=24)

WAITS = [
    ("none", None, None),
    ("seconds", "120", timedelta(seconds=120)),
    ("zero", "0", timedelta()),
    ("date", "Fri, 20 Nov 2026 12:05:00 GMT", timedelta(minutes=5)),
    ("date of old", "Fri, 20 Nov 2026 11:00:00 GMT", timedelta()),
    ("date with another zone", "Fri, 20 Nov 2026 13:05:00 +0100", timedelta(minutes=5)),
    ("absurd seconds", "1000000000", DAY),
    ("endless seconds", "9" * 4000, DAY),
    ("absurd date", "Fri, 20 Nov 2099 12:00:00 GMT", DAY),
    ("negative", "-5", None),
    ("words", "soon", None),
    ("other digits", "\u0661\u0662", None),
]


@pytest.mark.parametrize(("text", "wait"), [case[1:] for case in WAITS], ids=[case[0] for case in WAITS])
def test_retry_after_is_heeded_up_to_a_day(text: str | None, wait: timedelta | None) -> None:
    assert retry_after({} if text is None else {"retry-after": text}, NOW) == wait


FRESH = [
    ("nothing said", {}, None),
    ("max-age", {"cache-control": "public, max-age=600"}, timedelta(minutes=10)),
    ("max-age less its age", {"cache-control": "max-age=600", "age": "100"}, timedelta(seconds=500)),
    ("older than its max-age", {"cache-control": "max-age=600", "age": "900"}, None),
    ("quoted", {"cache-control": 'MAX-AGE="60"'}, timedelta(minutes=1)),
    ("no-cache", {"cache-control": "no-cache, max-age=600"}, None),
    ("no-store", {"cache-control": "no-store", "expires": "Fri, 20 Nov 2026 13:00:00 GMT"}, None),
    ("a year", {"cache-control": "max-age=31536000"}, DAY),
    ("nonsense", {"cache-control": "max-age=soon"}, None),
    ("expires", {"expires": "Fri, 20 Nov 2026 13:00:00 GMT"}, timedelta(hours=1)),
    (
        "expires by their clock",
        {"expires": "Fri, 20 Nov 2020 13:00:00 GMT", "date": "Fri, 20 Nov 2020 12:30:00 GMT"},
        timedelta(minutes=30),
    ),
    ("expires at once", {"expires": "0"}, None),
    ("expired", {"expires": "Fri, 20 Nov 2026 11:00:00 GMT"}, None),
    ("max-age outranks expires", {"cache-control": "max-age=0", "expires": "Fri, 20 Nov 2026 13:00:00 GMT"}, None),
    ("asked to wait", {"retry-after": "60", "cache-control": "max-age=30"}, timedelta(minutes=1)),
]


@pytest.mark.parametrize(("headers", "wait"), [case[1:] for case in FRESH], ids=[case[0] for case in FRESH])
def test_answer_is_good_for_as_long_as_the_server_says(headers: dict[str, str], wait: timedelta | None) -> None:
    assert fresh_until(headers, NOW) == (None if wait is None else NOW + wait)


DATES = [
    ("without zone", "Fri, 20 Nov 2026 12:00:00", NOW),
    ("unknown zone", "Fri, 20 Nov 2026 12:00:00 -0000", NOW),
    ("impossible day", "Fri, 99 Nov 2026 12:00:00 GMT", None),
    ("empty", "", None),
    ("none", None, None),
]


@pytest.mark.parametrize(("text", "date"), [case[1:] for case in DATES], ids=[case[0] for case in DATES])
def test_http_date_is_read_as_utc(text: str | None, date: datetime | None) -> None:
    assert http_date(text) == date
