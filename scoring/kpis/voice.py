"""How much is said of the brand and how well, beside the brands that are tracked with it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from scoring.kpi import Better, Kind, Unit, kpi
from scoring.quotients import HUNDRED, divided, percent

HALF: Final = Decimal("0.5")
FIFTY: Final = Decimal(50)
BY_REACH, BY_MENTIONS, BY_SENTIMENT = Decimal(3), Decimal(2), Decimal(2)  # weights of the composite rank


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

    Weights: positive 1, neutral 0.5, negative 0. Also called net index.
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
    """mention_reach / tracked_reach x 100

    Of reach or of impressions, whichever the sources of mentions state.
    """
    return percent(mention_reach, tracked_reach)


@kpi("Excess share of voice", Kind.LEADING, Unit.PERCENT, Better.UP)
def excess_share_of_voice(share_of_voice: Decimal, market_share: Decimal) -> Decimal:
    """share_of_voice - market_share x 100, in points"""
    return share_of_voice - market_share * HUNDRED


@kpi("Engagement per mention", Kind.LEADING, Unit.RATIO, Better.UP, over="mentions")
def engagement_per_mention(mention_engagement: Decimal, mentions: Decimal) -> Decimal:
    """mention_engagement / mentions"""
    return divided(mention_engagement, mentions)


@kpi("Composite rank", Kind.LEADING, Unit.RATIO, Better.UP, over="what the best brand has")
def composite_rank(  # noqa: PLR0913, PLR0917  # four parts, each over its largest
    mention_reach: Decimal,
    best_reach: Decimal,
    mentions: Decimal,
    best_mentions: Decimal,
    positive_share: Decimal,
    best_positive_share: Decimal,
    engagement_per_mention: Decimal,
    best_engagement: Decimal,
) -> Decimal:
    """3 x reach + 2 x mentions + 2 x positive_share + engagement_per_mention, each over that of the best brand

    0 to 8: the brand that leads in all of it has 8. SentiOne's weights, with positive_share for its index of health.
    """
    return (
        BY_REACH * divided(mention_reach, best_reach)
        + BY_MENTIONS * divided(mentions, best_mentions)
        + BY_SENTIMENT * divided(positive_share, best_positive_share)
        + divided(engagement_per_mention, best_engagement)
    )


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


@kpi("Sentiment of authors", Kind.LEADING, Unit.RATIO, Better.UP, over="scored authors")
def author_sentiment(authors_positive: Decimal, authors_neutral: Decimal, authors_negative: Decimal) -> Decimal:
    """50 + 50 x (authors_positive - authors_negative) / (authors_positive + authors_neutral + authors_negative)

    Each author counts once, however much they write. In TweetBinder's bands: up to 20 very negative, to 40 negative,
    to 60 neutral, to 80 positive, above very positive.
    """
    scored = authors_positive + authors_neutral + authors_negative
    return FIFTY + FIFTY * divided(authors_positive - authors_negative, scored)
