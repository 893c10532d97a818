"""The goals of the config beside what was reached of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from config.campaign_settings import Goal
from config.findings import nearest
from config.settings import Settings
from overheard.app import App
from overheard.campaigns.results import Wish, facts_of_days
from scoring.campaign_facts import constants_of
from scoring.days import Days, through
from scoring.facts import FROM_RESULTS, OF_VOICE
from scoring.goals import Standing, standing
from scoring.kpis import KPIS
from scoring.outcome import inputs_of
from scoring.remarks import Remark
from storage.campaign_records import CampaignSum
from storage.campaign_sums import campaign_sums


def goal_problems(settings: Settings) -> Iterator[tuple[str, str]]:
    """Give each goal that no result can ever reach: where it stands, and what is wrong with the remedy."""
    for place, goal in enumerate(settings.goals):
        for key, problem in _problems(goal):
            yield f"goals[{place + 1}].{key}", problem


def _problems(goal: Goal) -> Iterator[tuple[str, str]]:
    if goal.kpi not in KPIS:
        meant = nearest(goal.kpi, KPIS)
        if meant:
            yield "kpi", Remark('"{kpi}" is not a KPI; did you mean "{meant}"?', kpi=goal.kpi, meant=meant)
        else:
            yield "kpi", Remark('"{kpi}" is not a KPI; `overheard kpis --list` shows them all', kpi=goal.kpi)
        return
    for key in ("platform", "campaign"):
        if getattr(goal, key) is not None and inputs_of(goal.kpi) & OF_VOICE:
            yield (
                key,
                Remark(
                    "{kpi} is made of mentions, which belong to no {key}; leave {key} out, or choose a KPI of results",
                    kpi=goal.kpi,
                    key=key,
                ),
            )


def standings(app: App, conn: Connection, end: date) -> list[Standing]:
    """Give where every goal stands at the midnight with which `end` begins; goal_problems tells which are no goals."""
    return [_standing(app, conn, goal, end) for goal in app.settings.goals if not any(_problems(goal))]


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

    Days that no export has reached yet are not days without results. Of several facts the one that ends first counts.
    """
    wanted = inputs_of(goal.kpi) & FROM_RESULTS
    if not wanted:
        return end
    ends: dict[str, date] = {}
    named = goal.campaign is not None
    for row in campaign_sums(conn, days.start, days.end, app.settings.currency, campaigns=named, daily=True):
        if goal.platform not in {None, row.platform} or (named and goal.campaign != row.campaign):
            continue
        if days.holds(Days(row.start_day, row.end_day)):
            ends |= {name: max(row.end_day, ends.get(name, row.end_day)) for name in wanted if _states(row, name)}
    return min(end, min(ends.values(), default=days.start))


def _states(row: CampaignSum, name: str) -> bool:
    """Tell whether rows state a fact; those of social platforms are columns of theirs."""
    return bool(row.stated.get(name.removeprefix("social_")))
