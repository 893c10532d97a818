from __future__ import annotations

from decimal import Decimal

import pytest

from config.campaign_settings import Estimates
from scoring.campaign_facts import NO_CURRENCY, constants_of, costs_for, costs_of, estimates_of, facts_of, social_part
from scoring.days import through
from scoring.facts import NOT_SUMMED, Facts
from scoring.money import Money
from scoring.rates import Rates
from tests.scoring.campaign_sums import business, cost, day, result
from tests.scoring.kpi_facts import PRICES, euros
from tests.scoring.test_rates import RATES

NONE = Rates([])
JULY = through(day("2026-07-01"), day("2026-07-31"))


def test_sums_become_facts_in_the_currency_of_the_reports() -> None:
    found = facts_of(result(currency="USD", spend="10", clicks="3", conversions="2.5", rows=2), RATES, "EUR")

    assert found == Facts({"spend": euros("9.00"), "clicks": Decimal(3), "conversions": Decimal("2.5")}, parts=2)


def test_a_period_is_converted_by_the_rate_of_its_last_day() -> None:
    period = result(start="2026-07-01", end="2026-07-11", currency="USD", spend="10")

    assert facts_of(period, RATES, "EUR").known["spend"] == euros("9.20")


def test_what_some_rows_do_not_state_is_partial() -> None:
    assert facts_of(result(spend="10", rows=3, stated=2), NONE, "EUR").partial == {"spend"}


def test_people_of_several_rows_are_refused_and_of_one_are_known() -> None:
    assert facts_of(result(reach="10", rows=2), NONE, "EUR").refused == {"reach": NOT_SUMMED}
    assert facts_of(result(reach="10", rows=2, stated=1), NONE, "EUR").known["reach"] == 10


def test_a_column_that_no_kpi_reads_is_left_alone() -> None:
    assert facts_of(result(results="10"), NONE, "EUR").known == {}


@pytest.mark.parametrize(
    ("currency", "why"),
    [
        (None, NO_CURRENCY),
        (
            "USD",
            (
                "no rate from USD to EUR of 2026-07-01 or before; "
                'add [[rates]] with day = 2026-07-01, from = "USD", to = "EUR" and rate, or report in currency = "USD"'
            ),
        ),
    ],
    ids=["no currency", "no rate"],
)
def test_money_that_cannot_be_converted_is_refused_and_counts_stay(currency: str | None, why: str) -> None:
    found = facts_of(result(currency=currency, spend="10", clicks="3"), NONE, "EUR")

    assert found.refused == {"spend": why}
    assert found.known == {"clicks": 3}


def test_costs_are_spread_evenly_over_their_days() -> None:
    july = [cost("310", "2026-07-01", "2026-07-31")]

    assert costs_of(july, JULY, NONE, "EUR").known == {"other_costs": euros(310)}
    assert costs_of(july, through(day("2026-06-01"), day("2026-07-10")), NONE, "EUR").known["other_costs"] == euros(100)


def test_costs_of_other_days_are_unknown_not_nothing() -> None:
    assert costs_of([cost("310", "2026-06-01", "2026-06-30")], JULY, NONE, "EUR") == Facts()


def test_costs_are_converted_day_by_day() -> None:
    found = costs_of([cost("20", "2026-07-09", "2026-07-10", currency="USD")], JULY, RATES, "EUR")

    assert found.known["other_costs"] == euros("18.20")


def test_costs_without_a_rate_are_refused() -> None:
    found = costs_of([cost("20", "2026-07-09", "2026-07-10", currency="USD")], JULY, NONE, "EUR")

    assert list(found.refused) == ["other_costs"]


def test_costs_belong_to_everything_to_their_platform_and_to_their_campaign() -> None:
    shared, platform, campaign, both = costs = [
        cost("1", "2026-07-01", "2026-07-01"),
        cost("1", "2026-07-01", "2026-07-01", platform="google"),
        cost("1", "2026-07-01", "2026-07-01", campaign="Brand"),
        cost("1", "2026-07-01", "2026-07-01", platform="google", campaign="Brand"),
    ]

    assert costs_for(costs, None, None) == [shared, platform, campaign, both]
    assert costs_for(costs, "google", None) == [platform, both]
    assert costs_for(costs, "meta", None) == []
    assert costs_for(costs, "google", "Brand") == [campaign, both]
    assert costs_for(costs, "meta", "Brand") == [campaign]


def test_constants_hold_where_no_period_says_otherwise() -> None:
    found = constants_of(business(gross_margin="0.6", churn="0.05"), JULY)

    assert found.known == {"days": 31, "months": 1, "gross_margin": Decimal("0.6"), "churn": Decimal("0.05")}


PERIOD: dict[str, object] = {"from": day("2026-07-01"), "to": day("2026-07-31"), "churn": Decimal("0.06")}


def test_a_period_has_its_own_constants_and_leaves_the_others() -> None:
    found = constants_of(business(PERIOD, gross_margin="0.6", churn="0.05"), JULY)

    assert (found.known["churn"], found.known["gross_margin"]) == (Decimal("0.06"), Decimal("0.6"))


def test_a_constant_that_changes_within_the_days_is_refused() -> None:
    found = constants_of(business(PERIOD, churn="0.05"), through(day("2026-06-30"), day("2026-07-01")))

    assert "churn" not in found.known
    assert found.refused == {
        "churn": "it changes within 2026-06-30 to 2026-07-01; ask for days of one of [[business.periods]]"
    }


def test_no_days_have_no_constants() -> None:
    assert constants_of(business(churn="0.05"), JULY.before.shared(JULY)).known == {"days": 0, "months": 0}


def test_counts_of_a_period_are_of_exactly_its_days() -> None:
    counted = business({**PERIOD, "customers_lost": Decimal(8), "customers_at_start": Decimal(200)})

    assert constants_of(counted, JULY).known["customers_lost"] == 8
    assert "paying_users" not in constants_of(counted, JULY).known
    assert "customers_lost" not in constants_of(counted, through(day("2026-07-01"), day("2026-07-30"))).known


def test_prices_of_estimates_are_in_the_currency_of_the_reports() -> None:
    found = estimates_of(Estimates(earned_cpm=Decimal(10)), "EUR")

    assert found.known == {
        "earned_cpm": euros(10),
        "ave_price": euros("0.37"),
        "ave_share": Decimal("0.025"),
        "earned_adjustment": 1,
        "pr_factor": 3,
    }


def test_prices_are_money_and_factors_are_not() -> None:
    written = {name: Decimal(1) for name in Estimates.model_fields if name not in {"show", "ave_share"}}
    found = estimates_of(Estimates(**written | {"reach_coefficient": Decimal("0.5")}), "EUR").known

    assert {name for name, value in found.items() if isinstance(value, Money)} == set(PRICES)
    assert found.keys() == Estimates.model_fields.keys() - {"show"}


def test_social_platforms_have_their_sums_and_others_have_nothing_of_them() -> None:
    some = Facts({"spend": euros(5)}, frozenset({"spend"}), {"revenue": "no rate"}, 2)

    assert social_part(some, "EUR", social=True) == Facts(
        {"social_spend": euros(5)}, frozenset({"social_spend"}), {"social_revenue": "no rate"}, 2
    )
    assert social_part(some, "EUR", social=False) == Facts(
        {"social_spend": euros(0), "social_revenue": euros(0)}, parts=2
    )
