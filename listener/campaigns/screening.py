"""Rows that are no data (totals, lines of text, what does not count), and rows with a cell that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

from listener.campaigns.cells import Bad, Memo
from listener.campaigns.plan import Plan
from listener.campaigns.refusal import Rejected, shown

Columns = Sequence[Sequence[Any]]


@dataclass
class Tally:
    """What became of the rows of a table in one pass."""

    reject: Callable[[Rejected], None]  # is told every cell that a row is turned away for
    rows: int = 0  # of data, taken or not
    rejected: int = 0
    passed_over: int = 0  # of a stage that does not count
    totals: list[int] = field(default_factory=list)  # rows of totals
    stated: dict[int, object] = field(default_factory=dict)  # what the first of them says, by column
    lines: list[tuple[int, str]] = field(default_factory=list)  # rows that are a line of text
    edges: dict[int, dict[int, object]] = field(default_factory=dict)  # the first row and the last: what they say

    def see_edges(self, numbers: Sequence[int], read: Mapping[int, Sequence[object]]) -> None:
        """Remember the first and the last row of data: one of them may be a row of totals that does not say so."""
        first = next(iter(self.edges.items()), (numbers[0], {index: column[0] for index, column in read.items()}))
        self.edges = {first[0]: first[1], numbers[-1]: {index: column[-1] for index, column in read.items()}}

    def turn_away(self, cells: Sequence[Rejected]) -> None:
        """Count a row as rejected, for these cells of it."""
        self.rejected += 1
        for cell in cells:
            self.reject(cell)


def transposed(rows: Sequence[Sequence[Any]]) -> Columns:
    """Give the columns of rows that are equally wide. For thousands of rows this is far faster than zip(*rows)."""
    return [[row[place] for row in rows] for place in range(len(rows[0]))]


def kept(numbers: Sequence[int], columns: Columns, flags: Sequence[Any]) -> tuple[Sequence[int], Columns]:
    """Give the rows whose flag is set."""
    return list(compress(numbers, flags)), [list(compress(column, flags)) for column in columns]


def screened(plan: Plan, numbers: Sequence[int], columns: Columns, tally: Tally) -> tuple[Sequence[int], Columns]:
    """Give the rows of data; rows of totals, lines of text and rows that do not count are noted and left out."""
    totals = _totals(plan, columns, len(numbers))
    if any(totals):
        _note_totals(plan, numbers, columns, totals, tally)
        numbers, columns = kept(numbers, columns, [not each for each in totals])
    lines = _lines(plan, numbers, columns)
    if lines:
        tally.lines += [(numbers[place], text) for place, text in lines.items()]
        numbers, columns = kept(numbers, columns, [place not in lines for place in range(len(numbers))])
    counting = _counting(plan, columns, len(numbers))
    if not all(counting):
        tally.passed_over += sum(not each for each in counting)
        numbers, columns = kept(numbers, columns, counting)
    tally.rows += len(numbers)
    return numbers, columns


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
                if reader.place.index in plan.figures
            }
        tally.totals.append(numbers[position])


def _lines(plan: Plan, numbers: Sequence[int], columns: Columns) -> dict[int, str]:
    """Give the rows in which a single cell is filled, and no figure, by their place: "Showing top 500 results"."""
    figures = sorted(plan.figures)
    if not figures or "" not in columns[figures[0]]:  # a quick no for most batches
        return {}
    found: dict[int, str] = {}
    for position in range(len(numbers)):
        if not columns[figures[0]][position]:
            filled = [index for index, column in enumerate(columns) if column[position]]
            if len(filled) == 1 and filled[0] not in plan.figures:
                found[position] = shown(columns[filled[0]][position])
    return found


def _counting(plan: Plan, columns: Columns, length: int) -> list[Any]:
    flags: list[Any] = [True] * length
    for index, memo in plan.only:
        flags = [one and other for one, other in zip(flags, memo.column(columns[index]), strict=True)]
    return flags


def readable(
    plan: Plan, numbers: Sequence[int], columns: Columns, read: Mapping[int, Sequence[Any]], tally: Tally
) -> list[bool]:
    """Tell which rows have no cell that cannot be read; the others are turned away with every such cell."""
    wrong: dict[int, list[Rejected]] = {}
    for index, header, memo in _sources(plan):
        if not memo.bad:
            continue
        for position, value in enumerate(read[index]):
            if type(value) is Bad and not _excused(plan, index, read, position):
                cell = Rejected(numbers[position], header, shown(columns[index][position]), value.problem)
                wrong.setdefault(position, []).append(cell)
    for position, index, header in _backwards(plan, read):
        cell = Rejected(numbers[position], header, shown(columns[index][position]), "starts after it ends")
        wrong.setdefault(position, []).append(cell)
    for position in sorted(wrong):
        tally.turn_away(wrong[position])
    return [position not in wrong for position in range(len(numbers))] if wrong else [True] * len(numbers)


def _sources(plan: Plan) -> Iterator[tuple[int, str, Memo]]:
    yield from ((each.place.index, each.place.heading.written, each.memo) for each in plan.readers)
    yield from plan.items


def _backwards(plan: Plan, read: Mapping[int, Sequence[Any]]) -> Iterator[tuple[int, int, str]]:
    """Give the places of rows whose period ends before it starts, with the column of the start."""
    edges = {each.place.column.kind: each.place for each in plan.readers if each.place.column.kind in {"start", "end"}}
    if len(edges) > 1:
        start, end = edges["start"], edges["end"]
        for position, (first, after) in enumerate(zip(read[start.index], read[end.index], strict=True)):
            if isinstance(first, str) and isinstance(after, str) and first >= after:
                yield position, start.index, start.heading.written


def _excused(plan: Plan, index: int, read: Mapping[int, Sequence[Any]], position: int) -> bool:
    """Tell whether a rounded id does no harm, because the row's link tells the thing."""
    place = next((each.place for each in plan.readers if each.place.index == index), None)
    link = plan.mapped.place(place.column.instead) if place is not None else None
    return link is not None and isinstance(read[link.index][position], str)
