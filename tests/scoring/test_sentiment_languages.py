"""Languages other than English, from the gate to the label: which scorer is asked, and when none is."""

from __future__ import annotations

import pytest

from config.settings import Sentiment as Thresholds
from scoring.lexicon import SHIPPED, lexicon_scorer
from scoring.sentiment import SCORERS, SentimentGauge, score_text
from storage.records import Label, Match

FRENCH = "Le support d'Acme est catastrophique, personne ne répond depuis une semaine."


def gauge(*languages: str) -> SentimentGauge:
    return SentimentGauge(Thresholds(), languages)


def test_every_lexicon_that_ships_is_in_the_registry() -> None:
    assert {language: SCORERS[language]().name for language in SHIPPED} == {
        language: f"lexicon-{language}-2" for language in SHIPPED
    }


def test_a_french_text_is_scored_by_the_french_lexicon_where_french_is_configured() -> None:
    seen = gauge("en", "fr").whole(FRENCH, None)
    assert (seen.label, seen.method, seen.language) == (Label.NEGATIVE, "lexicon-fr-2", "fr")


@pytest.mark.parametrize("tag", [None, "fr", "fr-CA"])
def test_a_french_text_stays_unscored_where_french_is_not_configured(tag: str | None) -> None:
    for seen in (gauge("en").whole(FRENCH, tag), gauge("en").toward(FRENCH, [Match("acme", "Acme", 13, 17)], tag)):
        assert (seen.compound, seen.label, seen.reason) == (None, Label.UNSCORED, "unscored:fr")


def test_a_language_without_scorer_stays_unscored_though_it_is_configured() -> None:
    seen = gauge("en", "nl").whole("De klantenservice van Acme is verschrikkelijk slecht", "nl")
    assert (seen.compound, seen.label, seen.reason) == (None, Label.UNSCORED, "unscored:nl")


def test_each_half_of_a_french_contrast_counts_for_its_own_brand() -> None:
    body = "Acme est formidable. Zen est une arnaque."
    acme, zen = (Match("acme", "Acme", 0, 4),), (Match("zen", "Zen", 21, 24),)
    seen = [gauge("fr").toward(body, acme, "fr", zen), gauge("fr").toward(body, zen, "fr", acme)]
    assert [one.label for one in seen] == [Label.POSITIVE, Label.NEGATIVE]
    assert all(one.method.startswith("lexicon-fr-2/") for one in seen)


def test_a_users_own_lexicon_stands_before_what_ships() -> None:
    own = lexicon_scorer("language: fr\nversion: 9\n[words]\ncatastrophique\t4\n", "fr.txt")
    seen = SentimentGauge(Thresholds(), ("fr",), {"fr": own}).whole(FRENCH, "fr")
    assert (seen.label, seen.method) == (Label.POSITIVE, "lexicon-fr-9")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "fr"),
        ("Der Kundendienst von Acme ist furchtbar, niemand antwortet.", "de-AT"),
        ("El servicio de Acme es pésimo, nadie contesta.", "es"),
        ("L'assistenza di Acme è pessima, nessuno risponde.", "it"),
        ("O atendimento da Acme é péssimo, ninguém responde.", "pt-BR"),
        ("Serviciul de la Acme este groaznic, nimeni nu răspunde.", "ro"),
        ("Acme 고객센터 최악이에요", "ko"),
    ],
)
def test_a_text_is_scored_by_its_language_named_or_detected(text: str, language: str) -> None:
    named, detected, toward = (
        score_text(text, None, language),
        score_text(text),
        score_text(text, "Acme", language),
    )
    assert named is not None
    assert named <= -0.05
    assert detected == named
    assert toward is not None
    assert toward <= -0.05
