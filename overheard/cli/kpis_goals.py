"""`overheard kpis --goals`: the goals of the config, how far they are and where they will end."""

from __future__ import annotations

from decimal import Decimal

import click
from sqlalchemy import Connection

from notifier.amounts import shown
from notifier.wording import unknown
from overheard.app import App
from overheard.cli.kpis_rows import as_cell, plain
from overheard.cli.tables import folded, percent, print_csv, print_json, print_table
from overheard.goals import standings
from scoring.goals import FORECAST, Standing
from scoring.kpi import Unit
from scoring.kpis import KPIS
from scoring.money import Money
from storage.records import Json

_HEADINGS = ("goal", "days", "current", "target", "progress", "elapsed", "pace", "forecast", "95 % range")


def print_goals(app: App, conn: Connection, output: str) -> None:
    """Print every goal. Raises WrongUseError for one whose KPI is none."""
    found = standings(app, conn)
    rows = [_json(app, each) for each in found]
    if output == "json":
        print_json({"goals": list(rows), "method": FORECAST})
    elif output == "csv":
        headings = list(rows[0]) if rows else ["kpi"]
        print_csv(headings, ([as_cell(row[heading]) for heading in headings] for row in rows))
    elif not found:
        click.echo("no goals in the config; write [[goals]] with kpi, target, baseline, start, end and why")
    else:
        print_table(
            _HEADINGS,
            [_row(app, each) for each in found],
            right=range(2, 8),
            notes=[[_note(app, each)] for each in found],
        )
        click.echo(folded(f"pace = progress / elapsed, 1.00 is on time; {FORECAST}"))


def _row(app: App, standing: Standing) -> tuple[str, ...]:
    goal, kpi, value, forecast = standing.goal, KPIS[standing.goal.kpi], standing.outcome.value, standing.forecast
    where = " / ".join(name for name in (goal.platform, goal.campaign, goal.brand) if name)
    between = "" if forecast is None else f"{_in_unit(app, forecast.low, kpi.unit)} to "
    return (
        f"{kpi.name}{f' ({where})' if where else ''}",
        f"{goal.start} to {goal.end}",
        unknown(standing.outcome.why) if value is None else shown(value, kpi.unit),
        _in_unit(app, goal.target, kpi.unit),
        "n/a" if standing.progress is None else percent(float(standing.progress)),
        percent(float(standing.elapsed)),
        "n/a" if standing.pace is None else f"{standing.pace:.2f}",
        "n/a" if forecast is None else _in_unit(app, forecast.value, kpi.unit),
        "" if forecast is None else f"{between}{_in_unit(app, forecast.high, kpi.unit)}",
    )


def _note(app: App, standing: Standing) -> str:
    goal = standing.goal
    said = [goal.why, f"from {_in_unit(app, goal.baseline, KPIS[goal.kpi].unit)}"]
    said.append(f"known to {standing.seen.last}" if standing.seen.count else "nothing known yet")
    if standing.outcome.partial:
        said.append(f"partial: {', '.join(standing.outcome.partial)}")
    if standing.why and standing.outcome.value is not None:
        said.append(f"no forecast: {standing.why}")
    return "; ".join(said)


def _in_unit(app: App, value: Decimal, unit: Unit) -> str:
    return shown(Money(value, app.settings.currency) if unit is Unit.MONEY else value, unit)


def _json(app: App, standing: Standing) -> dict[str, Json]:
    goal, forecast, unit = standing.goal, standing.forecast, KPIS[standing.goal.kpi].unit
    return {
        "kpi": goal.kpi,
        "platform": goal.platform,
        "campaign": goal.campaign,
        "brand": goal.brand,
        "start": str(goal.start),
        "end": str(goal.end),
        "why": goal.why,
        "unit": str(unit),
        "currency": app.settings.currency if unit is Unit.MONEY else None,
        "baseline": plain(goal.baseline),
        "target": plain(goal.target),
        "current": plain(standing.outcome.value),
        "missing": list(standing.outcome.missing),
        "partial": list(standing.outcome.partial),
        "known_to": str(standing.seen.last) if standing.seen.count else None,
        "elapsed": plain(standing.elapsed),
        "progress": plain(standing.progress),
        "pace": plain(standing.pace),
        "forecast": plain(forecast.value) if forecast else None,
        "forecast_low": plain(forecast.low) if forecast else None,
        "forecast_high": plain(forecast.high) if forecast else None,
        "no_forecast": standing.why or None,
    }
