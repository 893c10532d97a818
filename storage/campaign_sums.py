"""Campaign results as sums per campaign and days: what KPIs are computed from. Ratios of the exports are never read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.campaign_records import CampaignSum
from storage.campaign_rows import AMOUNTS, COUNTS, MONEY
from storage.posts import POST_RATES, POSTS
from storage.tables import MILLION, campaign_results

_table = campaign_results.c
_MILLIONTHS = (*MONEY, *AMOUNTS, POST_RATES)
_COLUMNS: dict[str, sa.ColumnElement[Any]] = {name: _table[f"{name}_millionths"] for name in (*MONEY, *AMOUNTS)}
_COLUMNS |= {name: _table[name] for name in COUNTS} | POSTS
_SUMS = tuple(
    each
    for name, column in _COLUMNS.items()
    for each in (sa.func.sum(column).label(name), sa.func.count(column).label(f"{name}_stated"))
)
_ROWS = (sa.func.min(_table.file_row).label("first_row"), sa.func.max(_table.file_row).label("last_row"))

# Web analytics that group visitors by channel write the channel where others have an ad or a post.
_DERIVED = {"channel": sa.case((_table.grain.in_(("channel", "first_channel")), _table.content))}


def campaign_sums(
    conn: Connection,
    start: date,
    end: date,
    currency: str,
    apart: Sequence[str] = (),
    *,
    campaigns: bool = False,
    daily: bool = False,
) -> Iterator[CampaignSum]:
    """Give the sums of all rows that touch the days [start, end), in the order of their days.

    Rows are added up that are of one platform and currency, and either all within [start, end) or all beyond it. When
    their amounts are not in `currency`, and so need the rate of a day, they also share their last day. With `campaigns`
    they are of one campaign, which is called as in its latest days, with `daily` of exactly the same days, with `apart`
    alike in those columns, or in "channel": the group of sources that web analytics name, None of all other rows.
    """
    within = sa.case((sa.and_(_table.start_day >= start, _table.end_day <= end), 1), else_=0)
    foreign = sa.case((_table.currency != currency, _table.end_day))  # without a currency no rate helps
    grouped: list[sa.ColumnElement[Any]] = [_table.platform, _table.currency, *map(_told_apart, apart)]
    names: Mapping[tuple[str, str], str] = {}
    if campaigns:
        grouped.append(_table.campaign_key)
        names = _names(conn)
    if daily:
        grouped += [_table.start_day, _table.end_day]
    first, last = sa.func.min(_table.start_day).label("first"), sa.func.max(_table.end_day).label("end")
    query = (
        sa.select(*grouped, first, last, sa.func.count().label("n"), *_ROWS, *_SUMS)
        .where(_table.start_day < end, _table.end_day > start)
        .group_by(*grouped, within, foreign)
        .order_by(first, last, *grouped)
    )
    for row in conn.execute(query):
        yield _sum(row._mapping, apart, names)  # noqa: SLF001  # the documented way to columns by name


def platforms_with_results(conn: Connection) -> list[str]:
    """Give the platforms of all results, by name."""
    return list(conn.execute(sa.select(_table.platform).distinct().order_by(_table.platform)).scalars())


def days_with_results(conn: Connection) -> tuple[date, date] | None:
    """Give the first day of all results and the day after their last; None when nothing was imported."""
    row = conn.execute(sa.select(sa.func.min(_table.start_day), sa.func.max(_table.end_day))).one()
    return None if row[0] is None else (row[0], row[1])


def _names(conn: Connection) -> Mapping[tuple[str, str], str]:
    """Give what each campaign is called, by platform and key: as on its latest days, where it was renamed."""
    latest = sa.func.max(_table.end_day)
    named = sa.select(_table.platform, _table.campaign_key, _table.campaign).where(_table.campaign.is_not(None))
    query = named.group_by(_table.platform, _table.campaign_key, _table.campaign).order_by(latest, _table.campaign)
    return {(row.platform, row.campaign_key): row.campaign for row in conn.execute(query)}


def content_names(conn: Connection) -> Mapping[tuple[str, str], str]:
    """Give what each ad or post is called that ids tell apart, by platform and content: as on its latest days."""
    named = sa.select(_table.platform, _table.content, _table.content_name).where(_table.content_name.is_not(None))
    query = named.group_by(_table.platform, _table.content, _table.content_name)
    rows = conn.execute(query.order_by(sa.func.max(_table.end_day), _table.content_name))
    return {(row.platform, row.content): row.content_name for row in rows}


def _told_apart(name: str) -> sa.ColumnElement[Any]:
    column = _DERIVED[name] if name in _DERIVED else _table[name]
    return column.label(name)


def _sum(row: RowMapping, apart: Sequence[str], names: Mapping[tuple[str, str], str]) -> CampaignSum:
    key = row.get("campaign_key")
    stated = {name: int(row[f"{name}_stated"]) for name in _COLUMNS}
    return CampaignSum(
        platform=row["platform"],
        campaign=None if key is None else names.get((row["platform"], key)) or key or None,
        start_day=row["first"],
        end_day=row["end"],
        currency=row["currency"],
        rows=int(row["n"]),
        sums={name: _number(name, row[name]) for name in _COLUMNS if stated[name]},
        stated=stated,
        file_rows=(int(row["first_row"]), int(row["last_row"])),
        apart=tuple(None if row[name] is None else str(row[name]) for name in apart),
    )


def _number(name: str, value: int | Decimal) -> Decimal:
    whole = Decimal(int(value))  # PostgreSQL gives sums of whole numbers as decimals
    return whole / MILLION if name in _MILLIONTHS else whole
