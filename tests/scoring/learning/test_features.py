"""What a learned model sees of a text and a brand."""

from __future__ import annotations

import re

import pytest

from scoring.learning.features import features
from scoring.sentences import Place


def places(text: str, name: str) -> list[Place]:
    return [found.span() for found in re.finditer(name, text)]


def where(text: str, valence: float, at: int) -> dict[str, float]:
    """What is seen of one valence in a text, beside the compounds."""
    named = places(text, "Acme")
    seen = features(text, [(0, len(text))], named, [], (0.0, 0.0), lambda _: [(at, valence)])
    return {feature: value for feature, value in seen.rules.items() if feature.startswith("valence")}


def words(text: str) -> frozenset[str]:
    return features(text, [(0, len(text))], places(text, "Acme"), places(text, "Globex"), (0.0, 0.0)).words()


def test_words_pairs_and_places_around_the_name_are_seen() -> None:
    assert words("I like Acme a lot") == {
        "i", "like", "BRAND", "a", "lot",
        "^ i", "i like", "like BRAND", "BRAND a", "a lot",
        "i\tnear before", "like\tnear before", "a\tnear behind", "lot\tnear behind",
    }  # fmt: skip


def test_no_brand_is_learned() -> None:
    found = words("@Acme beats Globex's tools")
    assert {"BRAND", "OTHER", "beats"} <= found
    assert not [word for word in found if "acme" in word.lower() or "globex" in word.lower()]


@pytest.mark.parametrize(
    ("off", "distance"),
    [(1, "near"), (2, "near"), (3, "close"), (5, "close"), (6, "far"), (10, "far"), (11, "off"), (40, "off")],
)
def test_distance_is_counted_in_words_on_both_sides(off: int, distance: str) -> None:
    fillers = " ".join(["und"] * (off - 1))
    assert f"mark\t{distance} behind" in words(f"Acme {fillers} mark")
    assert f"mark\t{distance} before" in words(f"mark {fillers} Acme")


def test_the_nearest_of_several_names_counts() -> None:
    found = words("Acme one two three Acme")
    assert {word for word in found if "\t" in word} == {"one\tnear behind", "two\tnear behind", "three\tnear before"}


def test_the_forms_of_a_word_share_their_stem() -> None:
    assert {"cancelled", "cance*"} <= words("Acme cancelled")
    assert {"cancelling", "cance*"} <= words("Acme cancelling")
    assert not [word for word in words("Acme and Globex, table of https://example.org 1234567") if word.endswith("*")]


@pytest.mark.parametrize(
    ("text", "valence", "at", "expected"),
    [
        pytest.param("Acme is good", 1.9, 2, {"valence\t+\tnear behind": 0.95}, id="praise behind"),
        pytest.param("bad for my poor Acme", -2.5, 0, {"valence\t-\tclose before": 1.25}, id="blame before"),
        pytest.param("it is good", 1.9, 2, {"valence\t+": 0.95}, id="no name"),
    ],
)
def test_valences_are_seen_with_their_side_and_distance(
    text: str, valence: float, at: int, expected: dict[str, float]
) -> None:
    assert where(text, valence, at) == expected


def test_a_megabyte_of_one_name_is_read() -> None:
    text = "Acme good " * 100_000
    named = places(text, "Acme")
    hits = [(at, 1.0) for at in range(1, 200_000, 2)]
    seen = features(text, [(0, len(text))], named, [], (0.0, 0.0), lambda _: hits)
    assert seen.rules["valence\t+\tnear behind"] == 50_000


@pytest.mark.parametrize("named", [[(0, 4), (0, 4)], [(0, 4), (2, 4)]], ids=["twice", "one in the other"])
def test_names_that_overlap_are_one_name(named: list[Place]) -> None:
    once, overlapping = (features("Acme is", [(0, 7)], each, [], (0.0, 0.0)) for each in ([(0, 4)], named))
    assert overlapping == once


def test_a_text_without_a_name_has_words_and_no_places() -> None:
    assert words("so good") == {"so", "good", "^ so", "so good"}


def test_links_and_numbers_are_all_the_same() -> None:
    assert words("Acme 12 https://example.org/1") == words("Acme 7 http://example.org/2")


def test_what_the_rules_say_is_seen_as_a_number_and_in_steps() -> None:
    seen = features("Acme", [(0, 4)], [(0, 4)], [], (0.6, -0.13))
    assert seen.rules == {
        "rules\tcompound": 1.2,
        "rules\t+2 of 4": 1.0,
        "whole\tcompound": -0.26,
        "whole\t-1 of 4": 1.0,
    }
    assert seen.all()["BRAND"] == 1.0


def test_words_of_all_places_are_seen_once() -> None:
    text = "Acme is it. Globex no. Acme is it."
    seen = features(text, [(0, 11), (23, 34)], places(text, "Acme"), places(text, "Globex"), (0.0, 0.0))
    assert [place for place, _ in seen.places] == [(0, 11), (23, 34)]
    assert seen.words() == seen.places[0][1]
    assert seen.all() == {**seen.rules, **dict.fromkeys(seen.places[0][1], 1.0)}
