from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.alert_settings import Alerting
from notifier.alerting.quiet import quiet_until

NIGHT = Alerting(quiet_from=time(22), quiet_until=time(7))
LUNCH = Alerting(quiet_from=time(12), quiet_until=time(13, 30))
SMALL_HOURS = Alerting(quiet_from=time(1, 30), quiet_until=time(2, 30))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("settings", "now", "expected"),
    [
        (NIGHT, "2026-07-14T19:59", None),
        (NIGHT, "2026-07-14T20:00", "2026-07-15T05:00"),
        (NIGHT, "2026-07-14T23:30", "2026-07-15T05:00"),
        (NIGHT, "2026-07-15T04:59", "2026-07-15T05:00"),
        (NIGHT, "2026-07-15T05:00", None),
        (LUNCH, "2026-07-14T09:59", None),
        (LUNCH, "2026-07-14T10:00", "2026-07-14T11:30"),
        (LUNCH, "2026-07-14T11:30", None),
        (Alerting(), "2026-07-14T23:30", None),
        (NIGHT, "2026-03-28T22:00", "2026-03-29T05:00"),
        (NIGHT, "2026-10-24T22:00", "2026-10-25T06:00"),
        (SMALL_HOURS, "2026-03-29T00:45", "2026-03-29T01:00"),
        (SMALL_HOURS, "2026-03-29T01:00", None),
        (SMALL_HOURS, "2026-10-24T23:30", "2026-10-25T00:30"),
        (SMALL_HOURS, "2026-10-25T00:30", None),
        (SMALL_HOURS, "2026-10-25T01:00", None),
    ],
    ids=[
        "before the night", "the night begins", "before midnight", "the last minute", "the night is over",
        "before noon", "noon", "after lunch", "no quiet hours", "a shorter night", "a longer night",
        "the end is skipped", "after the gap", "the first coming", "the end came once", "the second coming is loud",
    ],
)  # fmt: skip
def test_quiet_hours_in_paris(settings: Alerting, now: str, expected: str | None) -> None:
    assert quiet_until(settings, utc(now), ZoneInfo("Europe/Paris")) == (utc(expected) if expected else None)


@given(
    zone=st.sampled_from(sorted(available_timezones())),
    minutes=st.integers(0, 38 * 365 * 24 * 60),
    start=st.times(),
    end=st.times(),
)
def test_quiet_hours_end_within_two_days_and_not_at_once(zone: str, minutes: int, start: time, end: time) -> None:
    settings = Alerting(quiet_from=start, quiet_until=end)
    moment = utc("2000-01-03") + timedelta(minutes=minutes)

    until = quiet_until(settings, moment, ZoneInfo(zone))

    if until is not None:
        assert moment < until <= moment + timedelta(hours=50)
        following = quiet_until(settings, until, ZoneInfo(zone))
        assert following is None or following > until
