"""Numbers that nobody measured. They are shown where they are asked for, and always called estimates.

Practitioners of public relations reject advertising equivalents as a measure of value; see the Barcelona Principles.
"""

from __future__ import annotations

from decimal import Decimal

from scoring.kpi import Better, Kind, Unit, kpi
from scoring.money import Money
from scoring.quotients import THOUSAND

SMALL, LARGE = Decimal(100_000), Decimal(10_000_000)  # followers
SEEN_SMALL, SEEN_LARGE = Decimal("0.15"), Decimal("0.06")  # fraction of them that a post reaches


@kpi("Reach from followers (estimate)", Kind.ESTIMATE, Unit.COUNT, Better.UP)
def reach_from_followers(followers: Decimal) -> Decimal:
    """followers x factor: 0.15 below 100,000 followers, 0.06 above 10 million, on a straight line between"""
    place = (min(max(followers, SMALL), LARGE) - SMALL) / (LARGE - SMALL)
    return followers * (SEEN_SMALL + (SEEN_LARGE - SEEN_SMALL) * place)


@kpi("Earned media value (estimate)", Kind.ESTIMATE, Unit.MONEY, Better.UP)
def emv(mention_reach: Decimal, earned_cpm: Money, earned_adjustment: Decimal) -> Money:
    """mention_reach / 1000 x earned_cpm x earned_adjustment"""
    return earned_cpm * (mention_reach / THOUSAND * earned_adjustment)


@kpi("Earned media value with engagement (estimate)", Kind.ESTIMATE, Unit.MONEY, Better.UP)
def emv_engagement(mention_reach: Decimal, mention_engagement: Decimal, earned_cpm: Money, earned_cpe: Money) -> Money:
    """mention_reach / 1000 x earned_cpm + mention_engagement x earned_cpe"""
    return earned_cpm * (mention_reach / THOUSAND) + earned_cpe * mention_engagement


@kpi("Advertising value equivalent (estimate)", Kind.ESTIMATE, Unit.MONEY, Better.UP)
def ave(mention_reach: Decimal, ave_share: Decimal, ave_price: Money) -> Money:
    """mention_reach x ave_share x ave_price"""
    return ave_price * (mention_reach * ave_share)
