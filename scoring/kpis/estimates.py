"""Numbers that nobody measured. They are shown where they are asked for, and always called estimates.

Practitioners of public relations reject advertising equivalents as a measure of value; see the Barcelona Principles.
"""

from __future__ import annotations

from decimal import Decimal

from scoring.kpi import Better, Kind, Unit, kpi
from scoring.money import Money
from scoring.quotients import THOUSAND, divided

ZERO = Decimal(0)
SMALL, LARGE = Decimal(100_000), Decimal(10_000_000)  # followers
SEEN_SMALL, SEEN_LARGE = Decimal("0.15"), Decimal("0.06")  # fraction of them that a post reaches


@kpi("Reach from followers (estimate)", Kind.ESTIMATE, Unit.COUNT, Better.UP)
def reach_from_followers(followers: Decimal) -> Decimal:
    """followers x factor: 0.15 below 100,000 followers, 0.06 above 10 million, on a straight line between"""
    place = (min(max(followers, SMALL), LARGE) - SMALL) / (LARGE - SMALL)
    return followers * (SEEN_SMALL + (SEEN_LARGE - SEEN_SMALL) * place)


@kpi("Reach of mentions, added up (estimate)", Kind.ESTIMATE, Unit.COUNT, Better.UP)
def mention_reach(mention_reach: Decimal) -> Decimal:
    """mention_reach

    Of each mention, as its source states it; who sees two of them is counted twice.
    """
    return mention_reach


@kpi("Unique reach of mentions (estimate)", Kind.ESTIMATE, Unit.COUNT, Better.UP)
def unique_reach(unique_reach: Decimal) -> Decimal:
    """mention_reach, each profile once

    A profile is an author, or the domain where no author is named. Who follows two of them is counted twice.
    """
    return unique_reach


@kpi("Daily reach of articles (estimate)", Kind.ESTIMATE, Unit.COUNT, Better.UP, over="days")
def daily_reach(domain_reach: Decimal, days: Decimal) -> Decimal:
    """domain_reach / days: what the domains of a day reach, each counted once, in the mean over days"""
    return divided(domain_reach, days)


@kpi("Impressions from followers (estimate)", Kind.ESTIMATE, Unit.COUNT, Better.UP)
def impressions_from_followers(
    posts: Decimal, followers: Decimal, shares: Decimal = ZERO, median_followers: Decimal = ZERO
) -> Decimal:
    """posts x followers + shares x median_followers

    As Radarly counts posts; without shares where none are known.
    """
    return posts * followers + shares * median_followers


@kpi("Reach from impressions (estimate)", Kind.ESTIMATE, Unit.COUNT, Better.UP)
def reach_from_impressions(impressions_from_followers: Decimal, reach_coefficient: Decimal) -> Decimal:
    """impressions_from_followers x reach_coefficient

    Radarly's coefficients lie between 0.04 and 0.15, by network.
    """
    return impressions_from_followers * reach_coefficient


@kpi("Views of an article (estimate)", Kind.ESTIMATE, Unit.COUNT, Better.UP, over="site_articles")
def estimated_views(site_views: Decimal, site_articles: Decimal) -> Decimal:
    """site_views / site_articles

    As Meltwater counts page views; with visits and new pages of a month it is what Radarly takes for impressions.
    """
    return divided(site_views, site_articles)


@kpi("Earned media value (estimate)", Kind.ESTIMATE, Unit.MONEY, Better.UP)
def emv(mention_reach: Decimal, earned_cpm: Money, earned_adjustment: Decimal) -> Money:
    """mention_reach / 1000 x earned_cpm x earned_adjustment"""
    return earned_cpm * (mention_reach / THOUSAND * earned_adjustment)


@kpi("Earned media value with engagement (estimate)", Kind.ESTIMATE, Unit.MONEY, Better.UP)
def emv_engagement(mention_reach: Decimal, mention_engagement: Decimal, earned_cpm: Money, earned_cpe: Money) -> Money:
    """mention_reach / 1000 x earned_cpm + mention_engagement x earned_cpe"""
    return earned_cpm * (mention_reach / THOUSAND) + earned_cpe * mention_engagement


@kpi("Earned media value, comprehensive (estimate)", Kind.ESTIMATE, Unit.MONEY, Better.UP)
def emv_comprehensive(
    mention_reach: Decimal, unique_reach: Decimal, mention_engagement: Decimal, earned_cpm: Money, earned_cpe: Money
) -> Money:
    """(mention_reach + unique_reach) / 1000 x earned_cpm + mention_engagement x earned_cpe

    Known by that name, and it counts whom it reaches twice; emv_engagement does not.
    """
    return earned_cpm * ((mention_reach + unique_reach) / THOUSAND) + earned_cpe * mention_engagement


@kpi("Earned media value of own posts (estimate)", Kind.ESTIMATE, Unit.MONEY, Better.UP)
def emv_posts(  # three counts, two prices and what turns one count into another
    impressions: Decimal,
    engagements: Decimal,
    clicks: Decimal,
    earned_cpm: Money,
    earned_cpc: Money,
    earned_multiplier: Decimal,
) -> Money:
    """earned_cpm x impressions / 1000 + earned_cpc x (earned_multiplier x engagements + clicks)

    Dynamic Signal's, of what exports state: ask for platforms of posts, with --platform, as ads are paid for already.
    """
    return earned_cpm * (impressions / THOUSAND) + earned_cpc * (earned_multiplier * engagements + clicks)


@kpi("PR value (estimate)", Kind.ESTIMATE, Unit.MONEY, Better.UP)
def pr_value(
    online_reach: Decimal, social_reach: Decimal, pr_online_cpm: Money, pr_social_cpm: Money, pr_factor: Decimal
) -> Money:
    """(online_reach / 1000 x pr_online_cpm + social_reach / 1000 x pr_social_cpm) x pr_factor"""
    return (pr_online_cpm * (online_reach / THOUSAND) + pr_social_cpm * (social_reach / THOUSAND)) * pr_factor


@kpi("Advertising value equivalent (estimate)", Kind.ESTIMATE, Unit.MONEY, Better.UP)
def ave(mention_reach: Decimal, ave_share: Decimal, ave_price: Money) -> Money:
    """mention_reach x ave_share x ave_price"""
    return ave_price * (mention_reach * ave_share)
