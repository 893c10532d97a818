"""The engine of lexicons, on a small lexicon made for it: what each rule does, and what holds for every text."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.lexicons.scorer import SHIPPED, LexiconScorer, lexicon_scorer, shipped

SMALL = """language: nl
version: 3
accents: ignore
[words]
goed*\t2
fijn\t1
slecht\t-2
één feest\t3
*storing*\t-3
*loos\t-1
vreselijk\t-3
reis\t0
reisgoed\t0
valt* tegen\t-2
valt* erg tegen\t-3
[negators]
niet\t-2..3
geen\t1..3
[boosters]
zeer\t1.5
beetje\t0.5
vreselijk\t1.5
echt\t1.5\t-1..1
[contrast]
maar
"""
SCORER = lexicon_scorer(SMALL, "nl.txt")
TURNED = -0.74


def flat(total: float) -> float:
    """The compound of a sum of valences, by VADER's published formula."""
    return round(total / sqrt(total * total + 15), 4)


@pytest.mark.parametrize(
    ("text", "total"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("een bank en een stoel", 0, id="no word of it"),
        pytest.param("goed", 2, id="a word"),
        pytest.param("GOED", 2, id="capitals"),
        pytest.param("goede fijn", 3, id="words add up, a stem fits"),
        pytest.param("fijner", 0, id="a word without star stands alone"),
        pytest.param("netstoringen", -3, id="inside a word"),
        pytest.param("waardeloos", -1, id="the end of a word"),
        pytest.param("reisgoed", 0, id="the whole word before a stem"),
        pytest.param("een feest", 3, id="a phrase, accents aside"),
        pytest.param("Één Feest!", 3.292, id="an exclamation mark"),
        pytest.param("slecht!!!!!!", -2 - 4 * 0.292, id="four exclamation marks at most"),
        pytest.param("het valt tegen", -2, id="a phrase with a stem"),
        pytest.param("het valt erg tegen", -3, id="the longest phrase"),
        pytest.param("niet goed", 2 * TURNED, id="negator before"),
        pytest.param("goed is het niet", 0.0 + 2, id="too far behind"),
        pytest.param("goed is niet", 2 * TURNED, id="negator behind"),
        pytest.param("niet a b c goed", 2, id="out of reach"),
        pytest.param("niet, goed", 2, id="not over a comma"),
        pytest.param("niet! goed", 2.292, id="not over a full stop"),
        pytest.param("geen slecht", -2 * TURNED, id="negated blame"),
        pytest.param("niet geen goed", 2 * TURNED, id="negators that agree negate once"),
        pytest.param("slecht niet goed", -2 + 2 * TURNED, id="of two as near, the one after"),
        pytest.param("zeer goed", 3, id="booster"),
        pytest.param("een beetje slecht", -1, id="dampener"),
        pytest.param("goed echt", 3, id="booster behind, as its reach says"),
        pytest.param("goed zeer", 2, id="a booster looks ahead"),
        pytest.param("niet zeer goed", 3 * TURNED, id="negated and boosted"),
        pytest.param("vreselijk goed", 3, id="a word that boosts"),
        pytest.param("vreselijk", -3, id="and speaks for itself alone"),
        pytest.param("goed maar slecht", 2 * 0.5 - 2 * 1.5, id="contrast"),
        pytest.param("maar goed", 2, id="a contrast to nothing"),
        pytest.param("goed. maar slecht", 0, id="a contrast stays in its sentence"),
        pytest.param("goeoooooed", 0, id="other letters repeated are another word"),
        pytest.param("goooooed", 2, id="letters held for emphasis"),
        pytest.param("fijn :)", 2.5, id="emoticon"),
        pytest.param("niet 😍", 3, id="an emoji is not negated"),
        pytest.param("😍😍😍", 3, id="a repeated emoji counts once"),
        pytest.param("❤️", 2.5, id="emoji with its variant"),
        pytest.param("@goed https://goed.example/slecht www.slecht.example", 0, id="handles and links say nothing"),
        pytest.param("#goed", 2, id="hashtags do"),
        pytest.param("l'goed", 2, id="behind an apostrophe"),
    ],
)
def test_each_rule_does_what_it_says(text: str, total: float) -> None:
    assert SCORER.score(text) == flat(total)


@pytest.mark.parametrize(
    ("text", "valences"),
    [
        ("", []),
        ("een bank", []),
        ("goed, slecht!", [(0, 2), (1, -2)]),
        ("niet zeer goed en fijn :)", [(2, -2.22), (4, 1), (5, 1.5)]),
        ("het valt erg tegen", [(1, -3)]),
        ("goed:) slecht", [(0, 3.5), (1, -2)]),
        ("goed:( maar", [(0, 0.5)]),
        ("@goed https://goed.example slecht", [(2, -2)]),
    ],
)
def test_valences_stand_at_their_pieces(text: str, valences: list[tuple[int, float]]) -> None:
    assert [(at, round(valence, 6)) for at, valence in SCORER.valences(text.split())] == valences


def test_the_name_tells_language_and_version() -> None:
    assert (SCORER.name, SCORER.languages) == ("lexicon-nl-3", ("nl",))


def test_glued_words_are_read_one_by_one() -> None:
    scorer = lexicon_scorer(
        "language: ko\nversion: 1\n[words]\n*좋*\t2\n[negators]\n안\t1..2\n*않*\t-1..-1\n", "ko.txt"
    )
    assert [scorer.score(text) for text in ("정말좋아요", "좋지않아요", "좋지 않아요", "안 좋아")] == [
        flat(2),
        flat(2 * TURNED),
        flat(2 * TURNED),
        flat(2 * TURNED),
    ]


def test_accents_tell_words_apart_where_the_file_does_not_ignore_them() -> None:
    scorer = lexicon_scorer("language: de\nversion: 1\n[words]\nschön\t2\n", "de.txt")
    assert [scorer.score(text) for text in ("schön", "scho\u0308n", "schon")] == [flat(2), 0.0, 0.0]


WORDS = st.sampled_from(
    ["goed", "slecht", "niet", "zeer", "maar", "vreselijk", "stoel", ",", ".", "!", "valt", "tegen", "😍", ":("]
)


@settings(deadline=None)  # the first text loads seven lexicons
@given(st.text(max_size=300))
def test_any_text_scores_within_bounds(text: str) -> None:
    for scorer in (SCORER, *map(shipped, SHIPPED)):
        assert -1 <= scorer.score(text) <= 1


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_the_same_text_scores_the_same_whatever_was_read_before(text: str) -> None:
    fresh = lexicon_scorer(SMALL, "nl.txt")
    assert -1 <= SCORER.score(text) == fresh.score(text) <= 1


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_the_valences_of_the_pieces_add_up_to_the_score(text: str) -> None:
    total = sum(valence for _, valence in SCORER.valences(text.split()))
    shouts = min(text.count("!"), 4) * 0.292
    total += shouts if total > 1e-9 else -shouts if total < -1e-9 else 0
    assert SCORER.score(text) == pytest.approx(flat(total), abs=1e-4)


@given(st.sampled_from(["goed", "slecht", "fijn", "goede"]))
def test_a_negator_turns_the_sign(word: str) -> None:
    assert SCORER.score(f"niet {word}") * SCORER.score(word) < 0


@pytest.mark.parametrize("scorer", [SCORER, shipped("fr"), shipped("ko")], ids=lambda scorer: scorer.name)
@pytest.mark.parametrize(
    "text",
    ["a" * 300_000, "!" * 300_000, "niet goed maar slecht " * 10_000, "😍" * 100_000, "좋지않" * 30_000],
    ids=["one word", "marks", "rules", "emoji", "glued"],
)
def test_long_texts_are_read_in_linear_time(scorer: LexiconScorer, text: str) -> None:
    assert -1 <= scorer.score(text) <= 1  # quadratic work would run into the time limit of the test


def test_no_more_words_are_remembered_than_there_is_room_for() -> None:
    scorer = lexicon_scorer(SMALL, "nl.txt")
    for start in range(0, 60_000, 1_000):
        scorer.score(" ".join(f"woord{number}" for number in range(start, start + 1_000)))
    assert len(scorer._units) <= 50_000
    assert scorer.score("goed") == flat(2)


def test_a_face_of_letters_is_a_mark_in_every_language() -> None:
    scores = {scorer.score("stoel XD") for scorer in (SCORER, shipped("fr"))}
    assert scores == {flat(1.5)}
