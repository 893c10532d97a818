"""Campaign results for tests, short to write: straight into the table, as an import leaves them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from storage.campaign_rows import AMOUNTS, MONEY
from storage.tables import MILLION, campaign_results

_IMPORTED = datetime(2026, 8, 1, tzinfo=UTC)


def put(
    conn: Connection,
    platform: str = "google",
    campaign: str | None = "Brand",
    day: str = "2026-07-01",
    days: int = 1,
    **more: str | int | None,
) -> None:
    """Store one row. Amounts as texts of whole units, counts as numbers."""
    start = date.fromisoformat(day)
    row: dict[str, object] = {
        "platform": platform,
        "account": "",
        "campaign_key": campaign or "",
        "campaign": campaign,
        "content": "",
        "start_day": start,
        "end_day": start + timedelta(days=days),
        "currency": "EUR",
        "file_sha256": "00",
        "file_row": 1,
        "imported_at": _IMPORTED,
    }
    for name, value in more.items():
        if name in {*MONEY, *AMOUNTS}:
            row[f"{name}_millionths"] = None if value is None else int(Decimal(value) * MILLION)
        else:
            row[name] = value
    conn.execute(campaign_results.insert().values(row))
