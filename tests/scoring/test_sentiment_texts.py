"""Scorers of whole texts in the gauge: which stretches they read, how the label comes about, what failing means."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from config.settings import Sentiment as Thresholds
from scoring.contract import ScorerError, TextScorer
from scoring.sentiment import SentimentGauge
from scoring.toward import MOST_WINDOWS
from storage.records import Label, Match, Sentiment

WORTH = {"gut": 0.5, "schlecht": -0.5, "super": 0.75}


class Reader:
    """Scores a text by the first word that it knows, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def __call__(self, texts: Sequence[str]) -> list[float]:
        self.asked.append(list(texts))
        if any("unlesbar" in text for text in texts):
            raise ScorerError("no")
        return [next((worth for word, worth in WORTH.items() if word in text.lower()), 0.0) for text in texts]


@pytest.fixture
def reader() -> Reader:
    return Reader()


def gauge(reader: Reader, *, blanks: bool = False) -> SentimentGauge:
    return SentimentGauge(Thresholds(), ("de",), {"de": TextScorer("model-1", reader, blanks=blanks)})


def places(body: str, name: str) -> list[Match]:
    found: list[Match] = []
    at = body.find(name)
    while at >= 0:
        found.append(Match(name.lower(), name, at, at + len(name)))
        at = body.find(name, at + 1)
    return found


def said(body: str, seen: Sentiment) -> str:
    assert seen.evidence is not None
    return body[slice(*seen.evidence)]


def test_a_text_is_scored_as_it_stands_with_plain_apostrophes(reader: Reader) -> None:
    seen = gauge(reader).whole("Acme, wie geht\u2019s gut", "de")
    assert seen == Sentiment(0.5, Label.POSITIVE, "model-1/apostrophes", (0, 20), "de")
    assert reader.asked == [["Acme, wie geht's gut"]]


def test_each_brand_is_scored_on_its_own_sentences(reader: Reader) -> None:
    body = "Acme ist gut. Zen ist schlecht."
    acme, zen = places(body, "Acme"), places(body, "Zen")
    seen = [gauge(reader).toward(body, acme, "de", zen), gauge(reader).toward(body, zen, "de", acme)]
    assert [(one.compound, one.label, one.method, said(body, one)) for one in seen] == [
        (0.5, Label.POSITIVE, "model-1/windows-1", "Acme ist gut."),
        (-0.5, Label.NEGATIVE, "model-1/windows-1", "Zen ist schlecht."),
    ]


def test_the_sentences_of_a_brand_are_read_together_and_apart_in_one_call(reader: Reader) -> None:
    body = "Acme war nie da. Heute ist es gut."
    seen = gauge(reader).toward(body, places(body, "Acme"), "de")
    assert reader.asked == [[body, "Acme war nie da.", "Heute ist es gut."]]
    assert (seen.compound, said(body, seen)) == (0.5, "Heute ist es gut.")


def test_a_mention_of_one_sentence_is_read_once(reader: Reader) -> None:
    body = "Acme ist gut"
    shared = gauge(reader)
    shared.toward(body, places(body, "Acme"), "de")
    shared.whole(body, "de")
    assert reader.asked == [[body]]


@pytest.mark.parametrize(("blanks", "expected"), [(False, 0.75), (True, 0.0)], ids=["readable", "blanked"])
def test_names_are_blanked_for_a_scorer_that_would_take_them_for_words(
    reader: Reader, expected: float, *, blanks: bool
) -> None:
    body = "Ich war bei Super Acme"
    seen = gauge(reader, blanks=blanks).toward(body, places(body, "Super Acme"), "de")
    assert seen.compound == expected
    assert reader.asked == [["Ich war bei Xxxxx Xxxx" if blanks else body]]


def test_a_comparison_decides_alone(reader: Reader) -> None:
    body = "Acme > Zen, super"
    seen = gauge(reader).toward(body, places(body, "Zen"), "de", places(body, "Acme"))
    assert (seen.compound, seen.method, reader.asked) == (-0.6, "model-1/windows-1", [])


def test_of_a_brand_named_all_over_the_first_places_are_read(reader: Reader) -> None:
    body = " ".join(f"Acme Nummer {number} kam an." for number in range(100))
    gauge(reader).toward(body, places(body, "Acme"), "de")
    assert [len(asked) for asked in reader.asked] == [MOST_WINDOWS + 1]


@pytest.mark.parametrize("body", ["https://example.org/gut", "@acme 👍", "!!!"])
def test_a_text_without_words_is_not_handed_over(reader: Reader, body: str) -> None:
    expected = Sentiment(None, Label.UNSCORED, "unscored", None, None, "unscored: no words")
    seen = [gauge(reader).whole(body, "de"), gauge(reader).toward(body, [Match("acme", "acme", 0, 4)], "de")]
    assert [(one.compound, one.label, one.method, one.reason) for one in seen] == [
        (expected.compound, expected.label, expected.method, expected.reason)
    ] * 2
    assert reader.asked == []


def test_a_text_that_the_scorer_cannot_read_is_unscored_and_the_next_one_is_not(reader: Reader) -> None:
    shared = gauge(reader)
    failed = Sentiment(None, Label.UNSCORED, "unscored", None, "de", "unscored: model failed")
    body = "Acme ist unlesbar"
    assert [shared.whole(body, "de"), shared.toward(body, places(body, "Acme"), "de")] == [failed, failed]
    assert shared.features(body, places(body, "Acme"), "de") is None
    assert shared.whole("Acme ist gut", "de").label is Label.POSITIVE


def test_other_languages_keep_their_scorers(reader: Reader) -> None:
    both = SentimentGauge(Thresholds(), ("de", "en"), {"de": TextScorer("model-1", reader, blanks=False)})
    assert both.whole("Acme is great", "en").method == "vader-3.3.2"
    assert both.whole("Acme est gut", "fr").reason == "unscored:fr"
    assert reader.asked == []
