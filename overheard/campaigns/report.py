"""Campaign results of a window, read from the database: what the digest's section on campaigns is written from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from overheard.app import App
from overheard.campaigns.goals import standings
from overheard.campaigns.results import platforms_and_whole, whole_days
from scoring.campaign_report import CampaignReport, PlatformFacts
from scoring.days import Days, through
from storage.campaign_sums import days_with_results
from storage.records import Span


def campaign_report(app: App, conn: Connection, window: Span, now: datetime) -> CampaignReport | None:
    """Give what is known of campaigns on the whole days of a window, and where the goals that ran on them stood then.

    None: no results were ever imported, and no goal is set.
    """
    days, there = whole_days(app, window), days_with_results(conn)
    if not days.count or (there is None and not app.settings.goals):
        return None
    end = min(days.end, now.astimezone(app.zone).date())
    goals = [
        standing
        for standing in standings(app, conn, end)
        if through(standing.goal.start, standing.goal.end).shared(days).count
    ]
    until = None if there is None else Days(*there).last
    if there is None or not days.shared(Days(*there)).count:
        return CampaignReport(days, app.settings.currency, (), goals, until=until)
    by_platform, whole = platforms_and_whole(app, conn, days)
    return CampaignReport(
        days,
        app.settings.currency,
        [PlatformFacts(part.key.platform, part.facts, part.before) for part in (*by_platform.slices, *whole.slices)],
        goals,
        whole.left_out,
        whole.refused,
        until,
    )
