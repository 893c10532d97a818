"""What a text says on the whole and of a brand, and when nothing may be said."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from config.settings import Sentiment as Thresholds
from scoring.sentiment import SCORERS, SentimentGauge, score_text
from storage.records import Label, Match, Sentiment

REFERENCE = SentimentIntensityAnalyzer()
ENGLISH = SentimentGauge(Thresholds(), ("en",))
GREAT = 0.6249  # the reference's compound of "X is great"


def reference(text: str) -> float:
    compound: float = REFERENCE.polarity_scores(text)["compound"]
    return compound


def matches(body: str, name: str) -> tuple[Match, ...]:
    return tuple(Match(name.lower(), name, *found.span()) for found in re.finditer(name, body))


@pytest.mark.parametrize("text", ["Acme is great", "ACME IS AWFUL!!", "it is a table", "", ":)", "@acme thanks"])
def test_a_text_without_target_has_the_compound_of_the_reference(text: str) -> None:
    assert score_text(text, language="en") == reference(text)
    assert score_text(text) == reference(text)


@pytest.mark.parametrize("language", ["fr", "ko", "de-DE"])
def test_no_scorer_for_the_language_is_none_and_not_zero(language: str) -> None:
    assert score_text("Acme is great", language=language) is None
    assert score_text("Acme is great", "Acme", language) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Le support d'AcmeCRM est catastrophique, personne ne r\u00e9pond.", id="French"),
        pytest.param("AcmeCRM \uace0\uac1d\uc13c\ud130 \ucd5c\uc545\uc774\uc5d0\uc694", id="Korean"),
        pytest.param("Echipa AcmeCRM este groaznic\u0103", id="Romanian"),
    ],
)
def test_a_text_in_another_language_is_recognised_and_not_scored(text: str) -> None:
    assert score_text(text) is None


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        pytest.param("Zen is great but Acme is a horrible mess.", "Zen", reference("Zen is great"), id="first half"),
        pytest.param(
            "Zen is great but Acme is a horrible mess.", "ACME", reference("Acme is a horrible mess."), id="second"
        ),
        pytest.param("Zen is great", "Acme", GREAT, id="not named: the whole text"),
        pytest.param("Zen is great", " ", GREAT, id="no target to speak of"),
        pytest.param(
            "Acmeology is bad. Zen is great", "Acme", reference("Acmeology is bad. Zen is great"), id="whole words"
        ),
        pytest.param("C++ is great", "C++", reference("C++ is great"), id="a name with marks"),
    ],
)
def test_with_a_target_its_own_sentences_are_scored(text: str, target: str, expected: float) -> None:
    assert score_text(text, target, "en") == expected


def test_the_whole_text_is_scored_and_labelled() -> None:
    assert ENGLISH.whole("Acme is great", None) == Sentiment(GREAT, Label.POSITIVE, "vader-3.3.2", (0, 13), "en")


@pytest.mark.parametrize(
    ("compound", "label"),
    [
        (1.0, Label.POSITIVE),
        (0.05, Label.POSITIVE),
        (0.0499, Label.NEUTRAL),
        (0.0, Label.NEUTRAL),
        (-0.0499, Label.NEUTRAL),
        (-0.05, Label.NEGATIVE),
        (-1.0, Label.NEGATIVE),
    ],
)
def test_the_thresholds_belong_to_their_labels(compound: float, label: Label) -> None:
    assert ENGLISH.label(compound) is label


def test_configured_thresholds_decide_the_label() -> None:
    strict = SentimentGauge(Thresholds(positive_from=0.7, negative_from=-0.2), ("en",))
    assert strict.whole("Acme is great", "en").label is Label.NEUTRAL


def test_each_brand_gets_its_own_half_of_a_contrast_and_the_words_that_decided() -> None:
    body = "Review\nZen is great but Acme is a horrible mess."
    zen, acme = matches(body, "Zen"), matches(body, "Acme")
    for others in ((zen, acme), ((), ())):
        seen = ENGLISH.toward(body, zen, None, others[1])
        assert (seen.label, seen.method, seen.language) == (Label.POSITIVE, "vader-3.3.2/sentences", "en")
        assert seen.evidence is not None
        assert body[slice(*seen.evidence)] == "Zen is great"
        seen = ENGLISH.toward(body, acme, None, others[0])
        assert seen.label is Label.NEGATIVE
        assert seen.evidence is not None
        assert body[slice(*seen.evidence)] == "Acme is a horrible mess."


def test_evidence_is_the_strongest_sentence() -> None:
    body = "Acme is okay. Acme is horrible, awful and a disaster. Acme is a table."
    seen = ENGLISH.toward(body, matches(body, "Acme"), "en")
    assert seen.compound == reference(body)
    assert seen.evidence is not None
    assert body[slice(*seen.evidence)] == "Acme is horrible, awful and a disaster."


@pytest.mark.parametrize("body", ["", "@acme", "https://example.org/great", "@acme !!!"])
def test_a_text_without_words_is_unscored(body: str) -> None:
    expected = Sentiment(None, Label.UNSCORED, "unscored", None, "en", "unscored: no words")
    assert ENGLISH.whole(body, None) == expected
    assert ENGLISH.toward(body, [Match("acme", "acme", 0, len(body))], None) == expected


def test_a_face_says_something_without_words() -> None:
    body = "@acme :)"
    assert ENGLISH.whole(body, None).label is Label.POSITIVE
    assert ENGLISH.toward(body, [Match("acme", "acme", 1, 5)], None).label is Label.POSITIVE


@pytest.mark.parametrize(
    ("body", "tagged", "languages", "language", "reason"),
    [
        pytest.param("AcmeCRM \ucd5c\uc545\uc774\uc5d0\uc694", None, ("en",), "ko", "unscored:ko", id="detected"),
        pytest.param("Acme is great", "fr", ("en",), "fr", "unscored:fr", id="tagged"),
        pytest.param("ok 100", None, ("en", "de"), None, "unscored:unknown", id="too short to tell"),
        pytest.param("@acme \U0001f600", None, ("en", "de"), None, "unscored: no words", id="a face, two languages"),
    ],
)
def test_what_cannot_be_scored_says_why(
    body: str, tagged: str | None, languages: tuple[str, ...], language: str | None, reason: str
) -> None:
    gauge = SentimentGauge(Thresholds(), languages)
    expected = Sentiment(None, Label.UNSCORED, "unscored", None, language, reason)
    assert gauge.whole(body, tagged) == expected
    assert gauge.toward(body, [Match("acme", "acme", 0, 1)], tagged) == expected


def test_every_scorer_of_the_registry_reads_its_language_and_says_who_it_is() -> None:
    for language, make in SCORERS.items():
        scorer = make()
        assert language in scorer.languages
        assert re.fullmatch(r"[a-z]+-[\d.]+", scorer.name)
        assert -1 <= scorer.score("Acme is great") <= 1


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_has_a_score_in_range_and_evidence_inside_it(before: str, after: str) -> None:
    body = f"{before}Acme{after}"
    seen = ENGLISH.toward(body, matches(body, "Acme"), "en")
    if seen.compound is None:
        assert seen.label is Label.UNSCORED
    else:
        assert -1 <= seen.compound <= 1
        assert seen.evidence is not None
        assert 0 <= seen.evidence[0] < seen.evidence[1] <= len(body)


def test_adding_an_unrelated_sentence_far_away_changes_nothing() -> None:
    body = "Acme is great. It works. We use it. It rains."
    longer = body + " The war was a terrible disaster."
    near, far = (ENGLISH.toward(text, matches(text, "Acme"), "en") for text in (body, longer))
    assert near == far


def test_a_megabyte_of_mentions_is_scored() -> None:
    body = "Acme is great but Zen is bad. " * 30_000
    seen = ENGLISH.toward(body, matches(body, "Acme"), "en", matches(body, "Zen"))
    assert seen.label is Label.POSITIVE
