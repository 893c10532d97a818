"""From being seen to being bought from: counts, and the rates between them."""

from __future__ import annotations

from decimal import Decimal

from scoring.kpi import Better, Kind, Unit, kpi
from scoring.quotients import divided, percent


@kpi("Impressions", Kind.OUTPUT, Unit.COUNT, Better.UP)
def impressions(impressions: Decimal) -> Decimal:
    """impressions"""
    return impressions


@kpi("People reached", Kind.OUTPUT, Unit.COUNT, Better.UP)
def reach(reach: Decimal) -> Decimal:
    """reach, of one row alone"""
    return reach


@kpi("Clicks", Kind.OUTPUT, Unit.COUNT, Better.UP)
def clicks(clicks: Decimal) -> Decimal:
    """clicks"""
    return clicks


@kpi("Engagements", Kind.OUTPUT, Unit.COUNT, Better.UP)
def engagements(engagements: Decimal) -> Decimal:
    """engagements"""
    return engagements


@kpi("Sessions", Kind.OUTPUT, Unit.COUNT, Better.UP)
def sessions(sessions: Decimal) -> Decimal:
    """sessions"""
    return sessions


@kpi("Posts", Kind.OUTPUT, Unit.COUNT, Better.UP)
def posts(posts: Decimal) -> Decimal:
    """posts"""
    return posts


@kpi("Leads", Kind.LEADING, Unit.COUNT, Better.UP)
def leads(leads: Decimal) -> Decimal:
    """leads"""
    return leads


@kpi("Conversions", Kind.LAGGING, Unit.COUNT, Better.UP)
def conversions(conversions: Decimal) -> Decimal:
    """conversions"""
    return conversions


@kpi("New customers", Kind.LAGGING, Unit.COUNT, Better.UP)
def new_customers(new_customers: Decimal) -> Decimal:
    """new_customers"""
    return new_customers


@kpi("Click-through rate", Kind.LEADING, Unit.PERCENT, Better.UP, over="impressions")
def ctr(clicks: Decimal, impressions: Decimal) -> Decimal:
    """clicks / impressions x 100"""
    return percent(clicks, impressions)


@kpi("Conversion rate of clicks", Kind.LAGGING, Unit.PERCENT, Better.UP, over="clicks")
def conversion_rate(conversions: Decimal, clicks: Decimal) -> Decimal:
    """conversions / clicks x 100"""
    return percent(conversions, clicks)


@kpi("Conversion rate of sessions", Kind.LAGGING, Unit.PERCENT, Better.UP, over="sessions")
def conversion_rate_sessions(conversions: Decimal, sessions: Decimal) -> Decimal:
    """conversions / sessions x 100"""
    return percent(conversions, sessions)


@kpi("Conversion rate of visitors", Kind.LAGGING, Unit.PERCENT, Better.UP, over="active_users")
def conversion_rate_visitors(conversions: Decimal, active_users: Decimal) -> Decimal:
    """conversions / active_users x 100"""
    return percent(conversions, active_users)


@kpi("Lead conversion rate", Kind.LAGGING, Unit.PERCENT, Better.UP, over="leads")
def lead_conversion_rate(new_customers: Decimal, leads: Decimal) -> Decimal:
    """new_customers / leads x 100"""
    return percent(new_customers, leads)


@kpi("Key event rate", Kind.LAGGING, Unit.PERCENT, Better.UP, over="sessions")
def key_event_rate(key_event_sessions: Decimal, sessions: Decimal) -> Decimal:
    """key_event_sessions / sessions x 100

    Of sessions, not of events: it is not the conversion rate. No format reads key_event_sessions yet.
    """
    return percent(key_event_sessions, sessions)


@kpi("Engagement rate by impressions", Kind.LEADING, Unit.PERCENT, Better.UP, over="impressions")
def engagement_rate_impressions(engagements: Decimal, impressions: Decimal) -> Decimal:
    """engagements / impressions x 100"""
    return percent(engagements, impressions)


@kpi("Engagement rate by reach", Kind.LEADING, Unit.PERCENT, Better.UP, over="reach")
def engagement_rate_reach(engagements: Decimal, reach: Decimal) -> Decimal:
    """engagements / reach x 100"""
    return percent(engagements, reach)


@kpi("Engagement rate by followers", Kind.LEADING, Unit.PERCENT, Better.UP, over="followers")
def engagement_rate_followers(engagements: Decimal, followers: Decimal) -> Decimal:
    """engagements / followers x 100"""
    return percent(engagements, followers)


@kpi("Engagements per post", Kind.LEADING, Unit.RATIO, Better.UP, over="posts")
def engagements_per_post(post_engagements: Decimal, posts: Decimal) -> Decimal:
    """post_engagements / posts"""
    return divided(post_engagements, posts)


@kpi("Engagement rate by post", Kind.LEADING, Unit.PERCENT, Better.UP, over="posts x followers")
def engagement_rate_post(post_engagements: Decimal, posts: Decimal, followers: Decimal) -> Decimal:
    """post_engagements / (posts x followers) x 100

    What a post brings of the followers: of more posts it does not become more, as the rate by followers does.
    """
    return percent(post_engagements, posts * followers)


@kpi("Average ER of posts", Kind.LEADING, Unit.PERCENT, Better.UP, over="rated_posts")
def average_engagement_rate(post_rates: Decimal, rated_posts: Decimal) -> Decimal:
    """post_rates / rated_posts x 100, the mean over posts of engagements / impressions

    A mean of ratios, in which a post that few saw weighs as much as any: not the engagement rate by impressions.
    """
    return percent(post_rates, rated_posts)


@kpi("Engagements per day", Kind.LEADING, Unit.RATIO, Better.UP, over="days")
def engagements_per_day(engagements: Decimal, days: Decimal) -> Decimal:
    """engagements / days of the window"""
    return divided(engagements, days)


@kpi("Engagement rate of sessions", Kind.LEADING, Unit.PERCENT, Better.UP, over="sessions")
def engagement_rate_web(engaged_sessions: Decimal, sessions: Decimal) -> Decimal:
    """engaged_sessions / sessions x 100"""
    return percent(engaged_sessions, sessions)


@kpi("Bounce rate", Kind.LEADING, Unit.PERCENT, Better.DOWN, over="sessions")
def bounce_rate(engaged_sessions: Decimal, sessions: Decimal) -> Decimal:
    """(sessions - engaged_sessions) / sessions x 100

    As Google Analytics 4 defines it; bounce rates of Universal Analytics are another thing.
    """
    return percent(sessions - engaged_sessions, sessions)
