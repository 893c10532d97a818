"""More mentions of a competitor than is usual."""

from __future__ import annotations

from notifier.rules.rising import Rising, RisingSettings
from notifier.rules.usual import Watched
from scoring.habits import Measure
from storage.alert_records import Severity


class CompetitorSpikeSettings(RisingSettings):
    """When many mentions of a competitor are too many."""


class CompetitorSpike(Rising):
    """Finds competitors that are mentioned more than is usual at these hours of the week, in the last 1, 3 or 24."""

    Settings = CompetitorSpikeSettings
    watched = Watched(Measure.MENTIONS, frozenset({"competitor"}), Severity.INFO)
