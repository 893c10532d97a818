"""`overheard reconcile`: what web analytics, ad platforms and the CRM claim of the same sources."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from overheard.app import open_app
from overheard.campaigns.reconciliation import reconciliation
from overheard.cli.asked_days import days_asked
from overheard.cli.described import described
from overheard.cli.group import PARTLY
from overheard.cli.options import config_option, format_option, since_option, until_option
from overheard.cli.reconcile_document import document, print_lines_csv
from overheard.cli.reconcile_table import print_reconciliation
from overheard.tables import print_json
from scoring.claims import By


@described(
    "reconcile",
    "overheard reconcile --since 2026-08-01 --until 2026-09-01",
    "overheard reconcile --by medium",
    "overheard reconcile --by campaign --format csv",
)
@config_option
@since_option("30d", "From this day.")
@until_option("Up to the midnight with which this day begins; today is left out when there is none.")
@click.option(
    "--by", type=click.Choice(get_args(By)), default="source", show_default=True, help="What figures are compared for."
)
@format_option("table", "json", "csv")
def command(*, config_path: Path, since: str, until: str | None, by: By, output: str) -> int:
    """It sets side by side what web analytics, ad platforms and the CRM say of each source, medium or campaign.

    Spellings of one source are brought together. Differences are in numbers and in percent; what cannot be compared is
    n/a, with the reason and what would help. Ends with 4 when amounts lack a currency or a rate.
    """
    with open_app(config_path, create=False) as app:
        days = days_asked(app, since, until)
        with app.database.read() as conn:
            found = reconciliation(app, conn, days, by)
            if output == "json":
                print_json(document(app, conn, found, days, by))
            elif output == "csv":
                print_lines_csv(found)
            else:
                print_reconciliation(app, conn, found, days, by)
        for problem in found.refused:
            click.echo(problem, err=True)
        return PARTLY if found.refused else 0
