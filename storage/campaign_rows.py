"""Campaign results as rows: which columns there are, and in what order bulk statements give them."""

from __future__ import annotations

KEY = ("platform", "account", "campaign_key", "content", "start_day", "end_day")
TAGS = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
TEXTS = ("platform", "account", "campaign", "content_type", "result_indicator", *TAGS)
MONEY = ("spend", "revenue", "gross_profit")  # kept as whole millionths of the currency
AMOUNTS = ("conversions",)  # may have a fraction; kept as whole millionths
COUNTS = (
    "impressions", "reach", "clicks", "engagements", "sessions", "engaged_sessions", "leads", "orders", "new_customers",
    "active_users", "views", "follows", "results", "interest",
)  # fmt: skip
NEVER_SUMMED = ("reach", "active_users", "interest", "results")  # people, levels, and results of different sorts
VALUES = (
    "campaign_id", "campaign", "content_name", "grain", "currency", "content_type", "published_local",
    "result_indicator", *TAGS,
    *(f"{name}_millionths" for name in (*MONEY, *AMOUNTS)),
    *COUNTS,
)  # fmt: skip
