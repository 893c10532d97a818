"""More negative mentions of an own brand than are usual."""

from __future__ import annotations

from notifier.rules.rising import Rising, RisingSettings
from notifier.rules.usual import Watched
from scoring.habits import Measure
from storage.alert_records import Severity


class NegativeSurgeSettings(RisingSettings):
    """When many negative mentions are too many."""


class NegativeSurge(Rising):
    """Finds own brands with more negative mentions than usual at these hours of the week, in the last 1, 3 or 24.

    Where all mentions of the brand are more than usual, `volume_spike` tells it alone.
    """

    Settings = NegativeSurgeSettings
    watched = Watched(Measure.NEGATIVE, frozenset({"own"}), Severity.WARNING)
