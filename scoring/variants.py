"""A/B variants of a campaign: is the difference of their rates more than chance explains?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scoring.facts import Facts
from scoring.kpis import KPIS
from scoring.share_of_voice import newcombe, wilson
from scoring.standing import number

METHOD: Final = (
    "95 % interval of the difference of two shares (Newcombe 1998, from Wilson intervals); each variant is compared "
    "with the one that was tried most often; nothing is corrected for many comparisons"
)
RATES: Final = ("ctr", "conversion_rate", "conversion_rate_sessions", "lead_conversion_rate")  # part over whole


@dataclass(frozen=True, slots=True)
class Contrast:
    """One variant against the one that was tried most often, by one rate. Shares are fractions."""

    kpi: str
    variant: str
    against: str
    share: float
    share_against: float
    by: float
    low: float  # 95 % interval of `by`
    high: float
    tried: int  # the denominators: impressions, clicks, sessions
    tried_against: int

    @property
    def clear(self) -> bool:
        """Whether chance alone hardly explains it: the interval leaves out zero."""
        return not self.low <= 0 <= self.high


def contrasts(kpi: str, variants: Mapping[str, Facts]) -> list[Contrast]:
    """Give every variant against the one that was tried most often, by one of RATES.

    Left out: variants of which part or whole is unknown or partial, whose whole is 0, or less than the part. Repeated
    clicks of one person depend on each other, so the interval is narrower than the truth.
    """
    part, whole = KPIS[kpi].needs
    tried = {name: found for name, facts in variants.items() if (found := _counts(facts, part, whole)) is not None}
    if not tried:
        return []
    most = max(sorted(tried), key=lambda name: tried[name][1])
    return [_contrast(kpi, name, most, tried[name], tried[most]) for name in sorted(tried) if name != most]


def _contrast(kpi: str, name: str, most: str, own: tuple[float, float], other: tuple[float, float]) -> Contrast:
    share, share_against = own[0] / own[1], other[0] / other[1]
    by, low, high = newcombe((share, *_wilson(*own)), (share_against, *_wilson(*other)))
    return Contrast(kpi, name, most, share, share_against, by, low, high, int(own[1]), int(other[1]))


def _wilson(part: float, whole: float) -> tuple[float, float]:
    return wilson(part, whole) or (0.0, 1.0)


def _counts(facts: Facts, part: str, whole: str) -> tuple[float, float] | None:
    if {part, whole} - facts.known.keys() or {part, whole} & facts.partial:
        return None
    counts = float(number(facts.known[part])), float(number(facts.known[whole]))
    return counts if 0 <= counts[0] <= counts[1] and counts[1] else None
