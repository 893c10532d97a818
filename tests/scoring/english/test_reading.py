"""The pieces of a sentence: which of them bear a name, and what is remembered of each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.english.reading import CAPACITY, LONGEST, Pieces, matters, read


def whole(text: str) -> tuple[int, int]:
    return (0, len(text))


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        pytest.param("Acme is it", [(0, 4)], [0], id="a word"),
        pytest.param("the Best Buy shop", [(4, 12)], [1, 2], id="two words"),
        pytest.param("my @acme, then", [(4, 8)], [1], id="within a piece"),
        pytest.param("acme-zen or zen", [(0, 4), (5, 8), (12, 15)], [0, 2], id="two in a piece"),
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


@pytest.mark.parametrize(
    ("spelling", "word", "mark", "proper", "joins"),
    [
        ("(Great),", "great", ",", True, True),
        ("and", "and", "", False, True),
        ("better/easier", "better", "", False, False),
        ("Java/Perl", "java/perl", "", True, False),
        ("--", "--", "-", False, False),
        ("isn't?!", "isn't", "!", False, False),
    ],
)
def test_a_piece_is_a_word_with_its_mark(spelling: str, word: str, mark: str, *, proper: bool, joins: bool) -> None:
    piece = Pieces()[spelling]
    assert (piece.word, piece.mark, piece.proper, piece.joins) == (word, mark, proper, joins)


def test_what_parts_more_lies_deeper() -> None:
    pieces = Pieces()
    depths = [pieces[word].depth for word in ("and", "the", "slow", "of", "we", "with", "but")]
    assert depths == sorted(set(depths))
    assert pieces["slow,"].mark_depth > 0 == pieces["slow"].mark_depth


@pytest.mark.parametrize(
    ("word", "expected"),
    [("with", True), ("than", True), ("faster", True), ("but", True), ("acme", False), ("zen", False)],
)
def test_a_name_that_is_a_word_of_the_rules_matters(word: str, *, expected: bool) -> None:
    assert matters(word) is expected


def test_no_more_pieces_are_remembered_than_the_cap_and_no_endless_ones() -> None:
    pieces = Pieces()
    for number in range(CAPACITY + 1):
        pieces[str(number)]
    assert len(pieces) == 1
    assert pieces["x" * LONGEST + "!"].mark == "!"
    assert len(pieces) == 1
