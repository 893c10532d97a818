"""What was spent, what it brought, and what each thing cost."""

from __future__ import annotations

from decimal import Decimal

from scoring.kpi import Better, Kind, Unit, kpi
from scoring.money import Money
from scoring.quotients import HUNDRED, THOUSAND


@kpi("Ad spend", Kind.INPUT, Unit.MONEY)
def spend(spend: Money) -> Money:
    """spend"""
    return spend


@kpi("Total cost", Kind.INPUT, Unit.MONEY)
def total_cost(spend: Money, other_costs: Money | None = None) -> Money:
    """spend + other_costs

    Where [[costs]] lists none for the slice, it is the spend alone.
    """
    return spend if other_costs is None else spend + other_costs


@kpi("Revenue", Kind.FINANCIAL, Unit.MONEY, Better.UP)
def revenue(revenue: Money) -> Money:
    """revenue"""
    return revenue


@kpi("Gross profit", Kind.FINANCIAL, Unit.MONEY, Better.UP)
def gross_profit(revenue: Money, gross_margin: Decimal) -> Money:
    """gross_profit as exported, else revenue x gross_margin"""
    return revenue * gross_margin


@kpi("ROI of ad spend", Kind.FINANCIAL, Unit.PERCENT, Better.UP, over="spend")
def roi(revenue: Money, spend: Money) -> Decimal:
    """(revenue - spend) / spend x 100

    Of revenue and of media alone: roi_margin takes the gross profit, roi_all_costs all costs.
    """
    return (revenue - spend) / spend * HUNDRED


@kpi("ROI of all costs", Kind.FINANCIAL, Unit.PERCENT, Better.UP, over="spend + other_costs")
def roi_all_costs(revenue: Money, spend: Money, other_costs: Money) -> Decimal:
    """(revenue - spend - other_costs) / (spend + other_costs) x 100

    Other costs are people, tools and agency, from [[costs]].
    """
    cost = spend + other_costs
    return (revenue - cost) / cost * HUNDRED


@kpi("ROI of social media", Kind.FINANCIAL, Unit.PERCENT, Better.UP, over="social_spend + social_costs")
def roi_social(social_revenue: Money, social_spend: Money, social_costs: Money) -> Decimal:
    """(social_revenue - social_spend - social_costs) / (social_spend + social_costs) x 100

    Of the platforms that [business] lists as social, with people, tools and agency of [[costs]] that name one of them.
    """
    cost = social_spend + social_costs
    return (social_revenue - cost) / cost * HUNDRED


@kpi("ROI of gross profit", Kind.FINANCIAL, Unit.PERCENT, Better.UP, over="spend")
def roi_margin(gross_profit: Money, spend: Money) -> Decimal:
    """(gross_profit - spend) / spend x 100"""
    return (gross_profit - spend) / spend * HUNDRED


@kpi("ROI of customer value", Kind.FINANCIAL, Unit.PERCENT, Better.UP, over="cac")
def roi_ltv(clv_simple: Money, cac: Money) -> Decimal:
    """(clv_simple - cac) / cac x 100"""
    return (clv_simple - cac) / cac * HUNDRED


@kpi("Return on ad spend", Kind.FINANCIAL, Unit.RATIO, Better.UP, over="spend")
def roas(revenue: Money, spend: Money) -> Decimal:
    """revenue / spend"""
    return revenue / spend


@kpi("Profit on ad spend", Kind.FINANCIAL, Unit.RATIO, Better.UP, over="spend")
def poas(gross_profit: Money, spend: Money) -> Decimal:
    """gross_profit / spend"""
    return gross_profit / spend


@kpi("Marketing efficiency", Kind.FINANCIAL, Unit.RATIO, Better.UP, over="total_cost")
def mer(revenue: Money, total_cost: Money) -> Decimal:
    """revenue / total_cost"""
    return revenue / total_cost


@kpi("Cost per conversion", Kind.FINANCIAL, Unit.MONEY, Better.DOWN, over="conversions")
def cpa(spend: Money, conversions: Decimal) -> Money:
    """spend / conversions"""
    return spend / conversions


@kpi("Cost per lead", Kind.FINANCIAL, Unit.MONEY, Better.DOWN, over="leads")
def cpl(spend: Money, leads: Decimal) -> Money:
    """spend / leads"""
    return spend / leads


@kpi("Cost per click", Kind.PROCESS, Unit.MONEY, Better.DOWN, over="clicks")
def cpc(spend: Money, clicks: Decimal) -> Money:
    """spend / clicks

    Clicks of the sort that the export counts: on links alone, or all of them.
    """
    return spend / clicks


@kpi("Cost per 1,000 impressions", Kind.PROCESS, Unit.MONEY, Better.DOWN, over="impressions")
def cpm(spend: Money, impressions: Decimal) -> Money:
    """spend / impressions x 1000"""
    return spend / impressions * THOUSAND


@kpi("Cost per 1,000 people reached", Kind.PROCESS, Unit.MONEY, Better.DOWN, over="reach")
def cost_per_reach(spend: Money, reach: Decimal) -> Money:
    """spend / reach x 1000"""
    return spend / reach * THOUSAND


@kpi("Cost per view", Kind.PROCESS, Unit.MONEY, Better.DOWN, over="views")
def cpv(spend: Money, views: Decimal) -> Money:
    """spend / views"""
    return spend / views


@kpi("Cost per engagement", Kind.PROCESS, Unit.MONEY, Better.DOWN, over="engagements")
def cpe(spend: Money, engagements: Decimal) -> Money:
    """spend / engagements"""
    return spend / engagements


@kpi("Average order value", Kind.FINANCIAL, Unit.MONEY, Better.UP, over="orders")
def aov(revenue: Money, orders: Decimal) -> Money:
    """revenue / orders"""
    return revenue / orders
