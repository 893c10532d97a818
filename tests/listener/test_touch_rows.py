from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listener.tables import TableError
from listener.touch_rows import read_paths
from storage.campaign_records import ConversionPath

HEAD = "cookie,time,channel,conversion,conversion_value\n"
LINES = (
    "ann,2026-05-01,Reddit,0,",
    "ann,2026-05-10T12:00Z,Search,1,80.5",
    "ann,2026-05-11,Mail,0,",
    "bob,2026-05-02,Reddit,no,",
    "bob,2026-05-01,Search,false,",
    "cid,2026-05-03,Mail,0,",
    "cid,2026-05-04,,yes,",
)


def table(*lines: str) -> bytes:
    return (HEAD + "\n".join(lines) + "\n").encode()


EXPECTED = {
    ConversionPath(("Reddit", "Search"), 1, 0, Decimal("80.5"), (9.5, 0.0)),
    ConversionPath(("Mail",), 0, 1),  # what ann did after she converted
    ConversionPath(("Search", "Reddit"), 0, 1),
    ConversionPath(("Mail",), 1, 0, None, (1.0,)),  # cid's conversion had no touch of its own
}


def test_touches_become_paths_in_order_of_time() -> None:
    read = read_paths(table(*LINES))
    assert set(read.paths) == EXPECTED
    assert (len(read.paths), read.rejected, read.non_conversions_known) == (4, (), True)


@given(st.permutations(LINES))
def test_the_order_of_rows_changes_nothing(lines: list[str]) -> None:
    assert set(read_paths(table(*lines)).paths) == EXPECTED


@pytest.mark.parametrize(
    ("line", "column", "problem"),
    [
        (",2026-05-01,Reddit,0,", "cookie", "empty; write whose touch it was"),
        ("dan,01/02/2026,Reddit,0,", "time", "not a time that can be read in one way only"),
        ("dan,,Reddit,0,", "time", "not a time"),
        ("dan,2026-05-01,,0,", "channel", "empty; write through which channel it was"),
        ("dan,2026-05-01,,1,", "channel", "a conversion without any touch before it"),
        ("dan,2026-05-01,Reddit,2,", "conversion", "neither yes nor no"),
        ("dan,2026-05-01,Reddit,0,5", "conversion_value", "a value without a conversion"),
        ("dan,2026-05-01,Reddit,1,five", "conversion_value", "not a number"),
    ],
)
def test_a_touch_that_cannot_be_used_is_named_with_its_column(line: str, column: str, problem: str) -> None:
    read = read_paths(table(*LINES, line))
    (rejected,) = read.rejected
    assert (rejected.row, rejected.column) == (9, column)
    assert problem in rejected.problem
    assert set(read.paths) == EXPECTED


def test_touches_without_a_time_or_a_conversion_are_refused() -> None:
    with pytest.raises(TableError, match="no column 'time' and 'conversion'; the file has 'user', 'channel'"):
        read_paths(b"user,channel\nann,Reddit\n")
