"""`overheard kpis --goals`: the goals of the config, how far they are and where they will end."""

from __future__ import annotations

import click
from sqlalchemy import Connection

from notifier.amounts import in_unit, shown
from notifier.renderers.campaign_json import standing_json
from notifier.wording import unknown
from overheard.app import App
from overheard.campaigns.goals import goal_problems, standings
from overheard.cli.kpis_rows import as_cell
from overheard.errors import WrongUseError
from overheard.tables import folded, percent, print_csv, print_json, print_table
from scoring.goals import FORECAST, Standing
from scoring.kpis import KPIS

_HEADINGS = ("goal", "days", "current", "target", "progress", "elapsed", "pace", "forecast", "95 % range")


def print_goals(app: App, conn: Connection, output: str) -> None:
    """Print every goal. Raises WrongUseError for one whose KPI is none."""
    for where, problem in goal_problems(app.settings):
        raise WrongUseError(f"{app.path}: {where}: {problem}")
    found = standings(app, conn, app.clock().astimezone(app.zone).date())
    rows = [standing_json(each, app.settings.currency) for each in found]
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
            [_row(each, app.settings.currency) for each in found],
            right=range(2, 8),
            notes=[[_note(each, app.settings.currency)] for each in found],
        )
        click.echo(folded(f"pace = progress / elapsed, 1.00 is on time; {FORECAST}"))


def _row(standing: Standing, currency: str) -> tuple[str, ...]:
    goal, kpi, value, forecast = standing.goal, KPIS[standing.goal.kpi], standing.outcome.value, standing.forecast
    where = " / ".join(name for name in (goal.platform, goal.campaign, goal.brand) if name)
    between = "" if forecast is None else f"{in_unit(forecast.low, kpi.unit, currency)} to "
    return (
        f"{kpi.name}{f' ({where})' if where else ''}",
        f"{goal.start} to {goal.end}",
        unknown(standing.outcome.why) if value is None else shown(value, kpi.unit),
        in_unit(goal.target, kpi.unit, currency),
        "n/a" if standing.progress is None else percent(float(standing.progress)),
        percent(float(standing.elapsed)),
        "n/a" if standing.pace is None else f"{standing.pace:.2f}",
        "n/a" if forecast is None else in_unit(forecast.value, kpi.unit, currency),
        "" if forecast is None else f"{between}{in_unit(forecast.high, kpi.unit, currency)}",
    )


def _note(standing: Standing, currency: str) -> str:
    goal = standing.goal
    said = [goal.why, f"from {in_unit(goal.baseline, KPIS[goal.kpi].unit, currency)}"]
    where = " of ".join(name for name in (goal.campaign, goal.platform) if name)
    nothing = f"nothing known yet of {where}, as exports name it" if where else "nothing known yet"
    said.append(f"known to {standing.seen.last}" if standing.seen.count else nothing)
    if standing.outcome.partial:
        said.append(f"partial: {', '.join(standing.outcome.partial)}")
    if standing.why and standing.outcome.value is not None:
        said.append(f"no forecast: {standing.why}")
    return "; ".join(said)
