"""What is learned from 2,000 labels of a domain, against the rules, on its other labels: macro-F1.

Which texts are learned from is chosen by a hash, near-duplicates and the targets of one text together; nothing else is
taken from a set. The ratio is the gain over the rules. The peer is vaderSentiment's score of the whole text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

from bench.figures import NotMeasuredError, Row, recordings
from bench.labelled import Line, airlines, load
from config.settings import Sentiment
from overheard.sentiment.labelled import LABELS
from overheard.sentiment.training import LEARNED, RULES, WHOLE, Taught, learn
from scoring.learning.examples import Example, families
from scoring.learning.fitting import NoTrainerError
from scoring.lexicons.scorer import SHIPPED
from scoring.names import places_of
from scoring.sentiment import SentimentGauge
from storage.records import Match

LABELS_LEARNED = 2000
GAIN = 0.10
SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
GAUGE = SentimentGauge(Sentiment(), ("en", *SHIPPED))


def measure() -> list[Row]:
    rows = []
    for name, lines in domains(recordings()).items():
        try:
            judged = taught(lines, LABELS_LEARNED).judged
        except NoTrainerError as problem:
            raise NotMeasuredError(str(problem)) from None
        peer, rules, ours = (judged[scorer].macro_f1 or 0.0 for scorer in (WHOLE, RULES, LEARNED))
        figure = f"{name}, macro-F1 after {LABELS_LEARNED:,} labels"
        rows.append(Row(figure, f"{ours:.3f}, rules {rules:.3f}", f"{peer:.3f} vaderSentiment", ours - rules, GAIN))
    return rows


def domains(folder: Path) -> dict[str, Sequence[Line]]:
    sets = {name: load(folder / "sentiment", name) for name in ("dong14", "mams", "newsmtsc")}
    return {**sets, "airlines": airlines(folder / "mentions")}


def taught(lines: Sequence[Line], labels: int) -> Taught:
    """Give what is learned from so many labels of a set, or a few more, and how good that is on the others."""
    examples = [_example(line) for line in lines]
    named = families(examples)
    sizes = Counter(named)
    order = sorted(sizes, key=lambda family: sha256(family.encode()).digest())
    reached = accumulate(sizes[family] for family in order)
    chosen = {family for family, count in zip(order, reached, strict=True) if count - sizes[family] < labels}
    learned = [one for one, family in zip(examples, named, strict=True) if family in chosen]
    back = [one for one, family in zip(examples, named, strict=True) if family not in chosen]
    return learn((examples[0].group, examples[0].language), learned, back, GAUGE, SOME_DAY)


def _example(line: Line) -> Example:
    text, target = line["text"], line["target"]
    start = line.get("start")
    places = [(start, start + len(target))] if start is not None else places_of(text, target or "")
    return Example(
        text=text,
        matches=tuple(Match("target", target, *place) for place in places),
        others=(),
        label=LABELS[line["label"]],
        language=line["lang"],
        group="all",
        family=line.get("group"),
    )
