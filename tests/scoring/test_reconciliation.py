"""Claims of web analytics, ad platforms and a CRM beside each other, worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.campaign_settings import Rate
from scoring.claims import APART, MEASURES, By, Figure, Measure, Side, Speaker, Terms
from scoring.days import Days
from scoring.money import Money
from scoring.rates import Rates
from scoring.reconciliation import Line, Reconciliation, reconciled
from scoring.traffic_sources import Sources
from storage.campaign_records import CampaignSum

JULY = Days(date(2026, 7, 1), date(2026, 8, 1))
SPEAKERS = {
    "ga4": Speaker("analytics"),
    "hubspot": Speaker("crm"),
    "google_ads": Speaker("ads", "google"),
    "sprout": Speaker("posts"),
}
RATE = Rate(day=date(2026, 7, 1), **{"from": "USD", "to": "EUR"}, rate=Decimal("0.5"))
SESSIONS, VISITS_THAT_CONVERT = Measure("analytics", "sessions"), Measure("analytics", "conversions")
CLICKS, AD_LEADS = Measure("ads", "clicks"), Measure("ads", "leads")
LEADS, REVENUE = Measure("crm", "leads"), Measure("crm", "revenue")


def row(
    platform: str,
    source: str | None = None,
    medium: str | None = None,
    *,
    rows: int = 1,
    day: str = "2026-07-02",
    days: int = 1,
    currency: str | None = "EUR",
    campaign: str | None = None,
    stated: Mapping[str, int] | None = None,
    apart: Mapping[str, str] | None = None,
    counted: Mapping[str, int] | None = None,
    **more: int | str,
) -> CampaignSum:
    start = date.fromisoformat(day)
    sums = {**more, **(counted or {})}
    told = {"utm_source": source, "utm_medium": medium, **(apart or {})}
    return CampaignSum(
        platform,
        campaign,
        start,
        start + timedelta(days=days),
        currency,
        rows,
        {name: Decimal(value) for name, value in sums.items()},
        dict.fromkeys(sums, rows) | dict(stated or {}),
        tuple(told.get(name) for name in APART),
    )


def july(*rows: CampaignSum, by: By = "source", rates: Sequence[Rate] = ()) -> Reconciliation:
    return reconciled(rows, JULY, Terms(by, SPEAKERS, Sources(), "EUR", Rates(rates)))


def line(found: Reconciliation, name: str | None) -> Line:
    (one,) = [each for each in found.lines if each.name == name]
    return one


def compared(one: Line, first: str, second: str) -> tuple[object, ...]:
    (each,) = [
        each for each in one.differences if (str(each.compared.first), str(each.compared.second)) == (first, second)
    ]
    return each.absolute, each.relative, each.rate, each.why


def test_leads_of_the_crm_stand_beside_conversions_of_web_analytics() -> None:
    found = july(
        row("ga4", "google", "organic", sessions=100, conversions=8),
        row("ga4", "google.com", "cpc", sessions=60, conversions="2.5"),
        row("hubspot", "Google", leads=7, new_customers=2),
    )
    google = line(found, "google")

    assert google.figures[SESSIONS].value == 160
    assert google.figures[VISITS_THAT_CONVERT].value == Decimal("10.5")
    assert google.figures[LEADS].value == 7
    # 7 - 10.5 = -3.5; -3.5 / 10.5 = -1/3; 7 / 10.5 = 2/3
    absolute, relative, rate, why = compared(google, "crm.leads", "analytics.conversions")
    assert (absolute, why) == (Decimal("-3.5"), "")
    assert relative == pytest.approx(Decimal(-1) / 3)
    assert rate == pytest.approx(Decimal(2) / 3)
    assert found.sides == {"analytics": ("ga4",), "crm": ("hubspot",)}


def test_a_source_on_one_side_alone_is_unknown_on_the_others() -> None:
    found = july(row("ga4", "bing", "organic", sessions=5, conversions=1), row("hubspot", "linkedin", leads=3))

    assert [(each.name, each.sides) for each in found.lines] == [("bing", ("analytics",)), ("linkedin", ("crm",))]
    assert line(found, "bing").figures[LEADS].value is None
    assert line(found, "bing").figures[LEADS].why == "no row of the CRM says this source"
    assert compared(line(found, "linkedin"), "crm.leads", "analytics.conversions") == (
        None, None, None, "no row of web analytics says this source",
    )  # fmt: skip


def test_a_side_without_any_rows_is_told_from_one_that_says_nothing_of_a_source() -> None:
    found = july(row("ga4", "bing", "organic", sessions=5), row("hubspot", "linkedin", leads=3))

    assert line(found, "bing").figures[CLICKS].why == found.total.figures[CLICKS].why == "nothing of ad platforms"
    assert line(found, "bing").figures[LEADS].why == "no row of the CRM says this source"
    assert line(found, "bing").figures[VISITS_THAT_CONVERT].why == "no row of web analytics states conversions"


def test_of_a_source_ads_are_compared_with_visits_that_were_paid_for() -> None:
    found = july(
        row("ga4", "google", "organic", sessions=1000, conversions=30),
        row("ga4", "google", "cpc", sessions=90, conversions=4),
        row("google_ads", clicks=100, conversions=5),
        row("hubspot", "google", apart={"content_type": "Organic Search"}, leads=9),
    )
    google = line(found, "google")

    assert compared(google, "analytics.sessions", "ads.clicks")[:2] == (-10, Decimal("-0.1"))
    assert compared(google, "ads.conversions", "analytics.conversions")[:3] == (1, Decimal("0.25"), Decimal("1.25"))
    assert compared(google, "crm.leads", "ads.leads")[3] == "no row of the CRM is of paid visits"
    assert google.figures[SESSIONS].value == 1090


def test_visits_that_do_not_say_whether_they_were_paid_for_are_never_taken_for_paid() -> None:
    open_ = july(row("ga4", "google", sessions=10), row("google_ads", clicks=9))
    some = july(row("ga4", "google", sessions=10), row("ga4", "google", "cpc", sessions=4), row("google_ads", clicks=9))

    assert compared(line(open_, "google"), "analytics.sessions", "ads.clicks")[3] == (
        "web analytics does not say which visits were paid for"
    )
    (difference,) = [each for each in line(some, "google").differences if str(each.compared.second) == "ads.clicks"]
    assert difference.first == Figure(Decimal(4), partial=True)
    assert difference.absolute == -5


def test_a_campaign_that_says_no_medium_is_compared_with_ads() -> None:
    found = july(
        row("ga4", campaign="Summer Sale", sessions=40, conversions=2),
        row("ga4", "newsletter", "email", campaign="Summer Sale", sessions=500),
        row("google_ads", campaign="summer-sale", clicks=50),
        by="campaign",
    )

    assert compared(line(found, "summer sale"), "analytics.sessions", "ads.clicks")[:2] == (-10, Decimal("-0.2"))


def test_original_sources_of_a_crm_are_media() -> None:
    rows = (
        row("hubspot", "Facebook", apart={"content_type": "PAID_SOCIAL"}, leads=4),
        row("hubspot", apart={"content_type": "Email Marketing"}, leads=2),
        row("hubspot", "Paid Social", leads=1),  # where the source belongs
        row("hubspot", apart={"content_type": "Direct Traffic"}, leads=3),
        row("hubspot", apart={"content_type": "Offline Sources"}, leads=8),
        row("hubspot", leads=16),
    )
    media = {each.name: each.figures[LEADS].value for each in july(*rows, by="medium").lines}
    sources = {each.name: each.figures[LEADS].value for each in july(*rows).lines}

    assert media == {"direct": 3, "email": 2, "offline": 8, "paid social": 5, None: 16}
    assert sources == {"direct": 3, "facebook": 4, "offline": 8, None: 19}
    assert [(each.platform, each.rows, each.side) for each in july(*rows).unsaid] == [("hubspot", 3, "crm")]


def test_channels_of_web_analytics_are_media() -> None:
    rows = (
        row("ga4", apart={"channel": "Paid Social"}, sessions=4),
        row("ga4", "facebook", "cpc", sessions=3),
        row("ga4", apart={"channel": "Direct"}, sessions=5),
        row("ga4", apart={"channel": "Unassigned"}, sessions=1),
    )

    assert {each.name: each.figures[SESSIONS].value for each in july(*rows, by="medium").lines} == {
        "direct": 5, "paid social": 7, None: 1,
    }  # fmt: skip
    assert {each.name for each in july(*rows).lines} == {"facebook", "direct", None}


def test_what_says_no_source_is_shown_and_not_compared() -> None:
    found = july(row("ga4", "(not set)", "(not set)", sessions=4, conversions=2), row("hubspot", leads=3))

    assert line(found, None).figures[LEADS].value == 3
    assert compared(line(found, None), "crm.leads", "analytics.conversions")[3] == "what says no source may be of any"
    assert compared(found.total, "crm.leads", "analytics.conversions")[:3] == (1, Decimal("0.5"), Decimal("1.5"))


def test_against_nothing_there_is_a_difference_and_no_ratio() -> None:
    found = july(row("ga4", "x", "social", sessions=4, conversions=0), row("hubspot", "t.co", leads=2))

    assert compared(line(found, "x"), "crm.leads", "analytics.conversions") == (
        2, None, None, "analytics.conversions is 0",
    )  # fmt: skip


def test_rows_of_a_longer_time_and_of_no_side_are_left_out_and_told() -> None:
    found = july(
        row("ga4", "google", sessions=9, day="2026-06-15", days=30),
        row("ga4", "google", sessions=9, rows=2, day="2026-07-20", days=30),
        row("sprout", clicks=4),
        row("google_trends", interest=50),
    )

    assert found.lines == ()
    assert [(each.platform, each.rows, each.days) for each in found.longer] == [
        ("ga4", 3, Days(date(2026, 6, 15), date(2026, 8, 19)))
    ]
    assert [each.platform for each in found.no_side] == ["google_trends", "sprout"]


@pytest.mark.parametrize(
    ("stated", "side"),
    [
        ({"sessions": 5, "leads": 1}, "analytics"),
        ({"clicks": 5, "leads": 1}, "ads"),
        ({"spend": 5}, "ads"),
        ({"leads": 1}, "crm"),
        ({"orders": 1}, "crm"),
        ({"engagements": 1}, None),
    ],
    ids=["visits", "clicks", "costs", "leads", "sales", "none of these"],
)
def test_a_platform_that_no_format_declares_is_known_by_its_columns(stated: dict[str, int], side: Side | None) -> None:
    found = july(row("own", "google", counted=stated))

    assert list(found.sides) == ([side] if side else [])


def test_all_rows_of_a_platform_together_tell_who_it_is() -> None:
    found = july(row("shop", "google", leads=1), row("shop", "google", sessions=3))

    assert found.sides == {"analytics": ("shop",)}


def test_ads_without_a_declared_source_are_of_their_platform() -> None:
    found = july(
        row("Radio_One", clicks=1, spend=5), row("google_ads", clicks=2), row("google_ads", "youtube", clicks=4)
    )

    assert {each.name: each.figures[CLICKS].value for each in found.lines} == {
        "google": 2,
        "radio one": 1,
        "youtube": 4,
    }


def test_revenue_is_in_one_currency_or_refused_with_the_remedy() -> None:
    rows = (
        row("hubspot", "google", revenue="100", orders=1),
        row("hubspot", "google", revenue="30", orders=1, currency="USD"),
        row("hubspot", "bing", revenue="7", orders=1),
    )

    assert line(july(*rows, rates=[RATE]), "google").figures[REVENUE].value == Money(Decimal(115), "EUR")
    refused = july(*rows)
    assert line(refused, "google").figures[REVENUE].value is None
    assert line(refused, "google").figures[Measure("crm", "orders")].value == 2
    assert line(refused, "bing").figures[REVENUE].value == Money(Decimal(7), "EUR")
    assert [why.partition(";")[0] for why in refused.refused] == [
        "hubspot: no rate from USD to EUR of 2026-07-02 or before"
    ]


def test_rows_of_another_sort_make_nothing_partial_and_rows_of_the_same_do() -> None:
    found = july(
        row("hubspot", "google", apart={"grain": "contact"}, leads=5),
        row("hubspot", "google", apart={"grain": "deal"}, orders=1),
        row("hubspot", "bing", apart={"grain": "contact"}, rows=4, leads=3, stated={"leads": 3}),
    )

    assert [line(found, name).figures[LEADS].partial for name in ("google", "bing")] == [False, True]


SOME = st.builds(
    row,
    st.sampled_from(["ga4", "hubspot", "google_ads", "own", "sprout"]),
    st.sampled_from([None, "google", "Google", "(direct)", "(not set)", "t.co", "Paid Social"]),
    st.sampled_from([None, "cpc", "organic", "(none)", "email"]),
    campaign=st.sampled_from([None, "Sale", "sale", "(not set)"]),
    day=st.sampled_from(["2026-06-30", "2026-07-01", "2026-07-31"]),
    sessions=st.integers(0, 9),
    clicks=st.integers(0, 9),
    conversions=st.integers(0, 9),
    leads=st.integers(0, 9),
)


@given(st.lists(SOME, max_size=12), st.sampled_from(["source", "medium", "campaign"]), st.randoms())
def test_lines_add_up_to_all_rows_in_whatever_order_they_come(rows: list[CampaignSum], by: By, dice: Random) -> None:
    found = july(*rows, by=by)
    roles: dict[str, Side] = {"ga4": "analytics", "hubspot": "crm", "google_ads": "ads", "own": "analytics"}
    within = [each for each in rows if each.start_day >= JULY.start and each.platform in roles]

    for side, names in MEASURES.items():
        for name in names:
            stated = [each.sums[name] for each in within if roles[each.platform] == side and name in each.sums]
            values = [each.figures[Measure(side, name)].value for each in found.lines]
            known = [value for value in values if value is not None]
            assert sum(known, Decimal(0)) == sum(stated, Decimal(0))
            assert found.total.figures[Measure(side, name)].value == (sum(stated, Decimal(0)) if stated else None)
    mixed = list(rows)
    dice.shuffle(mixed)
    assert july(*mixed, by=by) == found
