"""Goals: how far they are, whether that is fast enough, and where they will end if days stay as they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Final

from config.campaign_settings import Goal
from scoring.days import Days, through
from scoring.facts import FACTS, NOT_SUMMED, SUMMED, Facts, Quantity, Sort
from scoring.money import Money
from scoring.outcome import Outcome, compute, inputs_of
from scoring.quotients import divided
from scoring.remarks import Remark
from scoring.standing import number

FORECAST: Final = (
    "forecast = median of 1,000 futures, range = their middle 95 %; a future adds, to what is there, days drawn with "
    "replacement from a sample of the days seen, itself drawn with replacement"
)
ENOUGH: Final = 7  # days that a forecast is drawn from
_FUTURES: Final = 1000
_ROUNDING: Final = Decimal("0.000001")
_SEED: Final = 1998  # any fixed one: the same days give the same forecast


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where a KPI will stand on the goal's last day."""

    value: Decimal
    low: Decimal  # 95 % range
    high: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a goal stands. What cannot be had is None, and `why` says why."""

    goal: Goal
    outcome: Outcome  # of the goal's KPI, from its first day to `seen`
    seen: Days  # its days of which results can be there
    elapsed: Decimal  # share of its days that `seen` is
    progress: Decimal | None  # (current - baseline) / (target - baseline)
    pace: Decimal | None  # progress / elapsed: 1 is on time; None too before the first day is over
    forecast: Forecast | None
    why: str  # why there is no forecast; empty where there is one


def standing(goal: Goal, seen: Days, so_far: Facts, daily: Sequence[Facts], whole: Facts) -> Standing:
    """Give where a goal stands after the days `seen`.

    `so_far` are all facts of them, `daily` those of each, `whole` the constants of all the goal's days.
    """
    outcome = compute(goal.kpi, so_far)
    all_days = through(goal.start, goal.end)
    elapsed = Decimal(seen.count) / all_days.count
    progress = None if outcome.value is None else progress_of(goal, number(outcome.value))
    pace = divided(progress, elapsed) if progress is not None and elapsed else None
    why = outcome.why or _why_no_forecast(goal.kpi, so_far, daily)
    later = Facts({**so_far.known, **whole.known}, parts=so_far.parts)
    forecast = None if why else forecast_of(goal.kpi, later, daily, all_days.count - seen.count)
    return Standing(goal, outcome, seen, elapsed, progress, pace, forecast, why)


def progress_of(goal: Goal, current: Decimal) -> Decimal:
    """Give the share of the way from baseline to target; below 0 when it went the other way, above 1 when past it."""
    return (current - goal.baseline) / (goal.target - goal.baseline)


def forecast_of(kpi: str, so_far: Facts, daily: Sequence[Facts], days: int) -> Forecast:
    """Give where a KPI that is defined so far will stand after so many more days, see FORECAST."""
    needed = sorted(inputs_of(kpi) & SUMMED & so_far.known.keys())
    seen = {name: [_stated(facts, name) for facts in daily] for name in needed}
    chance = Random(_SEED)  # noqa: S311  # draws days, keeps no secret
    futures = []
    for _ in range(_FUTURES):
        sample = chance.choices(range(len(daily)), k=len(daily))
        drawn = chance.choices(sample, k=days)
        added = {name: sum((values[place] for place in drawn), Decimal(0)) for name, values in seen.items()}
        futures.append(compute(kpi, _later(so_far, added)).value)
    ends = sorted(number(value) for value in futures if value is not None)  # a denominator may come to 0 in one
    return Forecast(
        _quantile(ends, Decimal("0.5")), _quantile(ends, Decimal("0.025")), _quantile(ends, Decimal("0.975"))
    )


def _quantile(ordered: Sequence[Decimal], share: Decimal) -> Decimal:
    """Give the value below which that share of them lies, between two of them on a straight line."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _later(so_far: Facts, added: Mapping[str, Decimal]) -> Facts:
    later: dict[str, Quantity] = dict(so_far.known)
    for name, more in added.items():
        now = later[name]
        later[name] = Money(now.amount + more, now.currency) if isinstance(now, Money) else now + more
    return Facts(later, parts=so_far.parts)


def _stated(facts: Facts, name: str) -> Decimal:
    """Give what a day adds to a sum: nothing, where nothing is stated of it."""
    return number(facts.known[name]) if name in facts.known else Decimal(0)


def _why_no_forecast(kpi: str, so_far: Facts, daily: Sequence[Facts]) -> str:
    if len(daily) < ENOUGH:
        return Remark("{needed} days are needed, {over} are over", needed=ENOUGH, over=len(daily))
    needed = inputs_of(kpi) & so_far.known.keys()
    if any(FACTS[name].sort is Sort.PEOPLE for name in needed):
        return NOT_SUMMED
    if any(FACTS[name].sort is Sort.LARGEST for name in needed):
        return Remark("what the other brands will have is not known")
    for name in sorted(needed & SUMMED):
        if abs(sum((_stated(facts, name) for facts in daily), -number(so_far.known[name]))) > _ROUNDING:
            return Remark("{fact} is stated for whole periods, which cannot be cut into days", fact=name)
    return ""
