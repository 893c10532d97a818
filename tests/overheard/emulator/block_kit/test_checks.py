from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.emulator.block_kit.blocks import violations
from overheard.emulator.block_kit.checks import array, record, string
from overheard.emulator.block_kit.sizes import text_size, too_long
from overheard.emulator.block_kit.views import view_violations

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(
        ["type", "text", "elements", "fields", "accessory", "rows", "options", "element", "title", "blocks"]
    ), inner | st.sampled_from(["section", "rich_text", "actions", "table", "button", "plain_text"]), max_size=5),
    max_leaves=20,
)  # fmt: skip


@given(ANY)
def test_any_json_gets_a_verdict_with_pointers_that_lead_into_it(value: object) -> None:
    for found in (violations(value), view_violations(value)):
        assert all(each.pointer.startswith(("/blocks", "/view")) for each in found)


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=10))
def test_every_text_that_is_not_empty_fits_a_context(texts: list[str]) -> None:
    elements = [{"type": "plain_text", "text": text} for text in texts]

    assert violations([{"type": "context", "elements": elements}]) == []
    assert text_size(elements) == sum(map(len, texts))


def test_pointer_escapes_what_would_lead_elsewhere() -> None:
    check = record({"a/b~c": array(string(1, 2))})

    assert [str(each) for each in check({"a/b~c": ["xx", "xxx"]}, "")] == [
        "must be less than 3 characters [json-pointer:/a~1b~0c/1]"
    ]


def test_everything_that_is_wrong_is_told_in_the_order_in_which_it_stands() -> None:
    blocks = [{"type": "header"}, {"type": "section", "text": {"type": "plain_text", "text": ""}}, {"type": "x"}]

    assert [each.pointer for each in violations(blocks)] == ["/blocks/0", "/blocks/1/text/text", "/blocks/2/type"]


@pytest.mark.parametrize(("padding", "expected"), [(0, False), (1, True)], ids=["15600", "15601"])
def test_json_of_all_blocks_may_have_15600_characters(padding: int, expected: bool) -> None:
    block = {"type": "section", "text": {"type": "plain_text", "text": "x"}, "block_id": ""}
    blocks = [{**block, "block_id": "x" * 255} for _ in range(40)]
    bare = len("[]") + 40 * len(
        '{"type": "section", "text": {"type": "plain_text", "text": "x"}, "block_id": ""}'
    ) + 40 * 255 + 39 * len(", ")  # fmt: skip
    blocks[0]["text"] = {"type": "plain_text", "text": "x" * (1 + 15_600 - bare + padding)}

    assert too_long(blocks) is expected


def test_address_of_a_link_counts_as_text_and_what_is_no_text_does_not() -> None:
    link = {"type": "link", "url": "https://a.example", "text": "a", "unsafe": True}

    assert text_size([link, None, 5]) == len("https://a.example") + 1
