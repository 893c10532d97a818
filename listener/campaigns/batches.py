"""Rows of a table, some thousands at a time, as rows of campaign results: columns first, so that each step is one call.

pick the rows of totals -> read every column -> turn bad rows away -> put the results together
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import compress
from typing import Any

from listener.campaigns.cells import halves, tag
from listener.campaigns.headings import folded
from listener.campaigns.mapping import Column, target
from listener.campaigns.plan import Plan
from listener.campaigns.screening import Columns, Tally, kept, readable, screened, transposed
from listener.campaigns.totals import Checked
from storage.campaign_rows import AMOUNTS, COUNTS, MONEY, TAGS, VALUES

# Characters of four bytes each: together within the 2,704 bytes that PostgreSQL takes into a row of an index.
_LONGEST_NAME, _LONGEST_CONTENT = 100, 300
_SPAN_KINDS = ("day", "week", "month", "hour", "moment")
_NO_FIELDS = {"part", "name", "link", "tagged", "stage", "currency", "detail", "start", "end", *_SPAN_KINDS}
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
    homes: set[tuple[str, str]]  # platforms and accounts among them
    spans: set[tuple[str, str]]  # first days with the days after the last

    def only(self, flags: Sequence[bool]) -> Batch:
        """Give the results whose flag is set."""
        return Batch(
            list(compress(self.numbers, flags)),
            list(compress(self.keys, flags)),
            list(compress(self.values, flags)),
            self.grain,
            list(compress(self.campaigns, flags)),
            self.columns,
            self.homes,
            self.spans,
        )


def batch(
    plan: Plan,
    numbers: Sequence[int],
    rows: Sequence[Sequence[object]],
    tally: Tally,
    checks: Mapping[int, Checked],
) -> Batch:
    """Give what can be taken of rows as wide as the header; counts and refusals go into `tally`, sums into `checks`."""
    numbers, columns = screened(plan, numbers, transposed(rows), tally)
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
    """Put the columns together: first what a row is known by, then what it says."""
    length = len(numbers)
    fields = _fields(plan, columns, read, length)
    starts, ends, moments = _spans(plan, read, length)
    if moments is not None:
        fields["published_local"] = moments
    fields |= {"grain": [plan.grain] * length, "currency": _currencies(plan, read, length)}
    nothing = [None] * length
    names = list(zip(fields.get("campaign_id", nothing), fields.get("campaign", nothing), strict=True))
    identity = _Identity(
        _within(_LONGEST_NAME, fields.get("platform", [plan.mapped.form.platform] * length)),
        _within(_LONGEST_NAME, [account or plan.account for account in fields.get("account", nothing)]),
        _within(_LONGEST_NAME, [campaign_id or name or "" for campaign_id, name in names]),
        starts,
        ends,
    )
    if plan.items:
        return _melted(plan, numbers, identity, items, names)
    filled = tuple(name for name in VALUES if name in fields)
    values = list(zip(*(fields[name] for name in filled), strict=True))
    keys = identity.keys(_contents(plan, read, length))
    return Batch(list(numbers), keys, values, plan.grain, names, filled, identity.homes, identity.spans)


@dataclass(frozen=True, slots=True)
class _Identity:
    """What rows are known by, but for their content: one column each."""

    platforms: Sequence[str]
    accounts: Sequence[str]
    campaigns: Sequence[str]
    starts: Sequence[str]
    ends: Sequence[str]

    def keys(self, contents: Sequence[str]) -> list[tuple[Any, ...]]:
        """Give the keys of the rows with these contents."""
        contents = _within(_LONGEST_CONTENT, contents)
        columns = (self.platforms, self.accounts, self.campaigns, contents, self.starts, self.ends)
        return list(zip(*columns, strict=True))

    @property
    def homes(self) -> set[tuple[str, str]]:
        return set(zip(self.platforms, self.accounts, strict=True))

    @property
    def spans(self) -> set[tuple[str, str]]:
        return set(zip(self.starts, self.ends, strict=True))


def _within(most: int, names: Sequence[str]) -> Sequence[str]:
    """Give names as a key can hold them: the end of a longer one gives way to a hash of the whole."""
    if max(map(len, names), default=0) <= most:
        return names
    return [
        name if len(name) <= most else f"{name[: most - 17]}#{sha256(name.encode()).hexdigest()[:16]}" for name in names
    ]


def _melted(
    plan: Plan,
    numbers: Sequence[int],
    identity: _Identity,
    items: list[list[Any]],
    names: list[tuple[str | None, str | None]],
) -> Batch:
    """Give one result for each thing of each row of a wide table."""
    wide = plan.mapped.form.wide
    filled = (_STORED[wide.to] if wide else "", "grain")
    found = Batch([], [], [], plan.grain, [], filled, identity.homes, identity.spans)
    for (_, name, _), column in zip(plan.items, items, strict=True):
        found.numbers += numbers
        found.keys += identity.keys([name] * len(numbers))
        found.values += [(value, plan.grain) for value in column]
        found.campaigns += names
    return found


def _keep_tags_of_links(fields: dict[str, Any], tags: Sequence[Mapping[str, str]]) -> None:
    """Keep the tags that stand in links, each where no column of its own says it."""
    for name in TAGS:
        if any(name in each for each in tags):
            fields.setdefault(name, [each.get(name) for each in tags])


def _fields(plan: Plan, columns: Columns, read: dict[int, list[Any]], length: int) -> dict[str, Any]:
    """Give the columns of the store that cells fill, by name."""
    fields: dict[str, Any] = {name: [count] * length for name, count in plan.mapped.form.fixed.items()}
    for reader in plan.readers:
        kind, column = reader.place.column.kind, read[reader.place.index]
        name = plan.series[0] if kind == "series" else target(reader.place.key, reader.place.column)
        if kind == "part":
            _keep_tags(fields, reader.place.column, column)
        elif kind == "tagged":
            _keep_tags_of_links(fields, column)
        if kind in _NO_FIELDS:
            continue
        name = _STORED.get(name, name)
        if reader.place.column.add and name in fields:
            column = [None if a is None or b is None else a + b for a, b in zip(fields[name], column, strict=True)]
        fields[name] = column
    for reader, name, memo in plan.stages:
        fields[_STORED.get(name, name)] = memo.column(columns[reader.place.index])
    _keep_details(fields, plan, read)
    if named := plan.named:
        fields["content_name"] = read[named.place.index]
    return fields


def _keep_tags(fields: dict[str, Any], column: Column, cells: Sequence[str | None]) -> None:
    """Keep what a part says beside telling rows apart: a field of its own, or the tags that its halves are."""
    if column.to:
        fields[column.to] = list(map(tag, cells)) if column.to in TAGS else cells
    if column.split:
        pairs = list(map(halves, cells))
        for place, name in enumerate(column.split):
            fields.setdefault(name, [pair[place] for pair in pairs])  # a column of the tag alone says more


def _keep_details(fields: dict[str, Any], plan: Plan, read: Mapping[int, Sequence[Any]]) -> None:
    """Keep each detail as the tag that it is of this row: of one source the network, of another the campaign."""
    for reader in plan.readers:
        column, place = reader.place.column, plan.mapped.place(reader.place.column.of)
        if column.kind != "detail" or place is None:
            continue
        for name, sources in column.becomes.items():
            meant = {folded(source) for source in sources}
            before = fields.get(name, [None] * len(read[place.index]))
            fields[name] = [
                detail if source and folded(source) in meant else other
                for detail, source, other in zip(read[reader.place.index], read[place.index], before, strict=True)
            ]


def _spans(
    plan: Plan, read: dict[int, list[Any]], length: int
) -> tuple[Sequence[str], Sequence[str], Sequence[str] | None]:
    """Give first days, the days after the last and, of posts, their local times."""
    by_kind = {reader.place.column.kind: read[reader.place.index] for reader in plan.readers}
    for kind in _SPAN_KINDS:
        if kind in by_kind:
            starts, ends = ([span[place] for span in by_kind[kind]] for place in (0, 1))
            return starts, ends, [span[2] for span in by_kind[kind]] if kind == "moment" else None
    if "start" in by_kind and "end" in by_kind:
        return by_kind["start"], by_kind["end"], None
    start, end = plan.period or ("", "")  # one of the two is there: plan.planned refuses tables without days
    return [start] * length, [end] * length, None


def _currencies(plan: Plan, read: dict[int, list[Any]], length: int) -> Sequence[str | None]:
    for reader in plan.readers:
        if reader.place.column.kind == "currency":
            return [each or plan.currency for each in read[reader.place.index]]
    return [plan.currency] * length


def _contents(plan: Plan, read: dict[int, list[Any]], length: int) -> Sequence[str]:
    """Give what tells the rows of a campaign apart: the parts of each row, or the name of the series."""
    if plan.series[0]:
        return [plan.series[1]] * length
    parts: list[list[str]] = []
    for reader in plan.apart:
        column = read[reader.place.index]
        if reader.place.column.kind == "hour":
            column = [local for _, _, local in column]
        link = plan.mapped.place(reader.place.column.instead)
        if link is not None:
            column = [
                own if isinstance(own, str) else other for own, other in zip(column, read[link.index], strict=True)
            ]
        parts.append([each or "" for each in column])
    if len(parts) == 1:
        return parts[0]
    return [" | ".join(cells) for cells in zip(*parts, strict=True)] if parts else [""] * length
