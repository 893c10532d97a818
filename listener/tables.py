"""Rows out of the bytes of a CSV, JSON or JSON Lines file, whatever program wrote it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Format = Literal["csv", "jsonl", "json"]

GZIP = b"\x1f\x8b"  # how such a file begins
MAX_BYTES = 200 * 1024 * 1024  # after decompression
_MAX_CELL = 10 * 1024 * 1024
_DELIMITERS = (",", ";", "\t", "|")
_SUFFIXES: dict[str, Format] = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json"}


class TableError(ValueError):
    """The whole file cannot be read. The text says what to do about it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record. `number` is its line in JSON Lines, its place in a JSON array, in CSV the header counts as 1."""

    number: int
    cells: Mapping[str, object]
    problem: str | None = None  # why it cannot be used


def unpack(raw: bytes) -> bytes:
    """Give the content of a gzip file, other bytes as they are. Raises TableError when it is broken or too large."""
    if raw[:2] != GZIP:
        return raw
    try:
        with gzip.open(io.BytesIO(raw)) as stream:
            content = stream.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise TableError("the gzip file is damaged; write it again") from None
    if len(content) > MAX_BYTES:
        raise TableError(f"more than {MAX_BYTES // 1024**2} MB when unpacked; split the file")
    return content


def decode(content: bytes) -> str:
    """Give text from UTF-8, UTF-16 (with or without byte order mark) or, when it is neither, Windows-1252."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    head = content[:1000]
    if head.count(0) > len(head) // 4:
        little = head[1::2].count(0) > head[::2].count(0)
        return content.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def guess_format(name: str, text: str) -> Format:
    """Give the format by the file's name or, when that does not tell, by how the text begins."""
    name = name.lower().removesuffix(".gz")
    for suffix, form in _SUFFIXES.items():
        if name.endswith(suffix):
            # What is called .json is often JSON Lines.
            return "jsonl" if form == "json" and text.lstrip()[:1] == "{" else form
    return {"[": "json", "{": "jsonl"}.get(text.lstrip()[:1], "csv")  # type: ignore[return-value]  # three literals


def rows(text: str, form: Format, columns: Collection[str]) -> Iterator[Row]:
    """Give the records; `columns` are the names that are expected. Raises TableError when nothing can be read."""
    if form == "csv":
        return _csv_rows(text, columns)
    return _json_rows(text) if form == "json" else _line_rows(text)


def _csv_rows(text: str, columns: Collection[str]) -> Iterator[Row]:
    csv.field_size_limit(_MAX_CELL)
    delimiter, text = _delimiter(text, columns)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header: list[str] | None = None
    number = 1
    try:
        for cells in reader:
            if header is None:
                header = [name.strip() for name in cells]
                _require(columns, header)
                continue
            number += 1
            if not any(cells):
                continue
            surplus = any(cells[len(header) :])
            problem = f"{len(cells)} cells where the header has {len(header)}" if surplus else None
            yield Row(number, dict(zip(header, cells, strict=False)), problem)
    except csv.Error as broken:
        raise TableError(f"row {number + 1} cannot be read as CSV ({broken})") from None
    if header is None:
        raise TableError("the file is empty")


def _require(columns: Collection[str], header: Sequence[str]) -> None:
    missing = [name for name in columns if name not in header]
    if missing:
        raise TableError(f"no column {', '.join(map(repr, missing))}; the file has {', '.join(map(repr, header))}")


def _delimiter(text: str, columns: Collection[str]) -> tuple[str, str]:
    """Give the delimiter that makes most of the expected columns appear, and the text without a `sep=` line."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.rstrip("\r")) == len("sep=,"):
        return first[4], rest

    def found(delimiter: str) -> tuple[int, int]:
        header = first.partition("\r")[0]  # lines may end in a carriage return alone
        names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
        return sum(name in columns for name in names), len(names)

    return max(_DELIMITERS, key=found), text


def _line_rows(text: str) -> Iterator[Row]:
    # splitlines() would also cut at characters that may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield _record(number, json.loads(line))
            except (ValueError, RecursionError):
                yield Row(number, {}, "not JSON")


def _json_rows(text: str) -> Iterator[Row]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise TableError(f"not JSON ({type(broken).__name__}: {broken})") from None
    if not isinstance(found, list):
        raise TableError("a JSON file has to hold a list of objects, [{...}, {...}]")
    for number, record in enumerate(found, start=1):
        yield _record(number, record)


def _record(number: int, record: object) -> Row:
    return Row(number, record) if isinstance(record, dict) else Row(number, {}, "not an object")
