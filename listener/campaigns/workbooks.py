"""Rows of cells out of an XLSX workbook: values only; a cell that would have to be computed is refused by its name."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from xml.etree.ElementTree import ParseError  # only the name of what the guarded parser raises

import defusedxml
from openpyxl import load_workbook
from openpyxl.cell.read_only import EmptyCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from listener.campaigns.refusal import ImportRefusedError

MAX_COLUMNS = 200
_HELD = 3_000_000  # cells of a sheet that are kept between two passes: reading them anew costs more than all else
# The reader trusts the parts of a workbook to fit together; in a damaged one they do not.
_DAMAGE = (
    ParseError, InvalidFileException, zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError,
    IndexError, EOFError, OverflowError,
)  # fmt: skip
Cell = str | Decimal | datetime  # a number or a time that the file holds as such needs no reading


@contextmanager
def opened(content: bytes) -> Iterator[Workbook]:
    """Give the workbook. Raises ImportRefusedError where it cannot be opened."""
    with _guarded():
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        yield book
    finally:
        book.close()


@contextmanager
def _guarded() -> Iterator[None]:
    """Make whatever is wrong with the inside of a workbook an ImportRefusedError."""
    try:
        yield
    except _DAMAGE as problem:
        if isinstance(problem, defusedxml.DefusedXmlException) or isinstance(
            problem.__cause__, defusedxml.DefusedXmlException
        ):
            raise ImportRefusedError(
                "the workbook defines entities of its own, which no export does; not opened"
            ) from None
        raise ImportRefusedError(
            f"the workbook is damaged ({type(problem).__name__}); export it again, or save it as CSV"
        ) from None


def sheet_names(book: Workbook) -> list[str]:
    """Give the names of the sheets that hold cells."""
    return [sheet.title for sheet in book.worksheets]


def rows(book: Workbook, name: str) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Give (number, cells) of each row of a sheet. Raises ImportRefusedError for a formula, naming its cell."""
    sheet = book[name]
    if not isinstance(sheet, ReadOnlyWorksheet):
        raise ImportRefusedError(f"sheet {name!r}: no table; save the sheet that holds the rows as CSV")
    sheet.reset_dimensions()  # what a file says of its own size is not always so
    with _guarded():
        for number, row in enumerate(sheet.iter_rows(), 1):
            if len(row) > MAX_COLUMNS:
                raise ImportRefusedError(f"row {number}: more than {MAX_COLUMNS} columns; export fewer")
            yield number, [_cell(cell) for cell in row]


def held(
    rows_of: Callable[[], Iterator[tuple[int, Sequence[Cell]]]],
) -> Callable[[], Iterator[tuple[int, Sequence[Cell]]]]:
    """Give the same rows, read from the workbook once and kept in memory, unless they are very many."""
    kept: list[tuple[int, Sequence[Cell]]] = []
    complete = False

    def again() -> Iterator[tuple[int, Sequence[Cell]]]:
        nonlocal complete
        if complete:
            yield from kept
            return
        kept.clear()  # of a pass that was not finished
        cells = 0
        alike: dict[Cell, Cell] = {}  # one object for each spelling
        for number, row in rows_of():
            cells += len(row)
            if cells <= _HELD:
                kept.append((number, [alike.setdefault(cell, cell) for cell in row]))
            yield number, row
        complete = cells <= _HELD

    return again


def _cell(cell: object) -> Cell:
    if isinstance(cell, EmptyCell):
        return ""
    value = cell.value  # type: ignore[attr-defined]  # openpyxl publishes no types
    if cell.data_type == "f":  # type: ignore[attr-defined]  # as above
        raise ImportRefusedError(
            f"cell {cell.coordinate}: a formula, and its value is not in the file; "  # type: ignore[attr-defined]  # as above
            "paste the values in its place, or save it as CSV"
        )
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(repr(value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001  # a day of the file, in its own zone
    return value if isinstance(value, datetime) else "" if value is None else str(value)
