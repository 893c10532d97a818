"""Division that is undefined where it must be, never 0 and never infinite."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

HUNDRED: Final = Decimal(100)
THOUSAND: Final = Decimal(1000)


def divided(part: Decimal, whole: Decimal) -> Decimal:
    """Give part / whole. Raises ZeroDivisionError where the whole is 0, whatever the part."""
    if not whole:
        raise ZeroDivisionError
    return part / whole


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Give part / whole x 100. Raises ZeroDivisionError where the whole is 0."""
    return divided(part, whole) * HUNDRED
