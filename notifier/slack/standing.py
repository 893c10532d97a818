"""Whether the bot may do in a channel what it will do there: who it is, and which scopes it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web import SlackResponse

from notifier.contract import SendError
from notifier.slack.client import SlackClient
from notifier.slack.directory import Directory
from notifier.slack.errors import verdict


@dataclass(frozen=True, slots=True)
class Standing:
    """Who we are at Slack and what is missing."""

    bot: str
    team: str
    channel: str | None  # its name; None: Slack would not tell
    member: bool | None
    missing: tuple[str, ...] = ()  # scopes
    problems: tuple[str, ...] = ()  # with their remedies
    id: str | None = None  # of the channel; None: it was not found

    @property
    def fine(self) -> bool:
        """Whether digests will arrive, exactly once."""
        return not self.missing and not self.problems


def standing_in(client: SlackClient, directory: Directory, place: str, *, pictures: bool = False) -> Standing:
    """Give who we are and whether we may post there. Nothing is posted. Raises SendError when Slack cannot be asked."""
    me = client.call(lambda web: web.auth_test())
    granted = _scopes(me)
    bot, team = str(me.get("user")), str(me.get("team"))
    found: str | None = None
    try:
        found = directory.id_of(place)
        info = client.call(lambda web: web.conversations_info(channel=found or place)).get("channel")
    except SendError as problem:
        # Without channels:read Slack will not name the channel; posting by its id works all the same.
        return Standing(
            bot, team, None, None, _missing(granted, private=None, pictures=pictures), (problem.detail,), found
        )
    channel: Mapping[str, Any] = info if isinstance(info, Mapping) else {}
    member = bool(channel.get("is_member"))
    problems = [] if member else [f"not_in_channel: {verdict('not_in_channel').remedy}"]
    if channel.get("is_archived"):
        problems.append(f"is_archived: {verdict('is_archived').remedy}")
    missing = _missing(granted, private=bool(channel.get("is_private")), pictures=pictures)
    return Standing(bot, team, str(channel.get("name")), member, missing, tuple(problems), found)


def _scopes(answer: SlackResponse) -> frozenset[str] | None:
    for name, value in answer.headers.items():
        if name.lower() == "x-oauth-scopes":
            text = value if isinstance(value, str) else ",".join(value)
            return frozenset(scope.strip() for scope in text.split(",") if scope.strip())
    return None


def _missing(granted: frozenset[str] | None, *, private: bool | None, pictures: bool) -> tuple[str, ...]:
    """Give the scopes that are needed and not granted. `private` None: unknown, either kind of history will do."""
    if granted is None:
        return ()
    missing = [] if "chat:write" in granted else ["chat:write"]
    histories = {True: {"groups:history"}, False: {"channels:history"}, None: {"channels:history", "groups:history"}}
    if not granted & histories[private]:
        missing.append(min(histories[private]))
    missing += ["files:write"] if pictures and "files:write" not in granted else []
    return tuple(missing)
