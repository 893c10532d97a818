"""The shape of what the config says about alerts. A rule's own settings stand beside the rule, in a subclass."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from config.frozen import Frozen
from config.values import Clock, Duration


class AlertSettings(Frozen):
    """What every [[alerts]] table has; each rule adds its own keys in a subclass."""

    rule: str
    """Which rule it is."""
    brands: tuple[str, ...] = ()
    """Slugs of the brands that it watches; those that the rule is for when left out."""
    severity: Literal["info", "warning", "critical"] | None = None
    """How soon somebody should look; the rule decides when left out. `critical` is told in quiet hours too."""
    enabled: bool = True
    """Set to false to keep the table and hear nothing."""


class Alerting(Frozen):
    """How alerts are told, whichever rule found them."""

    false_alarms: Annotated[float, Field(gt=0, le=100)] = 1.0
    """False alarms that you accept in a month, over all brands and rules that watch statistics."""
    quiet_from: Clock | None = None
    """Local time from which nothing but what is critical is told; what still stands is told when it ends."""
    quiet_until: Clock | None = None
    """Local time at which that ends."""
    per_hour: Annotated[int, Field(ge=1, le=100)] = 4
    """Messages in an hour at most; what is over it waits, the most severe first."""
    repeat: Duration = timedelta(hours=6)
    """Shortest time after which an alert that grew is told again."""
    grown: Annotated[float, Field(gt=1, le=100)] = 2.0
    """How many times stronger it must be to be told again."""
    over_after: Duration = timedelta(minutes=30)
    """How long it must not have been found to be called over."""
    escalate_to: str | None = None
    """Slack channel, by id or name, in which is told once more what was told and nobody acknowledged or silenced."""
    escalate_mention: tuple[str, ...] = ()
    """Slack ids of people who are mentioned then; without `escalate_to` in the channel where alerts are told."""
    escalate_after: Duration = timedelta(minutes=30)
    """How long after it was told that is."""
    escalate_from: Literal["info", "warning", "critical"] = "critical"
    """Severity from which alerts are escalated."""
