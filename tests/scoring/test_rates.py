from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from config.campaign_settings import Rate
from scoring.money import Money
from scoring.rates import NoRateError, Rates


def rate(day: str, value: str, one: str = "USD", other: str = "EUR") -> Rate:
    return Rate.model_validate({"day": date.fromisoformat(day), "from": one, "to": other, "rate": Decimal(value)})


RATES = Rates([rate("2026-07-10", "0.92"), rate("2026-07-01", "0.90"), rate("2026-07-05", "1.17", "GBP")])
HUNDRED = Money(Decimal(100), "USD")


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-07-01", "90"), ("2026-07-09", "90"), ("2026-07-10", "92"), ("2027-01-01", "92")]
)
def test_the_rate_of_the_day_or_the_latest_before_it_counts(day: str, expected: str) -> None:
    assert RATES.converted(HUNDRED, "EUR", date.fromisoformat(day)) == Money(Decimal(expected), "EUR")


def test_an_amount_in_the_currency_itself_needs_no_rate() -> None:
    assert Rates([]).converted(HUNDRED, "USD", date(2026, 7, 1)) == HUNDRED


@pytest.mark.parametrize(
    ("currency", "day"),
    [("EUR", "2026-06-30"), ("GBP", "2026-07-31"), ("JPY", "2026-07-31")],
    ids=["too early", "the other way round", "unknown"],
)
def test_a_rate_that_is_not_written_is_never_guessed(currency: str, day: str) -> None:
    with pytest.raises(NoRateError, match=rf"no rate from USD to {currency} of {day} or before; add \[\[rates\]\]"):
        RATES.converted(HUNDRED, currency, date.fromisoformat(day))
