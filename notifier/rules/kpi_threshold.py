"""A KPI of campaigns beyond a bound of yours."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field, field_validator, model_validator

from config.alert_settings import AlertSettings
from config.values import Amount
from notifier.amounts import in_unit, shown
from scoring.facts import FROM_RESULTS
from scoring.kpis import KPIS
from scoring.outcome import compute, inputs_of
from scoring.standing import number
from scoring.watch import Sight, Watch
from storage.alert_records import Alert, Severity


class KpiThresholdSettings(AlertSettings):
    """Which KPI must not go where."""

    kpi: Annotated[str, Field(examples=["cpa"])]
    """Id of the KPI, as in `overheard kpis --list`: one that is computed from campaign results."""
    above: Amount | None = None
    """Tell when it is above this, in the unit of the KPI: 25 is 25 %."""
    below: Amount | None = None
    """Tell when it is below this."""
    platform: str | None = None
    """Platform whose results count; all of them together when left out."""

    @field_validator("kpi")
    @classmethod
    def _known(cls, kpi: str) -> str:
        if kpi not in KPIS or not inputs_of(kpi) & FROM_RESULTS:
            raise ValueError("not a KPI of campaign results; `overheard kpis --list` shows them all")
        return kpi

    @model_validator(mode="after")
    def _bounded(self) -> KpiThresholdSettings:
        if self.above is None and self.below is None:
            raise ValueError("without a bound; add above = 40 or below = 2")
        return self


class KpiThreshold:
    """Finds a KPI of the last seven days with results above or below a bound of yours.

    The seven days end with the last imported one, as long as that is in the last week.
    """

    Settings = KpiThresholdSettings
    looks_at: ClassVar = frozenset({Sight.CAMPAIGNS})

    def __init__(self, settings: KpiThresholdSettings) -> None:
        self._settings = settings

    def evaluate(self, seen: Watch) -> Sequence[Alert]:
        """Give one alert, where the KPI is defined and beyond a bound."""
        report, keys = seen.campaigns, self._settings
        if report is None:
            return []
        facts = next((part.facts for part in report.platforms if part.platform == keys.platform), None)
        found = compute(keys.kpi, facts).value if facts is not None else None
        if found is None:
            return []
        value, kpi, whose = number(found), KPIS[keys.kpi], keys.platform or "all platforms"
        for bound, word, beyond in (
            (keys.above, "above", keys.above is not None and value > keys.above),
            (keys.below, "below", keys.below is not None and value < keys.below),
        ):
            if bound is not None and beyond:
                limit = in_unit(bound, kpi.unit, report.currency)
                return [
                    Alert(
                        rule=keys.rule,
                        key=f"{whose}:{keys.kpi}:{word}",
                        brand=None,
                        severity=Severity(keys.severity or Severity.WARNING),
                        title=f"{kpi.name} of {whose} is {shown(found, kpi.unit)}, {word} {limit}",
                        body=f"By the results of {report.days}: {kpi.formula}. "
                        "For the facts behind it: "
                        f"overheard kpis --since {report.days.start} --until {report.days.end}",
                        window=report.days.span(seen.zone),
                        strength=_beyond(value, bound),
                        evidence={
                            "kpi": keys.kpi,
                            "value": float(value),
                            word: float(bound),
                            "platform": keys.platform,
                        },
                    )
                ]
        return []


def _beyond(value: Decimal, bound: Decimal) -> float:
    """Give how far a value is beyond its bound, in parts of the bound, or as it is where that is 0."""
    return float(abs(value - bound) / abs(bound or Decimal(1)))
