from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.renderers.sparkline import sparkline


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], ""),
        ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"),
        ([0, 0], "▁▁"),
        ([5], "█"),
        ([None, 3, None, 0], "·█·▁"),
        ([None], "·"),
        ([10**9, 1], "█▁"),
    ],
    ids=["nothing", "each block", "zeros", "one", "gaps", "unheard", "far apart"],
)
def test_each_value_is_one_letter(values: list[float | None], expected: str) -> None:
    assert sparkline(values) == expected


@given(st.lists(st.none() | st.integers(0, 10**6)))
def test_a_larger_value_never_stands_lower(values: list[int | None]) -> None:
    drawn = sparkline(values)

    assert len(drawn) == len(values)
    assert [letter == "·" for letter in drawn] == [value is None for value in values]
    known = [(value, letter) for value, letter in zip(values, drawn, strict=True) if value is not None]
    assert sorted(letter for _, letter in known) == [letter for _, letter in sorted(known)]
