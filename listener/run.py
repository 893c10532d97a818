"""One round of listening: poll what is due, match, score, place, and commit.

Threads fetch; this thread alone writes, all answers that have come meanwhile in one transaction. A lane is a host or an
account: of each lane one query is asked at a time, and when a lane is told to slow down, all of it does.
"""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import structlog

from config.errors import OverheardError
from listener.contract import Clock, CollectError, Collector, Query
from listener.matching import Matcher
from listener.pacing import is_due
from listener.stories import StoryFinder
from listener.writer import LONG_AGO, MOST_MENTIONS, Answer, Outcome, Poll, Prepared, Writer
from storage import states
from storage.records import BrandHit, Heard, Match, Mention, QueryState, Reason, Sentiment

if TYPE_CHECKING:
    from storage.database import Database

__all__ = ["Ear", "Outcome", "Toward", "collect", "judged", "lane"]

# Of a body, the places of one brand, the source's tag of the language, and the places of all other brands.
Toward = Callable[[str, Sequence[Match], str | None, Sequence[Match]], Sentiment]

_MOST_POLLS = 50  # of one query in one round, while it says that more is waiting
_MOST_ANSWERS = 100  # in a transaction
_PATIENCE = 0.3  # seconds that an answer may wait for others, so that they share a transaction

_Found = TypeVar("_Found")

_log = structlog.get_logger()


class Ear:
    """Turns a mention into what the store keeps: matched, scored, given its story. Belongs to one thread."""

    def __init__(
        self,
        matcher: Matcher,
        stories: StoryFinder,
        whole: Callable[[str, str | None], Sentiment],
        toward: Toward,
    ) -> None:
        self._matcher = matcher
        self._stories = stories
        self._whole = whole
        self._toward = toward

    def hear(self, mention: Mention) -> Heard | None:
        """Give the mention with its brands, their sentiment and its story; None when it names no brand."""
        found = self._matcher.find(mention)
        if not found:
            return None
        body, language = mention.body, mention.language
        story_id, fingerprint = self._stories.place(mention, found)
        hits = judged(body, language, found, self._toward)
        return Heard(mention, self._whole(body, language), hits, story_id, fingerprint)


def judged(
    body: str, language: str | None, found: Mapping[str, tuple[Match, ...]], toward: Toward
) -> tuple[BrandHit, ...]:
    """Give what a text says of each brand that was found in it; `language` is the source's tag."""
    return tuple(
        BrandHit(brand, matches, toward(body, matches, language, _others(found, brand)))
        for brand, matches in found.items()
    )


def _others(found: Mapping[str, tuple[Match, ...]], brand: str) -> tuple[Match, ...]:
    """Give the places of all brands but one."""
    if len(found) == 1:
        return ()
    return tuple(match for other, matches in found.items() if other != brand for match in matches)


@dataclass(slots=True)
class _Round:
    """What is waiting, by lane."""

    lanes: dict[str, deque[Poll]] = field(default_factory=dict)
    busy: set[str] = field(default_factory=set)

    def put(self, poll: Poll, *, first: bool = False) -> None:
        """Let a poll wait for its turn in its lane."""
        waiting = self.lanes.setdefault(lane(poll.query), deque())
        (waiting.appendleft if first else waiting.append)(poll)

    def empty(self, name: str) -> list[Poll]:
        """Give what waits in a lane, and let it wait no longer."""
        return list(self.lanes.pop(name, ()))

    def take(self) -> Poll | None:
        """Give a poll whose lane is free, and occupy the lane; None when none can start now."""
        name = next((name for name in self.lanes if name not in self.busy), None)
        if name is None:
            return None
        self.busy.add(name)
        poll = self.lanes[name].popleft()
        if not self.lanes[name]:
            del self.lanes[name]
        return poll


@dataclass(slots=True)
class _Ready:
    """Answers that are prepared and wait to be written together."""

    waiting: deque[Prepared] = field(default_factory=deque)
    mentions: int = 0
    since: float = 0.0

    def put(self, answers: Sequence[Prepared]) -> None:
        """Let answers wait."""
        if not self.waiting:
            self.since = time.monotonic()
        self.waiting += answers
        self.mentions += sum(answer.size for answer in answers)

    @property
    def patience(self) -> float | None:
        """For how many seconds they may still wait; None when there are none."""
        return max(0.0, self.since + _PATIENCE - time.monotonic()) if self.waiting else None

    @property
    def full(self) -> bool:
        """Whether they are enough, or have waited long enough, to be written."""
        return self.mentions >= MOST_MENTIONS or len(self.waiting) >= _MOST_ANSWERS or self.patience == 0

    def take(self) -> list[Prepared]:
        """Give the next ones that fit into a transaction, at least one while there are any."""
        group: list[Prepared] = []
        size = 0
        while self.waiting and len(group) < _MOST_ANSWERS:
            size += self.waiting[0].size
            if group and size > MOST_MENTIONS:
                break
            group.append(self.waiting.popleft())
        self.mentions -= sum(answer.size for answer in group)
        return group


def lane(query: Query) -> str:
    """Give what may be asked one thing at a time: the host of an address, otherwise the source."""
    host = urlsplit(query.target).hostname if "://" in query.target else None
    return host or query.source


def collect(  # noqa: PLR0913  # a round's whole world is handed in, each by its name
    collectors: Sequence[Collector],
    database: Database,
    ear: Ear,
    clock: Clock,
    *,
    workers: int,
    due_only: bool = True,
    keys: Collection[str] | None = None,
    on_progress: Callable[[Outcome], None] | None = None,
    stop: Event | None = None,
    dice: Callable[[], float] = random.random,
) -> list[Outcome]:
    """Poll every enabled query that is due and commit each answer. Gives one outcome a poll, in order of arrival.

    `due_only=False` polls whatever the schedule says; `keys` limits it to some queries; `stop` lets polls under way end
    and starts no further one. Errors of a source are outcomes; only the store's errors are raised.
    """
    waiting = _waiting(collectors, database, clock() if due_only else None, keys)
    writer = Writer(database, ear.hear, clock, dice)
    ready = _Ready()
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="poll") as pool:
        running: set[Future[Answer]] = set()
        while True:
            # New polls start before the writing: the network is waited for meanwhile.
            while len(running) < workers and not (stop and stop.is_set()) and (poll := waiting.take()):
                running.add(pool.submit(_ask, poll, clock))
            if ready.full or not running:
                while group := ready.take():
                    for outcome in writer.commit(group):
                        outcomes.append(outcome)
                        if on_progress is not None:
                            on_progress(outcome)
            if not running:
                return outcomes
            done, running = wait(running, ready.patience, FIRST_COMPLETED)
            for future in done:
                ready.put(_settle(future.result(), writer, waiting))


def _settle(answer: Answer, writer: Writer, waiting: _Round) -> list[Prepared]:
    """Prepare an answer, free its lane, and queue what follows from it. Gives what is to be written."""
    poll, name = answer.poll, lane(answer.poll.query)
    prepared = _or_error(poll.query, "hearing", lambda: writer.prepare(answer))
    if isinstance(prepared, CollectError):
        prepared = writer.prepare(replace(answer, result=None, error=prepared))
    found = [prepared]
    if prepared.outcome.run.reason is Reason.RATE_LIMITED:
        found += [writer.postponed(other, prepared.outcome) for other in waiting.empty(name)]
    elif prepared.more and poll.polls + 1 < _MOST_POLLS:
        waiting.put(replace(poll, state=prepared.state, polls=poll.polls + 1), first=True)
    waiting.busy.discard(name)
    return found


def _waiting(
    collectors: Sequence[Collector], database: Database, due_at: datetime | None, keys: Collection[str] | None
) -> _Round:
    """Give the round's polls: enabled, asked for, and due at `due_at` (None: whatever the schedule says)."""
    with database.read() as conn:
        known = states.load_states(conn)
    waiting = _Round()
    seen: set[str] = set()
    for collector in collectors:
        for query in collector.queries():
            if query.key in seen:
                raise OverheardError(f"{query.key}: two sources poll it; remove one, or give one of them a `name`")
            seen.add(query.key)
            state = known.get(query.key) or QueryState(query.key, query.source, {}, next_due_at=LONG_AGO)
            asked_for = query.settings.enabled and (keys is None or query.key in keys)
            if asked_for and (due_at is None or is_due(state.next_due_at, due_at, query.settings.every)):
                waiting.put(Poll(collector, query, state))
    return waiting


def _ask(poll: Poll, clock: Clock) -> Answer:
    """Ask the source, in a thread of the pool. Whatever goes wrong becomes an error with a reason."""
    started_at = clock()
    found = _or_error(poll.query, "the collector", lambda: poll.collector.collect(poll.query, poll.state.cursor))
    if isinstance(found, CollectError):
        return Answer(poll, started_at, None, found)
    return Answer(poll, started_at, found, None)


def _or_error(query: Query, what: str, work: Callable[[], _Found]) -> _Found | CollectError:
    """Give what the work gives, or why it gives nothing."""
    try:
        return work()
    except CollectError as problem:
        return problem
    except OverheardError as problem:  # a secret that leads nowhere, for example
        return CollectError(query.source, Reason.MISCONFIGURED, str(problem))
    except Exception as problem:  # noqa: BLE001  # the border: one broken source must not stop the others
        _log.exception("poll_broke", key=query.key)
        detail = f"{what} broke ({type(problem).__name__}); the log has the trace"
        return CollectError(query.source, Reason.MALFORMED, detail)
