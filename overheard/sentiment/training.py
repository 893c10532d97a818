"""Learning from labelled texts, and judging scorers by them: what `overheard sentiment` does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from scoring.learning.agreement import Agreement, Judged, agreement
from scoring.learning.examples import Example, apart, families, fingerprints
from scoring.learning.features import Features
from scoring.learning.fitting import fit
from scoring.learning.model import LABELS, Model
from scoring.learning.model_file import Training
from scoring.sentiment import SentimentGauge, score_text
from storage.records import Label

FEWEST: Final = 50  # labels of a group and language
FEWEST_TEXTS: Final = 5  # of a label, none of them near-duplicates, to learn from
WHOLE: Final = "VADER, whole text"
RULES: Final = "rules"
LEARNED: Final = "learned"

Pile = tuple[str, str]  # group of brands and language: what shares a model
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """A labelled text as the rules score it and as a model sees it."""

    example: Example
    judged: Judged  # by the rules
    features: Features | None  # None: unscored


@dataclass(frozen=True, slots=True)
class Taught:
    """What came of training. `better`: whether the model beats the rules on the part that was held back."""

    model: Model
    training: Training
    judged: Mapping[str, Agreement]  # on the part that was held back, by scorer
    better: bool


def piles(examples: Sequence[Example]) -> dict[Pile, list[Example]]:
    """Give the examples by what shares a model, in order of group and language."""
    found: dict[Pile, list[Example]] = defaultdict(list)
    for example in examples:
        found[example.group, example.language].append(example)
    return dict(sorted(found.items()))


def too_few(pile: Pile, examples: Sequence[Example], gauge: SentimentGauge) -> str | None:
    """Give why nothing can be learned from these, with the number that is needed; None when it can."""
    group, language = pile
    named = f"{group}, {language}"
    if gauge.rules(language) is None:
        return f'{named}: {len(examples)} labels, and nothing scores that language; add "{language}" to `languages`'
    if len(examples) < FEWEST:
        return f"{named}: {len(examples)} labels; at least {FEWEST} are needed"
    learned, back = apart(examples)
    texts = Counter(label for _, label in {*zip(families(learned), (one.label for one in learned), strict=True)})
    short = min(LABELS, key=lambda label: texts[label])
    if texts[short] < FEWEST_TEXTS or not back:
        return (
            f"{named}: {texts[short]} {short.value} texts to learn from, as a fifth is held back; "
            f"at least {FEWEST_TEXTS} of each label are needed"
        )
    return None


def train(pile: Pile, examples: Sequence[Example], gauge: SentimentGauge, now: datetime) -> Taught:
    """Learn from four fifths of the examples and judge by the last; `too_few` has to be None of them.

    `gauge` scores by the rules alone. Raises NoTrainerError when the library that fits is missing.
    """
    return learn(pile, *apart(examples), gauge, now)


def learn(
    pile: Pile, learned: Sequence[Example], back: Sequence[Example], gauge: SentimentGauge, now: datetime
) -> Taught:
    """Learn from some examples and judge by others; otherwise as `train`."""
    group, language = pile
    lessons = [(one.features, one.example.label) for one in seen(learned, gauge) if one.features is not None]
    model = fit(lessons, group, language, gauge.rules(language) or "")
    judged = compare(seen(back, gauge), {pile: model}, gauge)
    rules, own = judged[RULES].macro_f1 or 0.0, judged[LEARNED].macro_f1 or 0.0
    counts = Counter(label for _, label in lessons)
    training = Training(now, counts, len(back), own, rules, fingerprints(learned))
    return Taught(model, training, judged, better=own > rules)


def seen(examples: Sequence[Example], gauge: SentimentGauge) -> list[Seen]:
    """Give the examples as the rules score them and as a model sees them."""
    return [_seen(example, gauge) for example in examples]


def compare(examples: Sequence[Seen], models: Mapping[Pile, Model], gauge: SentimentGauge) -> dict[str, Agreement]:
    """Give how well each scorer agrees with people; the learned one is there when all examples have a model."""
    judged = {
        WHOLE: [_judged(one.example, score_text(one.example.text, None, "en"), gauge) for one in examples],
        RULES: [one.judged for one in examples],
    }
    own = [_learned(one, models.get((one.example.group, one.example.language)), gauge) for one in examples]
    found = [one for one in own if one is not None]
    if own and len(found) == len(own):
        judged[LEARNED] = found
    return {scorer: agreement(by) for scorer, by in judged.items()}


def _seen(example: Example, gauge: SentimentGauge) -> Seen:
    arguments = (example.text, example.matches, example.language, example.others)
    return Seen(example, _judged(example, gauge.toward(*arguments).compound, gauge), gauge.features(*arguments))


def _learned(seen: Seen, model: Model | None, gauge: SentimentGauge) -> Judged | None:
    if model is None:
        return None
    compound = None if seen.features is None else model.compound(seen.features)
    return _judged(seen.example, compound, gauge)


def _judged(example: Example, compound: float | None, gauge: SentimentGauge) -> Judged:
    label = Label.UNSCORED if compound is None else gauge.label(compound)
    return Judged(example.text, example.label, label, compound)
