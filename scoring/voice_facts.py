"""What was heard of a brand, as facts that KPIs are computed of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from scoring.facts import Facts
from scoring.share_of_voice import known_engagement
from storage.records import VoiceCount


def voice_facts(counts: Sequence[VoiceCount], brand: str, reach: Mapping[str, int | None]) -> Facts:
    """Give the facts of one brand among all that are tracked. What a brand's sources do not count stays unknown.

    `reach`: by brand, of its mentions; of the tracked ones together it is known where each brand's is.
    """
    own = next(count for count in counts if count.brand == brand)
    known: dict[str, int | float | None] = {
        "mentions": own.mentions,
        "credit": own.credit,
        "positive": own.positive,
        "neutral": own.neutral,
        "negative": own.negative,
        "mention_engagement": known_engagement(own),
        "mention_reach": reach.get(brand),
        "tracked_credit": sum(count.credit for count in counts),
        "tracked_positive": sum(count.positive for count in counts),
        "tracked_neutral": sum(count.neutral for count in counts),
        "tracked_negative": sum(count.negative for count in counts),
        "tracked_engagement": _together([known_engagement(count) for count in counts]),
        "tracked_reach": _together([reach.get(count.brand) for count in counts]),
    }
    return Facts({name: Decimal(str(value)) for name, value in known.items() if value is not None}, parts=1)


def _together(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
