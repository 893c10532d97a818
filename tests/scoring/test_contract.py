"""Scorers of whole texts: what is read, how often, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from scoring.contract import REMEMBERED, ScorerError, TextScorer


class Reader:
    """Scores a text by its length, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def __call__(self, texts: Sequence[str]) -> list[float]:
        self.asked.append(list(texts))
        if "unreadable" in texts:
            raise ScorerError("no")
        return [len(text) / 1000 for text in texts]


def test_texts_are_read_together_and_each_once() -> None:
    reader = Reader()
    scorer = TextScorer("length-1", reader, blanks=False)
    assert scorer.scores(["aa", "b", "aa"]) == [0.002, 0.001, 0.002]
    assert scorer.score("b") == 0.001
    assert scorer.scores(["ccc", "b"]) == [0.003, 0.001]
    assert reader.asked == [["aa", "b"], ["ccc"]]


def test_no_more_texts_are_remembered_than_a_few_mentions_have() -> None:
    reader = Reader()
    scorer = TextScorer("length-1", reader, blanks=False)
    texts = ["x" * length for length in range(3 * REMEMBERED)]
    for text in texts:
        assert scorer.scores(["", text]) == [0.0, len(text) / 1000]
        assert len(scorer._known) <= REMEMBERED
    assert scorer.scores(texts) == [length / 1000 for length in range(3 * REMEMBERED)]


def test_a_text_that_failed_is_asked_for_again() -> None:
    reader = Reader()
    scorer = TextScorer("length-1", reader, blanks=False)
    for _ in range(2):
        with pytest.raises(ScorerError):
            scorer.scores(["fine", "unreadable"])
    assert scorer.score("fine") == 0.004
    assert len(reader.asked) == 3


def test_threads_may_share_it() -> None:
    scorer = TextScorer("length-1", Reader(), blanks=False)
    texts = ["x" * (number % (2 * REMEMBERED)) for number in range(4_000)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(scorer.score, texts)) == [len(text) / 1000 for text in texts]
