"""All models side by side over the same paths, and what must be said before their numbers are believed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum
from typing import Final

import numpy as np

from scoring.attribution.chain import Chain, Numbers, by_removal, chain_of, removal_effects
from scoring.attribution.journeys import (
    Journey,
    Rule,
    by_rule,
    first,
    journeys,
    last,
    last_non_direct,
    linear,
    position_based,
    shared,
    time_decay,
)
from scoring.attribution.shapley import EXACT, MOST, PAIRS, SEED, Shapley, shapley
from storage.campaign_records import ConversionPath

RULES: Final[Mapping[str, Rule]] = {
    "first": first,
    "last": last,
    "last_non_direct": last_non_direct,
    "linear": linear,
    "position_based": position_based,
    "time_decay": time_decay,
    "shapley": shared,
}
MODELS: Final = (
    "first", "last", "last_non_direct", "linear", "position_based", "time_decay", "markov", "shapley", "shapley_rate",
)  # fmt: skip
ENOUGH_FOR_MARKOV: Final = 2_000  # conversions
ENOUGH_FOR_SHAPLEY: Final = 5_000

Shares = Mapping[str, tuple[Mapping[str, float], Mapping[str, float]]]  # model -> conversions and value by channel


@dataclass(frozen=True, slots=True)
class ChannelCredit:
    """What each model gives to one channel."""

    channel: str
    conversions: Mapping[str, float | None]  # by model; None where it cannot be had, and a warning says why
    value: Mapping[str, float | None]  # likewise; all None when no path has a value
    removal_effect: float | None  # part of all conversions that is lost without it, 0..1; None when nobody converted


@dataclass(frozen=True, slots=True)
class Attribution:
    """The conversions of some paths, shared out among their channels. Each model's credits add up to all of them."""

    conversions: float
    value: Decimal | None  # None when no path has one
    channels: tuple[ChannelCredit, ...]  # most credit first, as `linear` sees it; then by name
    warnings: tuple[str, ...]


def attribute(paths: Sequence[ConversionPath], *, non_conversions_known: bool = True) -> Attribution:
    """Share the conversions of `paths` out among their channels, by every model."""
    walks = journeys(paths)
    known = [path.value for path in paths if path.value is not None]
    whole = Whole(fsum(path.conversions for path in paths), sum(known, Decimal(0)) if known else None)
    chain = chain_of(walks)
    rate = shapley(chain)
    shares: dict[str, tuple[Mapping[str, float], Mapping[str, float]]] = {
        name: by_rule(walks, rule) for name, rule in RULES.items()
    }
    shares["markov"] = whole.shared_by(chain, by_removal(chain))
    if rate is not None:
        shares["shapley_rate"] = whole.shared_by(chain, _as_parts(rate.parts))
    effects = dict(zip(chain.channels, removal_effects(chain)[:, 0].tolist(), strict=True))
    every = sorted(
        {channel for walk in walks for channel in walk.touches},
        key=lambda channel: (-shares["linear"][0].get(channel, 0.0), channel),
    )
    told = tuple(_warnings(paths, walks, whole, non_conversions_known=non_conversions_known))
    return Attribution(
        whole.conversions,
        whole.value,
        tuple(_credit(channel, shares, whole, effects) for channel in every),
        told + tuple(_on_rate(rate, whole, chain)),
    )


@dataclass(frozen=True, slots=True)
class Whole:
    """What there is to share out."""

    conversions: float
    value: Decimal | None

    def shared_by(self, chain: Chain, parts: Numbers) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """Give conversions and value by channel, from (channels, 2) parts that add up to 1."""
        conversions, value = (parts * (self.conversions, float(self.value or 0))).T.tolist()
        return dict(zip(chain.channels, conversions, strict=True)), dict(zip(chain.channels, value, strict=True))


def _as_parts(additions: Numbers) -> Numbers:
    whole = additions.sum(axis=0)
    parts: Numbers = np.divide(additions, whole, out=np.zeros_like(additions), where=whole > 0)
    return parts


def _credit(channel: str, shares: Shares, whole: Whole, effects: Mapping[str, float]) -> ChannelCredit:
    conversions: dict[str, float | None] = {}
    value: dict[str, float | None] = {}
    for model in MODELS:
        given = shares.get(model)
        conversions[model] = given[0].get(channel, 0.0) if given else None
        value[model] = given[1].get(channel, 0.0) if given and whole.value is not None else None
    return ChannelCredit(channel, conversions, value, effects.get(channel, 0.0) if whole.conversions else None)


def _warnings(
    paths: Sequence[ConversionPath], walks: Sequence[Journey], whole: Whole, *, non_conversions_known: bool
) -> Iterator[str]:
    found = f"{whole.conversions:,.10g}"
    if not whole.conversions:
        yield "no path converted: there is nothing to share out"
    for enough, names in ((ENOUGH_FOR_MARKOV, "markov"), (ENOUGH_FOR_SHAPLEY, "shapley and shapley_rate")):
        if whole.conversions < enough:
            yield f"{found} conversions, below the {enough:,} that {names} should have: chance decides much of them"
    if not non_conversions_known:
        yield "no column non_conversions: markov and shapley_rate see only people who converted and tell little"
    undated = fsum(walk.conversions for walk in walks if walk.days_before is None and len(walk.touches) > 1)
    if undated:
        yield f"{undated:,.10g} conversions have no days_before: time_decay shares them out evenly, as linear does"
    unvalued = fsum(path.conversions for path in paths if path.value is None)
    if whole.value is not None and unvalued:
        yield f"{unvalued:,.10g} conversions have no value: attributed value and ROI are too low by theirs"
    yield from _alike(walks)


def _alike(walks: Sequence[Journey]) -> Iterator[str]:
    spellings: defaultdict[str, set[str]] = defaultdict(set)
    for walk in walks:
        for channel in walk.touches:
            spellings[channel.casefold()].add(channel)
    for _, alike in sorted(spellings.items()):
        if len(alike) > 1:
            yield f"channels that differ in case alone are counted apart: {', '.join(sorted(alike))}"


def _on_rate(rate: Shapley | None, whole: Whole, chain: Chain) -> Iterator[str]:
    if rate is None:
        yield (
            f"{len(chain.channels):,} channels: shapley_rate is n/a above {MOST}; group channels, for example by medium"
        )
    elif rate.error is not None and whole.conversions:
        # `parts` add up to what one person brings, credits to all conversions: the error grows likewise.
        largest = rate.error[:, 0].max() * whole.conversions / rate.parts[:, 0].sum()
        yield (
            f"{len(chain.channels)} channels: above {EXACT} shapley_rate is the mean of {2 * PAIRS} drawn orders "
            f"(seed {SEED}); standard error at most {largest:.2g} conversions"
        )
