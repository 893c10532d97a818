"""Values of KPIs as people read them: rounded here and nowhere else."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import get_currency_precision

from notifier.languages.speech import ENGLISH, Speech
from notifier.wording import points
from scoring.facts import Quantity
from scoring.kpi import Unit
from scoring.money import Money
from scoring.standing import Change, number

_SMALL = Decimal(1)  # of less than one unit of a currency two more digits are shown: 0.0124 EUR a view


def shown(value: Quantity, unit: Unit, speech: Speech = ENGLISH) -> str:
    """Write a value in its unit: 12.3 %, 1,234.50 EUR, 2.35, 12,345, 4.2 months."""
    if isinstance(value, Money):
        digits = get_currency_precision(value.currency)
        if value.amount and abs(value.amount) < _SMALL:
            digits += 2
        return f"{speech.formats.decimal(_plain(value.amount, digits), digits)} {value.currency}"
    if unit is Unit.COUNT:
        digits = 0 if value == value.to_integral_value() else 1
        return speech.formats.decimal(_plain(value, digits), digits)
    if unit is Unit.RATIO:
        return speech.formats.decimal(_plain(value, 2), 2)
    if unit is Unit.PERCENT:
        return speech.formats.percent(_plain(value, 1), 1)
    return speech.say("{number} months", number=speech.formats.decimal(_plain(value, 1), 1))


def in_unit(value: Decimal, unit: Unit, currency: str, speech: Speech = ENGLISH) -> str:
    """Write a plain number in the unit of a KPI; money is in `currency`."""
    return shown(Money(value, currency) if unit is Unit.MONEY else value, unit, speech)


def plain(value: Quantity | None) -> int | float | None:
    """Give a value as a JSON number without its currency; None stays None."""
    if value is None:
        return None
    exact = number(value)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def changed(change: Change, unit: Unit, speech: Speech = ENGLISH) -> str:
    """Write how a KPI moved: percentages by points, everything else by its share of what was before; empty: unknown."""
    if change.by is not None and unit is Unit.PERCENT:
        return points(float(number(change.by)) / 100, speech=speech)
    return "" if change.relative is None else moved(change.relative, speech)


def moved(relative: Decimal, speech: Speech = ENGLISH) -> str:
    """Write a change as a signed percentage of what was before: +8 %."""
    whole = round(relative * 100)
    return speech.formats.percent(whole, signed=bool(whole))


def _plain(value: Decimal, digits: int) -> Decimal:
    rounded = Decimal(f"{value:.{digits}f}")
    return rounded or abs(rounded)  # nothing is below zero only by rounding
