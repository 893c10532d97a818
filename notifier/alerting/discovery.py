"""The stage before all others: of what chance may have brought, it tells so much that few of it are false."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.counts.discoveries import bound
from storage.alert_records import Alert


def discovered(found: Sequence[Alert], accepted: float, tests: int) -> list[Alert]:
    """Give what chance has no part in, and of the rest what is a discovery beside all the rest of a day.

    `accepted`: false alarms a month over all that is tested. `tests`: how many things are, brands times rules.
    """
    limit = bound([alert.by_chance for alert in found if alert.by_chance is not None], accepted, max(tests, 1))
    return [alert for alert in found if alert.by_chance is None or alert.by_chance <= limit]
