"""Times as people write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.digest.figure_ids import figure_id, parse_figure_id
from overheard.cli.options import instant, window_of
from overheard.digests.periods import local_windows
from storage.records import Span

NOW = datetime(2026, 7, 6, 12, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2013-08-05", datetime(2013, 8, 4, 22, tzinfo=UTC)),
        ("2013-08-05T14:00", datetime(2013, 8, 5, 12, tzinfo=UTC)),
        ("2013-08-05T14:00Z", datetime(2013, 8, 5, 14, tzinfo=UTC)),
        ("2013-08-05T14:00:30+05:30", datetime(2013, 8, 5, 8, 30, 30, tzinfo=UTC)),
        ("7d", datetime(2026, 6, 29, 12, tzinfo=UTC)),
        ("90m", datetime(2026, 7, 6, 10, 30, tzinfo=UTC)),
        ("2w", datetime(2026, 6, 22, 12, tzinfo=UTC)),
    ],
)
def test_time_is_read(text: str, expected: datetime) -> None:
    assert instant(text, NOW, PARIS) == expected


@pytest.mark.parametrize("text", ["", "soon", "2013-02-30", "13-08-05", "-7d", "99999999w", "7 parsecs"])
def test_what_is_no_time_is_explained(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a|longer than"):
        instant(text, NOW, PARIS)


def test_empty_window_is_refused() -> None:
    with pytest.raises(click.UsageError, match="not before"):
        window_of("2026-07-05", "2026-07-05", NOW, PARIS)


@pytest.mark.parametrize(
    ("now", "end"),
    [("12:00:00", "12:00"), ("12:00:00.000001", "12:01"), ("12:00:59.9", "12:01")],
    ids=["on the minute", "just after", "just before"],
)
def test_window_without_an_end_ends_with_the_running_minute(now: str, end: str) -> None:
    window = window_of("7d", None, datetime.fromisoformat(f"2026-07-06T{now}+00:00"), PARIS)
    assert window.end == datetime.fromisoformat(f"2026-07-06T{end}+00:00")
    assert window.length == timedelta(days=7)
    assert figure_id("sov", "acme", window, PARIS) == f"sov.acme.20260629T14{end[3:]}-20260706T14{end[3:]}"


@given(
    seconds=st.integers(315_532_800, 3_786_912_000),  # the years 1980 to 2089
    since=st.sampled_from(["90s", "1m", "7d", "30w", "1970-03-29", "1979-10-28T02:30", "0999-01-01"]),
    by=st.sampled_from(["total", "day", "week", "month"]),
    zone=st.sampled_from([PARIS, ZoneInfo("America/St_Johns"), ZoneInfo("UTC"), ZoneInfo("Pacific/Apia")]),
)
def test_every_id_that_is_printed_is_understood(seconds: int, since: str, by: str, zone: ZoneInfo) -> None:
    window = window_of(since, None, datetime.fromtimestamp(seconds, UTC), zone)
    for part, _ in zip(local_windows(window, by, zone), range(20), strict=False):
        kind, slug, span, _ = parse_figure_id(figure_id("sov", "a.b-c", part, zone), zone)
        assert (kind, slug, span) == ("sov", "a.b-c", Span(part.start, part.end))
