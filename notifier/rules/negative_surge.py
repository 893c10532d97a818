"""More negative mentions of an own brand than are usual."""

from __future__ import annotations

from notifier.rules.rising import Rising
from notifier.rules.usual import Watched
from scoring.habits import Measure
from storage.alert_records import Severity


class NegativeSurge(Rising):
    """Finds own brands with more negative mentions than usual at these hours of the week, in the last 1, 6 or 24."""

    watched = Watched(Measure.NEGATIVE, frozenset({"own"}), Severity.WARNING)
