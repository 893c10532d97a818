"""Column types that mean the same on SQLite and on PostgreSQL, and the bytes a text must not hold."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
WIDEST = 2**63 - 1


class Moment(TypeDecorator[datetime]):
    """An aware UTC time. PostgreSQL: timestamptz. SQLite: text as SQLite's own datetime() writes it, which sorts."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Give the column's type in this database."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.TIMESTAMP(timezone=True))
        return dialect.type_descriptor(sa.Text())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ANN401  # text or datetime
        """Give what the driver takes. Raises ValueError for a time without zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value}: a time without zone cannot be stored; make it aware, in UTC")
        return value if dialect.name == "postgresql" else moment_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002  # as above
        """Give an aware UTC time."""
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        moment: datetime = value
        return moment.astimezone(UTC)


def moment_text(moment: datetime) -> str:
    """Give a time as SQLite keeps it: "2013-08-05 12:00:00", in UTC, with microseconds only where there are any.

    Both spellings sort among each other, because the longer one only adds to the shorter.
    """
    return str(moment if moment.tzinfo is UTC else moment.astimezone(UTC))[: -len("+00:00")]


Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite numbers rows by itself only in an INTEGER column
Real: sa.Double[float] = sa.Double()


def storable(text: str) -> str:
    """Give the text with what no database keeps (NUL, halves of surrogate pairs) replaced, one for one."""
    return _UNSTORABLE.sub("\ufffd", text) if unstorable(text) else text


def unstorable(text: str | None) -> bool:
    """Tell whether a text holds what no database keeps."""
    if text is None or (text.isascii() and "\0" not in text):
        return False
    return _UNSTORABLE.search(text) is not None


def storable_or_none(text: str | None) -> str | None:
    """Give the same for a text that may be unknown."""
    return None if text is None else storable(text)


def whole_number(value: int | None) -> int | None:
    """Give a count cut to 64 bits; None stays unknown."""
    return None if value is None else max(-WIDEST, min(WIDEST, value))
