"""The contracts of a channel and of an alert rule, on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from config.errors import OverheardError
from storage.records import Delivery, Reason

if TYPE_CHECKING:  # what rules look at brings numpy, which channels and every other command do without
    from scoring.watch import Sight, Watch, WatchedBrand
    from storage.alert_records import Alert


class SendError(OverheardError):
    """The channel did not take the message.

    `permanent` errors block the delivery until a person helps; `uncertain` ones may have been delivered all the same
    (the answer was lost), so the outbox looks the message up before it sends again.
    """

    def __init__(  # noqa: PLR0913  # each decides how the outbox goes on, and has a default
        self,
        channel: str,
        reason: Reason,
        detail: str,
        *,
        permanent: bool = False,
        uncertain: bool = False,
        retry_after: timedelta | None = None,
        code: str | None = None,
        elsewhere: bool = False,
        moot: bool = False,
    ) -> None:
        super().__init__(f"{channel}: {reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.permanent = permanent
        self.uncertain = uncertain
        self.retry_after = retry_after
        self.code = code  # the channel's own word for it, where it has one
        self.elsewhere = elsewhere  # it is this channel's fault: another one may take the message
        self.moot = moot  # what it belongs to is gone: nobody needs to do anything


@dataclass(frozen=True, slots=True)
class Receipt:
    """The channel took the message. `reference` finds it again (Slack's ts), None where that is impossible."""

    reference: str | None


class Channel(Protocol):
    """Where messages go.

    Its class has a classmethod `from_settings(settings)` too, by which the registry makes it.
    """

    name: str

    def send(self, delivery: Delivery, parent: str | None) -> Receipt:
        """Deliver, in the thread of the message whose reference is `parent` if given. Raises SendError.

        What the delivery's `act` is decides what becomes of that message. Edits are only made for channels that can.
        """
        ...

    def find(self, delivery: Delivery, parent: str | None) -> Receipt | None:
        """Look up a delivery whose answer was lost, in the thread of `parent` if given.

        None: it is not there, or the channel cannot be read back and a repetition is the lesser evil.
        Raises SendError when it cannot be told now.
        """
        ...


@runtime_checkable
class Spacious(Protocol):
    """What a channel has besides that leads to a place with many channels, as a workspace of Slack."""

    place: str  # the channel, as people call it

    def elsewhere(self, place: str) -> Channel:
        """Give another channel of the same workspace, by its id or name."""
        ...


class Channels(Protocol):
    """The channels that there are, by the names that deliveries carry; a dict will do."""

    def get(self, name: str, /) -> Channel | None:
        """Give the channel of this name; None: there is none such any more."""
        ...


class AlertRule(Protocol):
    """Finds what people should hear of now. Pure: no clock, no store; the same watch, the same alerts.

    Its class is made with its settings, and holds their model as `Settings`, by which the registry reads its table.
    """

    def evaluate(self, seen: Watch) -> Sequence[Alert]:
        """Give everything that is so at this moment, each under the key that it had before."""
        ...


@runtime_checkable
class FocusedRule(Protocol):
    """What a rule has besides that says what it looks at; for one that does not everything is read."""

    looks_at: ClassVar[frozenset[Sight]]


@runtime_checkable
class ReadingRule(Protocol):
    """What a rule has besides that looks at topics, as texts are dear to read: only those of these brands are."""

    def reads(self, seen: Watch) -> Sequence[WatchedBrand]:
        """Give the brands whose texts it wants read."""
        ...


@runtime_checkable
class StatisticalRule(Protocol):
    """What a rule has besides that asks whether chance explains what it sees, and so shares in the false alarms."""

    def tests(self, seen: Watch) -> int:
        """Give how many things it judges at a look."""
        ...

    def unready(self, seen: Watch) -> Sequence[str]:
        """Give a sentence for each of them of which nothing can be said yet, with the reason."""
        ...
