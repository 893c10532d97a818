"""Exports for the tests: imported from bytes or from a made file, and what the store then holds of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from listener.campaigns.evidence import Wishes
from listener.campaigns.importing import Outcome, import_file, import_part
from listener.campaigns.mapping import Format, shipped
from listener.campaigns.unpacking import Part
from storage.campaign_records import CampaignResult
from storage.campaigns import results
from storage.database import Database, open_database

MADE = Path(__file__).parent / "made"
NOW = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
NOTHING_SAID = Wishes()


@contextmanager
def a_database() -> Iterator[Database]:
    """Give a fresh SQLite database, for tests that want many."""
    with TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/overheard.db")
        yield database
        database.close()


def take(
    database: Database,
    content: str | bytes,
    *,
    wishes: Wishes = NOTHING_SAID,
    formats: Sequence[Format] = (),
    dry_run: bool = False,
    minutes: int = 0,
) -> Outcome:
    """Import the text or the bytes of an export, so many minutes after NOW."""
    raw = content.encode() if isinstance(content, str) else content
    part = Part("export.csv", raw, sha256(raw).hexdigest(), raw.startswith(b"PK"))
    return import_part(part, formats or shipped(), wishes, database, NOW + timedelta(minutes=minutes), dry_run=dry_run)


def take_file(database: Database, path: Path, wishes: Wishes = NOTHING_SAID) -> Outcome:
    """Import a file that holds one table file."""
    (outcome,) = import_file(path, shipped(), wishes, database, NOW)
    return outcome


def stored(database: Database) -> list[CampaignResult]:
    """Give everything that is stored."""
    with database.read() as conn:
        return list(results(conn, date(2000, 1, 1), date(2100, 1, 1)))


def total(rows: Sequence[CampaignResult], field: str) -> Decimal | None:
    """Give the sum of a field over rows where it is known; None when it is known of none."""
    known = [value for row in rows if (value := getattr(row, field)) is not None]
    return sum(map(Decimal, known), Decimal(0)) if known else None
