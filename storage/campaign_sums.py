"""Campaign results as sums per campaign and days: what KPIs are computed from. Ratios of the exports are never read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.campaign_rows import AMOUNTS, COUNTS, MONEY
from storage.records import CampaignSum
from storage.tables import MILLION, campaign_results

_table = campaign_results.c
_GROUPED = (_table.platform, _table.campaign_key, _table.start_day, _table.end_day, _table.currency)
_COLUMNS = {name: _table[f"{name}_millionths"] for name in (*MONEY, *AMOUNTS)} | {name: _table[name] for name in COUNTS}
_SUMS = tuple(
    each
    for name, column in _COLUMNS.items()
    for each in (sa.func.sum(column).label(name), sa.func.count(column).label(f"{name}_stated"))
)


def campaign_sums(conn: Connection, start: date, end: date, by: Sequence[str] = ()) -> Iterator[CampaignSum]:
    """Give the sums of all rows that touch the days [start, end), in the order of their days.

    One for each platform, campaign, first and last day and currency; `by` names columns that tell them further apart.
    A row of several days may reach beyond [start, end): the caller decides what becomes of it.
    """
    more = tuple(_table[name] for name in by)
    query = (
        sa.select(*_GROUPED, *more, sa.func.max(_table.campaign).label("campaign"), sa.func.count().label("n"), *_SUMS)
        .where(_table.start_day < end, _table.end_day > start)
        .group_by(*_GROUPED, *more)
        .order_by(_table.start_day, _table.end_day, _table.platform, _table.campaign_key)
    )
    for row in conn.execute(query):
        yield _sum(row._mapping, by)  # noqa: SLF001  # the documented way to columns by name


def days_with_results(conn: Connection) -> tuple[date, date] | None:
    """Give the first day of all results and the day after their last; None when nothing was imported."""
    row = conn.execute(sa.select(sa.func.min(_table.start_day), sa.func.max(_table.end_day))).one()
    return None if row[0] is None else (row[0], row[1])


def _sum(row: RowMapping, by: Sequence[str]) -> CampaignSum:
    stated = {name: int(row[f"{name}_stated"]) for name in _COLUMNS}
    return CampaignSum(
        platform=row["platform"],
        campaign=row["campaign"] or row["campaign_key"] or None,
        start_day=row["start_day"],
        end_day=row["end_day"],
        currency=row["currency"],
        rows=int(row["n"]),
        sums={name: _number(name, row[name]) for name in _COLUMNS if stated[name]},
        stated=stated,
        apart=tuple(row[name] for name in by),
    )


def _number(name: str, value: int | Decimal) -> Decimal:
    whole = Decimal(int(value))  # PostgreSQL gives sums of whole numbers as decimals
    return whole / MILLION if name in (*MONEY, *AMOUNTS) else whole
