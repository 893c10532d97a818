"""The nouns of alerts: what a rule saw, what was decided about it and why, and who wants to hear nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from storage.records import Json, Span


class Severity(StrEnum):
    """How soon somebody should look."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"  # also told in quiet hours

    @property
    def rank(self) -> int:
        """The higher, the sooner."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Alert:
    """What a rule found to be so, at one look. While it stays so, it is found again under the same key."""

    rule: str  # "volume_spike"
    key: str  # what it is of, unique within the rule: "acme", "acme/reddit:r/SaaS"
    brand: str | None  # slug; None: it is of no brand, as a silent source is
    severity: Severity
    title: str  # one line without markup; names, numbers, and what is usual
    body: str  # sentences: what it rests on, and what to do
    window: Span  # that it was found in
    strength: float = 0.0  # how far from usual; only compared with itself, to see it grow
    evidence: Mapping[str, Json] = field(default_factory=dict)  # numbers and ids, so that it can be checked
    lasting: bool = True  # False: something that happened, as a post; found once, and nobody is told that it is over
    by_chance: float | None = field(default=None, compare=False)  # how many a month chance brings; None: has no part
    until: datetime | None = field(default=None, compare=False)  # it stands till then, though it be not found again

    @property
    def id(self) -> str:
        """The name by which people silence it and ask about it."""
        return f"{self.rule}:{self.key}"


class Decision(StrEnum):
    """What became of an alert."""

    TOLD = "told"
    HELD = "held"  # told later, if it still stands
    DROPPED = "dropped"
    RESOLVED = "resolved"


class Why(StrEnum):
    """Why it was decided so. Closed: it is stored, and shown to people."""

    NEW = "new"
    WORSE = "worse"  # its severity rose
    GREW = "grew"  # it stands, is much stronger than when it was told, and some time has passed
    ESCALATED = "escalated"  # it was told, and nobody took care of it
    UNCHANGED = "unchanged"  # told before, and nothing new about it
    ACKNOWLEDGED = "acknowledged"  # told before, and a person takes care of it
    SILENCED = "silenced"  # a person asked for silence
    INHIBITED = "inhibited"  # another alert explains it
    QUIET_HOURS = "quiet_hours"
    OVER_BUDGET = "over_budget"  # enough was told in this hour
    OVER = "over"  # it is not so any more


@dataclass(frozen=True, slots=True)
class AlertState:
    """What is remembered of an alert from one look to the next, from when it is found until it is over."""

    alert: Alert  # as it was last found
    first_at: datetime  # when it began to stand
    last_at: datetime  # when it was last found
    decision: Decision  # the last one
    why: Why
    told: int = 0  # how often it was told
    told_at: datetime | None = None  # last; None: not told yet
    told_strength: float = 0.0  # then
    told_severity: Severity = Severity.INFO  # then
    told_in: str | None = None  # key of the delivery that told it first
    escalated_at: datetime | None = None  # when it was escalated; None: it was not, since it stands
    until: datetime | None = None  # it stands till then, though it be not found again; None: no longer than is usual


@dataclass(frozen=True, slots=True)
class Silence:
    """A person's wish to hear nothing of some alerts until a time. What is given must fit; nothing given fits all."""

    id: int
    since: datetime
    until: datetime
    rule: str | None = None
    brand: str | None = None
    key: str | None = None
    by: str | None = None
    note: str = ""

    def covers(self, alert: Alert, now: datetime) -> bool:
        """Tell whether it holds now, for this alert."""
        wanted = (self.rule, self.brand, self.key)
        fits = all(wish in {None, is_} for wish, is_ in zip(wanted, (alert.rule, alert.brand, alert.key), strict=True))
        return fits and self.since <= now < self.until


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A person's word to take care of an alert, as it stands since a time and was told by then."""

    rule: str
    key: str
    first_at: datetime  # since when the alert stands
    at: datetime
    by: str | None = None

    def covers(self, state: AlertState) -> bool:
        """Tell whether it is of this standing of the alert, and of the last telling of it."""
        same = (self.rule, self.key, self.first_at) == (state.alert.rule, state.alert.key, state.first_at)
        return same and (state.told_at is None or self.at >= state.told_at)


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision about one alert: a line of the history."""

    alert: Alert
    decision: Decision
    why: Why
    at: datetime
    detail: str | None = None  # which silence, which other alert, until when, by whom
    message: str | None = None  # key of the delivery that tells it; None: it is not told
