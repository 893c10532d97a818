"""Which digests are due, of whom, where and when, as `overheard check` tells it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from config.settings import DigestSettings, Settings
from overheard.cli.check_line import NOTE, OK, Line
from overheard.digests.periods import next_due, zone_of
from overheard.tables import local


def digest_lines(settings: Settings, now: datetime) -> Iterator[Line]:
    """Give a line for each digest: whose, of which brands, when, in which zone, to which channel, and when next."""
    if not settings.digests:
        yield Line(NOTE, "digests", "none is due by itself; `overheard digest` prints one")
    for place, digest in enumerate(settings.digests, start=1):
        zone = zone_of(digest, settings.timezone)
        brands = f", of {', '.join(digest.brands)}" if digest.brands else ""
        whose = f"{digest.name}, " if digest.name else ""
        due = local(next_due(digest, now, settings.timezone), zone)
        text = (
            f"{whose}{_when(digest)} at {digest.at:%H:%M} {zone.key}, "
            f"to {target(settings, digest.channel)}{brands}, next {due}"
        )
        yield Line(OK, f"digests[{place}]", text)


def target(settings: Settings, channel: str | None = None) -> str:
    """Give where messages go; `channel`: the one of Slack that they ask for, where they do."""
    if settings.slack is None:
        return "the terminal"
    return "Slack" if channel is None else f"{channel} in Slack"


def _when(digest: DigestSettings) -> str:
    if digest.period == "month":
        return f"every month on day {digest.monthday}"
    return f"every {digest.weekday}" if digest.period == "week" else "every day"
