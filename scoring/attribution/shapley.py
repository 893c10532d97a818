"""Shapley values over the rate at which people convert while only some of the channels exist.

A set of channels is worth what one person brings on average when all other channels are taken away: whoever would meet
one of those goes away instead (the chain of `scoring.attribution.chain`). More channels are never worth less, so no
channel gets less than nothing; all of them together are worth the real rate, so the credits add up to the conversions.

    part of c = mean, over all orders in which channels arrive, of worth(those before c, and c) - worth(those before)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import factorial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring.attribution.chain import Chain, Numbers

EXACT: Final = 14  # channels up to which every set is solved: 16,384 of them
MOST: Final = 100  # channels up to which orders are drawn
PAIRS: Final = 500  # of orders that are drawn, each with its reverse
SEED: Final = 20_111  # of the draw, so that the same file gives the same numbers
_AT_ONCE: Final = 1024  # sets that are solved together

Order = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Shapley:
    """What each channel adds to what one person brings on average."""

    parts: Numbers  # (channels, 2): conversions, value; each column adds up to the chain's worth
    error: Numbers | None  # (channels, 2): standard error of `parts` where orders were drawn; None: exact


def shapley(chain: Chain) -> Shapley | None:
    """Give the values: exact for few channels, from drawn orders for more, None for too many (see MOST)."""
    if len(chain.channels) <= EXACT:
        return Shapley(_exact(chain), None)
    return _drawn(chain) if len(chain.channels) <= MOST else None


def _exact(chain: Chain) -> Numbers:
    size = len(chain.channels)
    worth = _worth_of_every_set(chain)
    sets = np.arange(2**size)
    sizes = np.array([int(one).bit_count() for one in sets])
    weights = np.array([factorial(k) * factorial(size - k - 1) / factorial(size) for k in range(size)])
    parts = np.zeros((size, 2))
    for place in range(size):
        without = sets[(sets >> place) & 1 == 0]
        parts[place] = weights[sizes[without]] @ (worth[without | (1 << place)] - worth[without])
    return parts


def _worth_of_every_set(chain: Chain) -> Numbers:
    """Give (sets, 2): the worth of every set of channels, the bits of its number being the channels in it."""
    size = len(chain.channels)
    bits = np.arange(size)
    worth = np.zeros((2**size, 2))
    for first in range(0, 2**size, _AT_ONCE):
        numbers = np.arange(first, min(first + _AT_ONCE, 2**size))
        there = ((numbers[:, None] >> bits) & 1).astype(np.float64)
        moves = chain.moves * there[:, :, None] * there[:, None, :]
        solved = np.linalg.solve(np.eye(size) - moves, chain.gains * there[:, :, None])
        worth[numbers] = np.einsum("sc,scg->sg", chain.start * there, solved)
    return worth


def _drawn(chain: Chain) -> Shapley:
    """Average over drawn orders. An order and its reverse are one draw: what one overrates, the other underrates."""
    dice = np.random.default_rng(SEED)
    draws = np.array(
        [
            (_additions(chain, order) + _additions(chain, order[::-1])) / 2
            for order in _orders(dice, len(chain.channels))
        ]
    )
    error = draws.std(axis=0, ddof=1) / np.sqrt(PAIRS)
    return Shapley(draws.mean(axis=0), error)


def _orders(dice: np.random.Generator, size: int) -> Iterator[Order]:
    return (dice.permutation(size) for _ in range(PAIRS))


def _additions(chain: Chain, order: Order) -> Numbers:
    """Give (channels, 2): what each channel adds when they arrive in this order.

    The fundamental matrix of the channels that are there grows by one row and column with each arrival (block inverse),
    so that an order costs as much as solving once.
    """
    size = len(order)
    moves = chain.moves[np.ix_(order, order)]
    start, gains = chain.start[order], chain.gains[order]
    visits = np.zeros((size, size))
    added = np.zeros((size, 2))
    for now in range(size):
        known = visits[:now, :now]
        towards = known @ moves[:now, now]
        back = moves[now, :now] @ known
        leaving = 1 - moves[now, now] - moves[now, :now] @ towards
        reached = start[now] + start[:now] @ towards
        added[order[now]] = reached * (gains[now] + back @ gains[:now]) / leaving
        visits[:now, :now] += np.outer(towards, back) / leaving
        visits[:now, now] = towards / leaving
        visits[now, :now] = back / leaving
        visits[now, now] = 1 / leaving
    return added
