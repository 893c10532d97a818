"""Numbers as exports write them. How a column writes them is decided over all its cells, never cell by cell.

A cell can prove what the decimal mark is (`1.234,56`, `12,5`, `0.250`) or leave it open (`1.234`). Proof in the column
decides; then proof in the other columns of the table; then that a count, or an amount in a currency without fractions,
has no decimals. What stays open is refused with the cell that is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from listener.campaigns.currencies import stripped
from listener.campaigns.refusal import ImportRefusedError, shown

Mark = Literal[".", ","]
MILLION = 1_000_000
_GROUP = 3  # digits between two marks of thousands
WIDEST = 2**63 - 1

# What exports write where they know nothing. A number below a threshold is as unknown as an empty cell.
_UNKNOWN = frozenset(
    {"", "-", "--", "---", "—", "\u2013", "\u2212", "n/a", "na", "nan", "null", "none", "n.d.", "k.a.", "(not set)"}
)
_THRESHOLD = re.compile(r"[<>]\s*(\d+)(?:[.,]\d+)?\s*%?")
_GROUPS = " \u00a0\u202f\u2009'\u2019"  # blanks and apostrophes that part thousands
_SHAPE = re.compile(r"\d+(?:[.,\s'\u2019]\d+)*")
_EXPONENT = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_OPEN = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")
_INDIAN = r"\d{1,2}(?:,\d{2})+,\d{3}"
_READERS: dict[Mark, re.Pattern[str]] = {
    ".": re.compile(rf"(\d+|\d{{1,3}}(?:([,{_GROUPS}])\d{{3}})(?:\2\d{{3}})*|{_INDIAN})(?:\.(\d+)|\.)?"),
    ",": re.compile(rf"(\d+|\d{{1,3}}(?:([.{_GROUPS}])\d{{3}})(?:\2\d{{3}})*)(?:,(\d+)|,)?"),
}
_NO_DIGITS = re.compile(rf"[.,{_GROUPS}]")


class BadCellError(ValueError):
    """A cell that is not what its column holds. The text is the problem."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A cell as evidence."""

    row: int
    text: str


@dataclass
class Marks:
    """What the cells of one column tell of its decimal mark."""

    header: str
    proofs: dict[Mark, Seen] = field(default_factory=dict)
    open: Seen | None = None
    open_mark: Mark = "."
    places: int = 0  # most decimals that any cell may have
    currencies: set[str] = field(default_factory=set)  # that stand in the cells

    def feed(self, cells: Iterable[object], numbers: Sequence[int], column: Sequence[object]) -> None:
        """Look at cells that are new; `numbers` and `column` are the rows they stand in."""
        for cell in cells:
            if not isinstance(cell, str):
                self.places = max(self.places, -_exponent(cell))
                continue
            if cell.isdecimal():
                continue
            text = cell.strip()
            if text.lower() in _UNKNOWN:
                continue
            if _THRESHOLD.fullmatch(text):
                continue
            bare, currency = stripped(text)
            if currency:
                self.currencies.add(currency)
            self._look(bare.strip("()+-\u2212% \u00a0"), cell, numbers, column)  # a minus sign of typographers

    def _look(self, bare: str, cell: str, numbers: Sequence[int], column: Sequence[object]) -> None:
        if not _SHAPE.fullmatch(bare):
            return  # no number; said when it is read
        mark = proven(bare)
        if mark is None and (found := _OPEN.fullmatch(bare)):
            if self.open is None:
                self.open, self.open_mark = _seen(cell, numbers, column), "." if found[1] == "." else ","
            return
        if mark is not None:
            self.places = max(self.places, len(bare) - bare.rindex(mark) - 1 if mark in bare else 0)
            if mark not in self.proofs:
                self.proofs[mark] = _seen(cell, numbers, column)


def _seen(cell: str, numbers: Sequence[int], column: Sequence[object]) -> Seen:
    return Seen(numbers[column.index(cell)], shown(cell))


def _exponent(number: object) -> int:
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    return exponent if isinstance(exponent, int) else 0


def proven(bare: str) -> Mark | None:
    """Give the decimal mark that a number proves by its own shape; None when it leaves it open or has none."""
    points, commas = bare.count("."), bare.count(",")
    if points and commas:
        return "." if bare.rindex(".") > bare.rindex(",") else ","
    if points > 1:
        return ","
    if commas > 1:
        return "."
    if points or commas:
        mark: Mark = "." if points else ","
        whole, _, fraction = bare.partition(mark)
        grouped = len(fraction) == _GROUP and len(whole) <= _GROUP and not whole.startswith("0")
        return None if grouped and not any(each in whole for each in _GROUPS) else mark
    return None


def decided(marks: Marks, others: Iterable[Marks], *, whole: bool) -> Mark:
    """Give the column's decimal mark. Raises ImportRefusedError with the cells that contradict or leave it open.

    `whole`: the column's numbers have no decimals by what they are.
    """
    if len(marks.proofs) > 1:
        point, comma = marks.proofs["."], marks.proofs[","]
        raise ImportRefusedError(
            f"column {marks.header!r}: row {point.row} ({point.text!r}) has a decimal point, row {comma.row} "
            f"({comma.text!r}) a decimal comma; export it again in one language"
        )
    if marks.proofs:
        return next(iter(marks.proofs))
    if marks.open is None:
        return "."
    elsewhere = {mark for other in others for mark in other.proofs}
    if len(elsewhere) == 1:
        return elsewhere.pop()
    if whole:
        return "," if marks.open_mark == "." else "."
    one, thousand = ("a decimal point", "thousands") if marks.open_mark == "." else ("a decimal comma", "thousands")
    raise ImportRefusedError(
        f"column {marks.header!r}: row {marks.open.row} ({marks.open.text!r}) may have {one} or {thousand}, and no "
        "other cell tells; say which with --decimal point or --decimal comma"
    )


def read_number(cell: object, mark: Mark) -> Decimal | None:
    """Give a number written with this decimal mark; None where it is said to be unknown. Raises BadCellError."""
    if isinstance(cell, Decimal):
        return cell
    text = str(cell).strip()
    if text.isdecimal():
        return Decimal(text)
    if text.lower() in _UNKNOWN or _THRESHOLD.fullmatch(text):
        return None
    if _EXPONENT.fullmatch(text):
        raise BadCellError("rounded by a spreadsheet; use the export as it comes")
    if text.startswith("="):
        raise BadCellError("a formula; paste its value in its place")
    bare = stripped(text)[0]
    negative = bare.startswith(("-", "\u2212")) or (bare.startswith("(") and bare.endswith(")"))
    found = _READERS[mark].fullmatch(bare.strip("()").removeprefix("+").lstrip("-\u2212").strip())
    if found is None:
        raise BadCellError("not a number" if not any(each.isdecimal() for each in text) else
                           f"not a number with a decimal {'point' if mark == '.' else 'comma'}")  # fmt: skip
    value = Decimal(f"{_NO_DIGITS.sub('', found[1])}.{found[3] or 0}")
    return -value if negative else value


def hidden(cell: object) -> int:
    """Give how much a cell such as `<5` may hide at most; 0 for a cell that hides nothing."""
    found = _THRESHOLD.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return int(found[1]) if found and "<" in found[0] else 0


def whole(cell: object, mark: Mark) -> int | None:
    """Give a count. Raises BadCellError for what is no whole number, or none that a count can be."""
    value = read_number(cell, mark)
    if value is None:
        return None
    if value != value.to_integral_value():
        raise BadCellError("not a whole number")
    if value < 0:
        raise BadCellError("less than nothing")
    return _bounded(int(value))


def millionths(cell: object, mark: Mark) -> int | None:
    """Give an amount in whole millionths, rounded half to even beyond. Raises BadCellError."""
    value = read_number(cell, mark)
    return None if value is None else _bounded(int((value * MILLION).to_integral_value()))


def micros(cell: object, mark: Mark) -> int | None:
    """Give an amount that is written in millionths already. Raises BadCellError."""
    value = read_number(cell, mark)
    return None if value is None else _bounded(int(value.to_integral_value()))


def _bounded(value: int) -> int:
    if abs(value) > WIDEST:
        raise BadCellError("larger than any figure can be")
    return value
