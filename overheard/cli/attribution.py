"""`overheard attribution`: whose doing the conversions were, every model side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import click

from config.errors import OverheardError
from listener.conversion_paths import PathTable, RejectedCell, read_costs
from listener.tables import MAX_BYTES, TableError
from listener.touch_rows import read_paths
from overheard.app import open_app
from overheard.campaigns.spending import by_platform
from overheard.cli.attribution_output import Answer, document, print_answer
from overheard.cli.described import described
from overheard.cli.group import PARTLY
from overheard.cli.options import config_option, format_option
from overheard.tables import print_json
from scoring.attribution.costs import returns
from scoring.attribution.models import attribute
from storage.spend import spend

_FILE = click.Path(path_type=Path, dir_okay=False)
_DAY = click.DateTime(["%Y-%m-%d"])


@dataclass(frozen=True, slots=True)
class Costs:
    """What channels cost, where it is known."""

    amounts: Mapping[str, Decimal]
    currency: str | None  # None: a file of costs names none
    notes: tuple[str, ...] = ()
    rejected: tuple[RejectedCell, ...] = ()


@described(
    "attribution",
    "overheard attribution paths.csv",
    "overheard attribution paths.csv.gz --costs costs.csv --format json",
)
@click.argument("file", type=_FILE)
@click.option("--costs", "costs_file", type=_FILE, help="A CSV file with the columns channel and cost.")
@click.option("--since", type=_DAY, metavar="DAY", help="Take costs from imported campaign results, from this day ...")
@click.option("--until", type=_DAY, metavar="DAY", help="... to this day, by platform, in the currency of the config.")
@config_option
@format_option("table", "json")
def command(
    file: Path,
    costs_file: Path | None,
    since: datetime | None,
    until: datetime | None,
    config_path: Path,
    output: str,
) -> int:
    """It prints what each model gives to each channel: credits add up to all conversions, and to their value.

    FILE is CSV, plain or .gz, with a row per path: path ("reddit > search"), conversions, non_conversions and, where
    known, value and days_before ("9 > 0"). Or with a row per touch: journey, channel, time, conversion (1 or 0) and,
    where known, value.

    With costs it adds the cost per conversion and the return of each channel, as a range over the models. Only --since
    needs a config. Exit code 4 says that rows were rejected; each is named with its column.
    """
    if costs_file is not None and (since or until):
        raise click.UsageError("--costs and --since name two sources of costs; keep one")
    if (since is None) != (until is None):
        raise click.UsageError("--since and --until belong together; write both days")
    if since is not None and until is not None and until < since:
        raise click.UsageError(f"--since {since.date()} is after --until {until.date()}; write the earlier day first")
    table = _paths(file)
    costs = _costs(costs_file, since and since.date(), until and until.date(), config_path)
    attribution = attribute(table.paths, non_conversions_known=table.non_conversions_known)
    answer = Answer(
        attribution,
        returns(attribution, costs.amounts),
        costs.currency,
        (*attribution.warnings, *costs.notes, *_without_path(costs.amounts, table)),
        (
            *((str(file), cell) for cell in table.rejected),
            *((str(costs_file), cell) for cell in costs.rejected),
        ),
        table.ignored_columns,
    )
    if output == "json":
        print_json(document(answer))
    else:
        print_answer(answer)
    return PARTLY if answer.rejected else 0


def _paths(file: Path) -> PathTable:
    try:
        table = read_paths(_content(file))
    except TableError as problem:
        raise OverheardError(f"{file}: {problem}") from None
    if not table.paths:
        raise OverheardError(f"{file}: no row can be used; {_told(table.rejected)}")
    return table


def _costs(file: Path | None, since: date | None, until: date | None, config_path: Path) -> Costs:
    if file is not None:
        try:
            amounts, rejected = read_costs(_content(file))
        except TableError as problem:
            raise OverheardError(f"{file}: {problem}") from None
        return Costs(amounts, None, rejected=tuple(rejected))
    if since is None or until is None:
        return Costs({}, None)
    with open_app(config_path, create=False) as app, app.database.read() as conn:
        spending = by_platform(spend(conn), since, until, app.settings.currency)
        return Costs(spending.amounts, app.settings.currency, spending.notes)


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as problem:
        raise TableError(f"{problem.strerror}; name a file of conversion paths or costs") from None
    if len(content) > MAX_BYTES:
        raise TableError(f"larger than {MAX_BYTES // 1024**2} MB; split it")
    return content


def _told(rejected: Sequence[RejectedCell]) -> str:
    first = rejected[0]
    at = f", column {first.column!r}" if first.column else ""
    return f"row {first.row}{at}: {first.value!r}: {first.problem}"


def _without_path(costs: Mapping[str, Decimal], table: PathTable) -> list[str]:
    """Name the costs of channels that nobody met: they are spent, and no model can credit anything for them."""
    met = {channel for path in table.paths for channel in path.touches}
    lost = sorted(set(costs) - met)
    if not lost:
        return []
    return [f"costs of channels that are in no path, by that name: {', '.join(lost)}"]
