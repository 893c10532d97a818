"""Views for analysts: the same names, columns and values on SQLite and PostgreSQL. Days are UTC days, as text.

A view that changes needs a migration that calls `create_views` again.
"""

from __future__ import annotations

from sqlalchemy import Connection

from storage.tables import CREDIT_PARTS, MILLION

VIEWS: dict[str, str] = {
    # One row per brand that a mention names. What a source has erased is not shown here; the daily views count it.
    "v_mentions": """
        SELECT m.id AS mention_id, h.brand, m.source, m.native_id, m.kind, m.published_at, {day_of_match} AS day,
               m.dated, m.collected_at, m.edited_at, m.author, m.title, m.text, m.url, m.language, m.engagement,
               m.reach, m.reply_to, m.story_id, h.label AS sentiment, h.compound, h.method, h.reason, h.relevance,
               h.credit / {parts}.0 AS credit
        FROM mentions m JOIN matches h ON h.mention_id = m.id
        WHERE m.deleted_at IS NULL
    """,
    "v_share_of_voice_daily": """
        SELECT day, brand, mentions, credit, engagement, credit / sum(credit) OVER (PARTITION BY day) AS share
        FROM (SELECT {day_of_rollup} AS day, brand, CAST(sum(mentions) AS BIGINT) AS mentions,
                     sum(credit) / {parts}.0 AS credit, CAST(sum(engagement) AS BIGINT) AS engagement
              FROM rollups_hourly r GROUP BY 1, 2) AS daily
    """,
    "v_sentiment_daily": """
        SELECT {day_of_rollup} AS day, brand, CAST(sum(positive) AS BIGINT) AS positive,
               CAST(sum(neutral) AS BIGINT) AS neutral, CAST(sum(negative) AS BIGINT) AS negative,
               CAST(sum(unscored) AS BIGINT) AS unscored,
               (sum(positive) - sum(negative)) * 1.0 / nullif(sum(positive) + sum(neutral) + sum(negative), 0)
                   AS net_sentiment,
               sum(compound_millionths) / {million}.0 / nullif(sum(positive) + sum(neutral) + sum(negative), 0)
                   AS mean_compound
        FROM rollups_hourly r GROUP BY 1, 2
    """,
    # Rows of exactly one day: a longer period cannot be cut into days without inventing numbers.
    "v_campaign_daily": """
        SELECT {day_of_campaign} AS day, platform, account, campaign_id, campaign, content, currency,
               spend_millionths / {million}.0 AS spend, revenue_millionths / {million}.0 AS revenue,
               gross_profit_millionths / {million}.0 AS gross_profit,
               conversions_millionths / {million}.0 AS conversions, impressions, reach, clicks, engagements, sessions,
               engaged_sessions, leads, orders, new_customers, active_users
        FROM campaign_results c WHERE {next_day} = end_day
    """,
}
_SQLITE = {
    "day_of_match": "date(m.published_at)",
    "day_of_rollup": "date(r.hour)",
    "day_of_campaign": "start_day",
    "next_day": "date(start_day, '+1 day')",
}
_POSTGRESQL = {
    "day_of_match": "to_char(m.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
    "day_of_rollup": "to_char(r.hour AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
    "day_of_campaign": "to_char(start_day, 'YYYY-MM-DD')",
    "next_day": "start_day + 1",
}


def create_views(conn: Connection) -> None:
    """Make every view anew."""
    words = _SQLITE if conn.dialect.name == "sqlite" else _POSTGRESQL
    for name, query in VIEWS.items():
        conn.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
        conn.exec_driver_sql(f"CREATE VIEW {name} AS {query.format(parts=CREDIT_PARTS, million=MILLION, **words)}")
