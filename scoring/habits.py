"""The newest hours of a brand beside its habit, which is learned once for as many looks as there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import isfinite, sqrt
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from scoring.counts.alarms import LENGTHS, TOGETHER, Direction, Sensitivity
from scoring.counts.hours import HOUR, SHORTEST, Hour, Window, hour_of
from scoring.counts.past import Past, past
from scoring.counts.verdict import Record, Verdict, judge, record
from scoring.heard_hour import HeardHour
from storage.records import VoiceCount


class Measure(StrEnum):
    """What of a brand is counted."""

    MENTIONS = "mention"
    NEGATIVE = "negative mention"


_OF: Final[Mapping[Measure, Callable[[VoiceCount], int]]] = {
    Measure.MENTIONS: lambda count: count.mentions,
    Measure.NEGATIVE: lambda count: count.negative,
}


@dataclass(frozen=True, slots=True)
class Question:
    """Which brand is asked about, and when."""

    brand: str
    hours: Sequence[HeardHour]  # all that is known, the running one last
    measure: Measure
    at: datetime
    zone: ZoneInfo
    sensitivity: Sensitivity
    every: timedelta  # between two looks


@dataclass(frozen=True, slots=True)
class Surprise:
    """A window that is more than chance explains."""

    window: Window
    verdict: Verdict
    history: float  # days that were heard before it


@dataclass(slots=True)
class Habits:
    """What is usual of brands. Remembers what it has learned, so that many looks cost little more than one."""

    _learned: dict[tuple[str, Measure], Past] = field(default_factory=dict)
    _records: dict[tuple[str, Measure, date], Record] = field(default_factory=dict)

    def learn(self, brand: str, hours: Sequence[HeardHour], measure: Measure, zone: ZoneInfo) -> None:
        """Learn from the hours of a brand, once. They may be later than a look: it is shown what was known then."""
        key = brand, measure
        if hours and key not in self._learned:
            self._learned[key] = past([Hour(one.start, _OF[measure](one.count), one.heard) for one in hours], zone)

    def known(self, brand: str, measure: Measure, at: datetime) -> Record:
        """Give what was known of a brand at a moment; of what had surprised, when that day began in UTC."""
        learned, key = self._learned[brand, measure], (brand, measure, at.date())
        if key not in self._records:
            self._records[key] = record(learned, at.replace(hour=0, minute=0, second=0, microsecond=0))
        return replace(self._records[key], past=learned.before(at))


def surprising(asked: Question, habits: Habits, direction: Direction) -> list[Surprise]:
    """Give those of the newest windows that are alarms, the rarest first; none: none has been for a day.

    Where none ends now, those of the last hour that had any: surprises within a day of each other are one alarm (see
    `scoring.counts.alarms.TOGETHER`), which neither ends nor begins anew in between. Where no window of the day is an
    alarm by itself, the rarest of those that may be one beside what other brands and rules find: chance brings as much
    no oftener than is accepted in all.
    """
    if not asked.hours:
        return []
    habits.learn(asked.brand, asked.hours, asked.measure, asked.zone)
    kept = habits.known(asked.brand, asked.measure, asked.at)
    hour = hour_of(asked.at)
    maybe: list[Surprise] = []
    for end in (asked.at, *(hour - ago * HOUR for ago in range(asked.at == hour, TOGETHER))):
        found = sorted(_surprises(asked, kept, direction, end), key=_chance)
        if alarms := [one for one in found if one.verdict.alarm]:
            return alarms
        maybe = min(maybe, found, key=lambda some: _chance(some[0]) if some else float("inf"))
    return maybe


def _chance(one: Surprise) -> float:
    return one.verdict.by_chance


def _surprises(asked: Question, kept: Record, direction: Direction, end: datetime) -> list[Surprise]:
    found = []
    for length in LENGTHS:
        window = _window(asked, length, end)
        if _may_surprise(kept.past, window, direction):
            verdict = judge(kept, window, asked.sensitivity, direction, asked.every)
            if not isinstance(verdict, str) and isfinite(verdict.by_chance):
                found.append(Surprise(window, verdict, kept.past.hours_heard() / 24))
    return found


def why_nothing(asked: Question, habits: Habits) -> str | None:
    """Say why nothing can be said of a brand; None: something can."""
    habits.learn(asked.brand, asked.hours, asked.measure, asked.zone)
    if not asked.hours:
        return "nothing was heard yet"
    kept = habits.known(asked.brand, asked.measure, asked.at)
    verdict = judge(kept, _window(asked, LENGTHS[-1], asked.at), asked.sensitivity)
    return f"of its last {LENGTHS[-1]} hours, {verdict}" if isinstance(verdict, str) else None


def _may_surprise(known: Past, window: Window, direction: Direction) -> bool:
    """Whether a count is off by more than one deviation of Poisson; if not, no verdict calls it an alarm."""
    starts, ends = (np.array([(moment - known.first) / HOUR]) for moment in (window.start, window.end))
    expected = max(float(known.expected(starts, ends)[0]), 0.0) * window.heard
    off = window.count - expected
    return (off if direction == "up" else -off) > sqrt(expected)


def _window(asked: Question, hours: int, end: datetime) -> Window:
    """Give the last so many hours with their count; the running one is one of them when it has gone far enough."""
    hour = hour_of(end)
    start = hour - (hours - (end - hour >= SHORTEST)) * HOUR
    last = max(0, len(asked.hours) - (asked.hours[-1].start - hour) // HOUR)  # hours up to the one in which it ends
    inside = [one for one in asked.hours[max(0, last - hours - 1) : last] if start <= one.start < end]
    heard = sum((min(one.start + HOUR, end) - one.start) / (end - start) * one.heard for one in inside)
    return Window(start, end, sum(_OF[asked.measure](one.count) for one in inside), min(heard, 1.0))
