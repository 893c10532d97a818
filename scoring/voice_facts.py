"""What was heard of a brand, as facts that KPIs are computed of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from scoring.facts import Facts, Quantity
from scoring.outcome import Outcome, compute
from scoring.share_of_voice import known_engagement
from scoring.standing import number
from storage.records import Label, VoiceCount

# Facts of all tracked brands together, and what they add up.
_TRACKED: Final = {
    "tracked_credit": "credit", "tracked_positive": "positive", "tracked_neutral": "neutral",
    "tracked_negative": "negative", "tracked_engagement": "mention_engagement", "tracked_reach": "mention_reach",
}  # fmt: skip
# Facts of the brand that has most, and the KPI that it has most of.
_BEST: Final = {
    "best_mentions": "mentions", "best_reach": "mention_reach", "best_positive_share": "positive_share",
    "best_engagement": "engagement_per_mention",
}  # fmt: skip


def voice_facts(counts: Sequence[VoiceCount], brand: str, reach: Mapping[str, int | None]) -> Facts:
    """Give the facts of one brand among all that are tracked. What a brand's sources do not count stays unknown.

    `reach`: by brand, of its mentions. What is of all tracked brands is known where it is known of each of them.
    """
    by_brand = {count.brand: _of_brand(count, reach.get(count.brand)) for count in counts}
    known: dict[str, Quantity | None] = dict(by_brand[brand].known)
    known |= {name: _together([of.known.get(part) for of in by_brand.values()]) for name, part in _TRACKED.items()}
    known |= {name: _most(compute(kpi, of) for of in by_brand.values()) for name, kpi in _BEST.items()}
    return Facts({name: value for name, value in known.items() if value is not None}, parts=1)


def author_facts(authors: Mapping[Label, int]) -> Facts:
    """Give the facts of a brand's authors, each counted once under one label; of none, nothing is known."""
    return Facts({f"authors_{label.value}": Decimal(count) for label, count in authors.items()}, parts=1)


def _of_brand(count: VoiceCount, reach: int | None) -> Facts:
    known: dict[str, int | float | None] = {
        "mentions": count.mentions,
        "credit": count.credit,
        "positive": count.positive,
        "neutral": count.neutral,
        "negative": count.negative,
        "mention_engagement": known_engagement(count),
        "mention_reach": reach,
    }
    return Facts({name: Decimal(str(value)) for name, value in known.items() if value is not None}, parts=1)


def _together(values: Sequence[Quantity | None]) -> Decimal | None:
    known = [number(value) for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def _most(outcomes: Iterable[Outcome]) -> Decimal | None:
    """Give the largest; a brand of which it is undefined has none, but one whose facts are missing might have most."""
    known: list[Decimal] = []
    for outcome in outcomes:
        if outcome.missing:
            return None
        if outcome.value is not None:
            known.append(number(outcome.value))
    return max(known, default=None)
