"""First-order Markov chain of channels: from one touch to the next, to a conversion, or away.

The chance of a next touch depends on the present one alone. What happens when a channel is taken away is solved, not
drawn: E. Anderl et al., "Mapping the Customer Journey", International Journal of Research in Marketing 33 (2016),
457-474, gives the removal effect; the fundamental matrix is that of every absorbing chain (Kemeny and Snell, "Finite
Markov Chains", 1960).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scoring.attribution.journeys import Journey

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chain:
    """What happens after each channel, as chances. Whatever is missing to 1 goes away without converting."""

    channels: tuple[str, ...]  # sorted; only those that somebody met
    start: Numbers  # (channels): the first touch is this one
    moves: Numbers  # (channels, channels): from the row's channel to the column's
    gains: Numbers  # (channels, 2): what ends right after a channel brings: conversions, value; per touch

    @property
    def worth(self) -> Numbers:
        """What one person brings on average: conversions, value."""
        worth: Numbers = self.start @ np.linalg.solve(np.eye(len(self.channels)) - self.moves, self.gains)
        return worth


def chain_of(walks: Sequence[Journey]) -> Chain:
    """Count every step of every journey, by people."""
    met = [walk for walk in walks if walk.people > 0]
    channels = tuple(sorted({channel for walk in met for channel in walk.touches}))
    places = {channel: place for place, channel in enumerate(channels)}
    start = np.zeros(len(channels))
    moves = np.zeros((len(channels), len(channels)))
    gains = np.zeros((len(channels), 2))
    touched = np.zeros(len(channels))
    for walk in met:
        steps = [places[channel] for channel in walk.touches]
        start[steps[0]] += walk.people
        for here, there in pairwise(steps):
            moves[here, there] += walk.people
        for here in steps:
            touched[here] += walk.people
        gains[steps[-1]] += (walk.conversions, walk.value)
    people = start.sum() or 1.0  # nobody at all: an empty chain
    return Chain(channels, start / people, moves / touched[:, None], gains / touched[:, None])


def removal_effects(chain: Chain) -> Numbers:
    """Give (channels, 2): the part of all conversions, and of all value, that is lost when a channel is taken away.

    Whoever would meet that channel goes away instead. Then everybody who ever meets it is lost with all that he would
    have brought from there on: (chance to ever meet it) x (what follows after it). Where nothing is won, 0.
    """
    visits_from = np.linalg.inv(np.eye(len(chain.channels)) - chain.moves)
    visits = chain.start @ visits_from
    ever = visits / visits_from.diagonal()
    lost = ever[:, None] * (visits_from @ chain.gains)
    worth = chain.start @ visits_from @ chain.gains
    effects: Numbers = np.divide(lost, worth, out=np.zeros_like(lost), where=worth > 0)
    return effects


def by_removal(chain: Chain) -> Numbers:
    """Give (channels, 2): each channel's part of all removal effects; the parts add up to 1 where anything is won."""
    effects = removal_effects(chain)
    whole = effects.sum(axis=0)
    parts: Numbers = np.divide(effects, whole, out=np.zeros_like(effects), where=whole > 0)
    return parts
