"""Learning from labelled texts: what is learned from, what is kept back, and when nothing comes of it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from config.settings import Sentiment
from overheard.sentiment.training import LEARNED, RULES, WHOLE, compare, piles, seen, too_few, train
from scoring.learning.examples import Example, apart, fingerprints
from scoring.sentiment import SentimentGauge
from storage.records import Label
from tests.scoring.labelled import example, examples

GAUGE = SentimentGauge(Sentiment(), ("en",))
NOW = datetime(2026, 7, 5, tzinfo=UTC)
PILE = ("all", "en")


def without(some: list[Example], label: Label, keep: int) -> list[Example]:
    """The same, but for most examples of a label."""
    these = [one for one in some if one.label is label]
    return [one for one in some if one.label is not label] + these[:keep]


def test_what_words_tell_is_learned_and_beats_the_rules() -> None:
    some = examples(150)
    taught = train(PILE, some, GAUGE, NOW)
    learned, back = apart(some)
    assert taught.better
    assert taught.judged[LEARNED].macro_f1 == 1.0
    assert taught.judged[RULES].macro_f1 == pytest.approx(taught.training.rules_macro_f1)
    assert taught.training.macro_f1 == 1.0
    assert (taught.training.held_back, taught.judged[RULES].n) == (len(back), len(back))
    assert sum(taught.training.labels.values()) == len(learned)
    assert taught.training.texts == fingerprints(learned)
    assert (taught.training.at, taught.model.rules) == (NOW, "vader-3.3.2/targeted-3")


def test_nothing_is_learned_from_what_is_kept_back() -> None:
    some = examples(150)
    back = fingerprints(apart(some)[1])
    turned = [replace(one, label=Label.NEUTRAL) if one.fingerprint in back else one for one in some]
    shortened = [one for one in some if one.fingerprint not in back or one.label is Label.POSITIVE]
    models = {train(PILE, each, GAUGE, NOW).model.name for each in (some, turned, shortened)}
    assert len(models) == 1


@pytest.mark.parametrize("seed", range(3))
def test_labels_by_chance_do_not_beat_the_rules(seed: int) -> None:
    """The rules are right of all of these; what was learned from shuffled labels is not."""
    words = {Label.POSITIVE: "great", Label.NEGATIVE: "horrible", Label.NEUTRAL: "table"}
    told = [replace(one, text=one.text.replace(one.text.split()[5], words[one.label])) for one in examples(150)]
    learned, back = apart(told)
    labels = [one.label for one in learned]
    random.Random(seed).shuffle(labels)
    shuffled = [replace(one, label=label) for one, label in zip(learned, labels, strict=True)]
    taught = train(PILE, [*shuffled, *back], GAUGE, NOW)
    assert taught.judged[RULES].macro_f1 == 1.0
    assert not taught.better


def test_as_good_as_the_rules_is_not_better() -> None:
    words = {Label.POSITIVE: "great", Label.NEGATIVE: "horrible", Label.NEUTRAL: "table"}
    told = [replace(one, text=one.text.replace(one.text.split()[5], words[one.label])) for one in examples(150)]
    taught = train(PILE, told, GAUGE, NOW)
    assert taught.judged[LEARNED].macro_f1 == taught.judged[RULES].macro_f1 == 1.0
    assert not taught.better


@pytest.mark.parametrize(
    ("pile", "some", "why"),
    [
        pytest.param(PILE, examples(49), "all, en: 49 labels; at least 50 are needed", id="too few"),
        pytest.param(PILE, examples(60), None, id="enough"),
        pytest.param(
            PILE,
            without(examples(90), Label.NEGATIVE, 0),
            "all, en: 0 negative texts to learn from, as a fifth is held back; at least 5 of each label are needed",
            id="no label of a kind",
        ),
        pytest.param(
            PILE,
            [*without(examples(90), Label.POSITIVE, 0), *[example("Acme is fine", Label.POSITIVE)] * 20],
            "all, en: 1 positive texts to learn from, as a fifth is held back; at least 5 of each label are needed",
            id="one text many times",
        ),
        pytest.param(
            ("cars", "nl"),
            examples(90),
            'cars, nl: 90 labels, and nothing scores that language; add "nl" to `languages`',
            id="no scorer",
        ),
    ],
)
def test_too_few_labels_are_told_with_the_number_that_is_needed(
    pile: tuple[str, str], some: list[Example], why: str | None
) -> None:
    assert too_few(pile, some, GAUGE) == why


def test_labels_lie_on_a_pile_for_each_group_and_language() -> None:
    some = [
        example("Acme", Label.NEUTRAL, group="b"),
        example("Acme", Label.NEUTRAL, language="fr"),
        example("Acme", Label.POSITIVE, group="b"),
    ]
    assert piles(some) == {("all", "fr"): [some[1]], ("b", "en"): [some[0], some[2]]}


def test_scorers_are_compared_on_the_same_labels() -> None:
    some = [
        example("Acme is great but Globex is a horrible mess", Label.POSITIVE),
        replace(
            example("Acme is great but Globex is a horrible mess", Label.NEGATIVE),
            matches=example("Acme is great but Globex is a horrible mess", Label.NEGATIVE).others,
            others=example("Acme is great but Globex is a horrible mess", Label.NEGATIVE).matches,
        ),
        example("Acme is goed", Label.POSITIVE, language="nl"),
    ]
    judged = compare(seen(some, GAUGE), {}, GAUGE)
    assert [*judged] == [WHOLE, RULES]
    assert (judged[RULES].order, judged[RULES].accuracy, judged[RULES].coverage) == (1.0, 1.0, 2 / 3)
    assert (judged[WHOLE].order, judged[WHOLE].coverage) == (0.5, 1.0)
