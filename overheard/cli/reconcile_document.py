"""The answer of `overheard reconcile` for programs: one object or one row for each source, medium or campaign."""

from __future__ import annotations

from sqlalchemy import Connection

from notifier.amounts import plain
from overheard.app import App
from overheard.campaigns.results import span_of
from overheard.cli.reconcile_notes import notes
from overheard.cli.sov import span_json
from overheard.tables import print_csv
from scoring.claims import MEASURES, By, Measure
from scoring.days import Days
from scoring.reconciliation import COMPARISONS, Difference, Line, Reconciliation, Rows
from storage.records import Json


def document(app: App, conn: Connection, found: Reconciliation, days: Days, by: By) -> dict[str, Json]:
    """Give the whole answer as JSON."""
    return {
        "window": span_json(span_of(app, days)),
        "days": {"first": str(days.start), "last": str(days.last)},
        "by": by,
        "currency": app.settings.currency,
        "sides": {side: list[Json](found.sides.get(side, ())) for side in MEASURES},
        "rows": [_line_json(line) for line in found.lines],
        "total": _line_json(found.total),
        "unsaid": [_rows_json(rows) for rows in found.unsaid],
        "left_out": [_rows_json(rows) for rows in (*found.longer, *found.no_side)],
        "notes": list(notes(app, conn, found, by)),
        "refused": list(found.refused),
    }


def print_lines_csv(found: Reconciliation) -> None:
    """Print a row for each line; what is unknown is empty."""
    measures = [Measure(side, name) for side, names in MEASURES.items() for name in names]
    compared = [f"{first.side}_{first.name}_less_{second.side}_{second.name}" for first, second in COMPARISONS]
    headings = ["name", *(f"{side}_{name}" for side, name in measures)]
    headings += [f"{each}{part}" for each in compared for part in ("", "_relative", "_rate")]
    print_csv(headings, (_cells(line, measures) for line in found.lines))


def _cells(line: Line, measures: list[Measure]) -> list[object]:
    cells: list[object] = [line.name, *(plain(line.figures[measure].value) for measure in measures)]
    for each in line.differences:
        cells += [plain(each.absolute), plain(each.relative), plain(each.rate)]
    return cells


def _line_json(line: Line) -> dict[str, Json]:
    figures = line.figures
    return {
        "name": line.name,
        "only_in": line.sides[0] if line.name and len(line.sides) == 1 else None,
        **{
            side: {name: plain(figures[Measure(side, name)].value) for name in names}
            for side, names in MEASURES.items()
        },
        "why": {str(measure): figure.why for measure, figure in figures.items() if figure.value is None},
        "partial": [str(measure) for measure, figure in figures.items() if figure.partial],
        "differences": [_difference_json(each) for each in line.differences],
    }


def _difference_json(each: Difference) -> dict[str, Json]:
    return {
        "first": str(each.compared.first),
        "second": str(each.compared.second),
        "paid_visits_alone": any(each.compared.paid(measure) for measure in each.compared),
        "first_value": plain(each.first.value),
        "second_value": plain(each.second.value),
        "difference": plain(each.absolute),
        "relative": plain(each.relative),
        "rate": plain(each.rate),
        "why": each.why or None,
    }


def _rows_json(rows: Rows) -> dict[str, Json]:
    return {
        "side": rows.side,
        "platform": rows.platform,
        "rows": rows.rows,
        "first": str(rows.days.start),
        "last": str(rows.days.last),
    }
