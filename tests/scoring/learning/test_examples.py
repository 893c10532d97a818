"""Which labelled texts are learned from, and which are kept back."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.learning.examples import Example, apart, families, fingerprints, unseen
from storage.records import Label
from tests.scoring.labelled import example, examples

WORDS = st.text("abc ", min_size=1, max_size=6)
SOME = st.lists(
    st.builds(
        lambda text, family: example(text, Label.NEUTRAL, family=family), WORDS, st.sampled_from([None, "1", "2", "3"])
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("Acme is down!", "acme is DOWN", True, id="case and marks"),
        pytest.param("RT @kim: Acme is down https://t.example/1", "Acme is down", True, id="handles, links, retweets"),
        pytest.param("Acme is down for 3 hours", "Acme is down for 12 hours", True, id="numbers"),
        pytest.param("Acme is down", "Acme is up", False, id="another word"),
        pytest.param("@kim 1", "@kim 2", False, id="no words: the text itself tells"),
    ],
)
def test_near_duplicates_are_of_one_family(one: str, other: str, same: bool) -> None:
    found = families([example(one, Label.NEUTRAL), example(other, Label.NEUTRAL)])
    assert (found[0] == found[1]) is same


def test_a_family_holds_together_over_stories_and_texts() -> None:
    chain = [
        example("Acme is fine", Label.POSITIVE, family="a"),
        example("Acme works", Label.POSITIVE, family="a"),
        example("acme works!", Label.POSITIVE, family="b"),
        example("It is Acme", Label.NEUTRAL, family="b"),
        example("Another text", Label.NEUTRAL),
    ]
    found = families(chain)
    assert len({*found[:4]}) == 1
    assert found[4] not in found[:4]


@given(SOME)
def test_no_family_and_no_text_stands_on_both_sides(some: list[Example]) -> None:
    learned, back = apart(some)
    assert sorted(map(id, learned + back)) == sorted(map(id, some))
    assert not fingerprints(learned) & fingerprints(back)
    assert not {one.family for one in learned} & {one.family for one in back} - {None}


@given(SOME.filter(lambda some: len(some) <= 4))
def test_the_order_of_the_examples_does_not_matter(some: list[Example]) -> None:
    sides = {frozenset(map(id, apart(order)[1])) for order in permutations(some)}
    assert len(sides) <= 1


def test_one_in_five_is_kept_back() -> None:
    _, back = apart(examples(2000))
    assert 320 < len(back) < 480  # 400 expected, 18 the standard deviation


def test_what_was_learned_from_is_known_again_and_so_are_its_near_duplicates() -> None:
    old = [example("Acme is down", Label.NEGATIVE), example("Acme is up", Label.POSITIVE, family="s")]
    new = [
        example("ACME IS DOWN!!", Label.NEGATIVE),
        example("Acme sleeps", Label.NEUTRAL),
        example("Acme is up", Label.POSITIVE, family="t"),
        example("Acme rises", Label.POSITIVE, family="t"),
    ]
    assert unseen(new, fingerprints(old)) == [new[1]]
