"""Sources that do not answer: what they publish meanwhile is not counted, and looks like silence about every brand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from config.alert_settings import AlertSettings
from config.values import Duration
from notifier.wording import clock, length, several
from scoring.watch import Sight, Watch, WatchedSource
from storage.alert_records import Alert, Severity
from storage.records import Json, Span

EVERYTHING = "all"  # key of the alert about all queries at once
_POLLS_MISSED = 3  # of which a query is not called silent yet


class SourceSilentSettings(AlertSettings):
    """When a source counts as silent."""

    after: Duration = timedelta(hours=1)
    """How long a query must have failed to answer, and never less than three times its own `every`."""


class SourceSilent:
    """Finds every query that fails and gave no answer for too long, and tells when none is left that answers.

    A query that is not being asked is not silent: that is for `overheard coverage` to tell.
    """

    Settings = SourceSilentSettings
    looks_at: ClassVar = frozenset({Sight.SOURCES})

    def __init__(self, settings: SourceSilentSettings) -> None:
        self._settings = settings

    def evaluate(self, seen: Watch) -> Sequence[Alert]:
        """Give an alert per silent query; one of its own, critical, where all are silent."""
        silent = list(self._silent(seen))
        found = [self._of_one(seen, source, since) for source, since in silent]
        if silent and len(silent) == len(seen.sources):
            found.append(self._of_all(seen, max(since for _, since in silent)))
        return found

    def _silent(self, seen: Watch) -> Iterator[tuple[WatchedSource, datetime]]:
        for source in seen.sources:
            since = source.last_ok_at or seen.listening_since
            if source.failures and since is not None and seen.at - since > self._patience(source):
                yield source, since

    def _patience(self, source: WatchedSource) -> timedelta:
        return max(self._settings.after, _POLLS_MISSED * timedelta(seconds=source.every))

    def _of_one(self, seen: Watch, source: WatchedSource, since: datetime) -> Alert:
        lasting = seen.at - since
        begun = f"Its last answer came on {clock(since, seen.zone)}" if source.last_ok_at else "It never answered"
        why = ": ".join(part for part in (source.reason, source.detail) if part) or "unknown"
        evidence: dict[str, Json] = {
            "query": source.key,
            "failures": source.failures,
            "reason": source.reason,
            "detail": source.detail,
            "silent_seconds": round(lasting.total_seconds()),
        }
        return Alert(
            rule=self._settings.rule,
            key=source.key,
            brand=None,
            severity=Severity(self._settings.severity or Severity.WARNING),
            title=f"{source.key} has not answered for {length(lasting)}",
            body=f"{begun}; {several(source.failures, 'poll')} failed since, the last with {why}. "
            "What it publishes meanwhile may be lost to the counts of every brand. "
            "To see what is wrong: overheard check --online",
            window=Span(since, seen.at),
            strength=lasting / self._patience(source),
            evidence=evidence,
        )

    def _of_all(self, seen: Watch, since: datetime) -> Alert:
        lasting = seen.at - since
        keys: list[Json] = [source.key for source in seen.sources]
        return Alert(
            rule=self._settings.rule,
            key=EVERYTHING,
            brand=None,
            severity=Severity(self._settings.severity or Severity.CRITICAL),
            title=f"everything is silent: no source has answered for {length(lasting)}",
            body=f"{several(len(keys), 'query', 'queries')} failing, without an answer since "
            f"{clock(since, seen.zone)}. The network of this machine may be down. "
            "To see what is wrong: overheard check --online",
            window=Span(since, seen.at),
            strength=lasting / self._settings.after if self._settings.after else 0.0,
            evidence={"queries": keys, "silent_seconds": round(lasting.total_seconds())},
        )
