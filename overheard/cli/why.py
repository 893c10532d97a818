"""`overheard why`: what a number was made of, as it was shown and as it stands now."""

from __future__ import annotations

from pathlib import Path

import click

from notifier.digest.kpi_ids import PREFIX
from overheard.answers.why import Evidence, gather, why_lines
from overheard.answers.why_rising import rising_json
from overheard.app import App, open_app
from overheard.calling import as_called
from overheard.cli.described import described
from overheard.cli.mentions import mention_json
from overheard.cli.options import config_option, format_option
from overheard.cli.sov import brand_json, coverage_json, span_json
from overheard.cli.why_kpi import explain
from overheard.errors import WrongUseError
from overheard.tables import iso, print_json
from storage.records import Json


@described(
    "why",
    "overheard why sov.acme.20130805-20130812",
    "overheard why kpi.cac.all.20260701-20260801 --rows",
)
@config_option
@click.argument("number_id")
@click.option("--rows", is_flag=True, help="Of a KPI, list every row of the imported files that counts.")
@format_option("table", "json")
def command(config_path: Path, *, number_id: str, rows: bool, output: str) -> None:
    """It explains NUMBER-ID: formula, counts, coverage, examples, what was shown earlier and why it differs now.

    Ids stand under each digest and in the tables of `sov` and `kpis`; their kinds are sov, sentiment,
    mentions, rising and kpi.
    Of a KPI it tells the facts, the files with their hashes, mappings and rows, the costs and the rates.
    """
    with open_app(config_path, create=False) as app:
        if number_id.strip().startswith(PREFIX):
            with app.database.read() as conn:
                explain(app, conn, number_id, output, rows=rows)
            return
        if rows:
            raise WrongUseError(
                "--rows: only a KPI has rows; what a number of mentions counts is told by its last line"
            )
        with app.database.read() as conn:
            evidence = gather(app, conn, number_id, app.clock())
        if output == "json":
            print_json(_document(app, evidence))
        else:
            for line in why_lines(app, evidence):
                click.echo(as_called(line))


def _document(app: App, evidence: Evidence) -> dict[str, Json]:
    before: list[Json] = [
        {
            "value": figure.value,
            "shown_at": iso(figure.shown_at),
            "shown_in": figure.shown_in,
            "inputs": dict(figure.inputs),
            "differs_because": list(reasons),
        }
        for figure, reasons in evidence.before
    ]
    examples: list[Json] = [mention_json(stored) for stored in evidence.examples]
    counts = brand_json(app, evidence.voice, evidence.window)
    if evidence.group:
        counts["id"] = evidence.id  # the one that it has there is that of the share among all
    return {
        "id": evidence.id,
        "value": evidence.value,
        "formula": evidence.formula,
        "group": list(evidence.group) or None,
        "window": span_json(evidence.window),
        "counts": {**counts, "credit_of_all_brands": evidence.total},
        "coverage": coverage_json(evidence.coverage),
        "rules": app.rules,
        "examples": examples,
        "shown": before,
        **({} if evidence.rise is None else {"rising": rising_json(evidence.rise)}),
    }
