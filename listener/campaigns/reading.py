"""One part of an export, read: its tables found, its columns decided, its sums checked, its rows given in batches.

open_part  finds spelling and tables, and what every column proves   one pass
check      reads every cell, compares sums, finds rows that are one  one pass, nothing is kept of the rows
batches    gives what can be stored                                  one pass
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import translate
from functools import partial
from itertools import pairwise

from listener.campaigns import texts
from listener.campaigns.batches import Batch, Tally, batch
from listener.campaigns.detect import Detector, unknown_table
from listener.campaigns.evidence import Evidence, Wishes
from listener.campaigns.headings import folded
from listener.campaigns.layout import Chunk, Layout, Row, Table, header_like
from listener.campaigns.mapping import Format
from listener.campaigns.plan import Plan, account_above, planned
from listener.campaigns.refusal import ImportRefusedError, Rejected, listed, shown
from listener.campaigns.totals import Checked, Checksum, compared
from listener.campaigns.unpacking import Part

_TOLD = 1000  # rejected cells that are told one by one; all are counted
_TRIED = 400  # rows in which a header is looked for to choose encoding and separator

Rows = Callable[[], Iterator[Row]]


@dataclass
class Report:
    """What was read, and what was not, and why."""

    formats: list[str] = field(default_factory=list)
    mapping: str = ""
    zone: str = ""
    rows: int = 0
    rejected_rows: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    left_out_columns: dict[str, list[str]] = field(default_factory=dict)  # why -> headers
    ignored_tables: list[str] = field(default_factory=list)  # each with the reason
    notes: list[str] = field(default_factory=list)
    totals_checked: bool | None = None

    def reject(self, each: Rejected) -> None:
        """Note a cell that is to blame for a row's refusal."""
        if len(self.rejected) < _TOLD:
            self.rejected.append(each)


@dataclass
class _Known:
    """A table that is read."""

    table: Table
    plan: Plan
    evidence: Evidence


class Reading:
    """An export whose columns are decided. Made by `open_part`; `check` comes before `batches`."""

    def __init__(self, rows: Rows, detector: Detector, known: dict[int, _Known], *, ragged: bool) -> None:
        self._rows = rows
        self._detector = detector
        self._known = known
        self._ragged = ragged
        self._doubled: frozenset[int] = frozenset()
        self.report = Report()
        self.hull: tuple[str, str] = ("", "")  # of all spans
        self.periods = False  # whether any row is of more than one day
        self.homes: set[tuple[str, str]] = set()  # platforms and accounts

    @property
    def grains(self) -> set[str]:
        """What the rows of the tables are of."""
        return {known.plan.grain for known in self._known.values()}

    def check(self) -> None:
        """Read every cell once. Raises ImportRefusedError where a sum contradicts the file's own totals."""
        tallies = {row: Tally() for row in self._known}
        checks = {row: known.plan.checks(known.evidence) for row, known in self._known.items()}
        keys = array("q")
        spans: set[tuple[str, str]] = set()
        for row, found in self._batches(tallies, checks, self.report.reject):
            del row
            keys.extend(map(hash, found.keys))
            spans.update((key[-2], key[-1]) for key in found.keys)
            self.homes.update((key[0], key[1]) for key in found.keys)
        if spans:
            self.hull = (min(start for start, _ in spans), max(end for _, end in spans))
            self.periods = any(_longer(start, end) for start, end in spans)
        self._doubled = _twice(keys)
        self._conclude(tallies, checks)

    def batches(self) -> Iterator[Batch]:
        """Give what can be stored; of rows that cannot be told apart none, and the report says so."""
        held: list[tuple[int, tuple[object, ...]]] = []
        for _, found in self._batches({row: Tally() for row in self._known}, {}, _silent):
            flags = [hash(key) not in self._doubled for key in found.keys] if self._doubled else [True]
            if all(flags):
                yield found
                continue
            held += [
                pair for pair, kept in zip(zip(found.numbers, found.keys, strict=True), flags, strict=True) if not kept
            ]
            yield found.only(flags)
        for number, key in held:
            self.report.rejected_rows += 1
            self.report.reject(_indistinct(number, key))

    def _batches(
        self, tallies: dict[int, Tally], checks: dict[int, dict[int, Checked]], reject: Callable[[Rejected], None]
    ) -> Iterator[tuple[int, Batch]]:
        for chunk in Layout(self._detector.mapped).chunks(self._rows()):
            known = self._known.get(chunk.table.row)
            if known is None:
                continue
            tally = tallies[known.table.row]
            numbers, rows = self._even(chunk, tally, reject)
            if rows:
                yield known.table.row, batch(known.plan, numbers, rows, tally, reject, checks.get(known.table.row))

    def _even(
        self, chunk: Chunk, tally: Tally, reject: Callable[[Rejected], None]
    ) -> tuple[list[int], list[Sequence[object]]]:
        """Give the rows that are as wide as the header; shorter ones were cut, longer ones have a broken quote."""
        width = len(chunk.table.headers)
        if set(map(len, chunk.rows)) <= {width}:
            return list(chunk.numbers), list(chunk.rows)
        numbers: list[int] = []
        rows: list[Sequence[object]] = []
        for number, row in zip(chunk.numbers, chunk.rows, strict=True):
            fitted = _fitted(row, width, ragged=self._ragged)
            if fitted is not None:
                numbers.append(number)
                rows.append(fitted)
            elif sum(bool(cell) for cell in row) == 1:
                tally.lines.append((number, shown(next(cell for cell in row if cell))))
            else:
                tally.rows += 1
                tally.rejected += 1
                reject(Rejected(number, "", shown(row[0]), f"{len(row)} cells where the header has {width}"))
        return numbers, rows

    def _conclude(self, tallies: dict[int, Tally], checks: dict[int, dict[int, Checked]]) -> None:
        report = self.report
        sums: list[Checksum] = []
        for row, known in self._known.items():
            tally = tallies[row]
            report.rows += tally.rows
            report.rejected_rows += tally.rejected
            report.notes += [f"row {number}: left out, a line of text: {line}" for number, line in tally.lines]
            report.notes += [f"row {number}: left out, a line of text: {line}" for number, line in known.table.lines]
            if tally.passed_over:
                report.notes.append(f"{tally.passed_over} rows left out: not in a stage that counts")
            if tally.totals:
                report.notes.append(f"rows of totals, left out of the data: {', '.join(map(str, tally.totals[:20]))}")
                if _in_part(known.plan, tally):
                    report.notes.append("the totals are of more rows than the file shows, so they were not compared")
                    continue
                found = compared(checks[row], tally.totals[0], tally.stated)
                if _torn(report) or known.plan.mapped.form.totals.loose:
                    found.explained, found.mismatches = found.explained + found.mismatches, []
                sums.append(found)
        wrong = [each for found in sums for each in found.mismatches]
        if wrong:
            raise ImportRefusedError(
                f"its totals do not match: {'; '.join(wrong)}; the file was changed or cut, so nothing of it is taken: "
                "export it again"
            )
        report.notes += [f"totals differ: {each}" for found in sums for each in found.explained]
        stated = [found.checked for found in sums if found.checked is not None]
        report.totals_checked = all(stated) if stated else None


@contextmanager
def open_part(part: Part, formats: Sequence[Format], wishes: Wishes) -> Iterator[list[Reading]]:
    """Give the readings of a file: one for a text, one for each sheet of a workbook that holds a known table.

    Raises ImportRefusedError where nothing in it is known, or where a file does not tell what must be known.
    """
    detector = Detector(formats)
    names = [form.name for form in formats]
    if not part.workbook:
        spelling = _spelled(part.content, detector, names)
        yield [_opened(partial(texts.rows, part.content, spelling), detector, wishes, names, ragged=False)]
        return
    from listener.campaigns import workbooks  # noqa: PLC0415  # openpyxl costs 150 ms, which text files do without

    with workbooks.opened(part.content) as book:
        sheets = workbooks.sheet_names(book)
        readings: list[Reading] = []
        refusals: list[str] = []
        for name in sheets:
            try:
                readings.append(_opened(partial(workbooks.rows, book, name), detector, wishes, names, ragged=True))
            except ImportRefusedError as problem:
                refusals.append(f"sheet {name!r}: {problem}" if len(sheets) > 1 else str(problem))
        if not readings:
            raise ImportRefusedError("; ".join(refusals) or "the workbook has no sheet with cells; export it again")
        readings[0].report.ignored_tables += [refusal.partition(";")[0] for refusal in refusals]
        yield readings


def _spelled(content: bytes, detector: Detector, names: Sequence[str]) -> texts.Spelling:
    """Choose encoding and separator: those by which a header is understood best. Raises ImportRefusedError."""
    best: tuple[int, texts.Spelling] | None = None
    widest: tuple[int, int, Sequence[object]] = (0, 1, ())  # filled cells, row, cells
    for spelling in texts.spellings(content):
        understood = 0
        for number, cells in texts.rows(content, spelling, _TRIED):
            mapped = detector.mapped(cells)
            understood = max(understood, mapped.known if mapped else 0)
            filled = sum(bool(cell) for cell in cells)
            if filled > widest[0] and (not widest[0] or header_like(cells)):
                widest = filled, number, cells
        if understood and (best is None or understood > best[0]):
            best = understood, spelling
    if best is None:
        raise ImportRefusedError(unknown_table(detector, *widest[1:], names))
    if best[1].mojibake:
        _check_repair(content, best[1], detector)
    return best[1]


def _check_repair(content: bytes, spelling: texts.Spelling, detector: Detector) -> None:
    """Refuse a header that is garbled in part: what cannot be repaired as a whole is not guessed."""
    raw = texts.Spelling(spelling.encoding, spelling.delimiter, spelling.skip)
    pairs = zip(texts.rows(content, raw, _TRIED), texts.rows(content, spelling, _TRIED), strict=True)
    for (number, before), (_, after) in pairs:
        if detector.mapped(after) is None:
            continue
        broken = [cell for cell in before if not cell.isascii() and texts.mojibake(cell) is None]
        if broken:
            raise ImportRefusedError(
                f"row {number}: some headers are garbled ({listed([c for c in before if texts.mojibake(c)], 3)}) and "
                f"others are not ({listed(broken, 3)}); export it again and do not save it in between"
            )
        return


def _opened(rows: Rows, detector: Detector, wishes: Wishes, names: Sequence[str], *, ragged: bool) -> Reading:
    tables: dict[int, Table] = {}
    gathered: dict[int, Evidence] = {}
    for chunk in Layout(detector.mapped).chunks(rows()):
        tables[chunk.table.row] = chunk.table
        if chunk.table.mapped is None:
            continue
        evidence = gathered.setdefault(chunk.table.row, Evidence(chunk.table.mapped))
        width = len(chunk.table.headers)
        numbers, fitted = chunk.numbers, chunk.rows
        if not set(map(len, fitted)) <= {width}:
            even = [_fitted(row, width, ragged=ragged) for row in chunk.rows]
            numbers = [number for number, row in zip(chunk.numbers, even, strict=True) if row is not None]
            fitted = [row for row in even if row is not None]
        if fitted:
            evidence.feed(numbers, list(zip(*fitted, strict=True)))
    return _planned(rows, detector, tables, gathered, wishes, names, ragged=ragged)


def _planned(  # what the first pass has found
    rows: Rows,
    detector: Detector,
    tables: dict[int, Table],
    gathered: dict[int, Evidence],
    wishes: Wishes,
    names: Sequence[str],
    *,
    ragged: bool,
) -> Reading:
    above = [line for table in tables.values() for line in table.preamble]
    account = wishes.account or next((account_above(above, each.mapped.form) for each in gathered.values()), "")
    known: dict[int, _Known] = {}
    ignored: list[str] = []
    refusals: list[ImportRefusedError] = []
    for row, table in tables.items():
        if table.above:
            continue
        if table.mapped is None:
            ignored.append(
                f"row {row}: {listed([str(cell) for cell in table.headers if cell])}: no format has these columns"
            )
            continue
        try:
            plan = planned(table, table.mapped, gathered[row], replace(wishes, account=account))
        except ImportRefusedError as problem:
            refusals.append(problem)
            ignored.append(f"row {row}: {problem}")
            continue
        known[row] = _Known(table, plan, gathered[row])
    if refusals and not known:
        raise refusals[0]
    if not known:
        row, headers = next(((row, table.headers) for row, table in tables.items() if not table.above), (1, ()))
        raise ImportRefusedError(unknown_table(detector, row, headers, names))
    ignored += _same_again(known)
    reading = Reading(rows, detector, known, ragged=ragged)
    _describe(reading.report, known, ignored)
    return reading


def _same_again(known: dict[int, _Known]) -> list[str]:
    """Of tables that tell of the same things keep the one with the most figures; say which were left out."""
    best: dict[object, int] = {}
    for row, each in known.items():
        there = best.setdefault(each.plan.subject, row)
        if len(each.plan.figures) > len(known[there].plan.figures):
            best[each.plan.subject] = row
    told = []
    for row in [row for row, each in known.items() if best[each.plan.subject] != row]:
        told.append(f"row {row}: row {best[known[row].plan.subject]} has the same rows with more figures")
        del known[row]
    return told


def _describe(report: Report, known: dict[int, _Known], ignored: list[str]) -> None:
    forms = {each.plan.mapped.form.name: each.plan.mapped.form for each in known.values()}
    report.formats = list(forms)
    report.mapping = ", ".join(form.mapping for form in forms.values())
    report.zone = ", ".join(dict.fromkeys(each.plan.zone for each in known.values() if each.plan.zone))
    report.ignored_tables = ignored
    for each in known.values():
        for header, why in each.plan.mapped.aside:
            report.left_out_columns.setdefault(why, []).append(header)
    report.unknown_columns = list(dict.fromkeys(name for each in known.values() for name in each.plan.mapped.unknown))


def _fitted(row: Sequence[object], width: int, *, ragged: bool) -> Sequence[object] | None:
    """Give a row as wide as its header; None for one that cannot be: a text's short row was cut."""
    if len(row) == width:
        return row
    if len(row) > width:
        return None if any(row[width:]) else row[:width]
    return [*row, *[""] * (width - len(row))] if ragged else None


def _longer(start: str, end: str) -> bool:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days > 1


def _in_part(plan: Plan, tally: Tally) -> bool:
    """Tell whether a line of the file says that it does not show all rows."""
    patterns = [translate(folded(pattern)) for pattern in plan.mapped.form.totals.lines_of_part]
    return any(re.fullmatch(pattern, folded(line)) for pattern in patterns for _, line in tally.lines)


def _torn(report: Report) -> bool:
    """Tell whether a row was turned away as a whole, so that its numbers are in no sum."""
    return any(not each.column for each in report.rejected)


def _twice(keys: array[int]) -> frozenset[int]:
    ordered = sorted(keys)
    return frozenset(one for one, other in pairwise(ordered) if one == other)


def _indistinct(number: int, key: tuple[object, ...]) -> Rejected:
    named = [str(part) for part in key[1:-1] if part]
    return Rejected(
        number, "", shown(" / ".join(named)), "another row has the same campaign, content and days, so the two cannot "
        "be told apart; export the ids (campaign, ad group, ad), or fewer breakdowns",
    )  # fmt: skip


def _silent(each: Rejected) -> None:
    del each
