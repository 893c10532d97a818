"""What was spent on campaigns, as imported: rows with money in them, nothing summed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.campaign_records import CampaignSpend
from storage.tables import MILLION, campaign_results

_DAY = timedelta(days=1)


def spend(conn: Connection) -> Sequence[CampaignSpend]:
    """Give every imported row on which money was spent, in the order of its days."""
    table = campaign_results.c
    query = sa.select(
        table.platform,
        table.campaign,
        table.campaign_key,
        table.campaign_id,
        table.utm_campaign,
        table.start_day,
        table.end_day,
        table.spend_millionths,
        table.currency,
    ).where(table.spend_millionths > 0)
    return [
        CampaignSpend(
            row.platform,
            tuple(
                dict.fromkeys(
                    name for name in (row.campaign, row.campaign_key, row.campaign_id, row.utm_campaign) if name
                )
            ),
            row.start_day,
            row.end_day - _DAY,  # the store keeps the day after the last
            Decimal(row.spend_millionths) / MILLION,
            row.currency,
        )
        for row in conn.execute(query.order_by(table.start_day, table.end_day, table.id))
    ]
