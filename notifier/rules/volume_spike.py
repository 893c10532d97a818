"""More mentions of an own brand than is usual."""

from __future__ import annotations

from notifier.rules.rising import Rising, RisingSettings
from notifier.rules.usual import Watched
from scoring.habits import Measure
from storage.alert_records import Severity


class VolumeSpikeSettings(RisingSettings):
    """When many mentions are too many."""


class VolumeSpike(Rising):
    """Finds own brands that are mentioned more than is usual at these hours of the week, in the last 1, 3 or 24.

    It is told once, of the window that is rarest, and again when it has doubled or become more severe.
    """

    Settings = VolumeSpikeSettings
    watched = Watched(Measure.MENTIONS, frozenset({"own"}), Severity.WARNING)
