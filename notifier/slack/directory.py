"""The ids of Slack's channels by their names, which people write and Slack's methods do not take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from config.slack_channels import is_channel_id
from notifier.contract import SendError
from notifier.slack.client import NAME, SlackClient, next_cursor, refusal
from storage.records import Reason

_PAGE = 200
_PAGES = 100  # of channels; who has more writes the id
# Private channels are listed where the app may see them, and must not keep the public ones from being listed.
_PUBLIC = "public_channel"
_KINDS = ("public_channel,private_channel", _PUBLIC, "private_channel")
_BY_ID = "or write the channel's id (channel name > About > Channel ID)"


class Directory:
    """Looks up names with conversations.list, and keeps what was listed as long as it lives."""

    def __init__(self, client: SlackClient) -> None:
        self._client = client
        self._listed: dict[str, list[Mapping[str, Any]]] = {}
        self._kinds = ""

    def id_of(self, place: str) -> str:
        """Give the id of a channel that is written as an id or as a name. Raises SendError.

        A name that is not known is asked for again each time: its channel may have been made meanwhile.
        """
        if is_channel_id(place):
            return place
        name = place.removeprefix("#")
        if name not in self._listed:
            self._list()
        found = self._listed.get(name, [])
        standing = [channel for channel in found if not channel.get("is_archived")]
        if len(standing) == 1:
            return str(standing[0]["id"])
        if standing:
            ids = " or ".join(str(channel["id"]) for channel in standing)
            raise refusal("channel_not_found", f"{len(standing)} channels are called #{name}; write the id: {ids}")
        if found:
            raise refusal("is_archived", f"#{name} is archived; unarchive the channel, or name another")
        raise refusal("channel_not_found", f"no channel that the bot can see is called #{name}; {self._unseen()}")

    def _unseen(self) -> str:
        private = "a private one is seen once the bot is invited (/invite @YourBot)"
        if "private_channel" not in self._kinds:
            private += " and its app has the scope groups:read"
        return f"correct the name, {_BY_ID}; {private}"

    def _list(self) -> None:
        self._kinds, channels = self._seen()
        self._listed = {}
        for channel in channels:
            self._listed.setdefault(str(channel.get("name")), []).append(channel)

    def _seen(self) -> tuple[str, list[Mapping[str, Any]]]:
        """Give the channels that the app's scopes let it see, and which kinds these are."""
        refused: dict[str, SendError] = {}
        for kinds in _KINDS:
            try:
                return kinds, list(self._channels(kinds))
            except SendError as problem:
                if problem.code != "missing_scope":
                    raise
                refused[kinds] = problem
        raise refused[_PUBLIC]  # the scope that most need

    def _channels(self, kinds: str) -> Iterator[Mapping[str, Any]]:
        cursor: str | None = None
        for _ in range(_PAGES):
            at = cursor
            page = self._client.call(lambda web: web.conversations_list(types=kinds, limit=_PAGE, cursor=at))  # noqa: B023  # called at once
            yield from (each for each in page.get("channels") or [] if isinstance(each, Mapping) and each.get("id"))
            cursor = next_cursor(page)
            if cursor is None:
                return
        raise SendError(
            NAME, Reason.TOO_LARGE, f"more than {_PAGE * _PAGES:,} channels: their names are not looked up, {_BY_ID}",
            permanent=True,
        )  # fmt: skip
