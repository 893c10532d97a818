"""Amounts in another currency, by the rates that the config dates. A rate that is not written is never guessed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from config.campaign_settings import Rate
from scoring.money import Money
from scoring.remarks import Remark


class NoRateError(Exception):
    """No rate of the day, nor an earlier one, is written. The text says which to write."""

    def __init__(self, told: Remark) -> None:
        super().__init__(told)
        self.told = told


class Rates:
    """The rates of a config."""

    def __init__(self, written: Sequence[Rate]) -> None:
        self._by_pair: dict[tuple[str, str], list[tuple[date, Decimal]]] = {}
        for rate in sorted(written, key=lambda each: each.day):
            self._by_pair.setdefault((rate.from_currency, rate.to_currency), []).append((rate.day, rate.rate))

    def converted(self, money: Money, currency: str, day: date) -> Money:
        """Give the amount in `currency`, by the rate of the day or the latest before it. Raises NoRateError.

        Only a rate that is written from the one currency to the other counts: none is inverted or chained.
        """
        if money.currency == currency:
            return money
        return Money(money.amount * self.valid(money.currency, currency, day)[1], currency)

    def valid(self, origin: str, currency: str, day: date) -> tuple[date, Decimal]:
        """Give the rate that holds on a day from one currency to another, and the day it is written of.

        Raises NoRateError.
        """
        dated = self._by_pair.get((origin, currency), [])
        place = bisect_right(dated, day, key=lambda each: each[0])
        if not place:
            told = Remark(
                "no rate from {origin} to {currency} of {day} or before; "
                'add [[rates]] with day = {day}, from = "{origin}", to = "{currency}" and rate, '
                'or report in currency = "{origin}"',
                origin=origin,
                currency=currency,
                day=day,
            )
            raise NoRateError(told)
        return dated[place - 1]
