"""An export opened: its spelling chosen, its tables found, and what all their cells prove gathered, in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from listener.campaigns import texts
from listener.campaigns.detect import Detector, unknown_table
from listener.campaigns.evidence import Evidence, Wishes
from listener.campaigns.layout import Layout, Table, header_like
from listener.campaigns.mapping import Format
from listener.campaigns.plan import account_above, planned
from listener.campaigns.reading import Known, Reading, Report, Rows, even
from listener.campaigns.refusal import ImportRefusedError, listed
from listener.campaigns.screening import transposed
from listener.campaigns.unpacking import Part

_TRIED = 400  # rows in which a header is looked for to choose encoding and separator


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
                rows = workbooks.held(partial(workbooks.rows, book, name))
                readings.append(_opened(rows, detector, wishes, names, ragged=True))
                readings[-1].report.sheet = name
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
        numbers, fitting, _ = even(chunk, ragged=ragged)
        if fitting:
            evidence.feed(numbers, transposed(fitting))
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
    known: dict[int, Known] = {}
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
        known[row] = Known(table, plan, gathered[row])
    if refusals and not known:
        raise refusals[0]
    if not known:
        row, headers = next(((row, table.headers) for row, table in tables.items() if not table.above), (1, ()))
        raise ImportRefusedError(unknown_table(detector, row, headers, names))
    ignored += _same_again(known)
    reading = Reading(rows, detector, known, ragged=ragged)
    _describe(reading.report, known, ignored)
    return reading


def _same_again(known: dict[int, Known]) -> list[str]:
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


def _describe(report: Report, known: dict[int, Known], ignored: list[str]) -> None:
    forms = {each.plan.mapped.form.name: each.plan.mapped.form for each in known.values()}
    report.formats = list(forms)
    report.mapping = ", ".join(form.mapping for form in forms.values())
    report.zone = ", ".join(dict.fromkeys(each.plan.zone for each in known.values() if each.plan.zone))
    report.ignored_tables = ignored
    for each in known.values():
        for header, why in each.plan.mapped.aside:
            report.left_out_columns.setdefault(why, []).append(header)
    report.unknown_columns = list(dict.fromkeys(name for each in known.values() for name in each.plan.mapped.unknown))
