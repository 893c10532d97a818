"""Every KPI, by values worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.facts import FACTS
from scoring.kpi import REGISTERED, Better, Kind, Unit, kpi
from scoring.kpis import KPIS
from scoring.money import Money
from scoring.outcome import Outcome, compute
from scoring.standing import number
from tests.scoring.kpi_facts import euros, facts, only

# Of the month of kpi_facts.
BY_HAND = {
    "spend": "2000", "total_cost": "2500", "revenue": "5000", "gross_profit": "3000", "roi": "150",
    "roi_all_costs": "100", "roi_margin": "50", "roi_ltv": "860", "roas": "2.5", "poas": "1.5", "mer": "2",
    "cpa": "200", "cpl": "40", "cpc": "4", "cpm": "20", "cost_per_reach": "40", "cpv": "0.25", "cpe": "0.8",
    "aov": "100", "impressions": "100000", "reach": "50000", "clicks": "500", "engagements": "2500", "sessions": "400",
    "leads": "50", "conversions": "10", "new_customers": "20", "ctr": "0.5", "conversion_rate": "2",
    "conversion_rate_sessions": "2.5", "lead_conversion_rate": "40", "key_event_rate": "5",
    "engagement_rate_impressions": "2.5", "engagement_rate_reach": "5", "engagement_rate_followers": "0.25",
    "engagements_per_day": "80.6451612903", "engagement_rate_web": "75", "bounce_rate": "25", "cac": "125",
    "arpu": "20", "arpu_month": "20", "arppu": "50", "churn_rate": "4", "retention_rate": "96", "clv_simple": "1200",
    "clv_contractual": "240", "customer_margin": "12", "clv_margin": "190", "clv_margin_at_once": "202",
    "ltv_cac": "9.6", "ltv_cac_contractual": "1.92", "ltv_cac_margin": "1.52", "cac_payback_months": "10.4166666667",
    "campaign_lifetime_revenue": "8000", "allowable_cost": "120", "mentions": "120", "share_of_voice": "25",
    "share_of_voice_positive": "50", "share_of_voice_negative": "25", "share_of_voice_sentiment": "58.1081081081",
    "share_of_voice_engagement": "25", "share_of_voice_reach": "25", "excess_share_of_voice": "5",
    "net_sentiment": "29", "net_sentiment_polar": "70.7317073171", "positive_share": "85.3658536585",
    "net_sentiment_weighted": "41.1347517730", "reach_from_followers": "141818.1818181818", "emv": "1600",
    "emv_engagement": "2150", "ave": "1850", "roi_social": "50", "posts": "10", "conversion_rate_visitors": "4",
    "engagements_per_post": "200", "engagement_rate_post": "0.02", "average_engagement_rate": "5",
    "engagement_per_mention": "2.5", "composite_rank": "4.7073170732", "author_sentiment": "65",
    "mention_reach": "200000", "unique_reach": "150000", "daily_reach": "2000",
    "impressions_from_followers": "10020000", "reach_from_impressions": "801600", "estimated_views": "500",
    "emv_comprehensive": "3650", "emv_posts": "4500", "pr_value": "8400", "funnel_engagements": "2500",
    "funnel_clicks": "500", "funnel_conversions": "10", "funnel_revenue": "500", "roi_funnel": "-75",
}  # fmt: skip


PR = {"pr_online_cpm": "10", "pr_social_cpm": "20", "pr_factor": "3"}


def value(id_: str, **stated: str) -> Decimal:
    found = compute(id_, only(**stated)).value
    assert found is not None
    return number(found)


def test_every_kpi_has_been_worked_out() -> None:
    assert set(BY_HAND) == set(KPIS)


@pytest.mark.parametrize("id_", BY_HAND)
def test_kpi_is_what_it_is_by_hand(id_: str) -> None:
    found = compute(id_, facts())

    assert found.value is not None
    assert round(number(found.value), 10) == round(Decimal(BY_HAND[id_]), 10)
    assert isinstance(found.value, Money) == (KPIS[id_].unit is Unit.MONEY)
    assert (found.missing, found.why, found.partial) == ((), "", ())


def test_funnel_that_loses_three_quarters_of_its_spend() -> None:
    funnel = {"spend": "2000", "reach": "50000", "engagements": "2500", "clicks": "500", "conversions": "10"}
    sold = {"revenue": "500", "orders": "10"}

    assert value("engagement_rate_reach", **funnel) == 5
    assert value("ctr", impressions="2500", **funnel) == 20
    assert value("conversion_rate", **funnel) == 2
    assert value("aov", **sold) == 50
    assert value("roi", **funnel, **sold) == -75


def test_a_plan_of_that_funnel_says_so_beforehand() -> None:
    assert {name: compute(name, facts()).value for name in KPIS if name.startswith("funnel_")} == {
        "funnel_engagements": 2500,
        "funnel_clicks": 500,
        "funnel_conversions": 10,
        "funnel_revenue": euros(500),
    }
    assert compute("roi_funnel", facts()).value == -75


@pytest.mark.parametrize(
    ("id_", "stated", "expected"),
    [
        ("clv_simple", {"revenue": "100", "orders": "1", "purchase_frequency": "4", "lifespan": "3"}, "1200"),
        ("share_of_voice_reach", {"mention_reach": "200000", "tracked_reach": "800000"}, "25"),
        ("net_sentiment", {"positive": "35", "neutral": "59", "negative": "6"}, "29"),
        ("net_sentiment", {"positive": "80", "neutral": "100", "negative": "20"}, "30"),
        ("net_sentiment_polar", {"positive": "80", "negative": "20"}, "60"),
        ("positive_share", {"positive": "80", "negative": "20"}, "80"),
        ("allowable_cost", {"revenue": "100", "orders": "1", "purchase_frequency": "4", "lifespan": "3"}, "120"),
        ("reach_from_followers", {"followers": "1000000"}, "141818"),
        ("pr_value", {"online_reach": "1000", "social_reach": "0", **PR}, "30"),
        ("pr_value", {"online_reach": "0", "social_reach": "1000", **PR}, "60"),
        ("author_sentiment", {"authors_positive": "1", "authors_neutral": "0", "authors_negative": "0"}, "100"),
        ("author_sentiment", {"authors_positive": "0", "authors_neutral": "0", "authors_negative": "1"}, "0"),
        ("reach_from_followers", {"followers": "50000"}, "7500"),
        ("reach_from_followers", {"followers": "100000"}, "15000"),
        ("reach_from_followers", {"followers": "10000000"}, "600000"),
        ("reach_from_followers", {"followers": "20000000"}, "1200000"),
    ],
)
def test_published_example(id_: str, stated: dict[str, str], expected: str) -> None:
    assert round(value(id_, **stated)) == Decimal(expected)


@pytest.mark.parametrize(("id_", "expected"), [("clv_margin", "266.67"), ("clv_margin_at_once", "366.67")])
def test_customers_worth_a_hundred_a_month_of_whom_four_fifths_stay(id_: str, expected: str) -> None:
    month = {"revenue": "100", "active_users": "1", "months": "1", "gross_margin": "1"}

    assert round(value(id_, churn="0.2", discount_rate="0.1", **month), 2) == Decimal(expected)


def test_a_million_followers_are_reached_by_the_factor_that_is_published() -> None:
    assert round(value("reach_from_followers", followers="1000000") / 1_000_000, 5) == Decimal("0.14182")


def test_both_net_sentiments_of_one_brand_differ_by_its_neutral_mentions() -> None:
    brand = {"positive": "80", "neutral": "100", "negative": "20"}

    assert value("net_sentiment", **brand) == Decimal("30.0")
    assert value("net_sentiment_polar", **brand) == 60
    assert value("net_sentiment_polar", **brand) == value("net_sentiment", **brand) * 200 / 100


def test_shares_that_nobody_counted_leave_the_posts_alone() -> None:
    assert compute("impressions_from_followers", facts(shares=None)).value == 10_000_000


def test_a_million_people_are_an_advertising_value_of_9250() -> None:
    assert compute("ave", facts(mention_reach="1000000")).value == euros("9250.000000")


def test_arpu_of_a_quarter_is_divided_by_its_months() -> None:
    quarter = facts(months="3")

    assert compute("arpu", quarter).value == euros(20)
    assert compute("arpu_month", quarter).value == euros(20) / Decimal(3)
    assert compute("cac_payback_months", quarter).value == euros(125) / (euros(20) / Decimal(3) * Decimal("0.6"))


def test_other_costs_that_nobody_wrote_leave_the_spend_alone() -> None:
    assert compute("total_cost", facts(other_costs=None)).value == euros(2000)
    assert compute("cac", facts(other_costs=None)).value == euros(100)
    assert compute("roi_all_costs", facts(other_costs=None)) == Outcome(None, ("other_costs",), "missing other_costs")


def test_gross_profit_that_no_export_states_is_made_by_the_margin() -> None:
    assert compute("gross_profit", facts(gross_profit=None, gross_margin="0.5")).value == euros("2500")
    assert compute("poas", facts(gross_profit=None, gross_margin="0.5")).value == Decimal("1.25")


def test_every_kpi_of_the_command_line_is_there() -> None:
    named = (
        "roi roas poas cpa cac cpl cpc cpm cpv ctr conversion_rate conversion_rate_sessions lead_conversion_rate "
        "engagement_rate_impressions engagement_rate_reach engagement_rate_web bounce_rate arpu aov clv_simple "
        "clv_contractual clv_margin ltv_cac cac_payback_months spend revenue leads conversions new_customers "
        "share_of_voice share_of_voice_positive net_sentiment mentions emv ave"
    )
    assert set(named.split()) - set(KPIS) == set()


@pytest.mark.parametrize("found", KPIS.values(), ids=list(KPIS))
def test_what_a_kpi_needs_are_facts_or_other_kpis(found: object) -> None:
    assert isinstance(found, type(KPIS["roi"]))
    needed = {*found.needs, *found.may_need}

    assert needed, "a KPI of nothing"
    assert needed - FACTS.keys() - (KPIS.keys() - {found.id}) == set()
    assert (found.formula, found.name) > ("", "")
    assert not found.formula.endswith(".")


def test_estimates_are_called_estimates() -> None:
    estimates = [found for found in KPIS.values() if found.kind is Kind.ESTIMATE]

    assert [found.name for found in estimates if "estimate" not in found.name] == []
    assert {found.function.__module__ for found in estimates} == {"scoring.kpis.estimates", "scoring.kpis.plan"}
    assert all(
        found in estimates for found in KPIS.values() if found.function.__module__.endswith((".estimates", ".plan"))
    )


def test_two_kpis_of_one_name_are_refused() -> None:
    def roi(spend: Money) -> Money:
        return spend

    with pytest.raises(ValueError, match="two KPIs are called roi"):
        kpi("Another", Kind.FINANCIAL, Unit.MONEY, Better.UP)(roi)

    assert REGISTERED["roi"].name == "ROI of ad spend"
