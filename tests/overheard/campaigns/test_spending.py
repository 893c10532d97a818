from __future__ import annotations

from datetime import date
from decimal import Decimal

from overheard.campaigns.spending import by_platform
from storage.campaign_records import CampaignSpend


def row(platform: str, first: int, last: int, amount: str, currency: str | None = "EUR") -> CampaignSpend:
    return CampaignSpend(platform, ("Spring",), date(2026, 5, first), date(2026, 5, last), Decimal(amount), currency)


def test_spend_of_the_days_is_added_up_by_platform_and_what_is_left_out_is_told() -> None:
    rows = [
        row("meta_ads", 1, 1, "10.10"),
        row("meta_ads", 2, 7, "20.20", None),
        row("google_ads", 7, 7, "5"),
        row("google_ads", 7, 8, "100"),
        row("x_ads", 3, 3, "7", "USD"),
        row("meta_ads", 8, 9, "1000"),
        row("tiktok_ads", 4, 4, "9", "GBP"),
    ]
    spending = by_platform(rows, date(2026, 5, 1), date(2026, 5, 7), "EUR")
    assert spending.amounts == {"meta_ads": Decimal("30.30"), "google_ads": Decimal(5)}
    assert spending.notes == (
        (
            "1 rows of spend reach over the ends of these days and are left out, "
            "for example google_ads from 2026-05-07 to 2026-05-08"
        ),
        "2 rows of spend are in GBP, USD, not in EUR, and are left out",
    )


def test_nothing_spent_is_nothing_and_said() -> None:
    spending = by_platform([], date(2026, 5, 1), date(2026, 5, 7), "EUR")
    assert spending.amounts == {}
    assert spending.notes == ("no spend in EUR was imported for 2026-05-01 to 2026-05-07",)
