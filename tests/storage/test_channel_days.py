from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from storage.channel_days import channel_days
from storage.database import Database
from storage.tables import campaign_results
from tests.storage.test_spend import ROW

MAY = [date(2026, 5, day) for day in range(1, 10)]


def row(key: str, first: date, last: date, **cells: Any) -> dict[str, Any]:
    empty = {"utm_medium": None, "sessions": None, "clicks": None, "reach": None}
    return {**ROW, **empty, "campaign_key": key, "start_day": first, "end_day": last + timedelta(days=1), **cells}


def test_counts_of_single_days_are_summed_by_platform_and_medium(database: Database) -> None:
    rows = [
        row("a", MAY[1], MAY[1], platform="ga4", utm_medium="email", sessions=10, clicks=0),
        row("b", MAY[1], MAY[1], platform="ga4", utm_medium="email", sessions=5, reach=900),
        row("a", MAY[2], MAY[2], platform="ga4", utm_medium="email", sessions=7),
        row("c", MAY[1], MAY[1], platform="ga4", sessions=3),
        row("d", MAY[1], MAY[1], platform="ga4", utm_medium="", sessions=4),
        row("e", MAY[1], MAY[7], platform="ga4", sessions=1000),
        row("f", MAY[8], MAY[8], platform="ga4", sessions=1000),
    ]
    with database.write() as conn:
        conn.execute(campaign_results.insert(), rows)
    with database.read() as conn:
        found = channel_days(conn, MAY[0], MAY[7])

    assert found == {
        ("ga4/email", "sessions"): {MAY[1]: 15, MAY[2]: 7},
        ("ga4/email", "clicks"): {MAY[1]: 0},
        ("ga4", "sessions"): {MAY[1]: 7},
    }
