"""Which stretches of a text speak of a brand."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.sentences import Place, has_words, sentences, windows


def pieces(text: str, places: list[Place] | tuple[Place, ...]) -> list[str]:
    return [text[start:end] for start, end in places]


def named(text: str, name: str) -> list[Place]:
    return [found.span() for found in re.finditer(re.escape(name), text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Title\nBody of it.\n\n  More ", ["Title", "Body of it.", "More"]),
        ("wait... what. it goes on... Then", ["wait... what.", "it goes on...", "Then"]),
        ("Dr. Smith of Acme Inc. said no. Then left.", ["Dr. Smith of Acme Inc. said no.", "Then left."]),
        ("The U.S. Airways desk. Closed.", ["The U.S. Airways desk.", "Closed."]),
        ('He said "Great." Then "Bad!" Really.', ['He said "Great."', 'Then "Bad!"', "Really."]),
        ("Version 2.5 is out. @acme did it", ["Version 2.5 is out.", "@acme did it"]),
        ("\u7d20\u6674\u3089\u3057\u3044\u3002\u5f8c\u3067", ["\u7d20\u6674\u3089\u3057\u3044\u3002", "\u5f8c\u3067"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_text_falls_into_its_sentences(text: str, expected: list[str]) -> None:
    assert pieces(text, sentences(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Rain all day. Acme works. It is fine. We like it. The weather is bad.",
            ["Acme works.", "It is fine.", "We like it."],
            id="its sentence and two more",
        ),
        pytest.param("Zen is great but Acme is a mess.", ["Acme is a mess."], id="the other half names another"),
        pytest.param("Acme is cheap but slow.", ["Acme is cheap but slow."], id="both halves are about it"),
        pytest.param("Acme is cheap but I hate it", ["Acme is cheap but I hate it"], id="I am no brand"),
        pytest.param(
            "It took long but Acme is fine", ["It took long but Acme is fine"], id="an opening word is no brand"
        ),
        pytest.param("While Zen is great, Acme is a mess.", ["Acme is a mess."], id="while, at the start"),
        pytest.param("While Zen and Acme are great", ["While Zen and Acme are great"], id="while, without a comma"),
        pytest.param("Acme is slow, whereas @zen flies. It is big.", ["Acme is slow,"], id="a handle names another"),
        pytest.param(
            "Zen is good but dear, while Acme is bad", ["Acme is bad"], id="a clause goes on with its subject"
        ),
        pytest.param("While at work, but, Acme", ["While at work, but, Acme"], id="odd marks"),
        pytest.param("Acme. Acme! Acme?", ["Acme.", "Acme!", "Acme?"], id="nothing but the name"),
        pytest.param("Zen only.", [], id="not named"),
    ],
)
def test_windows_without_other_brands_known(text: str, expected: list[str]) -> None:
    assert pieces(text, windows(text, named(text, "Acme"))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("acme is fast. zen is slow. It is dear.", ["acme is fast."], id="another brand ends it"),
        pytest.param("zen is great but acme is a mess.", ["acme is a mess."], id="names in lower case"),
        pytest.param(
            "Delivery was late but acme paid. zen no.", ["Delivery was late but acme paid."], id="no brand there"
        ),
        pytest.param("acme is good but zen is bad but slow", ["acme is good"], id="the last clause is the other's"),
    ],
)
def test_windows_with_other_brands_known(text: str, expected: list[str]) -> None:
    assert pieces(text, windows(text, named(text, "acme"), named(text, "zen"))) == expected


def test_a_name_across_two_sentences_counts_where_it_begins() -> None:
    text = "We like Yahoo! Answers a lot. Yes."
    assert pieces(text, windows(text, named(text, "Yahoo! Answers"))) == ["We like Yahoo!", "Answers a lot.", "Yes."]


def test_a_name_behind_the_last_sentence_is_left_out() -> None:
    assert windows("Acme works. ", [(12, 12)]) == []
    assert windows("Acme works. Yes. ", [(17, 17)]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("hello", True), ("@acme #wow https://example.org/path !!", False), ("x 1 !", False), ("", False), ("no", True)],
)
def test_words_are_what_is_neither_link_nor_handle(text: str, *, expected: bool) -> None:
    assert has_words(text) is expected


@given(st.text(alphabet="aA. !?\n,B\u2026\"')but while", max_size=60))
def test_sentences_keep_every_character_but_blanks_and_never_overlap(text: str) -> None:
    places = sentences(text)
    assert "".join("".join(pieces(text, places)).split()) == "".join(text.split())
    assert all(start < end for start, end in places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))


@given(st.lists(st.sampled_from(["Acme", "Zen", "is", "but", "while", "good,", "bad.", "\n", "It"]), max_size=20))
def test_windows_lie_in_the_text_in_order_and_hold_every_name(words: list[str]) -> None:
    text = " ".join(words)
    places = windows(text, named(text, "Acme"), named(text, "Zen"))
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    for start, end in named(text, "Acme"):
        assert any(place[0] <= start and end <= place[1] for place in places)
