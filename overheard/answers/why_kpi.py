"""What a KPI was made of: formula, facts, files with their rows, costs, rates, and what was shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from shlex import quote

from sqlalchemy import Connection

from notifier.amounts import shown
from notifier.digest.figure_ids import FigureIdError
from notifier.digest.kpi_ids import parse_kpi_id
from notifier.wording import several, unknown
from overheard.app import App
from overheard.calling import config_words
from overheard.campaigns.evidence import KpiEvidence, kpi_evidence
from overheard.campaigns.sources import FileRows, ResultRow, currency_of
from overheard.cli.kpis_table import WHY_LEFT
from overheard.errors import WrongUseError
from overheard.tables import clean, local
from scoring.derivation import Step, exact
from scoring.facts import Quantity
from scoring.kpi import Kpi
from scoring.kpis import KPIS
from scoring.money import Money

_HASH = 12  # digits of a file's hash that people need to find it
_INDENT = 10


def kpi_named(app: App, conn: Connection, number_id: str, *, rows: bool) -> KpiEvidence:
    """Give what a KPI was made of. Raises WrongUseError for an id that is none, or that leads to nothing."""
    try:
        asked = parse_kpi_id(number_id)
    except FigureIdError as problem:
        raise WrongUseError(str(problem)) from None
    return kpi_evidence(app, conn, asked, each_row=rows)


def kpi_lines(app: App, found: KpiEvidence) -> list[str]:
    """Give formula, facts, files, costs, rates, and what was shown of a KPI."""
    return [clean(line) for line in _lines(app, found)]


def _lines(app: App, found: KpiEvidence) -> Iterator[str]:
    kpi, days = KPIS[found.id.kpi], found.id.days
    yield f"{found.id}: {_value(found, kpi)}"
    yield _line("what", f"{kpi.name}: {kpi.kind}, {kpi.unit}, better {kpi.better}")
    yield _line("of", f"{_subject(found)}, {days} ({several(days.count, 'day')}, {app.zone.key})")
    yield from _block("formula", (f"{step.name} = {step.formula}" for step in found.steps if step.formula))
    if kpi.note:
        yield _line("note", kpi.note)
    yield from _block("numbers", _numbers(found.steps))
    for source in found.files:
        yield from _block("file", _file(source))
    for part in found.costs:
        cost = part.cost
        share = "no rate" if part.part is None else exact(part.part)
        whole = f"{exact(cost.amount)} {cost.currency or app.settings.currency}"
        yield _line(
            "cost", f"{cost.name} ({cost.kind}): {share} on {part.days}, of {whole} from {cost.start} to {cost.last}"
        )
    for rate in found.rates:
        yield _line("rate", f"1 {rate.origin} = {exact(rate.rate)} {app.settings.currency}, written of {rate.day}")
    for left in found.left_out:
        yield _line(
            "left out",
            f"{several(left.rows, 'row')} of {left.platform}, {left.days}: {WHY_LEFT[found.id.by or 'total']}",
        )
    for figure, reasons in found.shown:
        told = str(figure.inputs.get("exact", figure.value))
        when = f"{told} in {figure.shown_in} at {local(figure.shown_at, app.zone)}"
        yield from _block("shown", (when, *(f"differs now: {reason}" for reason in reasons)))
    if not found.shown:
        yield _line("shown", "in no digest yet")
    if found.files and not any(source.rows for source in found.files):
        yield _line("all rows", f"overheard why {quote(str(found.id))} --rows{config_words(app.path)}")


def _line(label: str, text: str) -> str:
    return f"  {label:<{_INDENT}}{text}"


def _block(label: str, texts: Iterable[str]) -> Iterator[str]:
    for place, text in enumerate(texts):
        yield _line("" if place else label, text)


def _value(found: KpiEvidence, kpi: Kpi) -> str:
    outcome = found.outcome
    if outcome.value is None:
        return unknown(outcome.why)
    partial = f" (partial: {', '.join(outcome.partial)})" if outcome.partial else ""
    return f"{shown(outcome.value, kpi.unit)}{partial}"


def _subject(found: KpiEvidence) -> str:
    asked = found.id
    names = [", ".join(asked.platforms) or "all platforms"]
    names += [] if asked.campaign is None else [asked.campaign or "(no campaign)"]
    names += [] if asked.part is None else [f"{asked.by} {asked.part}"]
    return f"{' / '.join(names)}, {several(found.slice.rows, 'row')} of results"


def _numbers(steps: Sequence[Step]) -> list[str]:
    """Give each number once, with all its digits and where it comes from, in columns."""
    rows = [
        (step.name, exact(step.outcome.value), step.source or "computed", step.outcome)
        for step in {step.name: step for step in steps}.values()
    ]
    names, values = max(len(row[0]) for row in rows), max(len(row[1]) for row in rows)
    return [
        f"{name:<{names}}  {value:>{values}}  {_said(source, outcome.why, outcome.partial)}"
        for name, value, source, outcome in rows
    ]


def _said(source: str, why: str, partial: Sequence[str]) -> str:
    return "; ".join(filter(None, (source, why, "partial: rows do not state all of it" if partial else "")))


def _file(source: FileRows) -> Iterator[str]:
    file, (first, last) = source.file, source.numbers
    where = f"{first} to {last}" if source.count == last - first + 1 else f"between {first} and {last}"
    yield (
        f"{file.name}: {several(source.count, 'row')} ({where}), read as {file.mapping}, sha256 {file.sha256[:_HASH]}"
    )
    yield ", ".join(f"{name} {_amount(value, currency)}" for (name, currency), value in source.sums.items()) or "-"
    yield from (_row(row) for row in source.rows)


def _row(row: ResultRow) -> str:
    where = " / ".join(name for name in (row.platform, row.campaign) if name)
    stated = ", ".join(
        f"{name} {_amount(value, currency_of(name, row.currency))}" for name, value in row.stated.items()
    )
    return f"row {row.number}: {where}, {row.days}: {stated or '-'}"


def _amount(value: Quantity, currency: str | None) -> str:
    return exact(Money(value, currency)) if currency and not isinstance(value, Money) else exact(value)
