"""What people newly speak of at a moment, for alert rules: read within a budget, and the past once an hour."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from overheard.app import App
from overheard.digests.topics import BEFORE, Reader, examples, rises
from scoring.counts.hours import hour_of
from scoring.rising.topics import MANY, Rise
from storage.records import Span, StoredMention

DAY: Final = timedelta(days=1)  # that is compared with the four weeks before


class Topics:
    """Reads one look after another. The same moment gives the same, but for what came of the past within its hour."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._reader = Reader(app)

    def at(
        self, conn: Connection, now: datetime, began: datetime | None, brands: Collection[str]
    ) -> tuple[Mapping[str, Rise], Mapping[int, StoredMention]]:
        """Give what rises in the last day by brand, as it was known then, and the first mention of each topic.

        `began`: when listening did; what was published earlier counts though it was collected later.
        """
        window = Span(now - DAY, now)
        until = hour_of(window.start)
        asked = [brand for brand in self._app.brands if brand.slug in brands]
        self._reader.known, self._reader.began = now, began
        self._reader.forget(until - BEFORE)
        found = rises(self._reader, conn, window, asked, MANY, until)
        return found, examples(conn, found)
