"""Conversion paths as the models take them: equal ones added up, and how much every touch weighs in one rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

from storage.campaign_records import ConversionPath

HALF_LIFE: Final = 7.0  # days after which a touch weighs half as much
ENDS: Final = 0.4  # of a conversion, to the first and to the last touch of a position-based path
DIRECT: Final = frozenset({"direct", "(direct)", "direct / none", "(direct) / (none)", "(direct)/(none)"})


@dataclass(frozen=True, slots=True)
class Journey:
    """All people who met the same channels in the same order, as long before."""

    touches: tuple[str, ...]
    days_before: tuple[float, ...] | None
    conversions: float
    non_conversions: float
    value: float  # of its conversions; 0 where no path of it has one

    @property
    def people(self) -> float:
        """How many went this way, converted or not."""
        return self.conversions + self.non_conversions


Rule = Callable[[Journey], Sequence[float]]  # what every touch weighs; the weights of a journey add up to 1


def journeys(paths: Iterable[ConversionPath]) -> list[Journey]:
    """Add up equal paths; the order of the result does not depend on the order of the paths."""
    together: defaultdict[tuple[tuple[str, ...], tuple[float, ...] | None], list[ConversionPath]] = defaultdict(list)
    for path in paths:
        together[path.touches, path.days_before].append(path)
    return [
        Journey(
            touches,
            days,
            fsum(path.conversions for path in same),
            fsum(path.non_conversions for path in same),
            float(sum(path.value for path in same if path.value is not None)),
        )
        for (touches, days), same in sorted(together.items(), key=lambda item: (item[0][0], item[0][1] or ()))
    ]


def by_rule(walks: Iterable[Journey], rule: Rule) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Give the conversions and the value that a rule credits to each channel; one that is missing gets nothing."""
    conversions: defaultdict[str, list[float]] = defaultdict(list)
    value: defaultdict[str, list[float]] = defaultdict(list)
    for walk in walks:
        if walk.conversions:
            for channel, weight in zip(walk.touches, rule(walk), strict=True):
                conversions[channel].append(weight * walk.conversions)
                value[channel].append(weight * walk.value)
    return _summed(conversions), _summed(value)


def first(walk: Journey) -> Sequence[float]:
    """Give everything to the first touch."""
    return _all_to(0, len(walk.touches))


def last(walk: Journey) -> Sequence[float]:
    """Give everything to the last touch."""
    return _all_to(len(walk.touches) - 1, len(walk.touches))


def last_non_direct(walk: Journey) -> Sequence[float]:
    """Give everything to the last touch that is not direct; to the last one where all are."""
    named = [place for place, channel in enumerate(walk.touches) if channel.casefold() not in DIRECT]
    return _all_to(named[-1] if named else len(walk.touches) - 1, len(walk.touches))


def linear(walk: Journey) -> Sequence[float]:
    """Give every touch the same."""
    return [1 / len(walk.touches)] * len(walk.touches)


def position_based(walk: Journey) -> Sequence[float]:
    """Give 40 % to the first touch, 40 % to the last and the rest to those between; halves where there are but two."""
    length = len(walk.touches)
    between = length - 2
    if between <= 0:
        return linear(walk)
    return [ENDS, *[(1 - 2 * ENDS) / between] * between, ENDS]


def time_decay(walk: Journey) -> Sequence[float]:
    """Give a touch 2 ** (-days / 7), scaled to 1 per journey; every touch the same where the days are unknown."""
    if walk.days_before is None:
        return linear(walk)
    nearest = min(walk.days_before)  # counted from the nearest touch, so that years ago do not vanish as 0 / 0
    weights = [2 ** (-(days - nearest) / HALF_LIFE) for days in walk.days_before]
    whole = fsum(weights)
    return [weight / whole for weight in weights]


def shared(walk: Journey) -> Sequence[float]:
    """Give every distinct channel the same, however often it was met.

    This is the Shapley value where a set of channels is worth the conversions of all paths inside it: such a worth is
    a sum of games in which one path's channels must all be there, and in each of those all players are alike
    (L.S. Shapley, "A Value for n-Person Games", Contributions to the Theory of Games II, 1953).
    """
    distinct = len(set(walk.touches))
    return [1 / (distinct * walk.touches.count(channel)) for channel in walk.touches]


def _all_to(place: int, length: int) -> Sequence[float]:
    return [float(at == place) for at in range(length)]


def _summed(parts: Mapping[str, Sequence[float]]) -> Mapping[str, float]:
    return {channel: fsum(some) for channel, some in parts.items()}
