"""What the sides of a reconciliation are made of: stored results, who speaks in them, and names of sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from listener.campaigns.mapping import Format
from overheard.app import App
from overheard.campaigns.imports import formats_of
from scoring.claims import APART, By, Speaker, Terms
from scoring.days import Days
from scoring.rates import Rates
from scoring.reconciliation import Reconciliation, reconciled
from scoring.traffic_sources import Sources
from storage.campaign_sums import campaign_sums


def reconciliation(app: App, conn: Connection, days: Days, by: By) -> Reconciliation:
    """Give what each side says of these days. Raises WrongUseError for a broken mapping."""
    settings = app.settings
    stored = campaign_sums(conn, days.start, days.end, settings.currency, APART, campaigns=by == "campaign")
    sources, rates = Sources(settings.traffic_sources), Rates(settings.rates)
    return reconciled(stored, days, Terms(by, speakers(app), sources, settings.currency, rates))


def speakers(app: App) -> Mapping[str, Speaker]:
    """Give who each platform is, as its format declares. Raises WrongUseError for a mapping that is wrong."""
    return declared(formats_of(app.settings))


def declared(formats: Iterable[Format]) -> dict[str, Speaker]:
    """Give who each platform is, as the first format says that says it."""
    found: dict[str, Speaker] = {}
    for form in formats:
        if form.platform and form.role:
            found.setdefault(form.platform, Speaker(form.role, form.source))
    return found
