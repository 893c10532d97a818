"""Counts of one brand added up, as far as hours keep them: neither authors nor stories, who may stand in two."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from storage.records import VoiceCount


def added(count: VoiceCount, other: VoiceCount, sign: int = 1) -> VoiceCount:
    """Give the mentions, credit, labels and compounds of both; with sign -1, of the first without the other."""
    return VoiceCount(
        count.brand,
        mentions=count.mentions + sign * other.mentions,
        credit=count.credit + sign * other.credit,
        positive=count.positive + sign * other.positive,
        neutral=count.neutral + sign * other.neutral,
        negative=count.negative + sign * other.negative,
        unscored=count.unscored + sign * other.unscored,
        compound_sum=count.compound_sum + sign * other.compound_sum,
    )


def together(brand: str, counts: Iterable[VoiceCount]) -> VoiceCount:
    """Give all counts of a brand added up; of none, zeros."""
    return reduce(added, counts, VoiceCount(brand))
