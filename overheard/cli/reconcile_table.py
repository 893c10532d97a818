"""The tables of `overheard reconcile`, for marketers: what each side says, then where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import click
from sqlalchemy import Connection

from notifier.amounts import shown
from notifier.wording import several, unknown
from overheard.app import App
from overheard.cli.kpis_table import where_results_are
from overheard.cli.reconcile_notes import notes
from overheard.tables import folded, print_table, terminal_width
from scoring.claims import MEASURES, SIDES, By, Figure, Measure, Side
from scoring.days import Days
from scoring.kpi import Unit
from scoring.reconciliation import COMPARISONS, Compared, Difference, Line, Reconciliation

_WORDS: Final[Mapping[Side, str]] = {"analytics": "web", "ads": "ad", "crm": "CRM"}
_NAMES: Final[Mapping[str, str]] = {"new_customers": "customers", "orders": "deals"}

_WIDE: Final = 140  # columns from which all sides stand in one table


def print_reconciliation(app: App, conn: Connection, found: Reconciliation, days: Days, by: By) -> None:
    """Print the sides beside each other, a table for each two figures that can be compared, and what is missing."""
    click.echo(f"{days} ({several(days.count, 'day')}, {app.zone.key}), in {app.settings.currency}")
    if not found.lines:
        for note in notes(app, conn, found, by):
            click.echo(folded(note))
        click.echo(where_results_are(conn))
        return
    told = (f"{SIDES[side]}: {', '.join(platforms)}" for side, platforms in found.sides.items())
    click.echo(folded("; ".join(told)))
    _print_sides(found, by)
    for place, compared in enumerate(COMPARISONS):
        if {compared.first.side, compared.second.side} <= found.sides.keys():
            _print_differences(found, place, compared, by)
    click.echo()
    _print_one_sided(found)
    if any(_partial(line) for line in (*found.lines, found.total)):
        click.echo(
            folded("* partial: what is known was added up, but some rows do not state it, or not who was paid for")
        )
    for note in notes(app, conn, found, by):
        click.echo(folded(note))


def _stated(found: Reconciliation, measure: Measure) -> bool:
    """Tell whether any row states a figure, be it that its sum cannot be had for want of a rate."""
    refused = measure.name == "revenue" and bool(found.refused)
    return found.total.figures[measure].value is not None or refused


def _partial(line: Line) -> bool:
    compared = (figure for each in line.differences for figure in (each.first, each.second))
    return any(figure.partial for figure in (*line.figures.values(), *compared))


def _print_sides(found: Reconciliation, by: By) -> None:
    """Print all sides in one table, or in one each where a terminal would cut it."""
    stated = [
        [each for each in (Measure(side, name) for name in MEASURES[side]) if _stated(found, each)]
        for side in found.sides
    ]
    narrow = 0 < terminal_width() < _WIDE
    for measures in stated if narrow else [[each for some in stated for each in some]]:
        sides = {measure.side for measure in measures}
        rows = [
            (_title(line, by), *(_shown(line.figures[measure]) for measure in measures))
            for line in (*found.lines, found.total)
            if sides.intersection(line.sides)
        ]
        click.echo()
        print_table((by, *map(_label, measures)), rows, right=range(1, len(measures) + 1))
    click.echo(folded(f"n/a: that side has no row of the {by}, or none that states it", "  "))


def _print_differences(found: Reconciliation, place: int, compared: Compared, by: By) -> None:
    """Print one comparison where both sides say something; of the others, why there is none."""
    lines = [(_title(line, by), line.differences[place]) for line in (*found.lines, found.total)]
    known = [(name, each) for name, each in lines if each.absolute is not None]
    click.echo()
    if len(known) > 1:
        headings = (by, *(_of_paid(measure, compared) for measure in compared), "difference", "in %", "rate", "")
        print_table(headings, [(name, *_cells(each)) for name, each in known], right=(1, 2, 3, 4, 5))
    else:
        click.echo(f"{_of_paid(compared.first, compared)} and {_of_paid(compared.second, compared)}: n/a")
    reasons: dict[str, list[str]] = {}
    for name, each in lines[:-1]:
        if each.absolute is None and (each.first.value is not None or each.second.value is not None):
            reasons.setdefault(each.why, []).append(name)
    for why, names in reasons.items():
        click.echo(folded(f"n/a, {why}: {', '.join(names)}", "  "))


def _print_one_sided(found: Reconciliation) -> None:
    """Tell which sources one side alone knows, where there is another side to know them."""
    if len(found.sides) < 2:  # noqa: PLR2004  # one side has nobody to differ from
        return
    for side in found.sides:
        names = [line.name for line in found.lines if line.name and line.sides == (side,)]
        if names:
            click.echo(folded(f"only in {SIDES[side]}: {', '.join(names)}"))


def _cells(each: Difference) -> tuple[str, ...]:
    return (
        _shown(each.first),
        _shown(each.second),
        "n/a" if each.absolute is None else _signed(each.absolute, 0 if _whole(each.absolute) else 1),
        "n/a" if each.relative is None else f"{_signed(each.relative * 100, 1)} %",
        "n/a" if each.rate is None else shown(each.rate, Unit.RATIO),
        unknown(f"{_label(each.compared.second)} are 0") if each.absolute is not None and each.rate is None else "",
    )


def _whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _signed(value: Decimal, digits: int) -> str:
    rounded = round(value, digits)
    return f"{rounded:+,.{digits}f}" if rounded else f"{abs(rounded):.{digits}f}"


def _shown(figure: Figure) -> str:
    if figure.value is None:
        return "n/a"
    return f"{shown(figure.value, Unit.COUNT)}{' *' if figure.partial else ''}"


def _title(line: Line, by: By) -> str:
    return "all" if line.name == "" else line.name or f"(no {by})"


def _of_paid(measure: Measure, compared: Compared) -> str:
    return f"{_label(measure)}{' (paid)' if compared.paid(measure) else ''}"


def _label(measure: Measure) -> str:
    return f"{_WORDS[measure.side]} {_NAMES.get(measure.name, measure.name)}"
