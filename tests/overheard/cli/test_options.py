"""Times as people write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click
import pytest

from overheard.cli.options import instant, window_of

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
