"""What the pipeline is handed besides the alerts, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from storage.alert_records import Acknowledgement, Alert, AlertState, Decided, Silence, Why

PREFIX = "alert:"  # of the keys of all deliveries that come from here
Place = str | None  # where a message goes: a Slack channel's id; None: where all alerts go
_LONGEST = 160  # characters of an alert's id in a key


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of the looks before."""

    states: Mapping[str, AlertState]  # what stands, by the alert's id
    silences: Sequence[Silence] = ()
    acknowledged: Mapping[str, Acknowledgement] = field(default_factory=dict)  # by the alert's id
    told: Mapping[Place, Sequence[datetime]] = field(default_factory=dict)  # when messages were told in the last hour


@dataclass(frozen=True, slots=True)
class Case:
    """An alert that nothing has stopped yet, and why it should be told."""

    alert: Alert
    why: Why  # NEW, WORSE, GREW or ESCALATED
    first_at: datetime  # since when it stands
    told: int  # how often it was told before
    to: Place = None


@dataclass(frozen=True, slots=True)
class AlertMessage:
    """What is posted at once. Its key is taken once and for ever, so it is never posted twice."""

    key: str
    cases: tuple[Case, ...]  # the first leads; not empty
    waiting: int = 0  # alerts that are held because enough was told in this hour
    mentions: tuple[str, ...] = ()  # Slack ids of people, from the config

    @property
    def to(self) -> Place:
        """Give where it goes."""
        return self.cases[0].to


@dataclass(frozen=True, slots=True)
class OverMessage:
    """The note that alerts which one message told are over."""

    key: str
    alerts: tuple[Alert, ...]  # as they were last found; not empty
    parent: str  # key of the delivery in whose thread it goes
    at: datetime
    since: datetime  # when the first of them began to stand
    until: datetime  # when the last of them was last found
    whole: bool = True  # nothing that the message told stands any more


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one look."""

    decided: tuple[Decided, ...]  # one for every alert that was found, and for every one that is over
    noted: tuple[Decided, ...]  # those of them that the history has not got already
    messages: tuple[AlertMessage | OverMessage, ...]  # in posting order
    states: tuple[AlertState, ...]  # everything that stands now


def delivery_key(alert: Alert, first_at: datetime, ending: object) -> str:
    """Give the key of a message that an alert leads: its id, since when it stands, and the number of the telling.

    An id that is long, or of more than plain letters, as it may come from outside, is told by its fingerprint.
    """
    plain = alert.id.isascii() and alert.id.isprintable() and len(alert.id) <= _LONGEST
    name = alert.id if plain else f"{alert.rule}:{sha256(alert.id.encode(errors='replace')).hexdigest()[:16]}"
    return f"{PREFIX}{name}:{first_at.isoformat()}:{ending}"
