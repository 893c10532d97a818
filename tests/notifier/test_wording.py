from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from notifier import wording
from storage.records import Span

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (wording.unknown("no mentions"), "n/a (no mentions)"),
        (wording.count(1234567), "1,234,567"),
        (wording.change_of_count(1204), "+1,204"),
        (wording.change_of_count(-3), "-3"),
        (wording.change_of_count(0), "no change"),
        (wording.percent(0.3124), "31.2 %"),
        (wording.percent(-0.00001), "0.0 %"),
        (wording.rough_percent(0.714), "71 %"),
        (wording.rough_percent(0.9999), "over 99 %"),
        (wording.rough_percent(1.0), "100 %"),
        (wording.rough_percent(0.0001), "under 1 %"),
        (wording.rough_percent(0.0), "0 %"),
        (wording.signed_percent(0.23), "+23 %"),
        (wording.signed_percent(-0.231), "-23 %"),
        (wording.signed_percent(-0.001), "0 %"),
        (wording.points(0.041), "+4.1 points"),
        (wording.points(-0.01), "-1.0 point"),
        (wording.points(0.0004), "no change"),
        (wording.points(-0.03, 0), "-3 points"),
        (wording.interval(0.28, 0.345), "28.0 to 34.5 %"),
        (wording.several(1, "story", "stories"), "1 story"),
        (wording.several(1000, "story", "stories"), "1,000 stories"),
        (wording.several(0, "mention"), "0 mentions"),
        (wording.length(timedelta(hours=3)), "3 h"),
        (wording.length(timedelta(days=2, hours=4, minutes=5)), "2 d 4 h"),
        (wording.length(timedelta(days=2, minutes=5)), "2 d"),
        (wording.length(timedelta(minutes=45)), "45 min"),
        (wording.length(timedelta(seconds=20)), "under 1 min"),
        (wording.clock(datetime(2013, 8, 12, 6, 30, tzinfo=UTC), PARIS), "12 August 2013, 08:30"),
    ],
)
def test_numbers_read_as_people_write_them(said: str, expected: str) -> None:
    assert said == expected


def local(*when: int) -> datetime:
    return datetime(*when, tzinfo=PARIS).astimezone(UTC)  # type: ignore[misc, arg-type]  # year, month, day and so on


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (local(2013, 8, 5), local(2013, 8, 12), "Monday 5 to Sunday 11 August 2013"),
        (local(2013, 8, 5), local(2013, 8, 6), "Monday 5 August 2013"),
        (local(2013, 7, 29), local(2013, 8, 5), "Monday 29 July to Sunday 4 August 2013"),
        (local(2013, 12, 30), local(2014, 1, 6), "Monday 30 December 2013 to Sunday 5 January 2014"),
        (local(2013, 10, 27), local(2013, 10, 28), "Sunday 27 October 2013"),
        (local(2013, 8, 5, 8, 30), local(2013, 8, 6), "5 August 2013, 08:30 to 6 August 2013, 00:00"),
    ],
    ids=["week", "day", "two months", "two years", "day of 25 hours", "not midnight"],
)
def test_window_is_told_in_local_days(start: datetime, end: datetime, expected: str) -> None:
    assert wording.window(Span(start, end), PARIS) == expected


@pytest.mark.parametrize(
    ("why", "words"),
    [
        pytest.param([("unscored:ko", 96)], "96 Korean", id="a language"),
        pytest.param([("unscored:tlh", 2), ("unscored:unknown", 1)], "2 tlh, 1 of unknown language", id="unknown"),
        pytest.param([("unscored: no words", 12), ("", 1)], "12 without words, 1 unread", id="no words, no reason"),
        pytest.param(
            [("unscored:ko", 1_096), ("unscored:ja", 20), ("unscored:ru", 9), ("unscored:nl", 3), ("unscored:pl", 2)],
            "1,096 Korean, 20 Japanese, 9 Russian, 5 others",
            id="the most frequent",
        ),
    ],
)
def test_what_is_unscored_is_told_by_language(why: list[tuple[str, int]], words: str) -> None:
    assert wording.unscored(why) == words
