"""Rows of a table, some thousands at a time, as rows of campaign results: columns first, so that each step is one call.

pick the rows of totals -> read every column -> turn bad rows away -> put the results together
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress, repeat
from typing import Any

from listener.campaigns.cells import Bad
from listener.campaigns.mapping import target
from listener.campaigns.plan import Plan
from listener.campaigns.refusal import Rejected, shown
from listener.campaigns.totals import Checked
from storage.campaign_rows import AMOUNTS, COUNTS, MONEY, VALUES

_SPAN_KINDS = ("day", "week", "month", "moment")
_STORED = {**{name: f"{name}_millionths" for name in (*MONEY, *AMOUNTS)}, **{name: name for name in COUNTS}}

Columns = list[Sequence[Any]]


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


@dataclass
class Tally:
    """What became of the rows of a table in one pass."""

    rows: int = 0  # of data, read or not
    rejected: int = 0
    passed_over: int = 0  # of a stage that does not count
    totals: list[int] = field(default_factory=list)  # rows of totals
    stated: dict[int, object] = field(default_factory=dict)  # what the first of them says, by column
    lines: list[tuple[int, str]] = field(default_factory=list)  # rows that are a line of text


def batch(
    plan: Plan,
    row_numbers: Sequence[int],
    rows: Sequence[Sequence[object]],
    tally: Tally,
    reject: Callable[[Rejected], None],
    checks: dict[int, Checked] | None = None,
) -> Batch:
    """Give what can be taken of rows as wide as the header; counts and refusals go into `tally` and `reject`."""
    columns: Columns = list(zip(*rows, strict=True))
    numbers: Sequence[int] = row_numbers
    totals = _totals(plan, columns, len(rows))
    if any(totals):
        _note_totals(plan, numbers, columns, totals, tally)
        numbers, columns = _kept(numbers, columns, [not each for each in totals])
    taken = [bool(flag) for flag in _counted(plan, columns, len(numbers))]
    if not all(taken):
        tally.passed_over += taken.count(False)
        numbers, columns = _kept(numbers, columns, taken)
    read = {reader.place.index: reader.memo.column(columns[reader.place.index]) for reader in plan.readers}
    items = [memo.column(columns[index]) for index, _, memo in plan.items]
    for index, check in (checks or {}).items():
        check.add(read[index])
    good = _good(plan, numbers, columns, read, items, tally, reject)
    tally.rows += len(numbers)
    if not all(good):
        numbers, columns = _kept(numbers, columns, good)
        read = {index: list(compress(column, good)) for index, column in read.items()}
        items = [list(compress(column, good)) for column in items]
    return _assembled(plan, numbers, columns, read, items)


def _kept(numbers: Sequence[int], columns: Columns, flags: Sequence[bool]) -> tuple[Sequence[int], Columns]:
    return list(compress(numbers, flags)), [list(compress(column, flags)) for column in columns]


def _totals(plan: Plan, columns: Columns, length: int) -> list[bool]:
    """Tell which rows are of totals: one of their names says so, or nothing is named where something should be."""
    found = [False] * length
    if plan.is_total is not None:
        for index, column in enumerate(columns):
            if index in plan.figures:
                continue
            flags = plan.is_total.column(column)
            if any(flags):
                found = [one or other for one, other in zip(found, flags, strict=True)]
    if plan.mapped.form.totals.blank:
        names = [columns[each.place.index] for each in plan.readers if each.place.column.kind in {"text", "id", "part"}]
        if names and not all(map(any, zip(*names, strict=True))):
            found = [one or not any(cells) for one, cells in zip(found, zip(*names, strict=True), strict=True)]
    return found


def _note_totals(plan: Plan, numbers: Sequence[int], columns: Columns, flags: list[bool], tally: Tally) -> None:
    for position in compress(range(len(flags)), flags):
        if not tally.totals:
            tally.stated = {
                reader.place.index: reader.memo[columns[reader.place.index][position]]
                for reader in plan.readers
                if reader.place.column.kind in {"count", "amount", "money", "micros"}
            }
        tally.totals.append(numbers[position])


def _counted(plan: Plan, columns: Columns, length: int) -> list[Any]:
    flags: list[Any] = [True] * length
    for index, memo in plan.only:
        flags = [one and other for one, other in zip(flags, memo.column(columns[index]), strict=True)]
    return flags


def _good(  # the parts of one pass over a batch
    plan: Plan,
    numbers: Sequence[int],
    columns: Columns,
    read: dict[int, list[Any]],
    items: list[list[Any]],
    tally: Tally,
    reject: Callable[[Rejected], None],
) -> list[bool]:
    """Tell which rows have no cell that cannot be read; the others are turned away with every such cell."""
    good = [True] * len(numbers)
    wrong: dict[int, list[Rejected]] = {}
    sources = [
        (each.place.index, each.place.heading.written, each.memo, read[each.place.index]) for each in plan.readers
    ]
    sources += [(index, name, memo, column) for (index, name, memo), column in zip(plan.items, items, strict=False)]
    for index, header, memo, column in sources:
        if not memo.bad:
            continue
        for position, value in enumerate(column):
            if type(value) is Bad and not _excused(plan, index, read, position):
                good[position] = False
                cell = Rejected(numbers[position], header, shown(columns[index][position]), value.problem)
                wrong.setdefault(position, []).append(cell)
    for position in _backwards(plan, read):
        start = next(each.place for each in plan.readers if each.place.column.kind == "start")
        good[position] = False
        written = shown(columns[start.index][position])
        wrong.setdefault(position, []).append(
            Rejected(numbers[position], start.heading.written, written, "starts after it ends")
        )
    for position in sorted(wrong):
        filled = [cell for cell in (column[position] for column in columns) if cell]
        if len(filled) == 1:
            tally.lines.append((numbers[position], shown(filled[0])))
            tally.rows -= 1
            continue
        tally.rejected += 1
        for each in wrong[position]:
            reject(each)
    return good


def _backwards(plan: Plan, read: dict[int, list[Any]]) -> list[int]:
    """Give the places of rows whose period ends before it starts."""
    ends = {
        each.place.column.kind: read[each.place.index]
        for each in plan.readers
        if each.place.column.kind in {"start", "end"}
    }
    pairs = enumerate(zip(*(ends[kind] for kind in ("start", "end")), strict=True)) if len(ends) > 1 else ()
    return [place for place, (start, end) in pairs if isinstance(start, str) and isinstance(end, str) and start >= end]


def _excused(plan: Plan, index: int, read: dict[int, list[Any]], position: int) -> bool:
    """Tell whether a rounded id does no harm, because the row's link tells the thing."""
    reader = next((each for each in plan.readers if each.place.index == index), None)
    link = plan.mapped.place(reader.place.column.instead) if reader is not None else None
    return link is not None and isinstance(read[link.index][position], str)


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
