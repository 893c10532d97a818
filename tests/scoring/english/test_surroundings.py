"""How far words lie from the names of a text, and which of them carry a valence."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from scoring.english.events import Events
from scoring.english.surroundings import Surroundings, surroundings
from scoring.lexicons.file import read_lexicon
from scoring.sentences import sentences
from scoring.vader import vader

OUTAGE = Events(read_lexicon("language: en\nversion: 1\n[words]\noutage\t-2\nnot working\t-3", "own.txt"))


def around(text: str, events: Events | None = None) -> Surroundings:
    return surroundings(vader(), text, sentences(text), events)


def depth(text: str, name: str, word: str) -> float:
    """How deep between a name and a word of a text."""
    seen = around(text)
    places = [found.span() for found in re.finditer(name, text)]
    at = [piece.strip(".,") for piece in text.split()].index(word)
    return seen.between(seen.named(places), at)


@pytest.mark.parametrize(
    ("text", "nearer", "farther"),
    [
        pytest.param("Acme is great", "great", None, id="alone"),
        pytest.param("Acme was great, dinner bad", "great", "bad", id="a comma"),
        pytest.param("Acme was great with bad dinner", "great", "bad", id="a preposition"),
        pytest.param("Acme was great and dinner bad", "great", "bad", id="an and in front"),
        pytest.param("Acme was great but bad", "great", "bad", id="a contrast"),
        pytest.param("Acme was great. Dinner bad", "great", "bad", id="a sentence"),
        pytest.param("Acme seems great when bad", "great", "bad", id="a clause"),
    ],
)
def test_what_parts_a_text_lies_between(text: str, nearer: str, farther: str | None) -> None:
    assert depth(text, "Acme", nearer) > 0
    if farther:
        assert depth(text, "Acme", nearer) < depth(text, "Acme", farther)


def test_praise_before_two_names_is_of_both_and_behind_them_of_the_second() -> None:
    assert depth("great food and service", "food", "great") == pytest.approx(depth("great service", "service", "great"))
    assert depth("great food and service", "service", "great") < 2 * depth("great service", "service", "great") + 0.01
    assert depth("food and great service", "food", "great") > depth("food of great service", "food", "great")


def test_a_list_of_names_is_as_far_from_praise_as_one_name() -> None:
    text = "Acme, Zen and Globex are great"
    assert depth(text, "Acme", "great") == depth(text, "Zen", "great") == depth(text, "Globex", "great")
    text = "we love Acme, Zen, and Globex"
    assert depth(text, "Acme", "love") == depth(text, "Zen", "love") == depth(text, "Globex", "love")
    text = "acme, zen are great"
    assert depth(text, "acme", "great") > depth(text, "zen", "great")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme came. It is great. Acme left", [0, 2, 5]),
        ("It came. Acme is great.", [2]),
        ("Acme came. Dinner was great.", [0]),
        ("Acme came. Great.", [0]),
    ],
)
def test_a_pronoun_at_the_head_of_a_sentence_means_the_brand_named_before(text: str, expected: Sequence[int]) -> None:
    assert around(text).named([found.span() for found in re.finditer("Acme", text)]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme is great", {2}),
        ("Acme opens", set()),
        ("Is Acme better?", set()),
        ("Acme is better", {2}),
        ("an outage", {1}),
        ("it is not working", {2}),
    ],
)
def test_events_carry_a_valence_and_a_comparative_in_a_question_does_not(text: str, expected: set[int]) -> None:
    assert {at for at, _ in around(text, OUTAGE).hits} == expected


def test_an_event_stands_for_all_its_words() -> None:
    assert around("it is not working", OUTAGE).hits == [(2, -3.0)]
    assert around("an outage", None).hits == ()


def test_nothing_at_all_is_around_a_text_without_words() -> None:
    assert surroundings(vader(), " ", ((0, 1),), OUTAGE).hits == ()


def test_a_stretch_without_words_at_the_end_adds_no_depth() -> None:
    text = "Acme is great  "
    assert surroundings(vader(), text, ((0, 13), (13, 15)), None).depths == around("Acme is great").depths


@pytest.mark.parametrize(
    ("text", "named", "left"),
    [
        pytest.param("acme and zen are great", [0, 2], [], id="an and"),
        pytest.param("acme, zen and globex are great", [0, 1, 3], [], id="a list"),
        pytest.param("acme is great and zen is bad", [0], [4], id="two clauses"),
        pytest.param("zen, or acme", [0, 2], [], id="a comma and an or"),
        pytest.param("zen is acme", [2], [0], id="a word between"),
        pytest.param("acme. zen", [0], [1], id="two sentences"),
    ],
)
def test_names_of_one_list_are_joined(text: str, named: list[int], left: list[int]) -> None:
    seen = around(f"{text} good")
    own, others = ([found.span() for found in re.finditer(name, text)] for name in ("acme", "zen|globex"))
    assert seen.joined(seen.named(own), seen.named(others)) == (named, left)
