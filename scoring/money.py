"""Money: an exact amount in one currency. Two currencies never add up; nothing is rounded here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import overload

from config.errors import OverheardError
from scoring.quotients import divided


class CurrencyMismatchError(OverheardError):
    """Amounts in two currencies were to be added, subtracted, divided or compared."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency. Rounding is for whoever shows it."""

    amount: Decimal
    currency: str  # ISO 4217

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._alike(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._alike(other), self.currency)

    def __mul__(self, factor: Decimal) -> Money:
        return Money(self.amount * factor, self.currency)

    @overload
    def __truediv__(self, other: Money) -> Decimal: ...
    @overload
    def __truediv__(self, other: Decimal) -> Money: ...
    def __truediv__(self, other: Money | Decimal) -> Money | Decimal:
        """Give how often an amount fits (Decimal), or the amount per one of a count (Money).

        Raises ZeroDivisionError where the other is 0, 0 / 0 included.
        """
        if isinstance(other, Money):
            return divided(self.amount, self._alike(other))
        return Money(divided(self.amount, other), self.currency)

    def _alike(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise CurrencyMismatchError(
                f"{self.amount} {self.currency} and {other.amount} {other.currency}: amounts in two currencies; "
                "convert one of them first, by a rate in [[rates]]"
            )
        return other.amount
