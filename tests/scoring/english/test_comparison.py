"""Who comes off better, in sentences made for it: X the better one, Y the worse one, Z neither."""

from __future__ import annotations

import pytest

from scoring.english.comparison import Comparison
from scoring.english.targeted import compared


def standing(text: str, name: str) -> int:
    places = [(at, at + 1) for at, letter in enumerate(text) if letter == name]
    return compared(text, (0, len(text)), places)


@pytest.mark.parametrize(
    "text",
    [
        "X is better than Y",
        "X is way faster and cheaper than Y.",
        "X looks nicer than Y, and it does more.",
        "Y is worse than X",
        "Y is slower than X.",
        "X is more fun than Y",
        "Y is more expensive than X",
        "X is less buggy than Y",
        "Y is less fun than X",
        "X has fewer bugs than Y",
        "X is funnier than Y",
        "X is superior to Y",
        "Y is inferior to X",
        "X is better than both Z and Y",
        "Y isn't better than X",
        "Y is not faster than X",
        "X is not worse than Y",
        "Y is not as good as X",
        "Y is not nearly as fast as X",
        "X isn't as bad as Y",
        "I prefer X to Y",
        "We chose X over Y",
        "I would pick X over Y any day",
        "I don't prefer Y over X",
        "I use X instead of Y",
        "I use X rather than Y",
        "Rather than Y I would take X",
        "Instead of Y get X",
        "Instead of good old Y, get X",
        "X beats Y",
        "X really outperforms Y (and Z)",
        "Y never beats X",
        "We moved from Y, which is slow, to X and love it",
        "Switched from Y to X, never looked back",
        "We switched to X from Y",
        "I ditched Y for X",
        "We are replacing Y with X",
        "X > Y",
        "Y << X",
        "X is much better/easier than Y",
        "X is better then Y",
        "X is a better choice over Y",
        "X is a harder steel than Y",
        "Y is harder to use than X",
        "X takes less code than Y",
        "It is easier in X than it is in Y",
        "Why is X faster than Y?",
        "X is better than Y?",
        "There is no doubt that X is better than Y",
        "Compared to Y, X is faster",
        "When compared with Y, X is faster",
        "X is faster compared to Y",
        "Y is slow compared with X",
        "Unlike Y, X works",
        "Unlike X, Y crashes and is slow",
        "X has an edge over Y",
        "X is a big improvement on Y",
        "X is miles ahead of Y",
        "Y lags behind X",
        "Y trails far behind X",
        "Y can't hold a candle to X",
        "Y is no match for X",
        "Y pales in comparison to X",
        "Y doesn't even come close to X",
        "Y cannot compete with X",
        "I like X better than Y",
        "After years with Y we switched to X",
    ],
)
def test_the_better_one_wins_whichever_name_it_bears(text: str) -> None:
    assert (standing(text, "X"), standing(text, "Y"), standing(text, "Z")) in {(1, -1, 0), (1, -1, -1)}
    turned = text.translate(str.maketrans("XY", "YX"))
    assert (standing(turned, "X"), standing(turned, "Y")) == (-1, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("I switched to X", 1, id="switched to"),
        pytest.param("Thinking of moving away from X", -1, id="moving away from"),
        pytest.param("We moved our whole team there from X", 0, id="too far"),
        pytest.param("We are moving from X", -1, id="moving from"),
        pytest.param("We dumped X last week", -1, id="dumped"),
        pytest.param("Looking for an alternative to X", -1, id="an alternative"),
        pytest.param("Anyone know an alternative to X?", -1, id="asking for an alternative"),
        pytest.param("Nothing beats X", 1, id="nothing beats it"),
    ],
)
def test_one_brand_alone_can_win_or_lose(text: str, expected: int) -> None:
    assert standing(text, "X") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Is X better than Y?",
        "If X were better than Y I would take it",
        "I wonder whether X is faster than Y",
        "X is as good as Y",
        "X is as fast as anything",
        "X and Y as we know them",
        "X is better, Y too",
        "X has more than Y had",
        "X or Y, it does not matter however",
        "I moved to X with Y",
        "I went to X with Y",
        "I prefer X and Y",
        "X has no alternative here, Y neither",
        "X did it instead, Y too",
        "X met Y",
        "In order to see X other than Y",
        "X is no better than Y",
        "X is better than ever, like Y",
        "X is better than I thought, like Y",
        "I doubt that X is better than Y",
        "I am not convinced that X is faster than Y",
        "X looks like Z rather over Y",
        "X is ahead of time, like Y",
        "Compared to Y X is faster",
        "We compared X and Y",
        "X opened in March compared to Y",
        "Unlike X Y works",
        "It is not unlike Y, X",
        "X took the advantage of Y",
        "A match for X and for Y",
        "X comes close, and so does Y",
        "X trails the coat of Y",
    ],
)
def test_what_does_not_compare_is_a_tie(text: str) -> None:
    assert (standing(text, "X"), standing(text, "Y")) == (0, 0)


def test_a_condition_ends_with_its_comma_and_as_if_is_none() -> None:
    assert standing("If you ask me, X is better than Y", "X") == 1
    assert standing("It looks as if X beats Y", "Y") == -1


def test_a_name_on_both_sides_or_none_is_even() -> None:
    comparison = Comparison((0, 2), (3, 5))
    assert [comparison.of(named) for named in ([1], [4], [1, 4], [2], [9], [])] == [1, -1, 0, 0, 0, 0]
    assert comparison.turned() == Comparison((3, 5), (0, 2))


def test_several_comparisons_of_a_sentence_add_up() -> None:
    assert standing("X beats Y, X is faster than Y but Y is cheaper than X", "X") == 1
    assert standing("X is faster than Y but Y is cheaper than X", "Z") == 0


def test_a_side_ends_at_a_semicolon() -> None:
    assert standing("X is better than Y; Z is fine", "Z") == 0
