"""What imported campaign results say of single days, by channel: counts summed over campaigns and ads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.tables import campaign_results

_DAY: Final = timedelta(days=1)
# Reach and active users are people: nobody knows how many of them two rows share, so they are never summed.
MEASURES: Final = ("impressions", "clicks", "engagements", "sessions", "leads", "orders", "new_customers")


def channel_days(conn: Connection, first: date, last: date) -> Mapping[tuple[str, str], Mapping[date, float]]:
    """Give by (channel, measure) the count of each day from `first` to `last`, of which rows of that day alone tell.

    A channel is the platform, with the utm_medium behind a slash where there is one: "ga4/email".
    """
    table = campaign_results.c
    sums = [sa.func.sum(table[measure]).label(measure) for measure in MEASURES]
    query = (
        sa.select(table.platform, table.utm_medium, table.start_day, table.end_day, *sums)
        .where(table.start_day >= first, table.start_day <= last)
        .group_by(table.platform, table.utm_medium, table.start_day, table.end_day)
        .order_by(table.platform, table.utm_medium, table.start_day)
    )
    found: defaultdict[tuple[str, str], dict[date, float]] = defaultdict(dict)
    for row in conn.execute(query):
        if row.end_day - row.start_day != _DAY:  # the store keeps the day after the last
            continue
        channel = f"{row.platform}/{row.utm_medium}" if row.utm_medium else row.platform
        for measure in MEASURES:
            count = getattr(row, measure)
            if count is not None:
                days = found[channel, measure]
                days[row.start_day] = days.get(row.start_day, 0.0) + float(count)
    return dict(found)
