"""Facts of one made-up month, in which every KPI has a value that can be worked out by hand."""

from __future__ import annotations

from decimal import Decimal

from scoring.facts import FACTS, Facts, Quantity, Sort
from scoring.money import Money

MONEY = {"spend": "2000", "revenue": "5000", "gross_profit": "3000", "other_costs": "500"}
PRICES = {"earned_cpm": "10", "earned_cpe": "0.5", "ave_price": "0.37"}
NUMBERS = {
    "impressions": "100000", "clicks": "500", "engagements": "2500", "views": "8000", "follows": "30",
    "sessions": "400", "engaged_sessions": "300", "key_event_sessions": "20", "leads": "50", "conversions": "10",
    "orders": "50", "new_customers": "20", "reach": "50000", "active_users": "250", "mentions": "120", "credit": "100",
    "positive": "35", "neutral": "59", "negative": "6", "mention_engagement": "300", "mention_reach": "200000",
    "tracked_credit": "400", "tracked_positive": "70", "tracked_neutral": "82", "tracked_negative": "24",
    "tracked_engagement": "1200", "tracked_reach": "800000", "days": "31", "months": "1", "gross_margin": "0.6",
    "churn": "0.05", "purchase_frequency": "4", "lifespan": "3", "discount_rate": "0.01", "customers_at_start": "200",
    "customers_lost": "8", "paying_users": "100", "followers": "1000000", "market_share": "0.2",
    "earned_adjustment": "0.8", "ave_share": "0.025",
}  # fmt: skip


def euros(amount: str | int | Decimal) -> Money:
    return Money(Decimal(amount), "EUR")


def facts(**changed: str | None) -> Facts:
    """The month, with these facts changed; None leaves one out."""
    texts: dict[str, str | None] = {**MONEY, **PRICES, **NUMBERS, **changed}
    known: dict[str, Quantity] = {
        name: euros(text) if name in MONEY or name in PRICES else Decimal(text)
        for name, text in texts.items()
        if text is not None
    }
    return Facts(known, parts=1)


def only(**stated: str) -> Facts:
    """These facts and no others."""
    return Facts(
        {name: euros(text) if FACTS[name].sort is Sort.MONEY else Decimal(text) for name, text in stated.items()},
        parts=1,
    )
