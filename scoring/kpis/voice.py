"""How much is said of the brand and how well, beside the brands that are tracked with it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from scoring.kpi import Better, Kind, Unit, kpi
from scoring.quotients import HUNDRED, percent

HALF: Final = Decimal("0.5")


@kpi("Mentions", Kind.LEADING, Unit.COUNT, Better.UP)
def mentions(mentions: Decimal) -> Decimal:
    """mentions of the brand"""
    return mentions


@kpi("Share of voice", Kind.LEADING, Unit.PERCENT, Better.UP, over="mentions of all tracked brands")
def share_of_voice(credit: Decimal, tracked_credit: Decimal) -> Decimal:
    """credit / tracked_credit x 100

    A mention that names k brands gives each 1/k, so shares add to 100 %.
    """
    return percent(credit, tracked_credit)


@kpi("Share of positive voice", Kind.LEADING, Unit.PERCENT, Better.UP, over="positive mentions of all tracked brands")
def share_of_voice_positive(positive: Decimal, tracked_positive: Decimal) -> Decimal:
    """positive / tracked_positive x 100"""
    return percent(positive, tracked_positive)


@kpi("Share of negative voice", Kind.LEADING, Unit.PERCENT, Better.DOWN, over="negative mentions of all tracked brands")
def share_of_voice_negative(negative: Decimal, tracked_negative: Decimal) -> Decimal:
    """negative / tracked_negative x 100"""
    return percent(negative, tracked_negative)


@kpi("Share of voice weighted by sentiment", Kind.LEADING, Unit.PERCENT, Better.UP, over="what is weighted")
def share_of_voice_sentiment(
    positive: Decimal, neutral: Decimal, tracked_positive: Decimal, tracked_neutral: Decimal
) -> Decimal:
    """(positive + neutral / 2) / (tracked_positive + tracked_neutral / 2) x 100

    Weights: positive 1, neutral 0.5, negative 0.
    """
    return percent(positive + HALF * neutral, tracked_positive + HALF * tracked_neutral)


@kpi("Share of engagement", Kind.LEADING, Unit.PERCENT, Better.UP, over="engagement of all tracked brands")
def share_of_voice_engagement(mention_engagement: Decimal, tracked_engagement: Decimal) -> Decimal:
    """mention_engagement / tracked_engagement x 100

    Weights: each like, share, vote or comment counts 1.
    """
    return percent(mention_engagement, tracked_engagement)


@kpi("Share of reach", Kind.LEADING, Unit.PERCENT, Better.UP, over="reach of all tracked brands")
def share_of_voice_reach(mention_reach: Decimal, tracked_reach: Decimal) -> Decimal:
    """mention_reach / tracked_reach x 100"""
    return percent(mention_reach, tracked_reach)


@kpi("Excess share of voice", Kind.LEADING, Unit.PERCENT, Better.UP)
def excess_share_of_voice(share_of_voice: Decimal, market_share: Decimal) -> Decimal:
    """share_of_voice - market_share x 100, in points"""
    return share_of_voice - market_share * HUNDRED


@kpi("Net sentiment", Kind.LEADING, Unit.PERCENT, Better.UP, over="scored mentions")
def net_sentiment(positive: Decimal, neutral: Decimal, negative: Decimal) -> Decimal:
    """(positive - negative) / (positive + neutral + negative) x 100

    Neutral mentions count in the denominator, so it is calmer than net_sentiment_polar.
    """
    return percent(positive - negative, positive + neutral + negative)


@kpi("Net sentiment without neutral", Kind.LEADING, Unit.PERCENT, Better.UP, over="positive + negative")
def net_sentiment_polar(positive: Decimal, negative: Decimal) -> Decimal:
    """(positive - negative) / (positive + negative) x 100"""
    return percent(positive - negative, positive + negative)


@kpi("Positive share without neutral", Kind.LEADING, Unit.PERCENT, Better.UP, over="positive + negative")
def positive_share(positive: Decimal, negative: Decimal) -> Decimal:
    """positive / (positive + negative) x 100"""
    return percent(positive, positive + negative)


@kpi("Weighted sentiment", Kind.LEADING, Unit.PERCENT, Better.UP, over="what is weighted")
def net_sentiment_weighted(positive: Decimal, neutral: Decimal, negative: Decimal) -> Decimal:
    """(positive - negative) / (positive + neutral / 2 + negative) x 100

    Weights: positive 1, neutral 0.5, negative 1.
    """
    return percent(positive - negative, positive + HALF * neutral + negative)
