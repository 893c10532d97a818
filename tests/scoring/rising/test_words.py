"""What counts as a word or phrase, in scripts with blanks and without."""

from __future__ import annotations

import pytest

from scoring.rising.words import is_term, joined, own_words, terms, words, written

NOBODY = frozenset[str]()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Battery recall", ["the", "battery", "recall"]),
        ("It broke. Again", ["it", "broke", ".", "again"]),
        ("#BatteryGate is Acme's", ["#batterygate", "is", "acme"]),
        ("see https://a.example/battery-recall now", ["see", "\n", "now"]),
        ("thanks @bob and u/ann", ["thanks", "\n", "and", "\n"]),
        ("don't", ["don't"]),
        ("L\u2019entreprise", ["l", "entreprise"]),
        ("\u534e\u4e3a\u7535\u6c60", ["\u534e\u4e3a", "\u4e3a\u7535", "\u7535\u6c60"]),
        ("\u30d0\u30c3\u30c6\u30ea\u30fc\u304c\u767a\u706b", ["\u30d0\u30c3\u30c6\u30ea\u30fc", "\u767a\u706b"]),
        ("\ubc30\ud130\ub9ac\uac00 \ubc30\ud130\ub9ac\ub97c", ["\ubc30\ud130\ub9ac", "\ubc30\ud130\ub9ac"]),
        ("\u092c\u0948\u091f\u0930\u0940 \u092b\u091f", ["\u092c\u0948\u091f\u0930\u0940", "\u092b\u091f"]),
        ("GRO\u00dfE", ["grosse"]),
    ],
)
def test_text_is_cut_into_its_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_phrase_does_not_go_over_the_end_of_a_sentence() -> None:
    told = {written(term) for term in terms("Bad battery. Recall now") if is_term(term, NOBODY)}

    assert told == {"bad", "battery", "recall", "now", "bad battery", "recall now"}


@pytest.mark.parametrize("word", ["2026", "7", "a", "!", "\n", ("model", "3"), ("very", "very"), ("battery", ".")])
def test_number_letter_or_sign_is_no_word_to_tell(word: str | tuple[str, str]) -> None:
    assert not is_term(word, NOBODY)


def test_what_a_brand_is_called_by_tells_nothing() -> None:
    own = own_words(("Acme Corp", "@acmehelp", "acme.example"))

    for word in ("acme", "#acme", "corp", "acmehelp", "example", ("acme", "battery")):
        assert not is_term(word, own)
    assert is_term("battery", own)


def test_parts_of_a_run_without_blanks_are_joined_where_they_overlap() -> None:
    assert joined("\u7535\u6c60", "\u6c60\u8d77") == "\u7535\u6c60\u8d77"
    assert joined("\u7535\u6c60", "\u8d77\u706b") is None
    assert joined("cat", "at") is None
