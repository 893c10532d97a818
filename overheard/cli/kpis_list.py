"""`overheard kpis --list`: every KPI with its formula, as the registry has it."""

from __future__ import annotations

from collections.abc import Sequence

import click

from overheard.cli.kpis_rows import as_cell
from overheard.tables import print_csv, print_json
from scoring.kpi import Kpi
from storage.records import Json

_KEYS = ("id", "name", "kind", "unit", "better", "formula", "needs", "note")


def print_registry(kpis: Sequence[Kpi], output: str) -> None:
    """Print the KPIs in the format that is asked for."""
    rows = [_row(kpi) for kpi in kpis]
    if output == "json":
        print_json({"kpis": rows})
    elif output == "csv":
        print_csv(_KEYS, ([as_cell(row[key]) for key in _KEYS] for row in rows))
    else:
        for kpi in kpis:
            click.echo(f"{kpi.id}  {kpi.name} ({kpi.kind}, {kpi.unit}, better: {kpi.better})")
            click.echo(f"    = {kpi.formula}")
            if kpi.note:
                click.echo(f"    {kpi.note}")


def _row(kpi: Kpi) -> dict[str, Json]:
    return {
        "id": kpi.id,
        "name": kpi.name,
        "kind": str(kpi.kind),
        "unit": str(kpi.unit),
        "better": str(kpi.better),
        "formula": kpi.formula,
        "needs": [*kpi.needs, *kpi.may_need],
        "note": kpi.note,
    }
