from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from config.lines import end_of_table, line_numbers, line_of

TEXT = '''top = "a # b" # comment
"quoted key".'inner' = 1
list = [
  "[[not]]", # [x]
  { a = 1 },
]
long = """
[[sources]]
key = "\\"""" # end
[[sources]]
a = 1
[sources.columns]
b = 2

[[sources]]
# nothing
c = \'\'\'it's\'\'\'
[x.y]
'''


def test_every_table_and_key_has_the_line_where_it_stands() -> None:
    tomllib.loads(TEXT)

    assert line_numbers(TEXT) == {
        ("top",): 1,
        ("quoted key",): 2,
        ("quoted key", "inner"): 2,
        ("list",): 3,
        ("long",): 7,
        ("sources",): 10,
        ("sources", 0): 10,
        ("sources", 0, "a"): 11,
        ("sources", 0, "columns"): 12,
        ("sources", 0, "columns", "b"): 13,
        ("sources", 1): 15,
        ("sources", 1, "c"): 17,
        ("x", "y"): 18,
    }


def test_item_of_a_list_is_found_at_its_key_and_what_is_missing_at_its_table() -> None:
    lines = line_numbers(TEXT)

    assert line_of(("list", 1, "a"), lines) == 3
    assert line_of(("sources", 1, "urls"), lines) == 15
    assert line_of(("brands",), lines) is None


def test_end_of_table_covers_its_sub_tables_and_no_comment_behind() -> None:
    assert TEXT[: end_of_table(TEXT, ("sources", 0))].endswith("b = 2")
    assert TEXT[: end_of_table(TEXT, ("sources", 1))].endswith("it's'''")
    assert end_of_table(TEXT, ("brands", 0)) is None


def test_text_without_a_line_end_is_read_to_its_end() -> None:
    assert line_numbers("a = 1") == {("a",): 1}
    assert line_numbers("[a] # c") == {("a",): 1}
    assert end_of_table("[[a]]\nb = 1 # c", ("a", 0)) == 15


@given(st.text(alphabet="[]{}=\"'#\n\\ab.,0 \r\t"))
def test_no_text_at_all_stops_the_scan(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in line_numbers(text).values())
