"""What a Slack workspace holds: channels, people, messages, files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from overheard.emulator.answers import RefusedError
from overheard.emulator.journal import Journal

TEAM = {"id": "T0123456789", "domain": "testers"}
BOT_USER, BOT_ID, APP_ID = "U0BOT", "B0BOT", "A0123456789"
Message = dict[str, Any]


@dataclass
class Channel:
    """A conversation, and the bot's standing in it."""

    id: str = "C0123456789"
    name: str = "listening"
    is_member: bool = True
    is_archived: bool = False
    is_private: bool = False
    members: tuple[str, ...] = ("U0HUMAN",)

    def public(self) -> dict[str, Any]:
        """Give it as conversations.info shows it."""
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": not self.is_private,
            "is_group": self.is_private,
            "is_private": self.is_private,
            "is_archived": self.is_archived,
            "is_member": self.is_member,
            "num_members": len(self.members) + self.is_member,
        }


@dataclass
class File:
    """A file on its way: announced, uploaded, shared."""

    id: str
    name: str
    length: int
    content: bytes | None = None
    complete: bool = False
    title: str = ""
    alt_txt: str = ""


@dataclass
class Workspace:
    """All that is there. The journal is read when it is made, so it goes on where it was killed."""

    journal: Journal
    clock: Callable[[], float]
    channels: dict[str, Channel]
    visible_after: float = 0.0  # seconds before a message shows in the history
    messages: list[Message] = field(default_factory=list)  # oldest first
    ephemerals: list[Message] = field(default_factory=list)  # seen by one person, in no history
    files: dict[str, File] = field(default_factory=dict)
    views: list[dict[str, Any]] = field(default_factory=list)  # windows that were opened
    _last_micros: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        for entry in self.journal.entries():
            self._replay(entry)
        self._last_micros = max((micros(message["ts"]) for message in self.messages), default=0)

    def _replay(self, entry: dict[str, Any]) -> None:
        held = {name: value for name, value in entry.items() if name != "event"}
        if entry["event"] == "posted":
            self.messages.append(held)
        elif entry["event"] == "updated" and (found := self.find(held["channel"], held["ts"])):
            found.clear()
            found.update(held)
        elif entry["event"] == "deleted" and (found := self.find(held["channel"], held["ts"])):
            self.messages.remove(found)

    def channel(self, arguments: dict[str, Any], name: str = "channel") -> Channel:
        """Give the channel that an argument means by its id. Raises RefusedError when the bot does not see it."""
        channel = self.channels.get(str(arguments.get(name)))
        if channel is None or (channel.is_private and not channel.is_member):
            raise RefusedError("channel_not_found")
        return channel

    def writable(self, arguments: dict[str, Any], name: str = "channel") -> Channel:
        """Give the channel if the bot may post there. Raises RefusedError."""
        channel = self.channel(arguments, name)
        if channel.is_archived:
            raise RefusedError("is_archived")
        if not channel.is_member:
            raise RefusedError("not_in_channel")
        return channel

    def find(self, channel: str, ts: object) -> Message | None:
        """Give the message of a channel by its ts."""
        return next((each for each in self.messages if each["ts"] == ts and each["channel"] == channel), None)

    def next_ts(self) -> str:
        """Give a ts that is later than all before."""
        self._last_micros = max(self._last_micros + 100, int(self.clock() * 1_000_000))
        return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"

    def post(self, message: Message) -> Message:
        """Keep a message: in the journal first."""
        message["ts"] = self.next_ts()
        self.journal.note("posted", **message)
        self.messages.append(message)
        return message

    def say(self, text: str, channel: str, user: str = "U0HUMAN", thread_ts: str | None = None) -> Message:
        """Let a person post, as a person does: without blocks."""
        said: Message = {"channel": channel, "text": text, "user": user}
        return self.post(said | ({"thread_ts": thread_ts} if thread_ts else {}))

    def update(self, message: Message, changed: Iterable[tuple[str, Any]]) -> None:
        """Change a message; None takes a part of it away."""
        for name, value in changed:
            if value is None:
                message.pop(name, None)
            else:
                message[name] = value
        self.journal.note("updated", **message)

    def delete(self, message: Message) -> None:
        """Take a message away."""
        self.journal.note("deleted", channel=message["channel"], ts=message["ts"])
        self.messages.remove(message)


def micros(ts: str) -> int:
    """Give a ts as microseconds; what is no ts is 0."""
    seconds, _, rest = ts.partition(".")
    digits = (rest or "0").ljust(6, "0")[:6]
    return int(seconds) * 1_000_000 + int(digits) if (seconds + digits).isdigit() else 0
