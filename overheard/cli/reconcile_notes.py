"""What a reconciliation lacks, in sentences: what is missing, why, and what would help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy import Connection

from notifier.wording import count, several
from overheard.app import App
from overheard.campaigns.reconciliation import speakers
from scoring.claims import MEASURES, SIDES, By, Measure, Side
from scoring.reconciliation import Reconciliation, Rows
from storage.campaign_sums import platforms_with_results

_MISSING: Final[Mapping[Side, str]] = {
    "analytics": "import a report by session source / medium, for example of GA4",
    "ads": "import their reports on campaigns",
    "crm": "import contacts and deals with their original source, for example of HubSpot",
}
_UNSAID: Final[Mapping[tuple[By, Side], str]] = {
    ("source", "analytics"): "export the report by session source / medium, or compare with --by medium",
    (
        "source",
        "crm",
    ): "drill-downs of the original source, where they are exported, tell some; --by medium compares all",
    ("medium", "analytics"): "export the report by session source / medium",
    ("medium", "crm"): "export the original source as well",
    ("campaign", "analytics"): "export the report by session campaign; visits without a campaign remain",
    ("campaign", "ads"): "export their campaigns by name",
    ("campaign", "crm"): "drill-downs of the original source, where they are exported, tell some",
}
_LEADS: Final = Measure("crm", "leads")


def notes(app: App, conn: Connection, found: Reconciliation, by: By) -> Iterator[str]:
    """Give a sentence for everything that is missing or that makes a difference look like what it is not."""
    yield from _missing(app, conn, found)
    for rows in found.unsaid:
        yield _unsaid(rows, by)
    yield from _blurred(found, by)
    for rows in found.longer:
        yield (
            f"{rows.platform}: {several(rows.rows, 'row')} left out, as they stand for days beyond the window; ask for "
            f"all days from {rows.days.start} to {rows.days.last}, or export it by day"
        )
    if found.no_side:
        names = ", ".join(f"{rows.platform} ({several(rows.rows, 'row')})" for rows in found.no_side)
        yield f"left out, neither web analytics nor ad platform nor CRM: {names}; a mapping says what it is with role"


def _missing(app: App, conn: Connection, found: Reconciliation) -> Iterator[str]:
    """Tell which sides say nothing, and whether they say something of other days."""
    known = speakers(app)
    stored = platforms_with_results(conn)
    for side in MEASURES:
        if side in found.sides:
            continue
        others = [name for name in stored if name in known and known[name].role == side]
        there = f"; of {', '.join(others)} there are results of other days" if others else ""
        yield f"nothing of {SIDES[side]} in these days: {_MISSING[side]}{there}"


def _unsaid(rows: Rows, by: By) -> str:
    remedy = _UNSAID.get((by, rows.side), "") if rows.side else ""
    says = "row says" if rows.rows == 1 else "rows say"
    return f"{rows.platform}: {count(rows.rows)} {says} no {by}; {remedy}".removesuffix("; ")


def _blurred(found: Reconciliation, by: By) -> Iterator[str]:
    """Tell how many leads of the CRM belong to a line that nobody knows."""
    unsaid = next((line.figures[_LEADS].value for line in found.lines if line.name is None), None)
    every = found.total.figures[_LEADS].value
    if unsaid and every:
        yield f"{unsaid} of {every} leads of the CRM say no {by}, so those of each {by} may be too few by as many"
