from __future__ import annotations

from decimal import Decimal

import pytest

from notifier.amounts import moved, shown
from scoring.facts import Quantity
from scoring.kpi import Unit
from scoring.money import Money


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (Money(Decimal("1234.565"), "EUR"), Unit.MONEY, "1,234.56 EUR"),
        (Money(Decimal("0.012345"), "EUR"), Unit.MONEY, "0.0123 EUR"),
        (Money(Decimal(0), "EUR"), Unit.MONEY, "0.00 EUR"),
        (Money(Decimal("-0.00001"), "EUR"), Unit.MONEY, "0.0000 EUR"),
        (Money(Decimal("-12.5"), "USD"), Unit.MONEY, "-12.50 USD"),
        (Money(Decimal("1234.5"), "JPY"), Unit.MONEY, "1,234 JPY"),
        (Money(Decimal("1.2345"), "KWD"), Unit.MONEY, "1.234 KWD"),
        (Decimal("12.345"), Unit.PERCENT, "12.3 %"),
        (Decimal(-75), Unit.PERCENT, "-75.0 %"),
        (Decimal("2.346"), Unit.RATIO, "2.35"),
        (Decimal(12345), Unit.COUNT, "12,345"),
        (Decimal("2.50"), Unit.COUNT, "2.5"),
        (Decimal("4.16"), Unit.MONTHS, "4.2 months"),
    ],
)
def test_a_value_is_rounded_to_what_its_unit_bears(value: Quantity, unit: Unit, expected: str) -> None:
    assert shown(value, unit) == expected


@pytest.mark.parametrize(
    ("relative", "expected"), [("0.081", "+8 %"), ("-0.5", "-50 %"), ("0.001", "0 %"), ("12.5", "+1,250 %")]
)
def test_a_change_is_written_with_its_sign(relative: str, expected: str) -> None:
    assert moved(Decimal(relative)) == expected
