"""Slack with a bot token: exactly one message per delivery, because what was posted can be looked up again.

Slack has no key that makes posting twice harmless, so each message carries the delivery's key as metadata, and a
delivery whose answer was lost is searched for in the channel's history before it is sent again.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import timedelta
from math import inf
from typing import Any

from slack_sdk.web import SlackResponse

from config import settings
from config.errors import OverheardError
from config.slack_channels import is_channel_id
from notifier.blocks import context, plain
from notifier.contract import Receipt, SendError
from notifier.slack.client import NAME, SlackClient, next_cursor
from notifier.slack.directory import Directory
from notifier.slack.files import share, shared_in
from notifier.slack.standing import Standing, standing_in
from storage.records import Act, Delivery, Reason

EVENT = "overheard_delivery"  # type of the metadata that names the delivery
SKEW = timedelta(minutes=10)  # how far Slack's clock and ours usually differ
_PAGE = 200
_PAGES = 50  # of history read before the search is given up for now
_LEAST_PAGES = 10  # of history read whatever our clock says about its age


class SlackChannel:
    """Posts into one channel as a bot. The channel is written as its id, or as its name, which is looked up."""

    name = NAME

    def __init__(self, token: str, channel: str, base_url: str = "https://slack.com/api/") -> None:
        self._client = SlackClient(token, base_url)
        self._directory = Directory(self._client)
        self.place = _as_called(channel)

    @classmethod
    def from_settings(cls, found: settings.Settings) -> SlackChannel:
        """Make the channel that the config describes. Raises SecretError, OverheardError."""
        slack = found.slack
        if slack is None or slack.token is None or not slack.channel:
            raise OverheardError("slack: a bot token needs a channel; set slack.token and slack.channel")
        return cls(slack.token.reveal(), slack.channel, slack.base_url)

    def elsewhere(self, place: str) -> SlackChannel:
        """Give another channel of the same workspace."""
        other = copy(self)
        other.place = _as_called(place)
        return other

    def send(self, delivery: Delivery, parent: str | None) -> Receipt:
        """Post in the thread of `parent` if given, or edit it. Raises SendError; the receipt carries Slack's ts."""
        channel = self._id()
        if delivery.act is Act.EDIT:
            return self._edit(channel, delivery, parent)
        if delivery.act is Act.PICTURES:
            return share(self._client, channel, delivery, parent)
        payload: dict[str, Any] = dict(delivery.payload)
        text, blocks = payload["text"], list(payload.get("blocks") or [])
        if delivery.moved_because is not None:
            meant = f"Meant for {delivery.moved_because}"
            text, blocks = (text, [context(meant), *blocks]) if blocks else (f"{plain(meant)}\n{text}", [])
        answer = self._client.call(
            lambda web: web.chat_postMessage(
                channel=channel,
                text=text,
                blocks=blocks or None,
                thread_ts=parent,
                unfurl_links=False,
                unfurl_media=False,
                link_names=False,
                parse="none",
                mrkdwn=False,
                metadata=_metadata(delivery.key),
            ),
            posting=True,
        )
        ts = answer.get("ts")
        if not isinstance(ts, str) or not ts:
            raise SendError(self.name, Reason.MALFORMED, "Slack's answer names no message", uncertain=True)
        return Receipt(ts)

    def _edit(self, channel: str, delivery: Delivery, ts: str | None) -> Receipt:
        """Put the payload in the place of a message. Whether it arrives once or twice makes no difference."""
        payload: dict[str, Any] = dict(delivery.payload)
        if ts is None or delivery.parent is None:
            raise SendError(self.name, Reason.NOT_FOUND, "nothing says which message is to be edited", permanent=True)
        of = delivery.parent  # by its key the message is found again, as before
        self._client.call(
            lambda web: web.chat_update(
                channel=channel,
                ts=ts,
                text=payload["text"],
                blocks=payload.get("blocks") or None,
                link_names=False,
                parse="none",
                metadata=_metadata(of),
            )
        )
        return Receipt(ts)

    def find(self, delivery: Delivery, parent: str | None) -> Receipt | None:
        """Search the thread, or the channel back to when the delivery was first handed over. Raises SendError.

        Our clock may be, or have been, days away from Slack's. So it never limits what Slack gives: it only ends the
        reading, and not before 2,000 messages of the channel are read. A thread comes oldest first, and is read whole.
        """
        if delivery.act is Act.EDIT:
            return None  # to make it again is easier than to find out
        oldest = ((delivery.sending_since or delivery.created_at) - SKEW).timestamp()
        cursor: str | None = None
        for number in range(1, _PAGES + 1):
            page = self._page(parent, cursor)
            messages = [message for message in page.get("messages") or [] if isinstance(message, Mapping)]
            for message in messages:
                found = _found_in(message, delivery)
                if found is not None:
                    return found
            if parent is None and number >= _LEAST_PAGES and messages and _seconds(messages[-1]) < oldest:
                return None
            cursor = next_cursor(page)
            if cursor is None:
                return None
        raise SendError(self.name, Reason.TOO_LARGE, "the channel is too busy to find the message in its history")

    def check(self, *, pictures: bool = False) -> Standing:
        """Ask Slack who we are and whether we may post, and upload pictures where these are wanted; nothing is posted.

        Raises SendError when it cannot be asked.
        """
        return standing_in(self._client, self._directory, self.place, pictures=pictures)

    def _id(self) -> str:
        return self._directory.id_of(self.place)

    def _page(self, parent: str | None, cursor: str | None) -> SlackResponse:
        channel = self._id()
        if parent is None:
            return self._client.call(
                lambda web: web.conversations_history(
                    channel=channel, limit=_PAGE, cursor=cursor, include_all_metadata=True
                )
            )
        return self._client.call(
            lambda web: web.conversations_replies(
                channel=channel, ts=parent, limit=_PAGE, cursor=cursor, include_all_metadata=True
            )
        )


def _metadata(key: str) -> dict[str, Any]:
    return {"event_type": EVENT, "event_payload": {"delivery": key}}


def _as_called(channel: str) -> str:
    return channel if is_channel_id(channel) else f"#{channel.removeprefix('#')}"


def _found_in(message: Mapping[str, Any], delivery: Delivery) -> Receipt | None:
    if delivery.act is Act.PICTURES:
        return shared_in(message, delivery)
    return Receipt(str(message["ts"])) if _carries(message, delivery.key) else None


def _carries(message: Mapping[str, Any], key: str) -> bool:
    metadata = message.get("metadata")
    if not isinstance(metadata, Mapping) or metadata.get("event_type") != EVENT:
        return False
    payload = metadata.get("event_payload")
    return isinstance(payload, Mapping) and payload.get("delivery") == key


def _seconds(message: Mapping[str, Any]) -> float:
    """Give when Slack took a message, as seconds of its own clock; endlessly late where it does not say."""
    try:
        return float(message["ts"])
    except (KeyError, TypeError, ValueError):
        return inf
