"""Values of KPIs as people read them: rounded here and nowhere else."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import get_currency_precision

from notifier.wording import points
from scoring.facts import Quantity
from scoring.kpi import Unit
from scoring.money import Money
from scoring.standing import Change, number

_SMALL = Decimal(1)  # of less than one unit of a currency two more digits are shown: 0.0124 EUR a view


def shown(value: Quantity, unit: Unit) -> str:
    """Write a value in its unit: 12.3 %, 1,234.50 EUR, 2.35, 12,345, 4.2 months."""
    if isinstance(value, Money):
        digits = get_currency_precision(value.currency)
        if value.amount and abs(value.amount) < _SMALL:
            digits += 2
        return f"{_plain(value.amount, digits)} {value.currency}"
    if unit is Unit.COUNT:
        return _plain(value, 0 if value == value.to_integral_value() else 1)
    if unit is Unit.RATIO:
        return _plain(value, 2)
    return f"{_plain(value, 1)} {'%' if unit is Unit.PERCENT else 'months'}"


def in_unit(value: Decimal, unit: Unit, currency: str) -> str:
    """Write a plain number in the unit of a KPI; money is in `currency`."""
    return shown(Money(value, currency) if unit is Unit.MONEY else value, unit)


def plain(value: Quantity | None) -> int | float | None:
    """Give a value as a JSON number without its currency; None stays None."""
    if value is None:
        return None
    exact = number(value)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def changed(change: Change, unit: Unit) -> str:
    """Write how a KPI moved: percentages by points, everything else by its share of what was before; empty: unknown."""
    if change.by is not None and unit is Unit.PERCENT:
        return points(float(number(change.by)) / 100)
    return "" if change.relative is None else moved(change.relative)


def moved(relative: Decimal) -> str:
    """Write a change as a signed percentage of what was before: +8 %."""
    whole = round(relative * 100)
    return f"{whole:+,d} %" if whole else "0 %"


def _plain(value: Decimal, digits: int) -> str:
    text = f"{value:,.{digits}f}"
    return text.removeprefix("-") if not text.strip("-0.,") else text  # nothing is below zero only by rounding
