"""`overheard why` of a KPI: formula, facts, files with their rows, costs, rates, and what was shown of it."""

from __future__ import annotations

import click
from sqlalchemy import Connection

from notifier.amounts import plain
from overheard.answers.why_kpi import kpi_lines, kpi_named
from overheard.app import App
from overheard.calling import as_called
from overheard.campaigns.evidence import KpiEvidence
from overheard.campaigns.sources import FileRows
from overheard.cli.kpis_rows import left_out_json
from overheard.tables import iso, print_json
from scoring.derivation import exact
from scoring.kpis import KPIS
from scoring.money import Money
from storage.records import Json

_HASH = 12  # digits of a file's hash that people need to find it
_INDENT = 10


def explain(app: App, conn: Connection, number_id: str, output: str, *, rows: bool) -> None:
    """Print what a KPI was made of. Raises WrongUseError for an id that is none, or that leads to nothing."""
    found = kpi_named(app, conn, number_id, rows=rows)
    if output == "json":
        print_json(_document(found))
        return
    for line in kpi_lines(app, found):
        click.echo(as_called(line))


def _document(found: KpiEvidence) -> dict[str, Json]:
    asked, outcome, kpi = found.id, found.outcome, KPIS[found.id.kpi]
    return {
        "id": str(asked),
        "kpi": kpi.id,
        "value": plain(outcome.value),
        "exact": exact(outcome.value),
        "unit": str(kpi.unit),
        "currency": outcome.value.currency if isinstance(outcome.value, Money) else None,
        "formula": kpi.formula,
        "why": outcome.why or None,
        "missing": list(outcome.missing),
        "partial": list(outcome.partial),
        "days": {"first": str(asked.days.start), "last": str(asked.days.last)},
        "platforms": list(asked.platforms),
        "campaign": asked.campaign,
        "part": asked.part,
        "brand": found.brand,
        "rows": found.slice.rows,
        "steps": [
            {
                "name": step.name,
                "exact": exact(step.outcome.value),
                "formula": step.formula,
                "source": step.source,
                "why": step.outcome.why or None,
            }
            for step in found.steps
        ],
        "files": [_file_json(source) for source in found.files],
        "costs": [
            {
                "name": part.cost.name,
                "kind": part.cost.kind,
                "first": str(part.days.start),
                "last": str(part.days.last),
                "exact": exact(part.part),
            }
            for part in found.costs
        ],
        "rates": [{"from": rate.origin, "day": str(rate.day), "rate": exact(rate.rate)} for rate in found.rates],
        "left_out": list[Json](left_out_json(found.left_out)),
        "shown": [
            {
                "exact": figure.inputs.get("exact"),
                "shown_at": iso(figure.shown_at),
                "shown_in": figure.shown_in,
                "differs_because": list(reasons),
            }
            for figure, reasons in found.shown
        ],
    }


def _file_json(source: FileRows) -> dict[str, Json]:
    file = source.file
    told: dict[str, Json] = {
        "file": file.name,
        "sha256": file.sha256,
        "format": file.format,
        "mapping": file.mapping,
        "zone": file.zone or None,
        "imported_at": iso(file.imported_at),
        "sums": [
            {"fact": name, "exact": exact(value), "currency": currency}
            for (name, currency), value in source.sums.items()
        ],
        "rows_counted": source.count,
        "first_row": source.numbers[0],
        "last_row": source.numbers[1],
    }
    if source.rows:
        told["rows"] = [
            {
                "row": row.number,
                "platform": row.platform,
                "campaign": row.campaign,
                "first": str(row.days.start),
                "last": str(row.days.last),
                "currency": row.currency,
                "stated": {name: exact(value) for name, value in row.stated.items()},
            }
            for row in source.rows
        ]
    return told
