"""Rows of a table, some thousands at a time, as rows of campaign results: columns first, so that each step is one call.

pick the rows of totals -> read every column -> turn bad rows away -> put the results together
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from typing import Any

from listener.campaigns.mapping import target
from listener.campaigns.plan import Plan
from listener.campaigns.screening import Columns, Tally, kept, readable, screened
from listener.campaigns.totals import Checked
from storage.campaign_rows import AMOUNTS, COUNTS, MONEY, VALUES

_SPAN_KINDS = ("day", "week", "month", "moment")
_STORED = {**{name: f"{name}_millionths" for name in (*MONEY, *AMOUNTS)}, **{name: name for name in COUNTS}}


@dataclass
class Batch:
    """Results ready for the store: `keys` as storage.campaign_rows orders them, `values` in the order of `columns`."""

    numbers: list[int]
    keys: list[tuple[Any, ...]]
    values: list[tuple[Any, ...]]
    grain: str
    campaigns: list[tuple[str | None, str | None]]  # (id, name) of each
    columns: tuple[str, ...]  # of storage.campaign_rows.VALUES, those that the table fills

    def only(self, flags: Sequence[bool]) -> Batch:
        """Give the results whose flag is set."""
        return Batch(
            list(compress(self.numbers, flags)),
            list(compress(self.keys, flags)),
            list(compress(self.values, flags)),
            self.grain,
            list(compress(self.campaigns, flags)),
            self.columns,
        )


def batch(
    plan: Plan,
    numbers: Sequence[int],
    rows: Sequence[Sequence[object]],
    tally: Tally,
    checks: Mapping[int, Checked],
) -> Batch:
    """Give what can be taken of rows as wide as the header; counts and refusals go into `tally`, sums into `checks`."""
    numbers, columns = screened(plan, numbers, list(zip(*rows, strict=True)), tally)
    read = {reader.place.index: reader.memo.column(columns[reader.place.index]) for reader in plan.readers}
    items = [memo.column(columns[index]) for index, _, memo in plan.items]
    for index, check in checks.items():
        check.add(read[index], columns[index])
    if numbers:
        tally.see_edges(numbers, {index: read[index] for index in checks})
    good = readable(plan, numbers, columns, {**read, **dict(zip(plan.item_places, items, strict=True))}, tally)
    if not all(good):
        numbers, columns = kept(numbers, columns, good)
        read = {index: list(compress(column, good)) for index, column in read.items()}
        items = [list(compress(column, good)) for column in items]
    return _assembled(plan, numbers, columns, read, items)


def _assembled(
    plan: Plan, numbers: Sequence[int], columns: Columns, read: dict[int, list[Any]], items: list[list[Any]]
) -> Batch:
    length = len(numbers)
    fields = _fields(plan, columns, read, length)
    spans = _spans(plan, read, length)
    starts, ends, locals_ = spans
    ids, names = fields.get("campaign_id", [None] * length), fields.get("campaign", [None] * length)
    keys = [one or other or "" for one, other in zip(ids, names, strict=True)]
    fields |= {
        "published_local": locals_,
        "grain": repeat(plan.grain, length),
        "currency": _currencies(plan, read, length),
    }
    platforms = fields.get("platform") or repeat(plan.mapped.form.platform, length)
    accounts = [account or plan.account for account in fields.get("account") or repeat("", length)]
    contents = _contents(plan, read, length)
    names_of = list(zip(ids, names, strict=True))
    if not plan.items:
        filled = tuple(name for name in VALUES if name in fields)
        values = list(zip(*(fields[name] for name in filled), strict=True))
        key_rows = list(zip(platforms, accounts, keys, contents, starts, ends, strict=True))
        return Batch(list(numbers), key_rows, values, plan.grain, names_of, filled)
    return _melted(plan, numbers, list(zip(platforms, accounts, keys, starts, ends, strict=True)), items, names_of)


def _melted(
    plan: Plan,
    numbers: Sequence[int],
    heads: Sequence[tuple[Any, ...]],
    items: list[list[Any]],
    names: list[tuple[str | None, str | None]],
) -> Batch:
    """Give one result for each thing of each row of a wide table."""
    wide = plan.mapped.form.wide
    found = Batch([], [], [], plan.grain, [], (_STORED[wide.to] if wide else "", "grain"))
    for (_, name, _), column in zip(plan.items, items, strict=True):
        found.numbers += numbers
        found.keys += [(platform, account, key, name, start, end) for platform, account, key, start, end in heads]
        found.values += [(value, plan.grain) for value in column]
        found.campaigns += names
    return found


def _fields(plan: Plan, columns: Columns, read: dict[int, list[Any]], length: int) -> dict[str, Any]:
    """Give the columns of the store that cells fill, by name."""
    fields: dict[str, Any] = {name: [count] * length for name, count in plan.mapped.form.fixed.items()}
    for reader in plan.readers:
        kind, column = reader.place.column.kind, read[reader.place.index]
        name = plan.series[0] if kind == "series" else target(reader.place.key, reader.place.column)
        if kind == "part" and reader.place.column.to:
            fields[name] = column
        if kind in {"part", "link", "stage", "currency", "start", "end", *_SPAN_KINDS}:
            continue
        name = _STORED.get(name, name)
        if reader.place.column.add and name in fields:
            column = [None if a is None or b is None else a + b for a, b in zip(fields[name], column, strict=True)]
        fields[name] = column
    for reader, name, memo in plan.stages:
        fields[_STORED.get(name, name)] = memo.column(columns[reader.place.index])
    return fields


def _spans(plan: Plan, read: dict[int, list[Any]], length: int) -> tuple[Any, Any, Any]:
    """Give first days, the days after the last, and local times."""
    by_kind = {reader.place.column.kind: read[reader.place.index] for reader in plan.readers}
    for kind in _SPAN_KINDS:
        if kind in by_kind:
            return tuple(zip(*by_kind[kind], strict=True)) if by_kind[kind] else ((), (), ())  # type: ignore[return-value]  # three columns
    nothing = repeat(None, length)
    if "start" in by_kind and "end" in by_kind:
        return by_kind["start"], by_kind["end"], nothing
    if plan.period is not None:
        return repeat(plan.period[0], length), repeat(plan.period[1], length), nothing
    raise AssertionError("a plan without days; plan.planned refuses such tables")


def _currencies(plan: Plan, read: dict[int, list[Any]], length: int) -> Iterable[str | None]:
    for reader in plan.readers:
        if reader.place.column.kind == "currency":
            return [each or plan.currency for each in read[reader.place.index]]
    return repeat(plan.currency, length)


def _contents(plan: Plan, read: dict[int, list[Any]], length: int) -> Iterable[str]:
    if plan.series[0]:
        return repeat(plan.series[1], length)
    parts = []
    for reader in plan.readers:
        if reader.place.column.kind != "part":
            continue
        column = read[reader.place.index]
        link = plan.mapped.place(reader.place.column.instead)
        if link is not None:
            column = [
                own if isinstance(own, str) else other or ""
                for own, other in zip(column, read[link.index], strict=True)
            ]
        parts.append([each or "" for each in column])
    if not parts:
        return repeat("", length)
    if len(parts) == 1:
        return parts[0]
    return [" | ".join(cells) for cells in zip(*parts, strict=True)]
