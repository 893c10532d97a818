"""Campaigns and goals as plain values for programs. Keys may be added, never removed."""

from __future__ import annotations

from notifier.amounts import plain
from notifier.digest.campaigns import CampaignNumber, CampaignSection, GoalLine
from scoring.derivation import exact
from scoring.goals import Standing
from scoring.kpi import Unit
from scoring.kpis import KPIS
from storage.records import Json


def section_json(section: CampaignSection) -> dict[str, Json]:
    """Give the section of a digest."""
    return {
        "days": {"first": str(section.days.start), "last": str(section.days.last)},
        "currency": section.currency,
        "platforms": [
            {"platform": line.name, "numbers": [_number(number) for number in line.numbers]}
            for line in section.platforms
        ],
        "goals": [_goal(line, section.currency) for line in section.goals],
        "quiet": section.quiet,
        "missing": list(section.missing),
    }


def standing_json(standing: Standing, currency: str) -> dict[str, Json]:
    """Give where a goal stands; amounts are in `currency`."""
    goal, forecast, unit = standing.goal, standing.forecast, KPIS[standing.goal.kpi].unit
    return {
        "kpi": goal.kpi,
        "platform": goal.platform,
        "campaign": goal.campaign,
        "brand": goal.brand,
        "start": str(goal.start),
        "end": str(goal.end),
        "why": goal.why,
        "unit": str(unit),
        "currency": currency if unit is Unit.MONEY else None,
        "baseline": plain(goal.baseline),
        "target": plain(goal.target),
        "current": plain(standing.outcome.value),
        "missing": list(standing.outcome.missing),
        "partial": list(standing.outcome.partial),
        "known_to": str(standing.seen.last) if standing.seen.count else None,
        "elapsed": plain(standing.elapsed),
        "progress": plain(standing.progress),
        "pace": plain(standing.pace),
        "forecast": plain(forecast.value) if forecast else None,
        "forecast_low": plain(forecast.low) if forecast else None,
        "forecast_high": plain(forecast.high) if forecast else None,
        "no_forecast": standing.why or None,
    }


def _number(number: CampaignNumber) -> dict[str, Json]:
    return {
        "kpi": number.kpi.id,
        "value": plain(number.outcome.value),
        "exact": exact(number.outcome.value),
        "unit": str(number.kpi.unit),
        "previous": plain(number.before.value),
        "change": plain(number.change.by),
        "trend": number.change.trend,
        "why": number.outcome.why or None,
        "missing": list(number.outcome.missing),
        "partial": list(number.outcome.partial),
        "id": number.id,
    }


def _goal(line: GoalLine, currency: str) -> dict[str, Json]:
    return standing_json(line.standing, currency) | {"id": line.id}
