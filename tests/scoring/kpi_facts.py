"""Facts of one made-up month, in which every KPI has a value that can be worked out by hand."""

from __future__ import annotations

from decimal import Decimal

from scoring.facts import FACTS, Facts, Quantity, Sort
from scoring.money import Money

MONEY = {
    "spend": "2000",
    "revenue": "5000",
    "gross_profit": "3000",
    "other_costs": "500",
    "social_spend": "800",
    "social_revenue": "1500",
    "social_costs": "200",
}
PRICES = {
    "earned_cpm": "10",
    "earned_cpe": "0.5",
    "earned_cpc": "2",
    "ave_price": "0.37",
    "pr_online_cpm": "10",
    "pr_social_cpm": "20",
    "funnel_order_value": "50",
    "funnel_spend": "2000",
}
NUMBERS = {
    "impressions": "100000", "clicks": "500", "engagements": "2500", "views": "8000", "follows": "30",
    "sessions": "400", "engaged_sessions": "300", "key_event_sessions": "20", "leads": "50", "conversions": "10",
    "orders": "50", "new_customers": "20", "reach": "50000", "active_users": "250", "mentions": "120", "credit": "100",
    "positive": "35", "neutral": "59", "negative": "6", "mention_engagement": "300", "mention_reach": "200000",
    "tracked_credit": "400", "tracked_positive": "70", "tracked_neutral": "82", "tracked_negative": "24",
    "tracked_engagement": "1200", "tracked_reach": "800000", "days": "31", "months": "1", "gross_margin": "0.6",
    "churn": "0.05", "purchase_frequency": "4", "lifespan": "3", "discount_rate": "0.01", "customers_at_start": "200",
    "customers_lost": "8", "paying_users": "100", "followers": "1000000", "market_share": "0.2",
    "earned_adjustment": "0.8", "ave_share": "0.025", "posts": "10", "post_engagements": "2000", "rated_posts": "8",
    "post_rates": "0.4", "best_mentions": "240", "best_reach": "400000", "best_positive_share": "100",
    "best_engagement": "5", "authors_positive": "40", "authors_neutral": "50", "authors_negative": "10",
    "unique_reach": "150000", "domain_reach": "62000", "online_reach": "120000", "social_reach": "80000",
    "shares": "40", "earned_multiplier": "0.5", "pr_factor": "3", "median_followers": "500",
    "reach_coefficient": "0.08", "site_views": "300000", "site_articles": "600", "funnel_reach": "50000",
    "funnel_engagement_rate": "0.05", "funnel_click_rate": "0.2", "funnel_conversion_rate": "0.02",
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
        {
            name: euros(text) if FACTS[name].sort is Sort.MONEY or name in PRICES else Decimal(text)
            for name, text in stated.items()
        },
        parts=1,
    )
