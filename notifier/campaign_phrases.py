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
    standing, wanted, unit = line.standing, line.standing.goal, line.kpi.unit
    target = f"{in_unit(wanted.target, unit, currency)} by {_date(line)}"
    if standing.outcome.value is None:
        return f"{line.name}: {wording.unknown(standing.outcome.why)}, to be {target}"
    told = [f"{line.name}: {shown(standing.outcome.value, unit)}{' *' if standing.outcome.partial else ''} of {target}"]
    if standing.progress is not None:
        told.append(
            f"{wording.percent(float(standing.progress))} of the way, "
            f"{wording.percent(float(standing.elapsed))} of the time gone"
        )
    if standing.pace is not None:
        told.append(f"pace {standing.pace:.2f}{_judged(standing.pace)}")
    forecast = standing.forecast
    if forecast is None:
        told.append(f"no forecast: {standing.why}")
    else:
        low, high = (in_unit(each, unit, currency) for each in (forecast.low, forecast.high))
        told.append(f"forecast {in_unit(forecast.value, unit, currency)}, 95 % range {low} to {high}")
    return "; ".join(told)


def _judged(pace: Decimal) -> str:
    if abs(pace - 1) <= _ON_TIME:
        return " (on time)"
    return " (ahead)" if pace > 1 else " (behind)"


def _date(line: GoalLine) -> str:
    end = line.standing.goal.end
    return f"{end.day} {end:%B %Y}"
