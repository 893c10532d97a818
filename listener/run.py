"""One round of listening: poll what is due, match, score, place, and commit each answer at once.

Threads fetch; this thread alone writes. A lane is a host or an account: of each lane one query is asked at a time, and
when a lane is told to slow down, all of it does.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog

from config.errors import OverheardError
from listener import pacing
from listener.contract import CollectError, Collector, CollectorResult, Query, Skipped
from listener.matching import Matcher
from listener.stories import StoryFinder
from storage import coverage, mentions, states
from storage.records import BrandHit, Heard, Match, Mention, QueryState, Reason, Run, Saved, Sentiment, Span

if TYPE_CHECKING:
    from storage.database import Database

Clock = Callable[[], datetime]

_BATCH = 500  # mentions a transaction: short enough that readers and other writers hardly wait
_MOST_POLLS = 50  # of one query in one round, while it says that more is waiting

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

_log = structlog.get_logger()


class Ear:
    """Turns a mention into what the store keeps: matched, scored, given its story. Belongs to one thread."""

    def __init__(
        self,
        matcher: Matcher,
        stories: StoryFinder,
        whole: Callable[[str, str | None], Sentiment],
        toward: Callable[[str, Sequence[Match], str | None], Sentiment],
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
        hits = tuple(
            BrandHit(brand, matches, self._toward(body, matches, language)) for brand, matches in found.items()
        )
        return Heard(mention, self._whole(body, language), hits, story_id, fingerprint)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one poll of one query came to; already committed."""

    query: Query
    run: Run
    next_due_at: datetime
    error: CollectError | None = None
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class _Poll:
    """One query to ask, where it stands, and how often it was asked in this round."""

    collector: Collector
    query: Query
    state: QueryState
    polls: int = 0


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came back: a result or an error."""

    poll: _Poll
    started_at: datetime
    result: CollectorResult | None
    error: CollectError | None


@dataclass(slots=True)
class _Round:
    """What is waiting, by lane."""

    lanes: dict[str, deque[_Poll]] = field(default_factory=dict)
    busy: set[str] = field(default_factory=set)

    def put(self, poll: _Poll, *, first: bool = False) -> None:
        """Let a poll wait for its turn in its lane."""
        waiting = self.lanes.setdefault(lane(poll.query), deque())
        (waiting.appendleft if first else waiting.append)(poll)

    def empty(self, name: str) -> list[_Poll]:
        """Give what waits in a lane, and let it wait no longer."""
        polls = list(self.lanes[name])
        self.lanes[name].clear()
        return polls

    def take(self) -> _Poll | None:
        """Give a poll whose lane is free, and occupy the lane; None when none can start now."""
        for name, waiting in self.lanes.items():
            if waiting and name not in self.busy:
                self.busy.add(name)
                return waiting.popleft()
        return None


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
    writer = _Writer(database, ear, clock, dice)
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="poll") as pool:
        running: set[Future[_Answer]] = set()
        while True:
            while len(running) < workers and not (stop and stop.is_set()) and (poll := waiting.take()):
                running.add(pool.submit(_ask, poll, clock))
            if not running:
                return outcomes
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                answer = future.result()
                outcomes += _settle(answer, writer, waiting, on_progress)


def _settle(
    answer: _Answer, writer: _Writer, waiting: _Round, on_progress: Callable[[Outcome], None] | None
) -> list[Outcome]:
    """Commit an answer, free its lane, and queue what follows from it."""
    poll, name = answer.poll, lane(answer.poll.query)
    outcome, state, more = writer.commit(answer)
    outcomes = [outcome]
    if outcome.run.reason is Reason.RATE_LIMITED:
        outcomes += [writer.postpone(other, outcome) for other in waiting.empty(name)]
    elif more and poll.polls + 1 < _MOST_POLLS:
        waiting.put(replace(poll, state=state, polls=poll.polls + 1), first=True)
    waiting.busy.discard(name)
    for each in outcomes:
        if on_progress is not None:
            on_progress(each)
    return outcomes


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
            state = known.get(query.key) or QueryState(query.key, query.source, {}, next_due_at=_LONG_AGO)
            asked_for = query.settings.enabled and (keys is None or query.key in keys)
            if asked_for and (due_at is None or state.next_due_at <= due_at):
                waiting.put(_Poll(collector, query, state))
    return waiting


def _ask(poll: _Poll, clock: Clock) -> _Answer:
    """Ask the source, in a thread of the pool. Whatever goes wrong becomes an error with a reason."""
    started_at, query = clock(), poll.query
    try:
        return _Answer(poll, started_at, poll.collector.collect(query, poll.state.cursor), None)
    except CollectError as problem:
        error = problem
    except OverheardError as problem:  # a secret that leads nowhere, for example
        error = CollectError(query.source, Reason.MISCONFIGURED, str(problem))
    except Exception as problem:  # noqa: BLE001  # the border: one broken source must not stop the others
        _log.exception("poll_broke", key=query.key)
        detail = f"the collector broke ({type(problem).__name__}); the log has the trace"
        error = CollectError(query.source, Reason.MALFORMED, detail)
    return _Answer(poll, started_at, None, error)


class _Writer:
    """Writes alone: an answer in one transaction; a long one in several, of which the last moves the cursor."""

    def __init__(self, database: Database, ear: Ear, clock: Clock, dice: Callable[[], float]) -> None:
        self._database = database
        self._ear = ear
        self._clock = clock
        self._dice = dice

    def commit(self, answer: _Answer) -> tuple[Outcome, QueryState, bool]:
        """Store an answer. Gives the outcome, the query's new state, and whether more is waiting at the source."""
        if answer.result is not None:
            return self._commit_result(answer, answer.result)
        error = answer.error or CollectError(answer.poll.query.source, Reason.MALFORMED, "no answer")
        return *self._commit_error(answer, error), False

    def postpone(self, poll: _Poll, slowed: Outcome) -> Outcome:
        """Note that a query waits because another one of its lane was told to slow down."""
        now = self._clock()
        detail = f"waits with {slowed.query.key}"
        run = Run(poll.query.key, poll.query.source, now, now, None, reason=Reason.RATE_LIMITED, detail=detail)
        self._note(run, replace(poll.state, next_due_at=slowed.next_due_at))
        error = CollectError(poll.query.source, Reason.RATE_LIMITED, detail)
        return Outcome(poll.query, run, slowed.next_due_at, error)

    def _commit_error(self, answer: _Answer, error: CollectError) -> tuple[Outcome, QueryState]:
        poll, now = answer.poll, self._clock()
        failures = poll.state.failures + 1
        every = poll.query.settings.every
        due = pacing.after_failure(now, every, failures, error.reason, error.retry_after, self._dice)
        run = Run(
            poll.query.key, poll.query.source, answer.started_at, now, None, reason=error.reason, detail=error.detail
        )
        state = replace(poll.state, next_due_at=due, failures=failures)
        self._note(run, state)
        return Outcome(poll.query, run, due, error), state

    def _note(self, run: Run, state: QueryState) -> None:
        with self._database.write() as conn:
            coverage.record_run(conn, run)
            states.save_state(conn, state)

    def _commit_result(self, answer: _Answer, result: CollectorResult) -> tuple[Outcome, QueryState, bool]:
        query, before = answer.poll.query, answer.poll.state
        more = not result.caught_up and result.cursor != before.cursor
        covered = _covered(before, result, answer.started_at, more=more)
        # A page that shifts while it is read gives an item twice; the later copy is the newer one.
        distinct = {(mention.source, mention.native_id): mention for mention in result.mentions}
        *early, (heard, unmatched) = self._hear(tuple(distinct.values()))
        totals = Saved()
        for batch, dropped in early:
            with self._database.write() as conn:
                totals = _sum(totals, mentions.save(conn, batch, self._clock(), dropped))
        now = self._clock()
        due = now if more else pacing.after_success(now, query.settings.every, result.not_before)
        state = QueryState(
            query.key, query.source, result.cursor, due, last_ok_at=now, covered_to=_later(before.covered_to, covered)
        )
        with self._database.write() as conn:
            totals = _sum(totals, mentions.save(conn, heard, now, unmatched))
            if result.deletions:
                mentions.erase(conn, query.source, result.deletions, now)
            run = Run(
                query.key, query.source, answer.started_at, now, covered,
                fetched=len(result.mentions), new=totals.new, updated=totals.updated,
                unmatched=len(unmatched) + sum(len(dropped) for _, dropped in early), skipped=len(result.skipped),
            )  # fmt: skip
            coverage.record_run(conn, run)
            states.save_state(conn, state)
        return Outcome(query, run, due, skipped=result.skipped), state, more

    def _hear(self, found: Sequence[Mention]) -> list[tuple[list[Heard], list[Mention]]]:
        """Give batches of what names a brand and what names none; at least one.

        The oldest come first, so that a story's first member is its oldest.
        """
        batches: list[tuple[list[Heard], list[Mention]]] = []
        ordered = sorted(found, key=lambda mention: (mention.published_at is None, mention.published_at or _LONG_AGO))
        for start in range(0, max(1, len(ordered)), _BATCH):
            heard: list[Heard] = []
            unmatched: list[Mention] = []
            for mention in ordered[start : start + _BATCH]:
                ours = self._ear.hear(mention)
                heard.append(ours) if ours is not None else unmatched.append(mention)
            batches.append((heard, unmatched))
        return batches


def _covered(before: QueryState, result: CollectorResult, started_at: datetime, *, more: bool) -> Span:
    """Give the stretch of publication time that a successful poll made known.

    What the collector says; otherwise all since the last poll, which is nothing yet while more is waiting, and nothing
    on the first poll, when nobody knows how far back the source reaches.
    """
    if result.covered is not None:
        return result.covered
    start = before.covered_to or started_at
    return Span(start, start if more else max(start, started_at))


def _later(known: datetime | None, covered: Span) -> datetime:
    return covered.end if known is None else max(known, covered.end)


def _sum(one: Saved, other: Saved) -> Saved:
    return Saved(
        one.new + other.new,
        one.updated + other.updated,
        one.unchanged + other.unchanged,
        one.deleted + other.deleted,
    )
