"""Patterns of lexicon files: how they are read, and what a user is told when one cannot be."""

from __future__ import annotations

import pytest

from scoring.lexicons.patterns import SIGNS, Part, WrongLineError, phrase, read_pattern


def words(*spellings: str) -> Part:
    return Part(spellings=frozenset(spellings))


BETTER, WORSE, JUDGED = Part(1), Part(-1), Part(judged=True)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("+ beter dan -", (BETTER, words("beter"), words("dan"), WORSE)),
        ("- Minder/slechter dan +", (WORSE, words("minder", "slechter"), words("dan"), BETTER)),
        ("+ ... dan -", (BETTER, JUDGED, words("dan"), WORSE)),
        ("+ betere _ dan -", (BETTER, words("betere"), Part(gap=True), words("dan"), WORSE)),
        ("anders dan - , + ...", (words("anders"), words("dan"), WORSE, Part(pause=True), BETTER, JUDGED)),
        ("-보다 + ...", (Part(-1, frozenset({"*보다"})), BETTER, JUDGED)),
        ("0 al beter dan", (words("al"), words("beter"), words("dan"))),
        ("alternatief* voor -", (words("alternatief*"), words("voor"), WORSE)),
        ("*stap* over op +", (words("*stap*"), words("over"), words("op"), BETTER)),
    ],
)
def test_a_line_becomes_its_parts(line: str, parts: tuple[Part, ...]) -> None:
    assert read_pattern(line) == parts


@pytest.mark.parametrize(
    ("line", "what", "remedy"),
    [
        (
            "beter dan",
            '"beter dan" has no two sides',
            'write one + where the better one stands, one - for the worse, such as "+ > -"',
        ),
        (
            "+ of + dan -",
            '"+ of + dan -" has no two sides',
            'write one + where the better one stands, one - for the worse, such as "+ > -"',
        ),
        (
            "0 beter dan -",
            '"0 beter dan -" has no two sides',
            'write one + where the better one stands, one - for the worse, such as "+ > -"',
        ),
        ("0", '"0" holds no word', 'write what stands between the sides, such as "+ better than -"'),
        ("+ ...", '"+ ..." holds no word', 'write what stands between the sides, such as "+ better than -"'),
        (
            "+ - beter",
            '"+ - beter" has nothing between + and -',
            "write a word between them, or an ending to one",
        ),
        (
            "+ beter dan _",
            '"+ beter dan _" begins or ends with _ or a comma',
            "take it away; a side may hold any words",
        ),
        (
            "+ a b c d e f g h i j k l m -",
            '"+ a b c d e f g h i j k l m -" is too long',
            "a pattern has 14 parts at most",
        ),
        ("+! beter -", '"+!" is no side', "write + or - alone, or with the letters that end its word"),
        (
            "+ be*ter dan -",
            '"be*ter" cannot be matched',
            "write words of letters; * stands at their beginning or end, / between two",
        ),
        (
            "+ beter/ dan -",
            '"beter/" cannot be matched',
            "write words of letters; * stands at their beginning or end, / between two",
        ),
    ],
)
def test_what_cannot_be_a_pattern_is_told_with_its_remedy(line: str, what: str, remedy: str) -> None:
    with pytest.raises(WrongLineError) as caught:
        read_pattern(line)
    assert caught.value.args == (what, remedy)


def test_a_phrase_is_a_pattern_without_sides() -> None:
    assert phrase("aan de andere kant") == (words("aan"), words("de"), words("andere"), words("kant"))


def test_the_signs_of_every_language_point_to_the_worse() -> None:
    assert (BETTER, words(">"), WORSE) in SIGNS
    assert (WORSE, words("<"), BETTER) in SIGNS
