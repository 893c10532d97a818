"""What an import tells: a table for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import click

from listener.campaigns.importing import Outcome
from listener.campaigns.reading import Report
from listener.campaigns.refusal import Rejected
from overheard.calling import as_called
from overheard.tables import clean, iso, local, print_table
from storage.records import Json

_PROBLEMS = 12  # that are told of a file, each once; JSON has every cell
_ROWS = 12  # that are named with a problem
_TOTALS = {True: "match", False: "differ", None: "none"}


def outcome_json(outcome: Outcome) -> dict[str, Json]:
    """Give what became of a file in the shape that scripts rely on."""
    report, counts = outcome.report, outcome.counts
    left_out: dict[str, Json] = {why: list(names) for why, names in report.left_out_columns.items()}
    return {
        "file": outcome.name,
        "format": ", ".join(report.formats) or None,
        "rows": report.rows,
        "imported": counts.imported,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "rejected": [_rejected_json(each) for each in report.rejected],
        "ignored_columns": list(report.unknown_columns),
        "totals_checked": report.totals_checked,
        "error": outcome.error,
        "sha256": outcome.sha256,
        "mapping": report.mapping or None,
        "time_zone": report.zone or None,
        "rejected_rows": report.rejected_rows,
        "left_out_columns": left_out,
        "ignored_tables": list(report.ignored_tables),
        "notes": list(report.notes),
        "known_since": iso(outcome.known_since),
    }


def _rejected_json(each: Rejected) -> dict[str, Json]:
    return {"row": each.row, "column": each.column, "value": each.value, "problem": each.problem}


def print_outcomes(outcomes: Sequence[Outcome], zone: ZoneInfo, *, dry_run: bool) -> None:
    """Print one line a file, then file by file what was not taken and why."""
    print_table(
        ("rows", "new", "changed", "same", "rejected", "totals", "format", "file"),
        [
            (
                str(outcome.report.rows),
                str(outcome.counts.imported),
                str(outcome.counts.updated),
                str(outcome.counts.unchanged),
                str(outcome.report.rejected_rows),
                _TOTALS[outcome.report.totals_checked],
                ", ".join(outcome.report.formats) or "none",
                outcome.name,
            )
            for outcome in outcomes
        ],
        right=(0, 1, 2, 3, 4),
    )
    for outcome in outcomes:
        _tell(outcome, zone)
    if dry_run:
        click.echo("nothing was stored (--dry-run)", err=True)


def _tell(outcome: Outcome, zone: ZoneInfo) -> None:
    name = outcome.name
    if outcome.error is not None:
        click.echo(as_called(clean(f"refused: {name}: {outcome.error}")), err=True)
        return
    if outcome.known_since is not None:
        click.echo(clean(f"{name}: imported before, on {local(outcome.known_since, zone)}; nothing has changed"))
    elif outcome.sha256 is not None and outcome.taken:
        click.echo(as_called(clean(f"{name}: undo with: overheard import --undo {outcome.sha256[:12]}")))
    for line in (*_lines(outcome.report), *_rejections(outcome.report)):
        click.echo(clean(f"{name}: {line}"))


def _lines(report: Report) -> Iterator[str]:
    """Say what was left out, and why."""
    if report.zone:
        yield f"days are those of the time zone {report.zone}"
    for why, names in report.left_out_columns.items():
        yield f"columns left out, {why}: {', '.join(names)}"
    if report.unknown_columns:
        yield f"columns left out, nothing is known of them: {', '.join(report.unknown_columns)}"
    for each in report.ignored_tables:
        yield f"table left out: {each}"
    yield from report.notes


def _rejections(report: Report) -> Iterator[str]:
    """Say which rows were not taken: those with the same problem in one line, with the first of their cells."""
    together: dict[tuple[str, str], list[Rejected]] = {}
    for each in report.rejected:
        together.setdefault((each.column, each.problem), []).append(each)
    for (column, problem), cells in list(together.items())[:_PROBLEMS]:
        rows = ", ".join(str(each.row) for each in cells[:_ROWS]) + (", ..." if len(cells) > _ROWS else "")
        first = f"{column!r} is {cells[0].value!r}" if column else cells[0].value
        yield f"rejected, row{'s' * (len(cells) > 1)} {rows}: {first}: {problem}"
    if len(together) > _PROBLEMS:
        yield f"rejected: {len(together) - _PROBLEMS} more problems; --format json tells all"
