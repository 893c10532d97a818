"""The goals of the config beside what was reached of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from config.campaign_settings import Goal
from config.findings import nearest
from config.settings import Settings
from overheard.app import App
from overheard.results import Wish, facts_of_days
from scoring.campaign_facts import constants_of
from scoring.days import Days, through
from scoring.facts import FROM_RESULTS
from scoring.goals import Standing, standing
from scoring.kpis import KPIS
from scoring.outcome import inputs_of
from storage.campaign_sums import campaign_sums


def goal_problems(settings: Settings) -> Iterator[tuple[str, str]]:
    """Give each goal whose KPI does not exist: where it stands, and what is wrong with the remedy."""
    for place, goal in enumerate(settings.goals):
        if goal.kpi not in KPIS:
            meant = nearest(goal.kpi, KPIS)
            remedy = f'did you mean "{meant}"?' if meant else "`overheard kpis --list` shows them all"
            yield f"goals[{place + 1}].kpi", f'"{goal.kpi}" is not a KPI; {remedy}'


def standings(app: App, conn: Connection, end: date) -> list[Standing]:
    """Give where every goal stands at the midnight with which `end` begins; goal_problems tells which are no goals."""
    return [_standing(app, conn, goal, end) for goal in app.settings.goals if goal.kpi in KPIS]


def _standing(app: App, conn: Connection, goal: Goal, end: date) -> Standing:
    days = through(goal.start, goal.end)
    platforms = () if goal.platform is None else (goal.platform,)
    seen = Days(days.start, max(days.start, min(days.end, _known_to(app, conn, goal, days, end))))
    of_mentions = not inputs_of(goal.kpi) <= FROM_RESULTS
    wish = Wish(seen, "total", platforms, goal.campaign, goal.brand, voice=of_mentions)
    so_far, daily = facts_of_days(app, conn, wish)
    return standing(goal, seen, so_far, daily, constants_of(app.settings.business, days))


def _known_to(app: App, conn: Connection, goal: Goal, days: Days, end: date) -> date:
    """Give the midnight up to which the goal's KPI can be known: that of `end`, or the one after the last imported day.

    Days that no export has reached yet are not days without results.
    """
    if not inputs_of(goal.kpi) & FROM_RESULTS:
        return end
    rows = campaign_sums(conn, days.start, days.end, app.settings.currency, campaigns=goal.campaign is not None)
    ends = [
        row.end_day for row in rows if goal.platform in {None, row.platform} and goal.campaign in {None, row.campaign}
    ]
    return min(end, max(ends, default=days.start))
