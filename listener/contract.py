"""The contract of a collector, on one screen.

A collector turns one query into mentions. It writes nothing, it may repeat itself, it must never skip:
what it could not read it counts in `skipped`, what it may have missed it admits through `covered`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol

from config.errors import OverheardError
from config.settings import Brand, SourceSettings
from storage.records import Cursor, Mention, Reason, Span

if TYPE_CHECKING:
    from listener.http import SafeFetcher


Clock = Callable[[], datetime]  # gives aware UTC


class CollectError(OverheardError):
    """Nothing usable came back. `reason` decides what happens next; the text is safe to show."""

    def __init__(self, source: str, reason: Reason, detail: str, retry_after: timedelta | None = None) -> None:
        super().__init__(f"{source}: {reason}: {detail}")
        self.source = source
        self.reason = reason
        self.detail = detail
        self.retry_after = retry_after  # as the server asked; None when it did not


@dataclass(frozen=True, slots=True)
class Query:
    """The unit that is polled: one feed, one subreddit, one search. `key` is stable over restarts and unique."""

    key: str  # "rss:https://example.org/feed.xml"
    source: str  # what its mentions carry as theirs: the collector's type; for a file its name, when it has one
    target: str  # what the collector needs to know, e.g. the address
    settings: SourceSettings


@dataclass(frozen=True, slots=True)
class Skipped:
    """One item that could not be read, and why."""

    item: str  # its id, link or position
    problem: str


@dataclass(frozen=True, slots=True)
class CollectorResult:
    """What is new or changed since the cursor, and the cursor for next time."""

    mentions: tuple[Mention, ...]
    cursor: Cursor
    deletions: tuple[str, ...] = ()  # native ids that the source has erased
    caught_up: bool = True  # False: more is waiting, ask again at once
    covered: Span | None = None  # publication time made known; None: all since the last successful poll
    skipped: tuple[Skipped, ...] = ()
    not_before: datetime | None = None  # the source asks not to be polled earlier


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a collector may use of the world."""

    fetcher: SafeFetcher
    clock: Clock
    brands: tuple[Brand, ...] = ()
    contact: str = ""  # how the owner of a site can reach whoever runs this; empty: not told
    folder: Path = Path()  # relative paths of the config count from here


class Collector(Protocol):
    """One source type. Made once per source of the config: `RssCollector(settings, equipment)`."""

    Settings: ClassVar[type[SourceSettings]]

    def queries(self) -> Sequence[Query]:
        """Give what this source polls, one entry per address, subreddit or search."""
        ...

    def collect(self, query: Query, cursor: Cursor) -> CollectorResult:
        """Give what is new or changed since `cursor`. Raises CollectError when nothing usable came back."""
        ...
