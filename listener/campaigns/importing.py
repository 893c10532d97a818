"""Imports of campaign results: a file read, compared with what is stored, and kept as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from config.errors import StoreError
from listener.campaigns.admission import Admission
from listener.campaigns.evidence import Wishes
from listener.campaigns.mapping import Format
from listener.campaigns.opening import open_part
from listener.campaigns.reading import Reading, Report, merged
from listener.campaigns.refusal import ImportRefusedError
from listener.campaigns.unpacking import Part, parts
from storage import campaigns
from storage.campaign_records import CampaignFile
from storage.campaigns import Counts
from storage.database import Database


@dataclass
class Outcome:
    """What became of one file."""

    name: str
    sha256: str | None = None  # None: it could not be read at all
    report: Report = field(default_factory=Report)
    counts: Counts = field(default_factory=Counts)
    error: str | None = None  # why nothing of it was taken
    known_since: datetime | None = None  # the same bytes were imported then

    @property
    def taken(self) -> int:
        """How many rows are in the store because of it, or were there already."""
        return self.counts.imported + self.counts.updated + self.counts.unchanged


def import_file(
    path: Path, formats: Sequence[Format], wishes: Wishes, database: Database, now: datetime, *, dry_run: bool = False
) -> Iterator[Outcome]:
    """Give one outcome for each table file in `path`; what is refused says why, and nothing of it is stored."""
    try:
        for part in parts(path):
            yield import_part(part, formats, wishes, database, now, dry_run=dry_run)
    except ImportRefusedError as problem:
        yield Outcome(path.name, error=str(problem))


def import_part(
    part: Part, formats: Sequence[Format], wishes: Wishes, database: Database, now: datetime, *, dry_run: bool
) -> Outcome:
    """Give what becomes of one table file; the same as `import_file` for what is unpacked already."""
    outcome = Outcome(part.name, part.sha256)
    try:
        with open_part(part, formats, wishes) as readings:
            for reading in readings:
                reading.check()
            with database.read() if dry_run else database.write() as conn:
                _store(conn, readings, outcome, now, dry_run=dry_run)
    except ImportRefusedError as problem:
        outcome.error = str(problem)
    return outcome


def _store(conn: Connection, readings: Sequence[Reading], outcome: Outcome, now: datetime, *, dry_run: bool) -> None:
    sha256 = outcome.sha256 or ""
    mapping = ", ".join(dict.fromkeys(reading.report.mapping for reading in readings))
    known = campaigns.known_file(conn, sha256)
    if known is not None:
        if known.mapping != mapping:
            raise ImportRefusedError(
                f"imported before, as {known.mapping}, and {mapping} reads it otherwise; take it back first: "
                f"overheard import --undo {sha256[:12]}"
            )
        outcome.known_since = known.imported_at
        outcome.counts.unchanged = sum(len(batch.numbers) for reading in readings for batch in reading.batches())
        outcome.report = merged([reading.report for reading in readings])
        return
    admission = Admission(conn, readings)
    batches = (batch for reading in readings for batch in admission.batches(reading))
    if dry_run:
        compared = ((each.keys, each.values, each.columns) for each in batches)
        outcome.counts = campaigns.compared(conn, compared, fresh=admission.fresh)
    else:
        rows = ((each.keys, each.values, each.columns, each.numbers) for each in batches)
        outcome.counts = campaigns.save(conn, sha256, rows, now, fresh=admission.fresh)
    report = outcome.report = merged([reading.report for reading in readings])  # rows were turned away until here
    if outcome.counts.lost:
        names = ", ".join(sorted(name.removesuffix("_millionths") for name in outcome.counts.lost))
        report.notes.append(f"an earlier file knew more of these days, which is gone with it: {names}")
    if outcome.taken and not dry_run:
        form = ", ".join(report.formats)
        file = CampaignFile(sha256, outcome.name, form, mapping, report.zone, report.rows, report.rejected_rows, now)
        campaigns.keep_file(conn, file, outcome.counts)


def take_back(database: Database, beginning: str) -> tuple[CampaignFile, int, int]:
    """Undo the import of the file whose hash begins so: gives it, the rows that went, the rows restored.

    Raises ImportRefusedError where no file, or no single one, is meant.
    """
    with database.write() as conn:
        try:
            file = campaigns.file_named(conn, beginning)
        except StoreError as problem:
            raise ImportRefusedError(f"--undo {problem}") from None
        gone, restored = campaigns.undo(conn, file)
    return file, gone, restored
