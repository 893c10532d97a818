"""The whole days that --since and --until name, for commands whose numbers are of days."""

from __future__ import annotations

from overheard.app import App
from overheard.campaigns.results import whole_days
from overheard.cli.options import window_of
from overheard.errors import WrongUseError
from scoring.days import Days


def days_asked(app: App, since: str, until: str | None) -> Days:
    """Give the days; one that is running is not among them. Raises WrongUseError where no whole day is."""
    days = whole_days(app, window_of(since, until, app.clock(), app.zone))
    if not days.count:
        raise WrongUseError(f"--since {since}: no whole day lies in the window; begin a day earlier")
    return days
