"""Languages other than English, from the gate to the label: which scorer is asked, and when none is."""

from __future__ import annotations

import pytest

from config.settings import Sentiment as Thresholds
from scoring.lexicons.scorer import SHIPPED, lexicon_scorer
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


def test_a_brand_is_found_with_the_particles_that_are_glued_to_it() -> None:
    assert [score_text("Acme보다 Zen이 훨씬 좋아요", brand) for brand in ("Zen", "Acme")] == [0.6, -0.6]


@pytest.mark.parametrize(
    "text",
    [
        "Zen est génial mais Acme est nul",
        "Zen ist super, aber Acme ist eine Katastrophe",
        "Zen es genial pero Acme es una basura",
        "Zen è fantastico ma Acme fa schifo",
        "O Zen é ótimo mas o Acme é um lixo",
        "Zen e genial, dar Acme e un dezastru",
        "Zen은 정말 좋은데 Acme는 최악이에요",
    ],
)
def test_the_halves_of_a_contrast_are_told_apart_though_one_brand_alone_is_known(text: str) -> None:
    zen, acme = score_text(text, "Zen"), score_text(text, "Acme")
    assert zen is not None
    assert acme is not None
    assert zen >= 0.05
    assert acme <= -0.05


def test_a_german_noun_is_no_other_brand() -> None:
    praise, mixed = (
        score_text(text, "Zen", "de") for text in ("Zen ist super", "Zen ist super, aber der Dienst ist schlecht")
    )
    assert praise is not None
    assert mixed is not None
    assert mixed < praise


@pytest.mark.parametrize(
    "text", ["Zen 😍 Acme ", "Zen mais Acme ", "Zen est mieux qu'Acme ", "Zen ? "], ids=lambda text: text.strip()
)
def test_a_long_text_of_many_names_is_scored_in_linear_time(text: str) -> None:
    compound = score_text(text * 6_000, "Zen", "fr")
    assert compound is not None
    assert -1 <= compound <= 1  # quadratic work would run into the time limit of the test
