"""The pieces of a sentence: which of them bear a name, and what is remembered of each."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.reading import CAPACITY, LONGEST, Pieces, read


def whole(text: str) -> tuple[int, int]:
    return (0, len(text))


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        pytest.param("Acme is it", [(0, 4)], [0], id="a word"),
        pytest.param("the Best Buy shop", [(4, 12)], [1, 2], id="two words"),
        pytest.param("my @acme, then", [(4, 8)], [1], id="within a piece"),
        pytest.param("acme-zen or zen", [(0, 4), (5, 8), (12, 15)], [0, 0, 2], id="two in a piece"),
        pytest.param("a b ", [(1, 2)], [], id="a blank"),
        pytest.param("a b", [(3, 3)], [], id="behind the end"),
        pytest.param("", [(0, 0)], [], id="no text"),
    ],
)
def test_a_name_stands_in_the_pieces_that_it_touches(
    text: str, names: list[tuple[int, int]], expected: list[int]
) -> None:
    assert read(text, whole(text)).named(names) == expected


def test_a_name_that_begins_in_the_sentence_before_is_not_of_this_one() -> None:
    assert read("Yahoo! Answers a lot", (7, 20)).named([(0, 14)]) == []
    assert read("Yahoo! Answers a lot", (0, 6)).named([(0, 14)]) == [0]


@given(st.lists(st.sampled_from(["acme", "acme,", "x-acme", "it", " ", "\n"]), max_size=12))
def test_every_name_is_found_as_by_a_search_through_all_pieces(words: list[str]) -> None:
    text = " ".join(words)
    starts = [at for at in range(len(text)) if text.startswith("acme", at)]
    expected = [number for number, piece in enumerate(text.split()) if "acme" in piece]
    assert read(text, whole(text)).named([(at, at + 4) for at in starts]) == expected


def test_steps_are_deeper_across_commas_contrasts_and_sentences() -> None:
    word, comma, contrast, sentence = (read(text, whole(text)).steps[0] for text in ("a b", "a, b", "a but", "a"))
    assert word < comma < contrast
    assert word < sentence < contrast
    assert all(one >= 0 for one, _ in pairwise((word, comma, contrast, sentence)))


def test_no_more_pieces_are_remembered_than_the_cap_and_no_endless_ones() -> None:
    pieces = Pieces()
    for number in range(CAPACITY + 1):
        pieces[str(number)]
    assert len(pieces) == 1
    assert pieces["x" * LONGEST + "!"].mark == "!"
    assert len(pieces) == 1
