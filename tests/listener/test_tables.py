from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listener.tables import Row, TableError, decode, guess_format, rows, unpack

TEXT = "id,text\n1,Grüße €\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_decoded_whatever_wrote_it(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_gzip_is_unpacked_and_other_bytes_pass() -> None:
    assert unpack(gzip.compress(b"abc")) == b"abc"
    assert unpack(b"abc") == b"abc"


# The header of a gzip file holds the time: with ids made of it, two workers would collect different tests.
@pytest.mark.parametrize(
    "broken", [b"\x1f\x8bnothing", gzip.compress(b"abc" * 1000, mtime=0)[:-12]], ids=["no gzip at all", "cut off"]
)
def test_a_damaged_gzip_file_is_refused(broken: bytes) -> None:
    with pytest.raises(TableError, match="damaged"):
        unpack(broken)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(201 * 1024 * 1024), compresslevel=1)
    with pytest.raises(TableError, match="more than 200 MB"):
        unpack(bomb)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.csv", "[", "csv"),
        ("a.TSV.gz", "", "csv"),
        ("a.jsonl", "[", "jsonl"),
        ("a.ndjson.gz", "", "jsonl"),
        ("a.json", "[{}]", "json"),
        ("a.json", ' {"a": 1}\n', "jsonl"),
        ("export", ' [{"a": 1}]', "json"),
        ("export", '{"a": 1}', "jsonl"),
        ("export.txt", "id,text", "csv"),
        ("export", "", "csv"),
    ],
)
def test_the_format_shows_in_name_or_content(name: str, text: str, expected: str) -> None:
    assert guess_format(name, text) == expected


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("first", ["", "sep={}\r\n"])
def test_the_delimiter_is_the_one_that_shows_the_columns(delimiter: str, first: str) -> None:
    text = first.format(delimiter) + delimiter.join(["id", "said, or not; so", "text"]) + "\r\n"
    if delimiter in ",;":
        text = text.replace("said, or not; so", '"said, or not; so"')
    text += delimiter.join(["1", "x", "hello"]) + "\r\n"
    assert list(rows(text, "csv", ["id", "text"])) == [Row(2, {"id": "1", "said, or not; so": "x", "text": "hello"})]


def test_lines_may_end_in_a_carriage_return_alone() -> None:
    assert [row.cells for row in rows("a;b\r1;2\r", "csv", ())] == [{"a": "1", "b": "2"}]


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    text = 'id,text\n1,"two\nlines"\n\n3,short\n4\n5,a,b\n6,a,\n'
    assert list(rows(text, "csv", ["text"])) == [
        Row(2, {"id": "1", "text": "two\nlines"}),
        Row(4, {"id": "3", "text": "short"}),
        Row(5, {"id": "4"}),
        Row(6, {"id": "5", "text": "a"}, "3 cells where the header has 2"),
        Row(7, {"id": "6", "text": "a"}),
    ]


def test_a_missing_column_is_named_with_those_there_are() -> None:
    with pytest.raises(TableError, match=r"no column 'body'; the file has 'id', 'text'"):
        list(rows(TEXT, "csv", ["body", "id"]))


@pytest.mark.parametrize(
    ("text", "form", "problem"),
    [
        ("", "csv", "empty"),
        ('id,text\n1,"' + "x" * (11 * 1024 * 1024), "csv", "row 2 cannot be read"),
        ("{", "json", "not JSON"),
        ('{"a": 1}', "json", "a list of objects"),
        ("[" * 100_000, "json", "not JSON"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text: str, form: str, problem: str) -> None:
    with pytest.raises(TableError, match=problem):
        list(rows(text, form, []))  # type: ignore[arg-type]  # one of the three


def test_json_records_are_objects() -> None:
    assert list(rows('[{"a": 1}, 5]', "json", [])) == [Row(1, {"a": 1}), Row(2, {}, "not an object")]


def test_json_lines_are_numbered_and_bad_ones_noted() -> None:
    text = '{"a": "x\u2028y"}\r\n\n{"a"\n[1]\n{"a": 2}'
    assert list(rows(text, "jsonl", [])) == [
        Row(1, {"a": "x\u2028y"}),
        Row(3, {}, "not JSON"),
        Row(4, {}, "not an object"),
        Row(5, {"a": 2}),
    ]


@given(st.lists(st.dictionaries(st.text(), st.text() | st.integers() | st.none()), min_size=1))
def test_what_was_written_as_json_comes_back(records: list[dict[str, object]]) -> None:
    expected = [Row(number, record) for number, record in enumerate(records, start=1)]
    assert list(rows(json.dumps(records), "json", [])) == expected
    assert list(rows("\n".join(map(json.dumps, records)), "jsonl", [])) == expected
