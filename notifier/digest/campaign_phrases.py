"""The sentences about campaigns that all renderers share, so that a number reads the same everywhere."""

from __future__ import annotations

from decimal import Decimal

from notifier import wording
from notifier.amounts import changed, in_unit, shown
from notifier.digest.campaigns import CampaignNumber, CampaignSection, GoalLine
from notifier.languages.speech import Speech

_ON_TIME = Decimal("0.05")  # of the pace, to either side


def heading(section: CampaignSection, speech: Speech) -> str:
    """Give the heading, with the days where nothing else tells them: Campaigns, in EUR."""
    return speech.say("Campaigns, in {currency}", currency=section.currency)


def name(number: CampaignNumber, speech: Speech) -> str:
    """Give what a KPI is called: ROI of ad spend."""
    return speech.say(number.kpi.name)


def value(number: CampaignNumber, speech: Speech) -> str:
    """Give the value, or n/a; why is said once for all numbers. A partial one carries a star."""
    outcome = number.outcome
    if outcome.value is None:
        return speech.say("n/a")
    return shown(outcome.value, number.kpi.unit, speech) + (" *" if outcome.partial else "")


def moved(number: CampaignNumber, speech: Speech) -> str:
    """Give how it moved against the days before: +8 %, -2.1 points; new where there is nothing to compare with."""
    if number.outcome.value is None:
        return ""
    if number.before.value is None:
        return speech.say("new")
    return changed(number.change, number.kpi.unit, speech)


def spoken(number: CampaignNumber, speech: Speech) -> str:
    """Give name, value and change: ROI of ad spend 180.0 % (+12.0 points)."""
    change = moved(number, speech)
    return f"{name(number, speech)} {value(number, speech)}" + (f" ({change})" if change else "")


def goal(line: GoalLine, currency: str, speech: Speech) -> str:
    """Give where a goal stands, in one sentence."""
    standing = line.standing
    if standing.outcome.value is None:
        return reached(line, currency, speech)
    told = [reached(line, currency, speech), progress(line, speech), pace(line, speech)]
    return speech.chained((*told, _forecast(line, currency, speech)))


def _forecast(line: GoalLine, currency: str, speech: Speech) -> str:
    forecast, unit = line.standing.forecast, line.kpi.unit
    if forecast is None:
        return speech.say("no forecast: {why}", why=speech.tell(line.standing.why))
    return speech.say(
        "forecast {value}, {level} range {low} to {high}",
        value=in_unit(forecast.value, unit, currency, speech),
        level=wording.level(speech),
        low=in_unit(forecast.low, unit, currency, speech),
        high=in_unit(forecast.high, unit, currency, speech),
    )


def reached(line: GoalLine, currency: str, speech: Speech) -> str:
    """Give what was reached of what: Leads: 150 of 500 by 30 September 2013."""
    return speech.say("{goal}: {reached}", goal=line.name, reached=value_of_target(line, currency, speech))


def value_of_target(line: GoalLine, currency: str, speech: Speech) -> str:
    """Give the same without the goal's name: 150 of 500 by 30 September 2013."""
    outcome, unit, goal = line.standing.outcome, line.kpi.unit, line.standing.goal
    target, day = in_unit(goal.target, unit, currency, speech), speech.formats.day(goal.end)
    if outcome.value is None:
        nothing = wording.unknown(speech.tell(outcome.why), speech)
        return speech.say("{nothing}, to be {target} by {day}", nothing=nothing, target=target, day=day)
    so_far = shown(outcome.value, unit, speech) + (" *" if outcome.partial else "")
    return speech.say("{value} of {target} by {day}", value=so_far, target=target, day=day)


def progress(line: GoalLine, speech: Speech) -> str:
    """Give how far a goal is, beside the time gone; empty where that cannot be said."""
    standing = line.standing
    if standing.progress is None:
        return ""
    way, gone = (wording.percent(float(part), speech) for part in (standing.progress, standing.elapsed))
    return speech.say("{way} of the way, {gone} of the time gone", way=way, gone=gone)


def pace(line: GoalLine, speech: Speech) -> str:
    """Give whether a goal is on time: pace 0.66 (behind). Empty before there is a pace."""
    at = line.standing.pace
    if at is None:
        return ""
    written = speech.formats.decimal(at, 2)
    if abs(at - 1) <= _ON_TIME:
        return speech.say("pace {pace} (on time)", pace=written)
    if at > 1:
        return speech.say("pace {pace} (ahead)", pace=written)
    return speech.say("pace {pace} (behind)", pace=written)


def is_behind(line: GoalLine) -> bool:
    """Tell whether a goal's pace is called behind."""
    at = line.standing.pace
    return at is not None and at < 1 - _ON_TIME
