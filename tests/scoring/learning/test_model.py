"""A learned model: what it learns, the compound that it gives, and what is quoted for it."""

from __future__ import annotations

import sys
from dataclasses import replace
from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.settings import Sentiment as Thresholds
from scoring.learning.examples import Example
from scoring.learning.features import Features
from scoring.learning.fitting import NoTrainerError, fit
from scoring.learning.model import Model
from scoring.sentiment import SentimentGauge
from storage.records import Label, Match, Sentiment
from tests.scoring.labelled import example, examples, matches

RULES = SentimentGauge(Thresholds(), ("en", "fr"))
METHOD = "vader-3.3.2/targeted-3"
WEIGHTS = {
    "good": (-1.0, 0.0, 1.0),
    "bad": (1.5, 0.0, -1.5),
    "plain": (0.0, 2.0, 0.0),
    "rules\tcompound": (-0.5, 0.0, 0.5),
}
MODEL = Model("all", "en", METHOD, (0.0, 0.5, 0.0), WEIGHTS)


def seen(*words: str, compound: float = 0.0) -> Features:
    return Features({"rules\tcompound": compound}, [((0, 4), frozenset(words))])


def learned(some: list[Example]) -> Model:
    lessons = [(RULES.features(one.text, one.matches, one.language, one.others), one.label) for one in some]
    return fit([(found, label) for found, label in lessons if found is not None], "all", "en", METHOD)


@pytest.fixture(scope="module")
def model() -> Model:
    return learned(examples(120))


def toward(gauge: SentimentGauge, text: str, language: str = "en") -> Sentiment:
    return gauge.toward(text, matches(text, "Acme"), language, matches(text, "Globex"))


def test_chances_are_the_softmax_of_the_summed_weights() -> None:
    negative, neutral, positive = exp(-1 - 0.5 * 0.4), exp(0.5), exp(1 + 0.5 * 0.4)
    total = negative + neutral + positive
    found = MODEL.chances(seen("good", "unheard-of", compound=0.4))
    assert found == pytest.approx((negative / total, neutral / total, positive / total))


@pytest.mark.parametrize(
    ("words", "compound"),
    [
        # e^-1, e^.5, e^1 of 4.735: .078 .348 .574; a lead of .226, so .035 + .965 * .226 = .253, in steps of .07: .28
        pytest.param(("good",), 0.28, id="praise"),
        # e^1.5, e^.5, e^-1.5 of 6.354: .705 .259 .035; a lead of .446, so .465, in steps of .07: .49
        pytest.param(("bad",), -0.49, id="blame"),
        pytest.param((), 0.0, id="neutral is likeliest"),
        pytest.param(("plain", "bad"), 0.0, id="neutral in spite of a word"),
    ],
)
def test_the_compound_is_the_lead_of_the_likeliest_label_in_steps(words: tuple[str, ...], compound: float) -> None:
    assert MODEL.compound(seen(*words)) == compound


@given(st.dictionaries(st.sampled_from(["good", "bad", "plain"]), st.tuples(*[st.floats(-800, 800)] * 3)))
def test_any_weights_give_a_compound_between_minus_one_and_one(weights: dict[str, tuple[float, float, float]]) -> None:
    compound = replace(MODEL, weights=weights).compound(seen("good", "bad", "plain", compound=1.0))
    assert -1 <= compound <= 1
    assert compound / 0.07 == pytest.approx(round(compound / 0.07))


def test_what_is_no_clear_lead_is_a_tie_as_with_the_rules() -> None:
    close = replace(MODEL, weights={**WEIGHTS, "better": (-1.0, 0.0, 1.01)})
    assert close.compound(seen("good")) == close.compound(seen("better"))


def test_another_weight_is_another_version() -> None:
    other = replace(MODEL, weights={**WEIGHTS, "bad": (1.5, 0.0, -1.6)})
    assert MODEL.name != other.name
    assert MODEL.name == replace(MODEL, group="cars").name
    assert MODEL.name.startswith("learned-")
    assert len(MODEL.name) == len("learned-3f9a1c")


def test_words_that_the_rules_do_not_know_are_learned(model: Model) -> None:
    gauge = RULES.taught({("acme", "en"): model})
    for text, label in (
        ("My Acme is blorp", Label.POSITIVE),
        ("My Acme is gorf", Label.NEGATIVE),
        ("My Acme is window", Label.NEUTRAL),
    ):
        assert toward(RULES, text).label is Label.NEUTRAL
        found = toward(gauge, text)
        assert (found.label, found.method) == (label, f"{METHOD}/{model.name}")
        features = RULES.features(text, matches(text, "Acme"), "en")
        assert features is not None
        assert found.compound == model.compound(features)


def test_the_rarer_label_is_not_drowned() -> None:
    positive = [one for one in examples(120) if one.label is Label.POSITIVE]
    flooded = learned([*examples(120), *(replace(one, text=f"{one.text} x") for one in positive * 8)])
    gauge = RULES.taught({("acme", "en"): flooded})
    assert toward(gauge, "My Acme is gorf").label is Label.NEGATIVE


def test_a_feature_of_one_example_alone_is_not_learned(model: Model) -> None:
    assert "gorf" in model.weights
    assert "abq" not in model.weights  # the word of one example's own


def test_the_same_examples_give_the_same_model(model: Model) -> None:
    assert learned(examples(120)).name == model.name


@pytest.mark.parametrize(
    ("brand", "language", "rules"),
    [
        pytest.param("globex", "en", METHOD, id="another brand"),
        pytest.param("acme", "fr", METHOD, id="another language"),
        pytest.param("acme", "en", "vader-3.3.2/targeted-1", id="fitted on other rules"),
    ],
)
def test_without_a_model_of_its_own_a_brand_is_scored_as_ever(brand: str, language: str, rules: str) -> None:
    gauge = RULES.taught({(brand, language): replace(MODEL, rules=rules)})
    text = "Acme is good but bad"
    assert toward(gauge, text) == toward(RULES, text)


def test_an_unscored_text_stays_unscored() -> None:
    gauge = RULES.taught({("acme", "en"): MODEL})
    assert toward(gauge, "Acme is goed", "nl").reason == "unscored:nl"
    assert gauge.features("Acme is goed", matches("Acme is goed", "Acme"), "nl") is None
    assert gauge.features("@acme", (), "en") is None


def test_without_the_library_that_fits_nothing_is_learned_and_the_remedy_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.feature_extraction", None)  # as Python does when an import has failed
    with pytest.raises(NoTrainerError, match="pip install scikit-learn"):
        learned(examples(10))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param("Acme is a horrible mess. Acme is gorf.", "Acme is a horrible mess.", id="the rules have a place"),
        pytest.param("Acme is on. Acme is gorf.", "Acme is gorf.", id="only the model has one"),
    ],
)
def test_evidence_is_what_bears_the_label_out(model: Model, text: str, quote: str) -> None:
    found = toward(RULES.taught({("acme", "en"): model}), text)
    assert found.label is Label.NEGATIVE
    assert found.evidence is not None
    assert text[slice(*found.evidence)] == quote


def test_the_name_of_what_learned_enters_the_methods_of_a_gauge() -> None:
    assert {*RULES.taught({("acme", "en"): MODEL}).methods} == {*RULES.methods, MODEL.name}


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(1, 9)), max_size=6))
@settings(max_examples=300)
def test_any_text_and_any_places_give_a_compound_between_minus_one_and_one(
    model: Model, text: str, places: list[tuple[int, int]]
) -> None:
    named = [Match("acme", "Acme", at, min(at + size, len(text))) for at, size in places if at < len(text)]
    found = RULES.taught({("acme", "en"): model}).toward(text, named[::2], "en", named[1::2])
    assert found.compound is None or -1 <= found.compound <= 1
    assert found.evidence is None or 0 <= found.evidence[0] < found.evidence[1] <= len(text)


def test_a_brand_is_not_learned_by_its_name() -> None:
    some = [example(f"{one.text} Globex", one.label) for one in examples(120)]
    assert not [feature for feature in learned(some).weights if "acme" in feature or "globex" in feature]
