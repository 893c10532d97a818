"""From stored sums, costs and constants to the facts of a slice, in one currency."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from config.campaign_settings import Business, Cost, Estimates
from scoring.days import Days, through
from scoring.facts import FACTS, NOT_SUMMED, SUMMED, Facts, Quantity, Sort, total
from scoring.money import Money
from scoring.rates import NoRateError, Rates
from scoring.remarks import Remark
from storage.campaign_records import CampaignSum

_OF_EXACTLY_THESE_DAYS: Final = ("customers_at_start", "customers_lost", "paying_users", "shares")
_CONSTANTS: Final = (
    "gross_margin", "churn", "purchase_frequency", "lifespan", "discount_rate", "followers", "market_share",
)  # fmt: skip
OF_SOCIAL: Final = {"spend": "social_spend", "revenue": "social_revenue"}
_ESTIMATES: Final = tuple(name for name in Estimates.model_fields if name in FACTS)
_PRICES: Final = frozenset(
    (
        "earned_cpm",
        "earned_cpe",
        "earned_cpc",
        "ave_price",
        "pr_online_cpm",
        "pr_social_cpm",
        "funnel_order_value",
        "funnel_spend",
    )
)
NO_CURRENCY: Final = Remark("the export names no currency; set `currency` in [imports] and import it again")


def facts_of(results: CampaignSum, rates: Rates, currency: str) -> Facts:
    """Give the facts of rows that were added up, money in `currency`, by the rate of their last day.

    What some rows do not state is partial; people of more than one row are refused.
    """
    known: dict[str, Quantity] = {}
    refused: dict[str, str] = {}
    day = Days(results.start_day, results.end_day).last
    for name, value in results.sums.items():
        if name not in FACTS:
            continue
        if name not in SUMMED and results.stated[name] > 1:
            refused[name] = NOT_SUMMED
        elif FACTS[name].sort is not Sort.MONEY:
            known[name] = value
        elif results.currency is None:
            refused[name] = NO_CURRENCY
        else:
            try:
                known[name] = rates.converted(Money(value, results.currency), currency, day)
            except NoRateError as problem:
                refused[name] = problem.told
    partial = frozenset(name for name in known if results.stated[name] < results.rows)
    return Facts(known, partial, refused, results.rows)


def social_part(facts: Facts, currency: str, *, social: bool) -> Facts:
    """Give what rows have of the sums of social platforms: all of theirs, and nothing of any other's."""
    if social:
        return facts.named(OF_SOCIAL)
    return Facts({name: Money(Decimal(0), currency) for name in OF_SOCIAL.values()}, parts=facts.parts)


def costs_of(costs: Iterable[Cost], days: Days, rates: Rates, currency: str) -> Facts:
    """Give what costs come to on these days, spread evenly over their own; unknown where none touches them.

    Each day's part is converted by the rate of that day.
    """
    parts: list[Facts] = []
    for cost in costs:
        own = through(cost.start, cost.last)
        part = Money(cost.amount / own.count, cost.currency or currency)
        for day in own.shared(days):
            try:
                parts.append(Facts({"other_costs": rates.converted(part, currency, day)}, parts=1))
            except NoRateError as problem:
                parts.append(Facts(refused={"other_costs": problem.told}, parts=1))
    return total(parts)


def costs_for(costs: Iterable[Cost], platform: str | None, campaign: str | None) -> list[Cost]:
    """Give the costs that belong to a slice: all to the total, to a platform its own, to a campaign its own."""
    return [
        cost
        for cost in costs
        if (platform is None or cost.platform == platform or (campaign is not None and cost.platform is None))
        and (campaign is None or cost.campaign == campaign)
    ]


def constants_of(business: Business, days: Days) -> Facts:
    """Give the constants of the business that hold on all these days, and the length of the days themselves.

    One that changes within them is refused: no single value would be right.
    """
    known: dict[str, Quantity] = {"days": Decimal(days.count), "months": days.months}
    refused: dict[str, str] = {}
    for name in _CONSTANTS:
        values = {_on(day, business, name) for day in days} or {None}
        if len(values) > 1:
            refused[name] = Remark("it changes within {days}; ask for days of one of [[business.periods]]", days=days)
        elif (value := values.pop()) is not None:
            known[name] = value
    for period in business.periods:
        if through(period.start, period.last) == days:
            counts = {name: getattr(period, name) for name in _OF_EXACTLY_THESE_DAYS}
            known |= {name: count for name, count in counts.items() if count is not None}
    return Facts(known, refused=refused)


def estimates_of(estimates: Estimates, currency: str) -> Facts:
    """Give the prices and factors of estimates, prices in `currency`."""
    written: dict[str, Decimal | None] = {name: getattr(estimates, name) for name in _ESTIMATES}
    return Facts(
        {
            name: Money(value, currency) if name in _PRICES else value
            for name, value in written.items()
            if value is not None
        }
    )


def _on(day: date, business: Business, name: str) -> Decimal | None:
    """Give a constant on a day: as its period says, else as [business] itself does."""
    period = next((each for each in business.periods if each.start <= day <= each.last), None)
    of_period: Decimal | None = getattr(period, name, None)
    if of_period is not None:
        return of_period
    in_general: Decimal | None = getattr(business, name)
    return in_general
