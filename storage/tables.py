"""The tables, as the newest migration leaves them. docs/database.md explains every column.

Rows are made by storage/migrations; these objects are what queries are written with.
"""

from __future__ import annotations

import sqlalchemy as sa

from storage.campaign_rows import AMOUNTS, COUNTS, KEY, MONEY
from storage.types import Id, Moment, Real

CREDIT_PARTS = 720_720  # one mention's credit; divides evenly among up to 16 brands
MILLION = 1_000_000  # money and compounds are summed as whole millionths, so that sums are exact on every database

metadata = sa.MetaData()

schema_migrations = sa.Table(
    "schema_migrations",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("applied_at", Moment, nullable=False),
)

mentions = sa.Table(
    "mentions",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("native_id", sa.Text, nullable=False),
    sa.Column("url", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("author", sa.Text),
    sa.Column("published_at", Moment, nullable=False),
    sa.Column("dated", sa.Boolean, nullable=False),
    sa.Column("collected_at", Moment, nullable=False),
    sa.Column("edited_at", Moment),
    sa.Column("deleted_at", Moment),
    sa.Column("language", sa.Text),
    sa.Column("engagement", sa.BigInteger),
    sa.Column("reach", sa.BigInteger),
    sa.Column("reply_to", sa.Text),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("story_id", sa.BigInteger, nullable=False),
    sa.Column("compound", Real),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("evidence_start", sa.Integer),
    sa.Column("evidence_end", sa.Integer),
    sa.Column("scored_language", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("content_hash", sa.LargeBinary, nullable=False),
    sa.Column("rescored_at", Moment),
    sa.UniqueConstraint("source", "native_id", name="mentions_identity"),
)
sa.Index("mentions_newest", mentions.c.published_at, mentions.c.id)
sa.Index("mentions_story", mentions.c.story_id)
_erased = mentions.c.deleted_at.is_not(None)
sa.Index("mentions_erased", mentions.c.deleted_at, sqlite_where=_erased, postgresql_where=_erased)

matches = sa.Table(
    "matches",
    metadata,
    sa.Column("mention_id", sa.BigInteger, sa.ForeignKey("mentions.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("brand", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("spans", sa.JSON, nullable=False),
    sa.Column("relevance", Real, nullable=False),
    sa.Column("compound", Real),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("evidence_start", sa.Integer),
    sa.Column("evidence_end", sa.Integer),
    sa.Column("language", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("credit", sa.Integer, nullable=False),
    sa.Column("published_at", Moment, nullable=False),
    sa.Column("author_key", sa.BigInteger),
    sa.Column("story_id", sa.BigInteger),
    sa.Column("engagement", sa.BigInteger),
    sqlite_with_rowid=False,
)
sa.Index(
    "matches_voice",
    matches.c.brand,
    matches.c.published_at,
    matches.c.mention_id,
    matches.c.label,
    matches.c.compound,
    matches.c.credit,
    matches.c.engagement,
    matches.c.author_key,
    matches.c.story_id,
)

corrections = sa.Table(
    "corrections",
    metadata,
    sa.Column("mention_id", sa.BigInteger, sa.ForeignKey("mentions.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("brand", sa.Text, primary_key=True),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("corrected_at", Moment, nullable=False),
    sa.Column("corrected_by", sa.Text),
    sa.Column("was_compound", Real),
    sa.Column("was_label", sa.Text, nullable=False),
    sa.Column("was_method", sa.Text, nullable=False),
    sa.Column("was_evidence_start", sa.Integer),
    sa.Column("was_evidence_end", sa.Integer),
    sa.Column("was_language", sa.Text),
    sa.Column("was_reason", sa.Text),
    sqlite_with_rowid=False,
)

relevance_labels = sa.Table(
    "relevance_labels",
    metadata,
    sa.Column("mention_id", sa.BigInteger, sa.ForeignKey("mentions.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("brand", sa.Text, primary_key=True),
    sa.Column("relevant", sa.Boolean, nullable=False),
    sa.Column("labelled_at", Moment, nullable=False),
    sa.Column("labelled_by", sa.Text),
    sa.Column("spans", sa.JSON),
    *(sa.Column(number, Real) for number in ("relevance", "compound")),
    *(sa.Column(text, sa.Text) for text in ("label", "method")),
    *(sa.Column(place, sa.Integer) for place in ("evidence_start", "evidence_end")),
    *(sa.Column(text, sa.Text) for text in ("language", "reason")),
    sqlite_with_rowid=False,
)

rollups_hourly = sa.Table(
    "rollups_hourly",
    metadata,
    sa.Column("brand", sa.Text, primary_key=True),
    sa.Column("hour", Moment, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("mentions", sa.BigInteger, nullable=False),
    sa.Column("credit", sa.BigInteger, nullable=False),
    sa.Column("engagement", sa.BigInteger, nullable=False),
    sa.Column("positive", sa.BigInteger, nullable=False),
    sa.Column("neutral", sa.BigInteger, nullable=False),
    sa.Column("negative", sa.BigInteger, nullable=False),
    sa.Column("unscored", sa.BigInteger, nullable=False),
    sa.Column("compound_millionths", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

stories = sa.Table(
    "stories",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=False),
    sa.Column("fingerprint", sa.LargeBinary, nullable=False),
    sa.Column("published_at", Moment, nullable=False),
)

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("ended_at", Moment, nullable=False),
    sa.Column("covered_start", Moment),
    sa.Column("covered_end", Moment),
    sa.Column("fetched", sa.BigInteger, nullable=False),
    sa.Column("new", sa.BigInteger, nullable=False),
    sa.Column("updated", sa.BigInteger, nullable=False),
    sa.Column("unmatched", sa.BigInteger, nullable=False),
    sa.Column("skipped", sa.BigInteger, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("detail", sa.Text),
    sa.Column("polls", sa.BigInteger, nullable=False, server_default="1"),
)
sa.Index("runs_key", runs.c.key, runs.c.started_at)
sa.Index("runs_started", runs.c.started_at)
_failed = runs.c.reason.is_not(None)
sa.Index("runs_failed", runs.c.key, runs.c.started_at, sqlite_where=_failed, postgresql_where=_failed)

covered_spans = sa.Table(
    "covered_spans",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("covered_start", Moment, primary_key=True),
    sa.Column("covered_end", Moment, nullable=False),
    sa.Column("reason", sa.Text),
    sqlite_with_rowid=False,
)

query_states = sa.Table(
    "query_states",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("cursor", sa.JSON, nullable=False),
    sa.Column("next_due_at", Moment, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last_ok_at", Moment),
    sa.Column("covered_to", Moment),
)

campaign_results = sa.Table(
    "campaign_results",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("campaign_key", sa.Text, nullable=False),
    sa.Column("campaign_id", sa.Text),
    sa.Column("campaign", sa.Text),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("start_day", sa.Date, nullable=False),
    sa.Column("end_day", sa.Date, nullable=False),
    sa.Column("currency", sa.Text),
    *(sa.Column(f"{amount}_millionths", sa.BigInteger) for amount in (*MONEY, *AMOUNTS)),
    *(sa.Column(count, sa.BigInteger) for count in COUNTS[:-4]),
    *(sa.Column(tag, sa.Text) for tag in ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")),
    sa.Column("file_sha256", sa.Text, nullable=False),
    sa.Column("file_row", sa.BigInteger, nullable=False),
    sa.Column("imported_at", Moment, nullable=False),
    *(sa.Column(text, sa.Text) for text in ("grain", "content_type", "published_local", "result_indicator")),
    *(sa.Column(count, sa.BigInteger) for count in COUNTS[-4:]),
    sa.Column("content_name", sa.Text),
    sa.UniqueConstraint(
        "platform", "account", "campaign_key", "content", "start_day", "end_day", name="campaign_results_identity"
    ),
)

campaign_imports = sa.Table(
    "campaign_imports",
    metadata,
    sa.Column("id", Id, primary_key=True),
    *(sa.Column(text, sa.Text, nullable=False) for text in ("sha256", "name", "format", "mapping", "zone")),
    *(
        sa.Column(count, sa.BigInteger, nullable=False)
        for count in ("rows", "imported", "updated", "unchanged", "rejected")
    ),
    sa.Column("imported_at", Moment, nullable=False),
    sa.UniqueConstraint("sha256", name="campaign_imports_file"),
)

campaign_versions = sa.Table(
    "campaign_versions",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("result_id", sa.BigInteger, nullable=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in KEY[:4]),
    *(sa.Column(name, sa.Date, nullable=False) for name in KEY[4:]),
    *(
        sa.Column(text, sa.Text)
        for text in (
            "currency",
            "campaign_id",
            "campaign",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_term",
            "utm_content",
            "grain",
            "content_type",
            "published_local",
            "result_indicator",
        )
    ),
    *(sa.Column(f"{amount}_millionths", sa.BigInteger) for amount in (*MONEY, *AMOUNTS)),
    *(sa.Column(count, sa.BigInteger) for count in COUNTS),
    sa.Column("file_sha256", sa.Text, nullable=False),
    sa.Column("file_row", sa.BigInteger, nullable=False),
    sa.Column("imported_at", Moment, nullable=False),
    sa.Column("content_name", sa.Text),
)
sa.Index("campaign_versions_result", campaign_versions.c.result_id)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("parent", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    *(sa.Column(time, Moment) for time in ("next_attempt_at", "sending_since", "sent_at")),
    *(sa.Column(text, sa.Text) for text in ("reference", "reason", "detail")),
    sa.Column("act", sa.Text, nullable=False, server_default="post"),
    *(sa.Column(text, sa.Text) for text in ("meant_for", "moved_because")),
    sa.UniqueConstraint("key", name="outbox_key"),
)
sa.Index("outbox_state", outbox.c.state, outbox.c.id)

alert_log = sa.Table(
    "alert_log",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("brand", sa.Text),
    sa.Column("severity", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("evidence", sa.JSON, nullable=False),
    sa.Column("window_start", Moment, nullable=False),
    sa.Column("window_end", Moment, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("decision", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("detail", sa.Text),
    sa.Column("strength", Real, nullable=False, server_default="0"),
    sa.Column("lasting", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("message", sa.Text),
)
sa.Index("alert_log_key", alert_log.c.rule, alert_log.c.key, alert_log.c.at)
sa.Index("alert_log_at", alert_log.c.at)
sa.Index("alert_log_message", alert_log.c.message)

alert_states = sa.Table(
    "alert_states",
    metadata,
    sa.Column("rule", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("brand", sa.Text),
    *(sa.Column(text, sa.Text, nullable=False) for text in ("severity", "title", "body")),
    sa.Column("evidence", sa.JSON, nullable=False),
    *(sa.Column(time, Moment, nullable=False) for time in ("window_start", "window_end")),
    sa.Column("strength", Real, nullable=False),
    sa.Column("lasting", sa.Boolean, nullable=False),
    *(sa.Column(time, Moment, nullable=False) for time in ("first_at", "last_at")),
    *(sa.Column(text, sa.Text, nullable=False) for text in ("decision", "reason")),
    sa.Column("told", sa.Integer, nullable=False),
    sa.Column("told_at", Moment),
    sa.Column("told_strength", Real, nullable=False),
    sa.Column("told_severity", sa.Text, nullable=False),
    sa.Column("told_in", sa.Text),
    sa.Column("escalated_at", Moment),
    sa.Column("stands_until", Moment),
    sqlite_with_rowid=False,
)

alert_looks = sa.Table(
    "alert_looks",
    metadata,
    sa.Column("at", Moment, primary_key=True),
    sqlite_with_rowid=False,
)

silences = sa.Table(
    "silences",
    metadata,
    sa.Column("id", Id, primary_key=True),
    *(sa.Column(time, Moment, nullable=False) for time in ("since", "until")),
    *(sa.Column(text, sa.Text) for text in ("rule", "brand", "key", "silenced_by")),
    sa.Column("note", sa.Text, nullable=False),
)

acknowledgements = sa.Table(
    "acknowledgements",
    metadata,
    *(sa.Column(text, sa.Text, primary_key=True) for text in ("rule", "key")),
    sa.Column("first_at", Moment, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("acknowledged_by", sa.Text),
    sqlite_with_rowid=False,
)

figures = sa.Table(
    "figures",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("figure_id", sa.Text, nullable=False),
    sa.Column("value", Real),
    sa.Column("window_start", Moment, nullable=False),
    sa.Column("window_end", Moment, nullable=False),
    sa.Column("formula", sa.Text, nullable=False),
    sa.Column("inputs", sa.JSON, nullable=False),
    sa.Column("shown_at", Moment, nullable=False),
    sa.Column("shown_in", sa.Text, nullable=False),
    sa.UniqueConstraint("figure_id", "shown_in", name="figures_identity"),
)

leases = sa.Table(
    "leases",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("holder", sa.Text, nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("since", Moment, nullable=False),
    sa.Column("token", sa.BigInteger, nullable=False),
)

mention_words = sa.Table(  # full text; on SQLite an FTS5 table, on PostgreSQL a plain one under a GIN index
    "mention_words",
    sa.MetaData(),  # of its own: the two databases make it in different ways
    sa.Column("mention_id", sa.BigInteger, primary_key=True),
    sa.Column("words", sa.Text, nullable=False),
)
