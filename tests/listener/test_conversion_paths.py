from __future__ import annotations

import gzip
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listener.conversion_paths import RejectedCell, read_costs
from listener.tables import TableError
from listener.touch_rows import read_paths
from storage.campaign_records import ConversionPath

HEAD = "path,conversions,non_conversions,value,days_before\n"


def table(*lines: str) -> bytes:
    return (HEAD + "\n".join(lines) + "\n").encode()


def test_a_row_becomes_a_path() -> None:
    read = read_paths(table('"reddit >  paid   search",3,2,99.50,9 > 0', "reddit>search,0.5,0,,"))
    assert read.paths == (
        ConversionPath(("reddit", "paid search"), 3, 2, Decimal("99.50"), (9, 0)),
        ConversionPath(("reddit", "search"), 0.5, 0, None, None),
    )
    assert (read.rejected, read.ignored_columns, read.non_conversions_known) == ((), (), True)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"Path;Total conversions;Total null\na > b;2;1\n", id="semicolons, other names"),
        pytest.param(b"sep=\t\nPATH\ttotal_conversions\tnulls\na > b\t2\t1\n", id="tabs, sep= line"),
        pytest.param("path,conversions,non-conversions\na > b,2,1\n".encode("utf-16"), id="UTF-16"),
        pytest.param(gzip.compress(b"\xef\xbb\xbfpath,conversions,null\r\na > b,2,1\r\n"), id="gzip, BOM, CRLF"),
        pytest.param(b"path,conversions,non_conversions\n\na > b,2e0,1.0\n", id="blank line, other numbers"),
    ],
)
def test_files_of_other_make_say_the_same(content: bytes) -> None:
    assert read_paths(content).paths == (ConversionPath(("a", "b"), 2, 1),)


@pytest.mark.parametrize(
    ("line", "column", "value", "problem"),
    [
        ("a >,1,1,,", "path", "a >", "an empty channel"),
        (",1,1,,", "path", "", "an empty channel"),
        ("a,,1,,", "conversions", "", "empty; write 0 where there is none"),
        ("a,many,1,,", "conversions", "many", "not a number; write it with a dot"),
        ('a,"1,234",1,,', "conversions", "1,234", "without separators of thousands"),
        ("a,-1,1,,", "conversions", "-1", "below 0"),
        ("a,1,1e16,,", "non_conversions", "1e16", "larger than anything that is counted"),
        ("a,1,nan,,", "non_conversions", "nan", "not a number"),
        ("a,1,1,$5,", "value", "$5", "not a number"),
        ("a,0,1,5,", "value", "5", "a value without a conversion"),
        ("a,1,1,,soon", "days_before", "soon", "not days; write a number for each touch"),
        ("a,1,1,,1e300", "days_before", "1e300", "not days"),
        ("a > b,1,1,,3", "days_before", "3", "1 days for 2 touches"),
        ("a > b,1,1,,0 > 3", "days_before", "0 > 3", "they grow from touch to touch"),
        ("a,1,1,,,x", "", "", "6 cells where the header has 5"),
        ("a", "conversions", "", "empty; write 0"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_column(line: str, column: str, value: str, problem: str) -> None:
    read = read_paths(table("a,1,1,,", line))
    (rejected,) = read.rejected
    assert (rejected.row, rejected.column, rejected.value) == (3, column, value)
    assert problem in rejected.problem
    assert read.paths == (ConversionPath(("a",), 1, 1),)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(b"path,conversions\n", "no rows below the header", id="header alone"),
        pytest.param(b"a,b\n1,2\n", "neither a column 'path'", id="something else"),
        pytest.param(b"path,clicks\na,2\n", "no column 'conversions'; the file has 'path', 'clicks'", id="no counts"),
        pytest.param(b"path,value,revenue,conversions\na,2,3,1\n", "'value' and 'revenue' both mean value", id="twice"),
        pytest.param(b"PK\x03\x04rest", "save it as CSV", id="spreadsheet"),
        pytest.param(b"\x1f\x8bbroken", "the gzip file is damaged", id="broken gzip"),
    ],
)
def test_a_file_that_cannot_be_used_at_all_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(TableError, match=problem):
        read_paths(content)


def test_other_columns_and_missing_non_conversions_are_told() -> None:
    read = read_paths(b"path,conversions,note\na,2,x\n")
    assert (read.ignored_columns, read.non_conversions_known) == (("note",), False)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for raw in (content, HEAD.encode() + content):
        try:
            read = read_paths(raw)
        except TableError:
            continue
        assert all(path.touches and all(path.touches) for path in read.paths)
        assert all(rejected.problem for rejected in read.rejected)


@given(st.lists(st.text(alphabet='a>,1;-\n"', max_size=12), min_size=1, max_size=5))
def test_every_row_is_read_or_rejected(cells: list[str]) -> None:
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    read = read_paths(HEAD.encode() + "".join(f"{cell},1,1,,\n" for cell in quoted).encode())
    assert len(read.paths) + len(read.rejected) == len(cells)


def test_costs_of_a_channel_on_several_rows_are_added_up() -> None:
    costs, rejected = read_costs(b"channel,spend\nreddit,1.10\nsearch,5\n reddit ,2.20\n,4\nmail,free\n")
    assert costs == {"reddit": Decimal("3.30"), "search": Decimal(5)}
    assert [(cell.row, cell.column) for cell in rejected] == [(5, "channel"), (6, "spend")]


def test_costs_without_their_columns_are_refused() -> None:
    with pytest.raises(TableError, match="no column 'channel' and 'cost'; the file has 'a', 'b'"):
        read_costs(b"a,b\n1,2\n")


@pytest.mark.recordings
def test_the_recorded_paths_are_read_whole(recordings: Path) -> None:
    read = read_paths((recordings / "campaigns/mta-paths.csv.gz").read_bytes())
    assert (len(read.paths), read.rejected, read.ignored_columns) == (10_000, (), ())
    assert read.paths[0] == ConversionPath(("eta", "iota", "alpha", "eta"), 1, 3, Decimal("0.244"))
    assert sum(path.conversions for path in read.paths) == 19_785


def test_a_rejected_value_is_shown_shortened() -> None:
    (rejected,) = read_paths(table("a,1,1,,", f"a,{'9x' * 100},1,,")).rejected
    assert rejected == RejectedCell(3, "conversions", ("9x" * 100)[:100], rejected.problem)
