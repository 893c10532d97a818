"""How far counts and sentiment moved between two windows, measured against what chance alone does to them."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt
from typing import Final

from scoring.share_of_voice import NORMAL_95, net_sentiment
from storage.records import VoiceCount

LEAST: Final = 10  # mentions in the busier window, or scored ones in both, below which a change is called noise


@dataclass(frozen=True, slots=True)
class SentimentMove:
    """How net sentiment moved."""

    by: float  # -2..2
    low: float  # 95 % interval of `by`
    high: float
    strength: float  # `by` in standard errors


def count_strength(now: int, before: int, stretch: float = 1.0) -> float | None:
    """Give the change of a count in standard errors, taking both for Poisson counts; None when both are 0.

    `stretch`: length of the window over that of the one before, so that 31 days are not called more than 28.
    """
    return (now - stretch * before) / sqrt(now + stretch * stretch * before) if now + before else None


def sentiment_move(now: VoiceCount, before: VoiceCount) -> SentimentMove | None:
    """Give the change of net sentiment with its normal 95 % interval; None when one window has no scored mention."""
    today, past = net_sentiment(now), net_sentiment(before)
    if today is None or past is None:
        return None
    by = today - past
    error = hypot(balance_error(now), balance_error(before))
    return SentimentMove(by, by - NORMAL_95 * error, by + NORMAL_95 * error, by / error)


def is_clear(strength: float) -> bool:
    """Tell whether chance alone hardly explains a move of that many standard errors: beyond 95 % of what it does."""
    return abs(strength) >= NORMAL_95


def balance_error(count: VoiceCount) -> float:
    """Give the standard error of (positive - negative) / scored.

    One half is added to each count, so that few mentions are never certain.
    """
    positive, neutral, negative = count.positive + 0.5, count.neutral + 0.5, count.negative + 0.5
    scored = positive + neutral + negative
    balance = (positive - negative) / scored
    return sqrt(((positive + negative) / scored - balance * balance) / scored)
