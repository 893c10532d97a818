"""OVERHEARD_NOW sets the clock, which runs on from there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from config.errors import OverheardError
from overheard.clock import clock_from, read_start, system_clock


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2013-08-12T09:00:00Z", datetime(2013, 8, 12, 9, tzinfo=UTC)),
        ("2013-08-12T09:00:00+02:00", datetime(2013, 8, 12, 7, tzinfo=UTC)),
        ("2013-08-12T09:00", datetime(2013, 8, 12, 9, tzinfo=UTC)),
        ("2013-08-12", datetime(2013, 8, 12, tzinfo=UTC)),
    ],
)
def test_start_is_read_as_utc(text: str, expected: datetime) -> None:
    assert read_start(text) == expected


@pytest.mark.parametrize("text", ["yesterday", "2013-13-01", "0001-01-01T00:00+14:00"])
def test_unreadable_start_is_explained(text: str) -> None:
    with pytest.raises(OverheardError, match=r"OVERHEARD_NOW.*is not a time"):
        read_start(text)


def test_set_clock_runs_on() -> None:
    start = datetime(2013, 8, 12, 9, tzinfo=UTC)
    clock = clock_from(start)
    first = clock()
    while (later := clock()) == first:
        pass  # the timer has not moved yet
    assert start <= first < later


def test_clock_is_set_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERHEARD_NOW", "2013-08-12T09:00:00Z")
    assert system_clock()() - datetime(2013, 8, 12, 9, tzinfo=UTC) < timedelta(minutes=1)


def test_clock_is_the_system_s_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OVERHEARD_NOW", raising=False)
    assert abs(system_clock()() - datetime.now(UTC)) < timedelta(minutes=1)
