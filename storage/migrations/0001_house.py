"""The first tables, the full text and the analysts' views."""  # a number in front orders migrations

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from storage.views import create_views

_SQLITE = {
    "moment": "TEXT",
    "bytes": "BLOB",
    "real": "DOUBLE",
    "serial": "INTEGER",
    "row_id": "INTEGER",
    "without_rowid": "WITHOUT ROWID",
}
_POSTGRESQL = {
    "moment": "TIMESTAMP WITH TIME ZONE",
    "bytes": "BYTEA",
    "real": "DOUBLE PRECISION",
    "serial": "BIGSERIAL",
    "row_id": "BIGINT",
    "without_rowid": "",
}
# Each word is asked for as a whole and only its presence counts, so no positions are kept: a third less to write.
_SQLITE_WORDS = ("CREATE VIRTUAL TABLE mention_words USING fts5(words, tokenize = 'ascii', detail = none)",)
_POSTGRESQL_WORDS = (
    (
        "CREATE TABLE mention_words (mention_id BIGINT PRIMARY KEY REFERENCES mentions (id) ON DELETE CASCADE,"
        " words TEXT NOT NULL)"
    ),
    "CREATE INDEX mention_words_words ON mention_words USING gin (string_to_array(words, ' '))",
)


def upgrade(conn: Connection) -> None:
    """Make everything that an empty database lacks."""
    on_sqlite = conn.dialect.name == "sqlite"
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.format_map(_SQLITE if on_sqlite else _POSTGRESQL).split(";"):
        if statement.strip():
            conn.exec_driver_sql(statement)
    for statement in _SQLITE_WORDS if on_sqlite else _POSTGRESQL_WORDS:
        conn.exec_driver_sql(statement)
    create_views(conn)
