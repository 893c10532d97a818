# ruff: noqa: RUF001  # odd spellings are what is tested here
from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listener.folding import fold, keeps_places, places

ODD = "aIiıİß\u0307\u0301\u200b\xad\ufb01\u3000\uff9e\uff84\u1112\u1161\u11ab\ud55c\u0345\u0390ΣςÅ\u212b①㍿\u200d’'\n "
texts = st.text(alphabet=st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"])))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("caf\u00e9", "cafe\u0301"),
        ("Großmann", "GROSSMANN"),
        ("ﬁt", "FIT"),
        ("Işık", "IŞIK"),
        ("İstanbul", "istanbul"),
        ("ısı", "ISI"),
        ("ﾄﾖﾀ", "トヨタ"),
        ("ΟΔΟΣ", "οδος"),
        ("ΐ", "Ϊ\u0301"),
        ("Ac\u200bm\u00ade\ufeff", "acme"),
        ("L’Oréal", "l'oréal"),
        ("Coca‑Cola", "coca-cola"),
        ("Ｃ＋＋", "c++"),
        ("Delta\nDental", "delta dental"),
        ("\u1112\u1161\u11ab", "\ud55c"),
    ],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Nestle", "Nestlé"), ("AT&T", "ATT"), ("C", "C++")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(texts)
def test_every_folded_character_has_its_place(text: str) -> None:
    starts, ends = places(text)
    assert len(starts) == len(ends) == len(fold(text))
    assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
    assert list(starts) == sorted(starts)


@given(texts)
def test_a_letter_folds_to_what_stands_at_its_place(text: str) -> None:
    starts, _ = places(text)
    edges = [*sorted(set(starts)), len(text)]
    letters = [text[start:end] for start, end in pairwise(edges)]
    assert "".join(map(fold, letters)) == fold(text[edges[0] :])


@given(texts)
def test_places_are_kept_only_where_the_way_back_is_straight(text: str) -> None:
    if keeps_places(text, fold(text)):
        assert [fold(character) for character in text] == list(fold(text))


def test_the_way_back_leads_through_what_grew_and_what_vanished() -> None:
    text = "\u200bStraße ﬁ"
    starts, ends = places(text)
    assert fold(text) == "strasse fi"
    assert list(starts) == [1, 2, 3, 4, 5, 5, 6, 7, 8, 8]
    assert list(ends) == [2, 3, 4, 5, 6, 6, 7, 8, 9, 9]


def test_the_alphabet_of_these_tests_is_odd_enough() -> None:
    assert {unicodedata.category(character)[0] for character in ODD} >= {"L", "M", "C", "S", "Z", "N", "P"}
