"""How the rows of one table become campaign results: how each cell is read, and what makes the identity of a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from config.codes import CURRENCIES
from listener.campaigns import cells
from listener.campaigns.cells import Memo
from listener.campaigns.days import Order, plain_day, read_range
from listener.campaigns.detect import Mapped, Place
from listener.campaigns.evidence import DAYS, NUMBERS, Evidence, Wishes
from listener.campaigns.headings import folded
from listener.campaigns.layout import Table
from listener.campaigns.mapping import APART, Format, target
from listener.campaigns.refusal import ImportRefusedError, listed
from listener.campaigns.totals import Checked
from storage.campaign_rows import AMOUNTS, COUNTS, MONEY, NEVER_SUMMED

_NAMED = 8  # headers that a refusal names


@dataclass(frozen=True, slots=True)
class Reader:
    """One column of the file and what its cells become."""

    place: Place
    memo: Memo


@dataclass(frozen=True)
class Plan:
    """Everything that is decided about a table before its rows are read."""

    mapped: Mapped
    readers: tuple[Reader, ...]
    stages: tuple[tuple[Reader, str, Memo], ...]  # (column, field, what counts): several fields of one column
    only: tuple[tuple[int, Memo], ...]  # (column, 1 for rows that are taken)
    items: tuple[tuple[int, str, Memo], ...]  # of a wide table
    series: tuple[str, str]  # (field, name of the series); empty where the table is none
    period: tuple[str, str] | None  # of rows that carry no day: first day, the day after the last
    currency: str | None
    zone: str
    account: str  # of rows that name none: what the user says, or a line above the table
    is_total: Memo | None
    grain: str

    @cached_property
    def figures(self) -> frozenset[int]:
        """The columns that hold numbers; in any other one a row of totals may say that it is one."""
        numbers = {reader.place.index for reader in self.readers if reader.place.column.kind in NUMBERS}
        return frozenset(numbers | {index for index, _, _ in self.items})

    @cached_property
    def apart(self) -> tuple[Reader, ...]:
        """The columns that tell the rows of a campaign and day apart, in the format's order, whatever the file's is."""
        order = list(self.mapped.form.columns)
        found = [reader for reader in self.readers if reader.place.column.kind in APART]
        return tuple(sorted(found, key=lambda reader: order.index(reader.place.key)))

    @property
    def named(self) -> Reader | None:
        """The column with the name of the smallest thing that ids tell apart: the ad, not its group. None: none has."""
        order = list(self.mapped.form.columns)
        names = [reader for reader in self.readers if reader.place.column.kind == "name"]
        return max(names, key=lambda reader: order.index(reader.place.key), default=None)

    @property
    def item_places(self) -> tuple[int, ...]:
        """The columns of a wide table that hold one thing each."""
        return tuple(index for index, _, _ in self.items)

    @property
    def subject(self) -> tuple[object, ...]:
        """What the rows are of: two tables of one subject would count the same things twice."""
        spans = tuple(place.key for place in self.mapped.places if place.column.kind in DAYS)
        return self.mapped.form.name, self.account, self.grain, self.series, spans or self.period

    def checks(self, evidence: Evidence) -> dict[int, Checked]:
        """Give the columns whose sums can be compared with a row of totals, by their place."""
        found: dict[int, Checked] = {}
        for reader in self.readers:
            field, kind = target(reader.place.key, reader.place.column), reader.place.column.kind
            if kind in NUMBERS and kind != "series" and field not in NEVER_SUMMED:
                marks = evidence.marks[reader.place.index]
                unit = 1 if field in COUNTS else 1_000_000
                places = 6 if kind == "micros" else marks.places
                exact = field in COUNTS or (field in AMOUNTS and not places)
                found[reader.place.index] = Checked(marks.header, unit, places, exact)
        return found


def planned(table: Table, mapped: Mapped, evidence: Evidence, wishes: Wishes) -> Plan:
    """Decide how a table is read. Raises ImportRefusedError where the file does not tell and nobody said."""
    mapped = _placed_in_time(mapped, wishes)
    currency = evidence.currency(wishes.currency)
    order = evidence.order(wishes.dates)
    readers: list[Reader] = []
    stages: list[tuple[Reader, str, Memo]] = []
    only: list[tuple[int, Memo]] = []
    for place in mapped.places:
        kind, column = place.column.kind, place.column
        if kind in NUMBERS:
            mark = evidence.mark(place.index, kind, currency, wishes.decimal)
            readers.append(Reader(place, Memo(cells.number("count" if kind == "series" else kind, mark))))
        elif kind == "stage":
            reader = Reader(place, Memo(cells.text))
            stages += [(reader, field, Memo(cells.stage(values))) for field, values in column.when.items()]
            if column.only:
                only.append((place.index, Memo(cells.stage(column.only))))
            readers.append(reader)
        else:
            readers.append(Reader(place, Memo(_reading(place, order))))
    items = tuple(
        (index, name, Memo(cells.number("count", evidence.mark(index, "count", None, wishes.decimal))))
        for index, name in mapped.items
    )
    series = _series(mapped, table)
    plan = Plan(
        mapped,
        tuple(readers),
        tuple(stages),
        tuple(only),
        items,
        series,
        _period(table, wishes),
        currency,
        _zone(mapped),
        wishes.account,
        _totals(mapped),
        _grain(mapped, series),
    )
    _check(plan, table)
    return plan


def _placed_in_time(mapped: Mapped, wishes: Wishes) -> Mapped:
    """Give the same columns with one that places a row in time, where several could.

    A post belongs to the day on which it was published, whatever its `Date` says ("Lifetime"). A start without an end
    is the row's day where the user says so.
    """
    kinds = {place.column.kind for place in mapped.places}
    if "moment" in kinds:
        return replace(mapped, places=tuple(each for each in mapped.places if each.column.kind not in DAYS[:-1]))
    if not wishes.daily or kinds & {*DAYS} != {"start"}:
        return mapped
    places = [
        replace(place, column=place.column.model_copy(update={"kind": "day"}))
        if place.column.kind == "start"
        else place
        for place in mapped.places
    ]
    return replace(mapped, places=tuple(places))


def _reading(place: Place, order: Order) -> Callable[[object], Any]:
    kind = place.column.kind
    if target(place.key, place.column) == "platform":
        return cells.required
    if kind == "id" or (kind == "part" and place.column.instead):
        return cells.identity
    if kind == "link":
        return cells.link(place.column.pattern)
    if kind == "currency":
        return cells.currency(CURRENCIES)
    if kind in {"start", "end"}:
        return cells.edge(order, last=kind == "end")
    words = cells.tagged if kind == "tagged" else cells.text
    return cells.span(kind, order) if kind in DAYS else words


def _series(mapped: Mapped, table: Table) -> tuple[str, str]:
    """Give the field that a series without a telling header holds, by the title above it or its own header."""
    place = next((each for each in mapped.places if each.column.kind == "series"), None)
    if place is None:
        return "", ""
    names = [name for name in (table.title, place.heading.written) if name]
    for name in names:
        for field, titles in place.column.titles.items():
            if folded(name) in {folded(title) for title in titles}:
                return field, name
    raise ImportRefusedError(f"a series called {names[0]!r}, which no figure is made of; leave it out")


def _period(table: Table, wishes: Wishes) -> tuple[str, str] | None:
    """Give the period that is asked for, or that stands above the table: a range in words, or its two ends."""
    if wishes.period is not None:
        first, last = wishes.period
        return first.isoformat(), (last + timedelta(days=1)).isoformat()
    ends: list[date] = []
    for line in table.preamble:
        written = line.rpartition(":")[2].strip() if line.count(":") == 1 else line
        if (found := read_range(written)) is not None:
            return found[0].isoformat(), (found[1] + timedelta(days=1)).isoformat()
        if (day := plain_day(written)) is not None:
            ends.append(day)
    match ends:
        case [first, last] if first <= last:  # "Start date: ..." and "End date: ..."
            return first.isoformat(), (last + timedelta(days=1)).isoformat()
    return None


def account_above(lines: Sequence[str], form: Format) -> str:
    """Give the account that a line above a table names, "Property: Acme - GA4"; empty where none does."""
    names = {folded(name) for name in form.account_lines}
    for line in lines:
        name, colon, account = line.partition(":")
        if colon and folded(name) in names:
            return account.strip()
    return ""


def _zone(mapped: Mapped) -> str:
    named = [place.heading.zone for place in mapped.places if place.heading.zone]
    return named[0] if named else mapped.form.zone


def _totals(mapped: Mapped) -> Memo | None:
    labels = tuple(folded(label) for label in mapped.form.totals.labels)
    if not labels:
        return None
    exact = frozenset(label for label in labels if not label.endswith("*"))
    beginnings = tuple(label.removesuffix("*") for label in labels if label.endswith("*"))

    def says_total(cell: object) -> bool:
        if not isinstance(cell, str):
            return False
        name = folded(cell)
        return name in exact or (bool(beginnings) and name.startswith(beginnings))

    return Memo(says_total)


def _grain(mapped: Mapped, series: tuple[str, str]) -> str:
    """Say what one row is of: the columns that tell the rows of a day apart."""
    if series[0]:
        return "series"
    present = {place.key for place in mapped.places}
    names = [key for key, column in mapped.form.columns.items() if key in present and column.kind in APART]
    if mapped.items:
        names.append("item")
    targets = {target(place.key, place.column) for place in mapped.places}
    if targets & {"campaign", "campaign_id"}:
        names.insert(0, "campaign")
    return " + ".join(names) or "account"


def _check(plan: Plan, table: Table) -> None:
    """Refuse a table whose rows have no day, or nothing that is kept."""
    headers = listed([str(cell) for cell in table.headers if cell], _NAMED)
    kinds = {place.column.kind for place in plan.mapped.places}
    figures = {target(place.key, place.column) for place in plan.mapped.places} & {*MONEY, *AMOUNTS, *COUNTS}
    if not (figures or plan.items or plan.series[0] or plan.stages or plan.mapped.form.fixed):
        raise ImportRefusedError(f"row {table.row}: no column holds a figure that is kept: {headers}")
    dated = kinds & {"day", "week", "month", "hour", "moment"} or kinds >= {"start", "end"}
    if dated or plan.period is not None:
        return
    start = next((place for place in plan.mapped.places if place.column.kind == "start"), None)
    if start is not None:
        raise ImportRefusedError(
            f"row {table.row}: column {start.heading.written!r} says when a row starts, and none when it ends; "
            "export the end as well, or say --daily where each row is one day"
        )
    raise ImportRefusedError(
        f"row {table.row}: no column ({headers}) and no line above says which days the rows are of; export a day "
        "column, or say it with --period 2026-08-01..2026-08-31"
    )
