"""One part of an export, read: its tables found, its columns decided, its sums checked, its rows given in batches.

open_part  finds spelling and tables, and what every column proves   one pass
check      reads every cell, compares sums, finds rows that are one  one pass, nothing is kept of the rows
batches    gives what can be stored                                  one pass
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import translate
from itertools import pairwise

from listener.campaigns.batches import Batch, batch
from listener.campaigns.detect import Detector
from listener.campaigns.evidence import Evidence
from listener.campaigns.headings import folded
from listener.campaigns.layout import Chunk, Layout, Row, Table
from listener.campaigns.plan import Plan
from listener.campaigns.refusal import ImportRefusedError, Rejected, shown
from listener.campaigns.screening import Tally
from listener.campaigns.totals import Checked, Checksum, compared, is_sum_of_the_others

_FEW = 2  # rows of which one is easily the sum of the others
_TOLD = 1000  # rejected cells that are told one by one; all are counted


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
    sheet: str = ""  # of a workbook

    def reject(self, each: Rejected) -> None:
        """Note a cell that is to blame for a row's refusal."""
        if len(self.rejected) < _TOLD:
            self.rejected.append(each)


def merged(reports: Sequence[Report]) -> Report:
    """Give one report of the sheets of a workbook; what is said of a row names its sheet."""
    if len(reports) == 1:
        return reports[0]
    whole = Report(mapping=", ".join(dict.fromkeys(report.mapping for report in reports)))
    for report in reports:
        whole.formats += [name for name in report.formats if name not in whole.formats]
        whole.zone = whole.zone or report.zone
        whole.rows += report.rows
        whole.rejected_rows += report.rejected_rows
        whole.rejected += [replace(each, problem=f"sheet {report.sheet!r}: {each.problem}") for each in report.rejected]
        whole.unknown_columns += [name for name in report.unknown_columns if name not in whole.unknown_columns]
        whole.ignored_tables += report.ignored_tables
        whole.notes += [f"sheet {report.sheet!r}: {note}" for note in report.notes]
        for why, names in report.left_out_columns.items():
            whole.left_out_columns.setdefault(why, []).extend(names)
        if report.totals_checked is not None:
            whole.totals_checked = report.totals_checked and whole.totals_checked is not False
    return whole


@dataclass
class Known:
    """A table that is read."""

    table: Table
    plan: Plan
    evidence: Evidence


class Reading:
    """An export whose columns are decided. Made by `open_part`; `check` comes before `batches`."""

    def __init__(self, rows: Rows, detector: Detector, known: dict[int, Known], *, ragged: bool) -> None:
        self._rows = rows
        self._detector = detector
        self._known = known
        self._ragged = ragged
        self._doubled: frozenset[int] = frozenset()
        self._dropped: set[int] = set()  # rows that are no data after all
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
        tallies = {row: Tally(self.report.reject) for row in self._known}
        checks = {row: known.plan.checks(known.evidence) for row, known in self._known.items()}
        keys = array("q")
        spans: set[tuple[str, str]] = set()
        for found in self._batches(tallies, checks):
            keys.extend(map(hash, found.keys))
            spans |= found.spans
            self.homes |= found.homes
        if spans:
            self.hull = (min(start for start, _ in spans), max(end for _, end in spans))
            self.periods = any(_longer(start, end) for start, end in spans)
        self._doubled = _twice(keys)
        self._conclude(tallies, checks)

    def batches(self) -> Iterator[Batch]:
        """Give what can be stored; of rows that cannot be told apart none, and the report says so."""
        for found in self._batches({row: Tally(_silent) for row in self._known}, {}):
            if not (self._doubled or self._dropped):
                yield found
                continue
            flags = [self._stands(number, key) for number, key in zip(found.numbers, found.keys, strict=True)]
            if all(flags):
                yield found
            elif any(flags):
                yield found.only(flags)

    def _stands(self, number: int, key: tuple[object, ...]) -> bool:
        """Tell whether a row is data that can be told apart from every other; says so where it cannot."""
        if number in self._dropped:
            return False
        if hash(key) not in self._doubled:
            return True
        self.report.rejected_rows += 1
        self.report.reject(_indistinct(number, key))
        return False

    def _batches(self, tallies: dict[int, Tally], checks: dict[int, dict[int, Checked]]) -> Iterator[Batch]:
        for chunk in Layout(self._detector.mapped).chunks(self._rows()):
            known = self._known.get(chunk.table.row)
            if known is None:
                continue
            tally = tallies[known.table.row]
            numbers, rows = self._even(chunk, tally)
            if rows:
                found = batch(known.plan, numbers, rows, tally, checks.get(known.table.row, {}))
                if found.numbers:
                    yield found

    def _even(self, chunk: Chunk, tally: Tally) -> tuple[Sequence[int], Sequence[Sequence[object]]]:
        """Give the rows that are as wide as the header; a shorter one was cut, a longer one has a broken quote."""
        numbers, rows, uneven = even(chunk, ragged=self._ragged)
        for number, row in uneven:
            if sum(bool(cell) for cell in row) == 1:
                tally.lines.append((number, shown(next(cell for cell in row if cell))))
                continue
            width = len(chunk.table.headers)
            tally.rows += 1
            tally.turn_away([Rejected(number, "", shown(row[0]), f"{len(row)} cells where the header has {width}")])
        return numbers, rows

    def _suspect(self, tally: Tally, checks: dict[int, Checked]) -> None:
        """Turn away a first or last row that is the sum of all others: totals in words that no format knows."""
        for number, values in tally.edges.items():
            if is_sum_of_the_others(checks, values):
                self._dropped.add(number)
                self.report.rejected_rows += 1
                problem = "is the sum of all other rows, so it is no data"
                self.report.reject(Rejected(number, "", "", problem))
                return

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
            if not tally.totals and tally.rows > _FEW:
                self._suspect(tally, checks[row])
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
        report.notes += [
            f"totals differ by rounding or hidden cells: {each}" for found in sums for each in found.rounded
        ]
        stated = [found.checked for found in sums if found.checked is not None]
        report.totals_checked = all(stated) if stated else None


def even(chunk: Chunk, *, ragged: bool) -> tuple[Sequence[int], Sequence[Sequence[object]], list[Row]]:
    """Give the rows as wide as their header, with their numbers, and those that cannot be made so.

    `ragged`: a shorter row lacks empty cells alone, as in a workbook; in a text it was cut.
    """
    width = len(chunk.table.headers)
    if set(map(len, chunk.rows)) <= {width}:
        return chunk.numbers, chunk.rows, []
    numbers: list[int] = []
    rows: list[Sequence[object]] = []
    uneven: list[Row] = []
    for number, row in zip(chunk.numbers, chunk.rows, strict=True):
        if (len(row) > width and any(row[width:])) or (len(row) < width and not ragged):
            uneven.append((number, row))
            continue
        numbers.append(number)
        rows.append([*row[:width], *[""] * (width - len(row))])
    return numbers, rows, uneven


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
