"""`overheard kpis`: what campaigns cost and brought, each number with its formula or with what it lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

import click

from config.findings import nearest
from overheard.answers.mentions import slug_of
from overheard.app import App, open_app
from overheard.campaigns.results import Wish, results, unknown_platform
from overheard.cli.asked_days import days_asked
from overheard.cli.described import described
from overheard.cli.group import PARTLY
from overheard.cli.kpis_goals import print_goals
from overheard.cli.kpis_list import print_registry
from overheard.cli.kpis_rows import document, print_rows_csv
from overheard.cli.kpis_table import print_slices
from overheard.cli.options import config_option, format_option, since_option, until_option
from overheard.errors import WrongUseError
from overheard.tables import print_json
from scoring.kpi import Kind, Kpi
from scoring.kpis import KPIS
from scoring.slices import By
from storage.campaign_sums import platforms_with_results


@described(
    "kpis",
    "overheard kpis --since 2026-07-01 --until 2026-08-01",
    "overheard kpis --by platform --kpi roas --kpi cac",
    "overheard kpis --list",
)
@config_option
@since_option("30d", "From this day.")
@until_option("Up to the midnight with which this day begins; today is left out when there is none.")
@click.option(
    "--by", type=click.Choice(get_args(By)), default="total", show_default=True, help="What the results are cut into."
)
@click.option("--kpi", "ids", multiple=True, metavar="ID", help="Only this KPI; may be given several times.")
@click.option("--platform", "platforms", multiple=True, metavar="NAME", help="Only results of this platform; likewise.")
@click.option("--brand", default=None, help="Whose mentions count; your first own brand when left out.")
@click.option("--goals", is_flag=True, help="Show the goals of the config: progress, pace, forecast.")
@click.option("--list", "listed", is_flag=True, help="List every KPI with its formula, and stop.")
@format_option("table", "json", "csv")
def command(  # noqa: PLR0913  # one argument per option
    *,
    config_path: Path,
    since: str,
    until: str | None,
    by: By,
    ids: tuple[str, ...],
    platforms: tuple[str, ...],
    brand: str | None,
    goals: bool,
    listed: bool,
    output: str,
) -> int:
    """It computes KPIs of imported results, costs and mentions, beside the same number of days before.

    Days are whole, in the zone of the config. A number that cannot be had is n/a, with what is missing; a sum to which
    unknown parts belong is marked as partial. Ends with 4 when amounts lack a currency or a rate.
    """
    if listed:
        print_registry(_chosen(ids, list(KPIS.values())), output)
        return 0
    with open_app(config_path, create=False) as app:
        if goals:
            with app.database.read() as conn:
                print_goals(app, conn, output)
            return 0
        days = days_asked(app, since, until)
        wish = Wish(days, by, platforms, brand=slug_of(app, brand) if brand else None)
        with app.database.read() as conn:
            if problem := unknown_platform(platforms, platforms_with_results(conn)):
                raise WrongUseError(f"--platform {problem}")
            found = results(app, conn, wish)
            kpis = _chosen(ids, _usual(app, by))
            if output == "json":
                print_json(document(app, conn, found, kpis))
            elif output == "csv":
                print_rows_csv(app, found, kpis)
            else:
                print_slices(app, conn, found, kpis, asked=bool(ids))
        for problem in found.refused:
            click.echo(problem, err=True)
        return PARTLY if found.refused else 0


_OF_THE_WHOLE: Mapping[By, tuple[str, ...]] = {"total": (), "day": (".plan",)}  # files of KPIs that parts do not show


def _chosen(ids: Sequence[str], usual: Sequence[Kpi]) -> list[Kpi]:
    """Give the KPIs that are asked for, the usual ones when none is. Raises WrongUseError for an id that is none."""
    for id_ in ids:
        if id_ not in KPIS:
            meant = nearest(id_, KPIS)
            remedy = f"did you mean {meant}?" if meant else "overheard kpis --list shows them all"
            raise WrongUseError(f"--kpi {id_}: no such KPI; {remedy}")
    return [KPIS[id_] for id_ in dict.fromkeys(ids)] or list(usual)


def _usual(app: App, by: By) -> list[Kpi]:
    """Give the KPIs that are shown unasked: estimates where the config wants them, voice and plan of the whole."""
    hidden = _OF_THE_WHOLE.get(by, (".plan", ".voice"))
    return [
        kpi
        for kpi in KPIS.values()
        if (kpi.kind is not Kind.ESTIMATE or app.settings.estimates.show)
        and not kpi.function.__module__.endswith(hidden)
    ]
