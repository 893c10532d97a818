"""Contrasts, comparisons, conditions and questions, by a small lexicon made for it: X the better one, Y the worse."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.lexicons.grammar import Grammar
from scoring.lexicons.scorer import SHIPPED, lexicon_scorer, shipped
from scoring.sentences import Place

SMALL = """language: nl
version: 1
[words]
goed\t2
snel*\t2
traag\t-2
trage*\t-2
*빠르*\t2
*느리*\t-2
[negators]
niet\t-2..3
geen enkel\t1..3
zelden\t4..4
*않*\t-1..-1
[boosters]
als\t1.3
[contrast]
maar
daarentegen
aan de andere kant
*지만
[concessions]
terwijl
hoewel
[conditions]
als
stel dat
*면
[comparisons]
+ beter dan -
+ betere _ dan -
+ ... dan -
- minder ... dan +
- niet zo ... als +
0 al beter dan
0 meer보다
+ boven -
anders dan - , + ...
wel + , niet -
van - naar + overgestapt
naar + overgestapt
verlaat - voor +
verlaat -
alternatief voor -
-보다 + ...
+ -보다 ...
-에서 +로 갈아*
"""


def grammar_of(text: str) -> Grammar:
    grammar = lexicon_scorer(text, "nl.txt").grammar
    assert grammar is not None
    return grammar


GRAMMAR = grammar_of(SMALL)


def places(text: str, name: str) -> list[Place]:
    return [(at, at + 1) for at, letter in enumerate(text) if letter == name]


def standing(text: str, name: str, grammar: Grammar = GRAMMAR) -> int:
    return grammar.compared(text, (0, len(text)), places(text, name))


BETTER_AND_WORSE = [
    "X is beter dan Y",
    "X is veel beter dan Y.",
    "Eerlijk gezegd, X is beter dan Y!",
    "X werkt sneller dan Y",
    "X werkt sneller voor mij dan Y",
    "Y is trager dan X",
    "Y is minder goed dan X",
    "X is minder traag dan Y",
    "Y is niet beter dan X",
    "Y is op geen enkel punt beter dan X",
    "Y is niet zo goed als X",
    "X is niet zo traag als Y",
    "Nooit niet, X is beter dan Y",
    "Ik verkies X boven Y",
    "X is een betere dan Y",
    "X heeft een betere en snelle service dan Y",
    "Anders dan Y, en zijn soort, is X echt snel",
    "Anders dan X, werkt Y traag",
    "Neem wel X, niet Y",
    "Anders dan Y: X is snel",
    "Vandaag van Y, mijn oude, naar X overgestapt",
    "Ik verlaat Y voor X",
    "X > Y",
    "X >> Y",
    "Y < X",
    "Y <<< X",
    "Y보다 X이 빠르다",
    "X이 Y보다 훨씬 빠르다",
    "X보다 Y가 느리다",
    "X보다 Y가 빠르지 않아",
    "Y에서 X로 갈아탔다",
    "Y에서 결국 X으로 갈아탔다",
]


@pytest.mark.parametrize("text", BETTER_AND_WORSE)
def test_the_better_one_wins_whichever_name_it_bears(text: str) -> None:
    assert (standing(text, "X"), standing(text, "Y")) == (1, -1)
    turned = text.translate(str.maketrans("XY", "YX"))
    assert (standing(turned, "X"), standing(turned, "Y")) == (-1, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ik verlaat X vandaag", -1, id="leaving"),
        pytest.param("Vandaag naar X overgestapt", 1, id="arriving"),
        pytest.param("Wie kent een alternatief voor X?", -1, id="who asks for another has had enough"),
        pytest.param("Als het kan een alternatief voor X", -1, id="and so does who would like one"),
        pytest.param("Wie is naar X overgestapt?", 0, id="who asks who came says nothing"),
        pytest.param("Ik verlaat het huis zonder iets over X", 0, id="too far"),
        pytest.param("Z is goed, Q is beter dan X", -1, id="after a comma"),
    ],
)
def test_one_brand_alone_can_win_or_lose(text: str, expected: int) -> None:
    assert standing(text, "X") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "😍",
        "X en Y",
        "Is X beter dan Y?",
        "X beter dan Y?!",
        "Als X beter dan Y is",
        "Stel dat X beter dan Y was",
        "X이 Y보다 빠르면 좋겠다",
        "X is goed",
        "X is anders dan Y",
        "X beter, dan Y",
        "X heeft een betere service en nog veel meer dan Y",
        "beter dan",
        "X <3 Y",
        "X->Y",
        "X is al beter dan Y",
        "Is X al beter dan Y?",
        "meer보다 X Y 빠르다",
        "Wel X niet Y",
        "Anders dan X is Y traag",
        "X en Y zijn beter dan X en Y",
    ],
)
def test_what_does_not_compare_is_a_tie(text: str) -> None:
    assert (standing(text, "X"), standing(text, "Y")) == (0, 0)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        pytest.param("Als ik mag kiezen, X is beter dan Y", "X", 1, id="a condition ends at a comma"),
        pytest.param("Als ik mag kiezen maar X is beter dan Y", "X", 1, id="a condition ends at a contrast"),
        pytest.param("Het is als goed en X is beter dan Y", "X", 1, id="a word that raises the next is no condition"),
        pytest.param("X is beter dan Y maar Z is leuk", "Z", 0, id="the side behind ends at a contrast"),
        pytest.param("Z is leuk maar X is beter dan Y", "Z", 0, id="the side before ends at a contrast"),
        pytest.param("X is beter dan Y, Z is leuk", "Z", 0, id="the side behind ends at a comma"),
        pytest.param("Z is leuk, X is beter dan Y", "Z", 0, id="the side before ends at a comma before a name"),
        pytest.param("X is niet traag, beter dan Y", "X", 1, id="a negation ends at a comma"),
        pytest.param("Niet traag en beter dan Y is X", "Y", -1, id="a negation turns the nearest word"),
        pytest.param(
            "X is zelden van alle drie beter dan Y", "X", -1, id="a negation turns what its reach begins with"
        ),
        pytest.param("X is zelden beter dan Y", "X", 1, id="a negation leaves what lies before its reach"),
        pytest.param("X is beter dan Y, X is sneller dan Y maar Y is beter dan X", "X", 1, id="several add up"),
        pytest.param("X is sneller dan Y maar Y is beter dan X", "X", 0, id="two even out"),
    ],
)
def test_a_comparison_reaches_as_far_as_it_should(text: str, name: str, expected: int) -> None:
    assert standing(text, name) == expected


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        pytest.param("X is goed", ["X is goed"], id="none"),
        pytest.param("X is goed maar Y is traag!", ["X is goed", "Y is traag!"], id="a word"),
        pytest.param("X is goed, maar Y is traag", ["X is goed", "Y is traag"], id="behind a comma"),
        pytest.param("X is goed aan de andere kant Y is traag", ["X is goed", "Y is traag"], id="a phrase"),
        pytest.param("X is goed terwijl Y traag is", ["X is goed", "Y traag is"], id="a concession"),
        pytest.param("Hoewel X goed is, is Y traag", ["Hoewel X goed is", "is Y traag"], id="in front"),
        pytest.param("Hoewel X goed is", ["Hoewel X goed is"], id="in front, alone"),
        pytest.param("X is goed, Y daarentegen traag", ["X is goed", "Y daarentegen traag"], id="behind its subject"),
        pytest.param("Nou, X is goed maar Y traag", ["Nou, X is goed", "Y traag"], id="behind a judgement"),
        pytest.param("X 좋지만 Y 별로", ["X 좋지만", "Y 별로"], id="glued to the word before"),
        pytest.param("X 😍 Y 🤮", ["X 😍", "Y 🤮"], id="an emoji is of what comes before it"),
        pytest.param("X ❤\ufe0f Y", ["X ❤\ufe0f", "Y"], id="an emoji with its variant"),
        pytest.param("X 😍 en jij", ["X 😍 en jij"], id="an emoji before no name"),
        pytest.param("X is goed maar", ["X is goed maar"], id="nothing behind"),
    ],
)
def test_a_contrast_parts_a_sentence(text: str, halves: list[str]) -> None:
    cuts = [(0, 0), *GRAMMAR.halves.cuts(text, (0, len(text))), (len(text), len(text))]
    assert [text[start:end] for (_, start), (end, _) in pairwise(cuts)] == halves


def test_of_places_that_only_ask_nothing_is_heard() -> None:
    text = "Goed dat X er is. Is X beter dan Y?"
    assert GRAMMAR.heard(text, [(0, 17), (18, 35)]) == "Goed dat X er is. xx x xxxxx xxx x?"
    assert GRAMMAR.heard("X is beter dan Y.", [(0, 17)]) == "X is beter dan Y."


def test_praise_in_a_question_says_nothing_and_blame_does() -> None:
    text = "Goed? Traag? Goed."
    assert GRAMMAR.earnest(text, [(0, 5), (6, 12), (13, 18)], [2.0, -2.0, 2.0]) == [0.0, -2.0, 2.0]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Acme, Zen en Globex zijn traag", ["Acme", "Zen", "Globex"]),
        ("Acme, Zen, Globex & Initech", ["Acme", "Zen", "Globex", "Initech"]),
        ("Acme/Zen/Globex", ["Acme", "Zen", "Globex"]),
        ("Acme en Zen", ["Acme"]),
        ("Acme is traag, Zen en Globex", ["Acme"]),
    ],
)
def test_a_list_is_one_name(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in GRAMMAR.joined(text, [(0, 4)])] == names


def test_the_example_of_the_page_compares() -> None:
    page = (Path(__file__).parents[3] / "docs" / "sentiment.md").read_text(encoding="utf-8")
    grammar = grammar_of(page.split("```text\n")[1].split("```")[0])
    assert [standing(text, "X", grammar) for text in ("X is beter dan Y", "X is minder goed dan Y")] == [1, -1]
    assert standing("Van X naar Y overgestapt", "X", grammar) == -1


def test_a_lexicon_without_patterns_knows_the_signs_alone() -> None:
    grammar = grammar_of("language: nl\nversion: 1\n[words]\ngoed\t2\n")
    assert [standing(text, "X", grammar) for text in ("X > Y", "X is beter dan Y")] == [1, 0]


def test_english_is_read_by_its_own_rules_unless_a_lexicon_for_it_compares() -> None:
    plain = "language: en\nversion: 1\n[words]\ngood\t2\n"
    assert lexicon_scorer(plain, "en.txt").grammar is None
    assert lexicon_scorer(f"{plain}[comparisons]\n+ bests -\n", "en.txt").grammar is not None


@pytest.mark.parametrize("language", SHIPPED)
@given(text=st.text(max_size=200))
def test_any_text_is_read_in_any_language(language: str, text: str) -> None:
    grammar = shipped(language).grammar
    assert grammar is not None
    place = (0, len(text))
    assert grammar.compared(text, place, [place]) in {-1, 0, 1}
    assert len(grammar.heard(text, [place])) == len(text)
    assert all(0 <= end <= start <= len(text) for end, start in grammar.halves.cuts(text, place))


@pytest.mark.parametrize(
    "text",
    [
        "als " * 20_000,
        "X beter dan Y " * 6_000,
        "niet beter dan " * 6_000,
        "X 😍 " * 20_000,
        "A" * 200_000,
        "Aa, " * 30_000,
        "면" * 100_000,
        "X보다 Y면 " * 8_000,
        "van X naar " * 10_000,
        "maar " * 20_000,
    ],
    ids=lambda text: text[:10],
)
def test_long_sentences_are_read_in_linear_time(text: str) -> None:
    names = places(text, "X")
    assert standing(text, "X") in {-1, 0, 1}  # quadratic work would run into the time limit of the test
    assert len(GRAMMAR.joined(text, names)) >= len(names)
    assert len(GRAMMAR.heard(text, [(0, len(text))])) == len(text)
