"""Reading a source again from a chosen time on, whatever was read of it before: `collect --since`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from config.settings import SourceSettings
from listener.contract import Collector, CollectorResult, Query, Skipped
from storage.records import Cursor, Span

OLDER = "before --since"  # how the problem of an item ends that was passed over, not failed


class RereadFrom:
    """A collector that begins as on its first poll, and passes over what is older than asked, item by item.

    What has no date is taken. How far back a source reaches is the source's affair: nothing older is made up.
    """

    Settings: ClassVar[type[SourceSettings]] = SourceSettings

    def __init__(self, collector: Collector, since: datetime) -> None:
        self._collector = collector
        self._since = since
        self._begun: set[str] = set()

    def queries(self) -> Sequence[Query]:
        """Give the queries of the collector."""
        return self._collector.queries()

    def collect(self, query: Query, cursor: Cursor) -> CollectorResult:
        """Give what a first poll would give, without what is older. Raises CollectError; the old cursor stays then."""
        begun = query.key in self._begun
        self._begun.add(query.key)
        found = self._collector.collect(query, cursor if begun else {})
        kept = tuple(each for each in found.mentions if each.published_at is None or each.published_at >= self._since)
        left = tuple(
            Skipped(each.native_id, f"of {each.published_at:%Y-%m-%d %H:%M} UTC, {OLDER}")
            for each in found.mentions
            if each.published_at is not None and each.published_at < self._since
        )
        return replace(found, mentions=kept, skipped=found.skipped + left, covered=self._covered(found.covered))

    def _covered(self, covered: Span | None) -> Span | None:
        if covered is None:
            return None
        return Span(min(max(covered.start, self._since), covered.end), covered.end)
