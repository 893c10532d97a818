from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.money import CurrencyMismatchError, Money

amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6)


def test_cents_add_up_exactly() -> None:
    tenth = Money(Decimal("0.1"), "EUR")

    assert tenth + tenth + tenth == Money(Decimal("0.3"), "EUR")


def test_amounts_are_divided_by_amounts_and_by_counts() -> None:
    ten = Money(Decimal(10), "EUR")

    assert ten / Money(Decimal(4), "EUR") == Decimal("2.5")
    assert ten / Decimal(4) == Money(Decimal("2.5"), "EUR")
    assert ten * Decimal("0.5") - ten == Money(Decimal(-5), "EUR")


@pytest.mark.parametrize("join", [Money.__add__, Money.__sub__, Money.__truediv__], ids=["sum", "rest", "ratio"])
def test_two_currencies_never_meet(join: Callable[[Money, Money], object]) -> None:
    with pytest.raises(CurrencyMismatchError, match=r"12 EUR and 3 USD: amounts in two currencies; convert one"):
        join(Money(Decimal(12), "EUR"), Money(Decimal(3), "USD"))


@pytest.mark.parametrize("part", ["0", "5"])
def test_a_division_by_nothing_is_none(part: str) -> None:
    for whole in (Decimal(0), Money(Decimal(0), "EUR")):
        with pytest.raises(ZeroDivisionError):
            Money(Decimal(part), "EUR") / whole


@given(amounts, amounts)
def test_what_is_added_can_be_taken_away(first: Decimal, second: Decimal) -> None:
    assert (Money(first, "EUR") + Money(second, "EUR") - Money(second, "EUR")).amount == first
