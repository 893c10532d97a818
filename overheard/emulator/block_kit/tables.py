"""Blocks of rows and cells: table, and data table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from overheard.emulator.block_kit.checks import (
    Rule,
    Violation,
    array,
    boolean,
    choice,
    integer,
    number,
    record,
    string,
    typed,
)
from overheard.emulator.block_kit.composition import IDENTIFIER
from overheard.emulator.block_kit.rich_text import PARTS
from overheard.emulator.block_kit.sizes import text_size

MOST_TABLE_TEXT = 10_000
MOST_DATA_TABLE_TEXT = 20_000
_COLUMNS = 20

_RICH_CELL = record({"elements": PARTS}, {"block_id": IDENTIFIER})
_SETTING = record({}, {"align": choice("left", "center", "right"), "is_wrapped": boolean})


def _column(value: object, pointer: str) -> Iterator[Violation]:
    if value is not None:  # a column may be passed over
        yield from _SETTING(value, pointer)


def _at_most(limit: int) -> Rule:
    def rule(value: dict[str, Any], pointer: str) -> Iterator[Violation]:
        if text_size(value["rows"]) > limit:
            yield Violation(f"must be less than {limit + 1} characters in all cells", f"{pointer}/rows")

    return rule


def _even(value: dict[str, Any], pointer: str) -> Iterator[Violation]:
    width = len(value["rows"][0])
    for index, row in enumerate(value["rows"]):
        if len(row) != width:
            yield Violation("must have the same number of cells in every row", f"{pointer}/rows/{index}")


def _plain_header(value: dict[str, Any], pointer: str) -> Iterator[Violation]:
    for index, cell in enumerate(value["rows"][0]):
        if cell["type"] == "rich_text":
            yield Violation("unsupported type: rich_text", f"{pointer}/rows/0/{index}/type")


def _row_header(value: dict[str, Any], pointer: str) -> Iterator[Violation]:
    last = len(value["rows"][0]) - 1
    yield from integer(0, last)(value.get("row_header_column_index", 0), f"{pointer}/row_header_column_index")


_CELL = typed({"raw_text": record({"text": string(1, 3000)}), "rich_text": _RICH_CELL})
_DATA_CELL = typed(
    {
        "raw_text": record({"text": string(1, 3000)}),
        "raw_number": record({"value": number}, {"text": string(1, 3000)}),
        "rich_text": _RICH_CELL,
    }
)

TABLE = record(
    {"rows": array(array(_CELL, 1, _COLUMNS), 1, 100)},
    {"block_id": IDENTIFIER, "column_settings": array(_column, 0, _COLUMNS)},
    _at_most(MOST_TABLE_TEXT),
)
DATA_TABLE = record(
    {"rows": array(array(_DATA_CELL, 1, _COLUMNS), 2, 101), "caption": string(1, 3000)},
    {"block_id": IDENTIFIER, "page_size": integer(1, 100), "row_header_column_index": integer(0)},
    _even,
    _plain_header,
    _row_header,
    _at_most(MOST_DATA_TABLE_TEXT),
)
