"""What no single key can tell of rates, costs, goals, constants and sources: in order, nothing twice, a way to go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from config.campaign_settings import Business, Cost, Goal, Rate, TrafficSource
from config.findings import Finding
from config.lines import Path
from config.settings import Brand


def check_rates(rates: Sequence[tuple[int, Rate]]) -> Iterator[Finding]:
    """Check that each rate joins two currencies, and that a day has one rate of a pair."""
    first: dict[tuple[date, str, str], int] = {}
    for place, rate in rates:
        at = ("rates", place)
        if rate.from_currency == rate.to_currency:
            yield Finding((*at, "to"), "the same currency twice", "write the currency that amounts are turned into")
        other = first.setdefault((rate.day, rate.from_currency, rate.to_currency), place)
        if other != place:
            yield Finding((*at, "day"), f"rates[{other + 1}] has a rate of this day already", "keep one of the two")


def check_costs(costs: Sequence[tuple[int, Cost]]) -> Iterator[Finding]:
    """Check that costs have days to be spread over."""
    for place, cost in costs:
        yield from _in_order(("costs", place), "to", cost.start, cost.last)


def check_business(business: Business) -> Iterator[Finding]:
    """Check that the periods of [business] have days, and that no day has two of them."""
    for place, period in enumerate(business.periods):
        at = ("business", "periods", place)
        yield from _in_order(at, "to", period.start, period.last)
        for other, earlier in enumerate(business.periods[:place]):
            if period.start <= earlier.last and earlier.start <= period.last:
                remedy = "let each day belong to one period"
                yield Finding((*at, "from"), f"shares days with business.periods[{other + 1}]", remedy)


def check_goals(goals: Sequence[tuple[int, Goal]], brands: Sequence[Brand]) -> Iterator[Finding]:
    """Check that goals have days, a way to go and a brand that is there. Whether the KPI is there is told above."""
    slugs = [brand.slug for brand in brands]
    for place, goal in goals:
        at = ("goals", place)
        yield from _in_order(at, "end", goal.start, goal.end)
        if goal.target == goal.baseline:
            remedy = "write what shall be reached as target, and where it starts from as baseline"
            yield Finding((*at, "target"), "the same as the baseline, so there is nothing to reach", remedy)
        if not goal.why.strip():
            yield Finding((*at, "why"), "empty", "write in a sentence what the goal is good for")
        if goal.brand is not None and goal.brand not in slugs:
            yield Finding((*at, "brand"), "no brand has this slug", f"write one of {', '.join(slugs)}")


def check_traffic_sources(sources: Sequence[tuple[int, TrafficSource]]) -> Iterator[Finding]:
    """Check that each source has a name, and that what is written belongs to one of them."""
    first: dict[str, int] = {}
    for place, source in sources:
        at = ("traffic_sources", place)
        if not source.name.strip():
            yield Finding((*at, "name"), "empty", 'write what the source is called, for example name = "newsletter"')
        for written in (source.name, *source.spellings):
            other = first.setdefault(written.strip().casefold(), place)
            if other != place:
                what = f'"{written}" belongs to traffic_sources[{other + 1}] already'
                yield Finding(
                    (*at, "spellings" if written in source.spellings else "name"), what, "keep one of the two"
                )


def _in_order(at: Path, key: str, first: date, last: date) -> Iterator[Finding]:
    if last < first:
        yield Finding((*at, key), f"{last} is before {first}", "write the last day, or exchange the two")
