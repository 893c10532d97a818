"""The one who writes: turns answers into what the store keeps, and commits several of them at once.

What is written here is fetched again when it is lost, so that a commit need not wait for the disk: mentions, ledger and
place stand in one transaction, and a power cut takes them together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import SQLAlchemyError

from listener import pacing
from listener.contract import Clock, CollectError, Collector, CollectorResult, Query, Skipped
from storage import coverage, mentions, states
from storage.records import Heard, Mention, QueryState, Reason, Run, Saved, Span

if TYPE_CHECKING:
    from storage.database import Database

Batch = tuple[list[Heard], list[Mention]]  # what names a brand, and what names none

MOST_MENTIONS = 500  # in a transaction: short enough that readers and other writers hardly wait
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one poll of one query came to; already committed."""

    query: Query
    run: Run
    next_due_at: datetime
    error: CollectError | None = None
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Poll:
    """One query to ask, where it stands, and how often it was asked in this round."""

    collector: Collector
    query: Query
    state: QueryState
    polls: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a result or an error."""

    poll: Poll
    started_at: datetime
    result: CollectorResult | None
    error: CollectError | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """An answer that is heard and decided, and not written yet."""

    outcome: Outcome
    state: QueryState  # where its query stands once this is written
    more: bool = False  # the source has more waiting
    batches: tuple[Batch, ...] = ()
    deletions: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many mentions it writes in the transaction that it shares with others."""
        heard, unmatched = self.batches[-1] if self.batches else ((), ())
        return len(heard) + len(unmatched)


class Writer:
    """Prepares answers and commits them. Belongs to one thread, as its ear does."""

    def __init__(
        self,
        database: Database,
        hear: Callable[[Mention], Heard | None],
        clock: Clock,
        dice: Callable[[], float],
    ) -> None:
        self._database = database
        self._hear = hear
        self._clock = clock
        self._dice = dice

    def prepare(self, answer: Answer) -> Prepared:
        """Match and score an answer and decide when its query is due again. Writes nothing."""
        source = answer.poll.query.source
        if answer.result is None:
            return self._failed(answer, answer.error or CollectError(source, Reason.MALFORMED, "no answer"))
        return self._heard(answer, answer.result, tuple(self._batches(answer.result)))

    def postponed(self, poll: Poll, slowed: Outcome) -> Prepared:
        """Give the note that a query waits because another one of its lane was told to slow down."""
        now = self._clock()
        detail = f"waits with {slowed.query.key}"
        run = Run(poll.query.key, poll.query.source, now, now, None, reason=Reason.RATE_LIMITED, detail=detail)
        error = CollectError(poll.query.source, Reason.RATE_LIMITED, detail)
        outcome = Outcome(poll.query, run, slowed.next_due_at, error)
        return Prepared(outcome, replace(poll.state, next_due_at=slowed.next_due_at))

    def commit(self, group: Sequence[Prepared]) -> list[Outcome]:
        """Write several answers in one transaction; a long one in several, of which the last moves its place.

        Where that fails each is written alone, so that one which cannot be written takes no other with it; then the
        error is raised. What was not written keeps its place and is fetched again.
        """
        early = [self._early(prepared) for prepared in group]
        try:
            return self._together(group, early)
        except SQLAlchemyError as problem:  # not StoreError: a disk or a server that is away will not do better alone
            if len(group) == 1:
                raise
            _log.warning("group_not_written", answers=len(group), problem=type(problem).__name__)
        problems: list[SQLAlchemyError] = []
        outcomes: list[Outcome] = []
        for prepared, saved in zip(group, early, strict=True):
            try:
                outcomes += self._together([prepared], [saved])
            except SQLAlchemyError as problem:
                problems.append(problem)
        if problems:
            raise problems[0]
        return outcomes

    def _early(self, prepared: Prepared) -> Saved:
        """Write what is too much for the shared transaction."""
        totals = Saved()
        for batch in prepared.batches[:-1]:
            with self._database.write(durable=False) as conn:
                (saved,) = mentions.save_all(conn, [batch], self._clock())
                totals = _sum(totals, saved)
        return totals

    def _together(self, group: Sequence[Prepared], early: Sequence[Saved]) -> list[Outcome]:
        now = self._clock()
        with self._database.write(durable=False) as conn:
            last = [prepared.batches[-1] if prepared.batches else ([], []) for prepared in group]
            saved = mentions.save_all(conn, last, now)
            for prepared in group:
                if prepared.deletions:
                    mentions.erase(conn, prepared.outcome.query.source, prepared.deletions, now)
            outcomes = [
                _counted(prepared.outcome, _sum(before, after))
                for prepared, before, after in zip(group, early, saved, strict=True)
            ]
            coverage.record_runs(conn, [outcome.run for outcome in outcomes])
            states.save_states(conn, [prepared.state for prepared in group])
        return outcomes

    def _failed(self, answer: Answer, error: CollectError) -> Prepared:
        poll, now = answer.poll, self._clock()
        failures = poll.state.failures + 1
        every = poll.query.settings.every
        due = pacing.after_failure(now, every, failures, error.reason, error.retry_after, self._dice)
        run = Run(
            poll.query.key, poll.query.source, answer.started_at, now, None, reason=error.reason, detail=error.detail
        )
        return Prepared(Outcome(poll.query, run, due, error), replace(poll.state, next_due_at=due, failures=failures))

    def _heard(self, answer: Answer, result: CollectorResult, batches: tuple[Batch, ...]) -> Prepared:
        query, now = answer.poll.query, self._clock()
        before = replace(answer.poll.state, covered_to=pacing.believed(answer.poll.state.covered_to, now))
        more = not result.caught_up and result.cursor != before.cursor
        covered = _covered(before, result, answer.started_at, more=more)
        due = now if more else pacing.after_success(now, query.settings.every, result.not_before)
        reach = covered.end if before.covered_to is None else max(before.covered_to, covered.end)
        state = QueryState(query.key, query.source, result.cursor, due, last_ok_at=now, covered_to=reach)
        run = Run(
            query.key, query.source, answer.started_at, now, covered, fetched=len(result.mentions),
            unmatched=sum(len(unmatched) for _, unmatched in batches), skipped=len(result.skipped),
        )  # fmt: skip
        return Prepared(Outcome(query, run, due, None, result.skipped), state, more, batches, result.deletions)

    def _batches(self, result: CollectorResult) -> list[Batch]:
        """Give what an answer says, in pieces that fit into a transaction; none for an answer without mentions.

        The oldest come first, so that a story's first member is its oldest.
        """
        # A page that shifts while it is read gives an item twice; the later copy is the newer one.
        distinct = {(mention.source, mention.native_id): mention for mention in result.mentions}.values()
        ordered = sorted(distinct, key=lambda mention: (mention.published_at is None, mention.published_at or LONG_AGO))
        batches: list[Batch] = []
        for start in range(0, len(ordered), MOST_MENTIONS):
            heard: list[Heard] = []
            unmatched: list[Mention] = []
            for mention in ordered[start : start + MOST_MENTIONS]:
                ours = self._hear(mention)
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


def _counted(outcome: Outcome, saved: Saved) -> Outcome:
    if not saved.new and not saved.updated:
        return outcome
    return replace(outcome, run=replace(outcome.run, new=saved.new, updated=saved.updated))


def _sum(one: Saved, other: Saved) -> Saved:
    return Saved(one.new + other.new, one.updated + other.updated, one.unchanged + other.unchanged)
