"""Goals that will be missed if days stay as they were."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from config.alert_settings import AlertSettings
from notifier.amounts import in_unit, shown
from notifier.wording import percent
from scoring.campaign_report import CampaignReport
from scoring.goals import Forecast, Standing
from scoring.kpis import KPIS
from scoring.watch import Sight, Watch
from storage.alert_records import Alert, Severity


class GoalOffPaceSettings(AlertSettings):
    """How far behind is too far."""

    pace: Annotated[float, Field(gt=0, le=1)] = 0.9
    """Share of the way over share of the time, below which a goal is behind: 1 is on time."""


class GoalOffPace:
    """Finds goals that are behind, and whose forecast misses the target with the whole of its 95 % range.

    A forecast takes seven days of the goal that are over.
    """

    Settings = GoalOffPaceSettings
    looks_at: ClassVar = frozenset({Sight.CAMPAIGNS})

    def __init__(self, settings: GoalOffPaceSettings) -> None:
        self._settings = settings

    def evaluate(self, seen: Watch) -> Sequence[Alert]:
        """Give an alert per goal; none before a forecast can be made, which takes seven days."""
        report = seen.campaigns
        if report is None:
            return []
        return [
            self._alert(seen, report, standing, standing.forecast)
            for standing in report.goals
            if standing.forecast is not None
            and standing.pace is not None
            and float(standing.pace) < self._settings.pace
            and _misses(standing, standing.forecast)
            and (not self._settings.brands or standing.goal.brand in self._settings.brands)
        ]

    def _alert(self, seen: Watch, report: CampaignReport, standing: Standing, forecast: Forecast) -> Alert:
        goal, kpi = standing.goal, KPIS[standing.goal.kpi]
        low, high, target = (in_unit(x, kpi.unit, report.currency) for x in (forecast.low, forecast.high, goal.target))
        whose = " ".join(part for part in (goal.platform, goal.campaign, goal.brand) if part)
        name = f"{kpi.name} of {whose}" if whose else kpi.name
        reached = shown(standing.outcome.value, kpi.unit) if standing.outcome.value is not None else "n/a"
        pace = float(standing.pace or 0)
        return Alert(
            rule=self._settings.rule,
            key=f"{goal.kpi}:{whose or 'all'}:{goal.end}",
            brand=goal.brand,
            severity=Severity(self._settings.severity or Severity.WARNING),
            title=f"{name}: {reached} of {target}, on the way to miss the goal by {goal.end}",
            body=f"{percent(float(standing.progress or 0))} of the way in {percent(float(standing.elapsed))} of the "
            f"time since {goal.start}, pace {pace:.2f}. If days stay as they were it ends between {low} and {high} "
            f"(95 % range). What it is good for: {goal.why}",
            window=standing.seen.span(seen.zone),
            strength=1 - pace,
            evidence={
                "kpi": goal.kpi,
                "pace": round(pace, 4),
                "target": float(goal.target),
                "forecast": float(forecast.value),
                "forecast_low": float(forecast.low),
                "forecast_high": float(forecast.high),
                "days": standing.seen.count,
            },
        )


def _misses(standing: Standing, forecast: Forecast) -> bool:
    """Whether the whole range lies on the near side of the target: below it where the way leads up."""
    goal = standing.goal
    return forecast.high < goal.target if goal.target > goal.baseline else forecast.low > goal.target
