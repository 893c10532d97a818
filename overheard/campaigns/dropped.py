"""The watched folder: what appears in it is imported once, then moved to done/ or quarantine/ with a note beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import structlog

from listener.campaigns.importing import Outcome, import_file
from notifier.letters import deliveries
from notifier.notices import notice
from overheard.app import App
from overheard.campaigns.imports import formats_of, wishes_of
from storage import outbox

DONE, QUARANTINE = "done", "quarantine"
_SETTLED = 5.0  # seconds without a change, after which a file counts as written to its end
_TOLD_AT_ONCE = 8  # lines of the note that the message holds
_TOLD = 50  # rejected cells that a note lists

_log = structlog.get_logger(__name__)


def import_dropped(app: App) -> list[Outcome]:
    """Import the files that lie in `[imports] folder` and have settled; gives what became of each.

    A file of which nothing could be taken goes to quarantine/, and a message into the outbox; any other goes to done/.
    It may be killed at any moment: a file that was imported and not moved yet is known by its content, and changes
    nothing when it is imported again.
    """
    if app.settings.imports.folder is None:
        return []
    folder = app.settings.folder / Path(app.settings.imports.folder).expanduser()
    waiting = list(_settled(folder, app.clock()))
    if not waiting:
        return []
    formats, wishes = formats_of(app.settings), wishes_of(app.settings)
    found: list[Outcome] = []
    for path in waiting:
        outcomes = list(import_file(path, formats, wishes, app.database, app.clock()))
        if not any(outcome.taken for outcome in outcomes):
            _tell(app, path, outcomes)
        _put_away(path, outcomes, app.clock())
        found += outcomes
    return found


def _settled(folder: Path, now: datetime) -> Iterator[Path]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as problem:
        _log.warning("the folder of imports cannot be read", folder=str(folder), reason=problem.strerror)
        return
    for path in paths:
        if path.name.startswith(".") or path.is_symlink() or not path.is_file():
            continue
        if abs(now.timestamp() - path.stat().st_mtime) >= _SETTLED:
            yield path


def _tell(app: App, path: Path, outcomes: list[Outcome]) -> None:
    """Put into the outbox that a file goes to quarantine, once for each time that it is written."""
    note = "\n".join(line.strip() for line in list(_note(outcomes))[:_TOLD_AT_ONCE])
    message = notice(f"Import refused, moved to {QUARANTINE}/: {note}", app.channel_name)
    key = f"import:{path.name}:{path.stat().st_mtime_ns}"
    with app.database.write() as conn:
        outbox.put(conn, deliveries([message], key, app.channel_name, app.clock()))


def _put_away(path: Path, outcomes: list[Outcome], now: datetime) -> None:
    fine = any(outcome.taken for outcome in outcomes)
    room = path.parent / (DONE if fine else QUARANTINE)
    room.mkdir(exist_ok=True)
    target = _free(room / path.name, now)
    path.rename(target)
    target.with_name(f"{target.name}.txt").write_text("\n".join(_note(outcomes)) + "\n", encoding="utf-8")
    for outcome in outcomes:
        log = _log.info if outcome.error is None else _log.warning
        log(
            "imported" if fine else "import refused",
            file=outcome.name,
            format=", ".join(outcome.report.formats),
            new=outcome.counts.imported,
            changed=outcome.counts.updated,
            rejected=outcome.report.rejected_rows,
            reason=outcome.error,
        )


def _free(target: Path, now: datetime) -> Path:
    """Give a name that nothing has yet: a file of the same name may have come before."""
    stamp = now.strftime("%Y%m%dT%H%M%S")
    place = 0
    while target.exists():
        place += 1
        target = target.with_name(f"{stamp}-{place}-{target.name.removeprefix(f'{stamp}-{place - 1}-')}")
    return target


def _note(outcomes: list[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        report, counts = outcome.report, outcome.counts
        yield outcome.name
        yield f"  sha256 {outcome.sha256 or 'unknown'}"
        if outcome.error is not None:
            yield f"  refused: {outcome.error}"
            continue
        yield (
            f"  {', '.join(report.formats)}: {report.rows} rows, {counts.imported} new, {counts.updated} changed, "
            f"{counts.unchanged} the same, {report.rejected_rows} rejected"
        )
        yield from (f"  {note}" for note in report.notes)
        for each in report.rejected[:_TOLD]:
            value = json.dumps(each.value, ensure_ascii=False)
            yield f"  row {each.row}, {each.column or 'the whole row'} {value}: {each.problem}"
