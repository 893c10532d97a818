"""Made-up sums of campaign rows, and what a config says beside them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from config.campaign_settings import Business, Cost
from storage.campaign_records import CampaignSum

COLUMNS = (
    "spend",
    "revenue",
    "clicks",
    "impressions",
    "reach",
    "conversions",
    "results",
    "posts",
    "post_engagements",
    "rated_posts",
    "post_rates",
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def result(
    platform: str = "google",
    campaign: str | None = "Brand",
    start: str = "2026-07-01",
    end: str = "2026-07-02",
    currency: str | None = "EUR",
    *,
    rows: int = 1,
    stated: int | None = None,
    apart: tuple[str | None, ...] = (),
    **sums: str,
) -> CampaignSum:
    """Rows that were added up; all of them state every sum, unless `stated` says how many do."""
    counts = {name: (rows if stated is None else stated) if name in sums else 0 for name in COLUMNS}
    numbers = {name: Decimal(value) for name, value in sums.items()}
    return CampaignSum(platform, campaign, day(start), day(end), currency, rows, numbers, counts, apart)


def cost(amount: str, first: str, last: str, **more: str) -> Cost:
    return Cost.model_validate(
        {"name": "Agency", "amount": Decimal(amount), "from": day(first), "to": day(last), **more}
    )


def business(*periods: dict[str, object], **constants: str) -> Business:
    return Business.model_validate(
        {**{name: Decimal(value) for name, value in constants.items()}, "periods": tuple(periods)}
    )
