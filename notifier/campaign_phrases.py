"""The sentences about campaigns that all renderers share, so that a number reads the same everywhere."""

from __future__ import annotations

from decimal import Decimal

from notifier import wording
from notifier.amounts import changed, in_unit, shown
from notifier.campaigns import CampaignNumber, CampaignSection, GoalLine

_ON_TIME = Decimal("0.05")  # of the pace, to either side


def heading(section: CampaignSection) -> str:
    """Give the heading, with the days where nothing else tells them: Campaigns, in EUR."""
    return f"Campaigns, in {section.currency}"


def value(number: CampaignNumber) -> str:
    """Give the value, or n/a; why is said once for all numbers. A partial one carries a star."""
    outcome = number.outcome
    if outcome.value is None:
        return "n/a"
    return shown(outcome.value, number.kpi.unit) + (" *" if outcome.partial else "")


def moved(number: CampaignNumber) -> str:
    """Give how it moved against the days before: +8 %, -2.1 points; new where there is nothing to compare with."""
    if number.outcome.value is None:
        return ""
    return changed(number.change, number.kpi.unit) if number.before.value is not None else "new"


def spoken(number: CampaignNumber) -> str:
    """Give name, value and change: ROI of ad spend 180.0 % (+12.0 points)."""
    change = moved(number)
    return f"{number.kpi.name} {value(number)}" + (f" ({change})" if change else "")


def goal(line: GoalLine, currency: str) -> str:
    """Give where a goal stands, in one sentence."""
    standing, unit = line.standing, line.kpi.unit
    if standing.outcome.value is None:
        return reached(line, currency)
    told = [each for each in (reached(line, currency), progress(line), pace(line)) if each]
    forecast = standing.forecast
    if forecast is None:
        told.append(f"no forecast: {standing.why}")
    else:
        low, high = (in_unit(each, unit, currency) for each in (forecast.low, forecast.high))
        told.append(f"forecast {in_unit(forecast.value, unit, currency)}, 95 % range {low} to {high}")
    return "; ".join(told)


def reached(line: GoalLine, currency: str) -> str:
    """Give what was reached of what: Leads: 150 of 500 by 30 September 2013."""
    return f"{line.name}: {value_of_target(line, currency)}"


def value_of_target(line: GoalLine, currency: str) -> str:
    """Give the same without the goal's name: 150 of 500 by 30 September 2013."""
    outcome, unit = line.standing.outcome, line.kpi.unit
    target = f"{in_unit(line.standing.goal.target, unit, currency)} by {_date(line)}"
    if outcome.value is None:
        return f"{wording.unknown(outcome.why)}, to be {target}"
    return f"{shown(outcome.value, unit)}{' *' if outcome.partial else ''} of {target}"


def progress(line: GoalLine) -> str:
    """Give how far a goal is, beside the time gone; empty where that cannot be said."""
    standing = line.standing
    if standing.progress is None:
        return ""
    way, gone = (wording.percent(float(part)) for part in (standing.progress, standing.elapsed))
    return f"{way} of the way, {gone} of the time gone"


def pace(line: GoalLine) -> str:
    """Give whether a goal is on time: pace 0.66 (behind). Empty before there is a pace."""
    at = line.standing.pace
    return "" if at is None else f"pace {at:.2f}{_judged(at)}"


def is_behind(line: GoalLine) -> bool:
    """Tell whether a goal's pace is called behind."""
    at = line.standing.pace
    return at is not None and at < 1 - _ON_TIME


def _judged(pace: Decimal) -> str:
    if abs(pace - 1) <= _ON_TIME:
        return " (on time)"
    return " (ahead)" if pace > 1 else " (behind)"


def _date(line: GoalLine) -> str:
    end = line.standing.goal.end
    return f"{end.day} {end:%B %Y}"
