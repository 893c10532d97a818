"""`overheard import`: campaign results that came as files, or a file of them taken back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from config.codes import CURRENCIES
from config.load import load
from listener.campaigns.importing import Outcome, import_file, take_back
from listener.campaigns.refusal import ImportRefusedError
from overheard.app import App, open_app
from overheard.campaigns.imports import formats_of, wishes_of
from overheard.cli.described import described
from overheard.cli.group import FAILED, PARTLY
from overheard.cli.import_map import map_file
from overheard.cli.import_report import outcome_json, print_outcomes
from overheard.cli.options import config_option, format_option
from overheard.errors import WrongUseError
from overheard.kinds import all_kinds
from overheard.progress import progress
from overheard.tables import print_json


@described(
    "import",
    "overheard import meta-july.csv google-july.csv",
    "overheard import --dry-run reports.zip",
    "overheard import --undo 3f1c9a",
    "overheard import --as radio --map spots.csv",
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="FILE...")
@config_option
@click.option("--as", "form", metavar="FORMAT", default=None, help="Read every file as this format.")
@click.option("--dry-run", is_flag=True, help="Read and compare, and store nothing.")
@click.option("--undo", metavar="HASH", default=None, help="Take back what the file of this hash brought.")
@click.option("--map", "ask", is_flag=True, help="Ask what each column of a file is, and write it down as --as NEW.")
@click.option("--period", metavar="FIRST..LAST", default=None, help="Days of files in which none stand.")
@click.option("--daily", is_flag=True, help="Rows that only say when they start are of that one day.")
@click.option("--decimal", type=click.Choice(["point", "comma"]), help="Decimal mark, where no cell tells.")
@click.option("--dates", type=click.Choice(["day-first", "month-first"]), help="Order in dates, where no cell tells.")
@click.option("--currency", metavar="CODE", default=None, help="Currency of files in which none stands.")
@click.option("--account", metavar="NAME", default=None, help="Whose files these are, where they do not say.")
@format_option("table", "json")
def command(  # noqa: PLR0913  # one argument per option
    *,
    files: tuple[Path, ...],
    config_path: Path,
    form: str | None,
    dry_run: bool,
    undo: str | None,
    ask: bool,
    period: str | None,
    daily: bool,
    decimal: str | None,
    dates: str | None,
    currency: str | None,
    account: str | None,
    output: str,
) -> int:
    """It recognises the format by the headers, in any of their languages, and says what it read, what not, and why.

    CSV, TSV, XLSX, zip and gzip files are read. The same file again changes nothing; a day that is exported anew
    replaces what was there; a file whose totals do not match is refused as a whole. Ends with 1 when nothing was
    taken, with 4 when some files or rows were not.
    """
    if bool(files) == (undo is not None):
        raise WrongUseError("name the files to import, or one with --undo; for example: overheard import report.csv")
    if currency is not None and currency not in CURRENCIES:
        raise WrongUseError(f"--currency {currency}: not a currency code (ISO 4217); write for example EUR")
    if ask:
        return _map(config_path, form, files)
    with open_app(config_path) as app:
        if undo is not None:
            return _undo(app, undo, output)
        formats = formats_of(app.settings, form)
        wishes = wishes_of(
            app.settings,
            decimal=decimal,
            dates=dates,
            period=period,
            currency=currency,
            account=account,
            daily=daily,
        )
        outcomes: list[Outcome] = []
        with progress("importing") as advance:
            for place, path in enumerate(files, 1):
                outcomes += import_file(path, formats, wishes, app.database, app.clock(), dry_run=dry_run)
                advance(place, len(files), path.name)
        if output == "json":
            print_json({"files": [outcome_json(outcome) for outcome in outcomes], "dry_run": dry_run})
        else:
            print_outcomes(outcomes, app.zone, dry_run=dry_run)
        return exit_code(outcomes)


def _map(config_path: Path, form: str | None, files: tuple[Path, ...]) -> int:
    if form is None or len(files) != 1:
        raise WrongUseError(
            "--map wants a new name and one file; for example: overheard import --as radio --map spots.csv"
        )
    return map_file(load(config_path, all_kinds()), form, files[0])


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """Give 0 when every row was taken, 1 when none was, 4 when some were not."""
    if all(outcome.error is None and not outcome.report.rejected_rows for outcome in outcomes):
        return 0
    return PARTLY if any(outcome.taken for outcome in outcomes) else FAILED


def _undo(app: App, beginning: str, output: str) -> int:
    try:
        file, gone, restored = take_back(app.database, beginning)
    except ImportRefusedError as problem:
        raise WrongUseError(str(problem)) from None
    if output == "json":
        print_json({"file": file.name, "sha256": file.sha256, "removed": gone, "restored": restored})
    else:
        click.echo(f"{file.name}: taken back; {gone} rows removed, {restored} set back to what they were before")
    return 0
