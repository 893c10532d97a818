from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from storage.campaign_records import CampaignSpend
from storage.database import Database
from storage.spend import spend
from storage.tables import campaign_results

ROW: dict[str, Any] = {
    "platform": "google_ads",
    "account": "",
    "campaign_key": "4711",
    "campaign_id": "4711",
    "campaign": "Spring",
    "content": "",
    "start_day": date(2026, 5, 2),
    "end_day": date(2026, 5, 3),
    "currency": "EUR",
    "spend_millionths": 12_345_678,
    "utm_campaign": "spring-26",
    "file_sha256": "0" * 64,
    "file_row": 2,
    "imported_at": datetime(2026, 6, 1, tzinfo=UTC),
}


def test_rows_with_spend_come_in_the_order_of_their_days(database: Database) -> None:
    others: list[dict[str, Any]] = [
        {"start_day": date(2026, 5, 1), "end_day": date(2026, 5, 8), "currency": None, "campaign": None},
        {"start_day": date(2026, 5, 3), "end_day": date(2026, 5, 4), "spend_millionths": 0},
        {"start_day": date(2026, 5, 4), "end_day": date(2026, 5, 5), "spend_millionths": None},
    ]
    with database.write() as conn:
        conn.execute(campaign_results.insert(), [ROW, *({**ROW, **other} for other in others)])
    with database.read() as conn:
        found = spend(conn)

    amount = Decimal("12.345678")
    assert found == [
        CampaignSpend("google_ads", ("4711", "spring-26"), date(2026, 5, 1), date(2026, 5, 7), amount, None),
        CampaignSpend("google_ads", ("Spring", "4711", "spring-26"), date(2026, 5, 2), date(2026, 5, 2), amount, "EUR"),
    ]
