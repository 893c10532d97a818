"""The ticker: calls plain functions at intervals until it is told to stop. What is due lives in the database, not here.

The scheduler's library measures its intervals with the time of day. A clock that is set back would leave it asleep for
as long, so the waiting loop watches the difference to the monotonic clock and wakes the scheduler when it jumps.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import FrameType

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

_JUMP = 5.0  # seconds by which the time of day may drift from the monotonic clock between two looks

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A function and how often it is called. It is never started again while it still runs."""

    name: str
    work: Callable[[], object]
    every: float  # seconds


@contextmanager
def stop_on_signals(stop: threading.Event) -> Iterator[None]:
    """Set `stop` on SIGTERM and SIGINT, so that the answer in hand is finished; put the old handlers back."""

    def handle(number: int, frame: FrameType | None) -> None:
        del frame
        _log.info("stopping", signal=signal.Signals(number).name)
        stop.set()

    old = {number: signal.signal(number, handle) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)


def run_until(stop: threading.Event, jobs: Sequence[Job]) -> None:
    """Call the jobs, each in a thread of its own, until `stop` is set; return when the running ones have ended.

    A job that fails is logged with its traceback and called again when its time comes.
    """
    scheduler = BackgroundScheduler(
        jobstores={"default": MemoryJobStore()},
        executors={"default": ThreadPoolExecutor(max(1, len(jobs)))},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone=UTC,
    )
    for job in jobs:
        scheduler.add_job(
            _guarded(job),
            IntervalTrigger(seconds=job.every, timezone=UTC),
            id=job.name,
            name=job.name,
            replace_existing=True,
            next_run_time=datetime.now(UTC),
        )
    scheduler.start()
    try:
        drift = _drift()
        while not stop.wait(1.0):
            if abs(_drift() - drift) > _JUMP:
                drift = _drift()
                _log.warning("the clock was set", remedy="none needed: what is due is looked up at once")
                for job in jobs:
                    scheduler.modify_job(job.name, next_run_time=datetime.now(UTC))
    finally:
        scheduler.shutdown(wait=True)


def _guarded(job: Job) -> Callable[[], None]:
    def work() -> None:
        try:
            job.work()
        except Exception:  # noqa: BLE001  # the border of a job: whatever happens in one round, the next one comes
            _log.exception("job failed", job=job.name)

    return work


def _drift() -> float:
    return time.time() - time.monotonic()
