"""Rows of cells out of the bytes of a CSV or TSV file, whatever program wrote it.

The text is never held as a whole: each pass decodes it anew, piece by piece.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice

from listener.campaigns.refusal import ImportRefusedError

DELIMITERS = (",", ";", "\t", "|")
_PIECE = 1 << 20
_HEAD = 1 << 16  # bytes that are looked at to choose encoding and separator
_TOP = 50  # lines in which a header is looked for that is garbled
_NARROW = ("cp1252", "cp949", "cp1250")  # of what is no UTF-8: the first whose headers are known is taken


@dataclass(frozen=True, slots=True)
class Spelling:
    """How the bytes of a text file become rows of cells."""

    encoding: str
    delimiter: str
    skip: int = 0  # characters in front of the first row: a `sep=` line
    mojibake: bool = False  # UTF-8 that was read as Windows-1252 and written once more


def spellings(content: bytes) -> Iterator[Spelling]:
    """Give the ways in which the bytes can be read, the likelier first. Raises ImportRefusedError for no text."""
    for encoding in _encodings(content):
        head = content[:_HEAD].decode(encoding, "ignore").removeprefix("\ufeff")
        first, _, _ = head.partition("\n")
        if first[:4].lower() == "sep=" and (named := first.rstrip("\r\n")[4:5] or "\t"):
            delimiters: tuple[str, ...] = (named,)
            skip = len(first) + 1
        else:
            delimiters, skip = DELIMITERS, 0
        for delimiter in sorted(delimiters, key=lambda mark: -head.count(mark)):
            yield Spelling(encoding, delimiter, skip)
            if any(mojibake(cell) for line in head.splitlines()[:_TOP] for cell in line.split(delimiter)):
                yield Spelling(encoding, delimiter, skip, mojibake=True)


def rows(content: bytes, spelling: Spelling, most: int | None = None) -> Iterator[tuple[int, Sequence[str]]]:
    """Give (number, cells) of each row, as a spreadsheet counts them. Raises ImportRefusedError for broken quoting.

    `most`: not more rows than these; then an end in the middle of a quoted cell is no error.
    """
    stream = io.TextIOWrapper(io.BytesIO(content), encoding=_reading(spelling.encoding), errors="replace", newline="")
    stream.read(spelling.skip)
    numbers = count(2 if spelling.skip else 1)
    reader = csv.reader(stream, delimiter=spelling.delimiter, strict=True)
    repaired = ([_repaired(cell) for cell in cells] for cells in reader) if spelling.mojibake else reader
    try:
        yield from islice(zip(numbers, repaired, strict=False), most)  # a million rows pass here, at no cost of ours
    except csv.Error as broken:
        if most is None:
            raise ImportRefusedError(
                f"row {next(numbers) - 1}: cannot be read as CSV ({broken}); the quotes of a cell are broken there, "
                "so the file was cut or changed: export it again"
            ) from None


def mojibake(text: str) -> str | None:
    """Give a text that was read as Windows-1252 although it is UTF-8 as it was meant; None when it is no such text."""
    if text.isascii():
        return None
    try:
        meant = _windows_bytes(text).decode()
    except UnicodeError:
        return None
    return None if meant == text else meant


def _repaired(cell: str) -> str:
    return cell if cell.isascii() else mojibake(cell) or cell


def _windows_bytes(text: str) -> bytes:
    """Give the bytes that a lenient reader of Windows-1252 has seen: its five unused ones came out as controls."""
    found = bytearray()
    for letter in text:
        found += bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" else letter.encode("cp1252")
    return bytes(found)


def _reading(encoding: str) -> str:
    return "utf-8-sig" if encoding == "utf-8" else encoding


def _encodings(content: bytes) -> tuple[str, ...]:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        _check(content, "utf-16")
        return ("utf-16",)
    head = content[:1000]
    if head.count(0) > len(head) // 4:
        little = head[1::2].count(0) > head[::2].count(0)
        name = "utf-16-le" if little else "utf-16-be"
        _check(content, name)
        return (name,)
    if b"\0" in content:
        raise ImportRefusedError("not a table of text; export it as CSV or XLSX")
    if _fits(content, "utf-8"):
        return ("utf-8",)
    fitting = tuple(name for name in _NARROW if _fits(content, name))
    if not fitting:
        raise ImportRefusedError("in no encoding that is understood; save it as CSV in UTF-8")
    return fitting


def _check(content: bytes, encoding: str) -> None:
    if not _fits(content, encoding):
        raise ImportRefusedError("damaged: it says that it is UTF-16 and is not; export it again")


def _fits(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), _PIECE):
            decoder.decode(content[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
