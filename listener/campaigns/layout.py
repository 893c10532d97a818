"""The tables of a file: where each begins, what stands above it, which rows belong to it.

A header is looked for at the top, after blank lines and after `#` lines. What stands above a header is its preamble;
a table whose headers no format knows is passed over as a whole, and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from listener.campaigns.detect import Mapped
from listener.campaigns.refusal import ImportRefusedError
from storage.types import storable

MAX_ROWS = 1_000_000
_LAST_ROW = MAX_ROWS + 1000  # preambles and blank lines are no rows
MAX_COLUMNS = 200
CHUNK = 2000
_DIGITS = "0123456789"
_HEADER = 2  # cells that a row must fill to be the header of a table that nobody knows

Row = tuple[int, Sequence[object]]
Recognise = Callable[[Sequence[object]], Mapped | None]


@dataclass(eq=False)
class Table:
    """One table of a file."""

    row: int  # of its header
    headers: tuple[object, ...]
    mapped: Mapped | None  # None: no format knows it
    title: str  # the last line in front of it that is no comment
    preamble: tuple[str, ...]
    lines: list[tuple[int, str]] = field(default_factory=list)  # rows that are no data: notes below the table
    above: bool = False  # it was no table, but stood above one


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of one table, all as wide as its header, and those that are not."""

    table: Table
    numbers: Sequence[int]
    rows: Sequence[Sequence[object]]


class Layout:
    """One pass over the rows of a file."""

    def __init__(self, recognise: Recognise) -> None:
        self._recognise = recognise
        self._notes: list[str] = []
        self._title = ""
        self._table: Table | None = None
        self._open = True  # a header may come
        self._plain = False  # rows follow one another; the next is looked at only if it is no plain row
        self._candidate: Mapped | None = None
        self._numbers: list[int] = []
        self._rows: list[Sequence[object]] = []

    def chunks(self, rows: Iterable[Row]) -> Iterator[Chunk]:
        """Give the data of the tables, in order; an empty table comes once, without rows. Raises ImportRefusedError."""
        for number, cells in rows:
            first = cells[0] if cells else ""
            if self._plain and type(first) is str and first and first[0] != "#" and len(self._rows) < CHUNK:
                self._numbers.append(number)
                self._rows.append(cells)
                continue
            if number > _LAST_ROW:
                raise ImportRefusedError(f"more than {MAX_ROWS:,} rows; export a shorter period")
            if (not first and not any(cells)) or self._is_comment(first, cells):
                yield from self._interrupted(str(first))
                continue
            if len(cells) > MAX_COLUMNS and any(cells[MAX_COLUMNS:]):
                raise ImportRefusedError(f"row {number}: more than {MAX_COLUMNS} columns; export fewer")
            if (self._open or self._table is None or self._table.mapped is None) and self._begins(cells):
                yield from self._flushed()
                self._begin(number, cells)
                continue
            if self._table is not None and not (self._open and self._is_line(number, cells)):
                if len(self._rows) >= CHUNK:
                    yield from self._flushed(last=False)
                self._numbers.append(number)
                self._rows.append(cells)
                self._plain = self._table.mapped is not None and len(self._table.headers) <= MAX_COLUMNS
            elif self._table is None:
                self._note(cells)
        yield from self._flushed()

    def _is_comment(self, first: object, cells: Sequence[object]) -> bool:
        """Tell whether a row is a `#` line; one that fills a table's columns is a row, however it begins."""
        if not (isinstance(first, str) and first[:1] == "#"):
            return False
        fits = self._table is not None and len(cells) == len(self._table.headers) > 1
        return not (fits and any(cells[1:]))

    def _interrupted(self, first: str) -> Iterator[Chunk]:
        """A blank line, after which a table may go on; or a comment, after which another one begins."""
        self._open, self._plain = True, False
        if first:
            yield from self._flushed()
            self._table = None
            text = first.lstrip("# \t")
            if text:
                self._notes.append(storable(text))

    def _begins(self, cells: Sequence[object]) -> bool:
        self._candidate = self._recognise(cells)
        if self._candidate is not None:
            return True
        return (self._table is None or self._open) and header_like(cells)

    def _begin(self, number: int, cells: Sequence[object]) -> None:
        before = self._table
        if before is not None and before.mapped is None and not self._open:
            before.above = True
            self._notes += [*before.preamble, " ".join(str(cell) for cell in before.headers).strip()]
        if before is not None and before.lines and before.lines[-1][1] == self._title:
            before.lines.pop()  # it is the title of this one
        self._table = Table(number, tuple(cells), self._candidate, self._title, tuple(self._notes))
        self._notes, self._title, self._open, self._plain = [], "", False, False

    def _is_line(self, number: int, cells: Sequence[object]) -> bool:
        """After a blank line: a single cell is a line of text, the title of what may come."""
        self._open = False
        if sum(bool(cell) for cell in cells) > 1 or len(self._table.headers if self._table else ()) == 1:
            return False
        self._note(cells)
        if self._table is not None:
            self._table.lines.append((number, self._title))
        self._open = True
        return True

    def _note(self, cells: Sequence[object]) -> None:
        self._title = storable(" ".join(str(cell).strip() for cell in cells if cell).strip())
        self._notes.append(self._title)

    def _flushed(self, *, last: bool = True) -> Iterator[Chunk]:
        if self._table is not None and (self._rows or last):
            yield Chunk(self._table, self._numbers, self._rows)
            self._numbers, self._rows = [], []


def header_like(cells: Sequence[object]) -> bool:
    """Tell whether a row could head a table: several different words and no digit in front of any of them."""
    filled = [cell for cell in cells if cell]
    words = [cell for cell in filled if isinstance(cell, str) and cell.strip()[:1] not in _DIGITS]
    return len(filled) >= _HEADER and len(words) == len(filled) == len(set(words))
