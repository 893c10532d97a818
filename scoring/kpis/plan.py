"""A funnel that is planned: what it should bring, from the rates that [estimates] writes for it."""

from __future__ import annotations

from decimal import Decimal

from scoring.kpi import Better, Kind, Unit, kpi
from scoring.money import Money
from scoring.quotients import HUNDRED


@kpi("Engagements of the plan (estimate)", Kind.ESTIMATE, Unit.COUNT, Better.UP)
def funnel_engagements(funnel_reach: Decimal, funnel_engagement_rate: Decimal) -> Decimal:
    """funnel_reach x funnel_engagement_rate"""
    return funnel_reach * funnel_engagement_rate


@kpi("Clicks of the plan (estimate)", Kind.ESTIMATE, Unit.COUNT, Better.UP)
def funnel_clicks(funnel_engagements: Decimal, funnel_click_rate: Decimal) -> Decimal:
    """funnel_engagements x funnel_click_rate"""
    return funnel_engagements * funnel_click_rate


@kpi("Conversions of the plan (estimate)", Kind.ESTIMATE, Unit.COUNT, Better.UP)
def funnel_conversions(funnel_clicks: Decimal, funnel_conversion_rate: Decimal) -> Decimal:
    """funnel_clicks x funnel_conversion_rate"""
    return funnel_clicks * funnel_conversion_rate


@kpi("Revenue of the plan (estimate)", Kind.ESTIMATE, Unit.MONEY, Better.UP)
def funnel_revenue(funnel_conversions: Decimal, funnel_order_value: Money) -> Money:
    """funnel_conversions x funnel_order_value"""
    return funnel_order_value * funnel_conversions


@kpi("ROI of the plan (estimate)", Kind.ESTIMATE, Unit.PERCENT, Better.UP, over="funnel_spend")
def roi_funnel(funnel_revenue: Money, funnel_spend: Money) -> Decimal:
    """(funnel_revenue - funnel_spend) / funnel_spend x 100"""
    return (funnel_revenue - funnel_spend) / funnel_spend * HUNDRED
