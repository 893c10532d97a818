"""Which files campaign results came from, what each of them replaced, and the figures that exports have besides."""

from __future__ import annotations

from sqlalchemy import Connection

_KEY = ("platform", "account", "campaign_key", "content")
_OLD_TEXTS = ("currency", "campaign_id", "campaign")
_TAGS = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
_OLD_FIGURES = (
    "spend_millionths", "revenue_millionths", "gross_profit_millionths", "conversions_millionths", "impressions",
    "reach", "clicks", "engagements", "sessions", "engaged_sessions", "leads", "orders", "new_customers",
    "active_users",
)  # fmt: skip
_NEW_TEXTS = ("grain", "content_type", "published_local", "result_indicator")
_NEW_FIGURES = ("views", "follows", "results", "interest")
_IMPORTS = """
    CREATE TABLE campaign_imports (
        id {serial} NOT NULL,
        sha256 TEXT NOT NULL,
        name TEXT NOT NULL,
        format TEXT NOT NULL,
        mapping TEXT NOT NULL,
        zone TEXT NOT NULL,
        "rows" BIGINT NOT NULL,
        imported BIGINT NOT NULL,
        updated BIGINT NOT NULL,
        unchanged BIGINT NOT NULL,
        rejected BIGINT NOT NULL,
        imported_at {moment} NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT campaign_imports_file UNIQUE (sha256)
    )
"""
_VERSIONS = """
    CREATE TABLE campaign_versions (
        id {serial} NOT NULL,
        result_id BIGINT NOT NULL,
        {required},
        start_day DATE NOT NULL,
        end_day DATE NOT NULL,
        {texts},
        {figures},
        file_sha256 TEXT NOT NULL,
        file_row BIGINT NOT NULL,
        imported_at {moment} NOT NULL,
        PRIMARY KEY (id)
    )
"""


def upgrade(conn: Connection) -> None:
    """Make the tables and widen the results."""
    on_sqlite = conn.dialect.name == "sqlite"
    words = {
        "serial": "INTEGER" if on_sqlite else "BIGSERIAL",
        "moment": "TEXT" if on_sqlite else "TIMESTAMP WITH TIME ZONE",
        "required": ", ".join(f"{name} TEXT NOT NULL" for name in _KEY),
        "texts": ", ".join(f"{name} TEXT" for name in (*_OLD_TEXTS, *_TAGS, *_NEW_TEXTS)),
        "figures": ", ".join(f"{name} BIGINT" for name in (*_OLD_FIGURES, *_NEW_FIGURES)),
    }
    for name in _NEW_TEXTS:
        conn.exec_driver_sql(f"ALTER TABLE campaign_results ADD COLUMN {name} TEXT")
    for name in _NEW_FIGURES:
        conn.exec_driver_sql(f"ALTER TABLE campaign_results ADD COLUMN {name} BIGINT")
    conn.exec_driver_sql(_IMPORTS.format_map(words))
    conn.exec_driver_sql(_VERSIONS.format_map(words))
    conn.exec_driver_sql("CREATE INDEX campaign_versions_result ON campaign_versions (result_id)")
