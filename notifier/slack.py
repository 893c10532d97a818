"""Slack with a bot token: exactly one message per delivery, because what was posted can be looked up again.

Slack has no key that makes posting twice harmless, so each message carries the delivery's key as metadata, and a
delivery whose answer was lost is searched for in the channel's history before it is sent again.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPException
from math import inf
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from config import settings
from config.errors import OverheardError
from notifier.contract import Receipt, SendError
from notifier.slack_errors import verdict
from notifier.slack_transport import REFUSED, asked_to_wait, checked_address, silence, trouble
from storage.records import Delivery, Reason

TIMEOUT = 10  # seconds for one call
EVENT = "overheard_delivery"  # type of the metadata that names the delivery
SKEW = timedelta(minutes=10)  # how far Slack's clock and ours usually differ
_PAGE = 200
_PAGES = 50  # of history read before the search is given up for now
_LEAST_PAGES = 10  # of history read whatever our clock says about its age
_SERVER_ERROR = 500
_CODE = re.compile(r"[a-z][a-z0-9_]{1,60}")  # anything else is not Slack speaking


class SlackChannel:
    """Posts into one channel as a bot."""

    name = "slack"

    def __init__(self, token: str, channel: str, base_url: str = "https://slack.com/api/") -> None:
        self._channel = channel
        self._client = WebClient(
            token=token,
            base_url=checked_address(base_url, "slack.base_url"),
            timeout=TIMEOUT,
            retry_handlers=[],  # a retry of the client's own would post twice
            logger=silence(),
        )

    @classmethod
    def from_settings(cls, found: settings.Settings) -> SlackChannel:
        """Make the channel that the config describes. Raises SecretError, OverheardError."""
        slack = found.slack
        if slack is None or slack.token is None or not slack.channel:
            raise OverheardError("slack: a bot token needs a channel; set slack.token and slack.channel")
        return cls(slack.token.reveal(), slack.channel, slack.base_url)

    def send(self, delivery: Delivery, parent: str | None) -> Receipt:
        """Post, in the thread of `parent` if given. Raises SendError; the receipt carries Slack's ts."""
        payload: dict[str, Any] = dict(delivery.payload)
        answer = self._call(
            lambda: self._client.chat_postMessage(
                channel=self._channel,
                text=payload["text"],
                blocks=payload.get("blocks") or None,
                thread_ts=parent,
                unfurl_links=False,
                unfurl_media=False,
                link_names=False,
                parse="none",
                mrkdwn=False,
                metadata={"event_type": EVENT, "event_payload": {"delivery": delivery.key}},
            ),
            posting=True,
        )
        ts = answer.get("ts")
        if not isinstance(ts, str) or not ts:
            raise SendError(self.name, Reason.MALFORMED, "Slack's answer names no message", uncertain=True)
        return Receipt(ts)

    def find(self, delivery: Delivery, parent: str | None) -> Receipt | None:
        """Search the thread, or the channel back to when the delivery was first handed over. Raises SendError.

        Our clock may be, or have been, days away from Slack's. So it never limits what Slack gives: it only ends the
        reading, and not before 2,000 messages of the channel are read. A thread comes oldest first, and is read whole.
        """
        oldest = ((delivery.sending_since or delivery.created_at) - SKEW).timestamp()
        cursor: str | None = None
        for number in range(1, _PAGES + 1):
            page = self._page(parent, cursor)
            messages = [message for message in page.get("messages") or [] if isinstance(message, Mapping)]
            for message in messages:
                if _carries(message, delivery.key):
                    return Receipt(str(message["ts"]))
            if parent is None and number >= _LEAST_PAGES and messages and _seconds(messages[-1]) < oldest:
                return None
            metadata = page.get("response_metadata")
            cursor = metadata.get("next_cursor") if isinstance(metadata, Mapping) else None
            if not cursor:
                return None
        raise SendError(self.name, Reason.TOO_LARGE, "the channel is too busy to find the message in its history")

    def _page(self, parent: str | None, cursor: str | None) -> SlackResponse:
        if parent is None:
            return self._call(
                lambda: self._client.conversations_history(
                    channel=self._channel, limit=_PAGE, cursor=cursor, include_all_metadata=True
                )
            )
        return self._call(
            lambda: self._client.conversations_replies(
                channel=self._channel, ts=parent, limit=_PAGE, cursor=cursor, include_all_metadata=True
            )
        )

    def check(self) -> Standing:
        """Ask Slack who we are and whether we may post; nothing is posted. Raises SendError when it cannot be asked."""
        me = self._call(self._client.auth_test)
        granted = _scopes(me)
        standing = Standing(bot=str(me.get("user")), team=str(me.get("team")), channel=None, member=None)
        try:
            info = self._call(lambda: self._client.conversations_info(channel=self._channel)).get("channel")
        except SendError as problem:
            # Without channels:read Slack will not name the channel; posting works all the same.
            missing = _missing(granted, private=None)
            return Standing(standing.bot, standing.team, None, None, missing, (problem.detail,))
        channel: Mapping[str, Any] = info if isinstance(info, Mapping) else {}
        member = bool(channel.get("is_member"))
        problems = [] if member else [f"not_in_channel: {verdict('not_in_channel').remedy}"]
        if channel.get("is_archived"):
            problems.append(f"is_archived: {verdict('is_archived').remedy}")
        missing = _missing(granted, private=bool(channel.get("is_private")))
        return Standing(standing.bot, standing.team, str(channel.get("name")), member, missing, tuple(problems))

    def _call(self, request: Callable[[], SlackResponse], *, posting: bool = False) -> SlackResponse:
        try:
            return request()
        except SlackApiError as refusal:
            raise self._refused(refusal.response, posting=posting) from None
        except URLError as failure:
            cause = failure.reason
            never_left = isinstance(cause, REFUSED)
            raise trouble(self.name, cause, uncertain=posting and not never_left) from None
        except (OSError, HTTPException, ssl.SSLError) as failure:
            raise trouble(self.name, failure, uncertain=posting) from None
        except (SlackClientError, ValueError) as failure:
            detail = f"Slack's answer cannot be read ({type(failure).__name__})"
            raise SendError(self.name, Reason.MALFORMED, detail, uncertain=posting) from None

    def _refused(self, answer: Any, *, posting: bool) -> SendError:  # noqa: ANN401  # the client gives two types
        status = getattr(answer, "status_code", 0)
        headers = getattr(answer, "headers", {}) or {}
        data = getattr(answer, "data", None)
        code = data.get("error") if isinstance(data, Mapping) else None
        if not isinstance(data, Mapping) or not isinstance(code, str) or not _CODE.fullmatch(code):
            reason = Reason.SERVER if status >= _SERVER_ERROR else Reason.MALFORMED
            return SendError(self.name, reason, f"HTTP {status} without an answer that can be read", uncertain=posting)
        found = verdict(code)
        detail = f"{code}: {found.remedy}"
        if code == "missing_scope" and isinstance(data.get("needed"), str):
            detail = f"missing_scope {data['needed']}: {found.remedy}"
        if code in {"invalid_blocks", "invalid_arguments"}:
            detail += _places(data)
        return SendError(
            self.name,
            found.reason,
            detail,
            permanent=found.permanent and status < _SERVER_ERROR,
            uncertain=posting and (found.uncertain or status >= _SERVER_ERROR),
            retry_after=asked_to_wait(headers),
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """Who we are at Slack and what is missing."""

    bot: str
    team: str
    channel: str | None  # its name; None: Slack would not tell
    member: bool | None
    missing: tuple[str, ...] = ()  # scopes
    problems: tuple[str, ...] = ()  # with their remedies

    @property
    def fine(self) -> bool:
        """Whether digests will arrive, exactly once."""
        return not self.missing and not self.problems


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


def _scopes(answer: SlackResponse) -> frozenset[str] | None:
    for name, value in answer.headers.items():
        if name.lower() == "x-oauth-scopes":
            text = value if isinstance(value, str) else ",".join(value)
            return frozenset(scope.strip() for scope in text.split(",") if scope.strip())
    return None


def _missing(granted: frozenset[str] | None, *, private: bool | None) -> tuple[str, ...]:
    """Give the scopes that are needed and not granted. `private` None: unknown, either kind of history will do."""
    if granted is None:
        return ()
    missing = [] if "chat:write" in granted else ["chat:write"]
    histories = {True: {"groups:history"}, False: {"channels:history"}, None: {"channels:history", "groups:history"}}
    if not granted & histories[private]:
        missing.append(min(histories[private]))
    return tuple(missing)


def _places(data: Mapping[str, Any]) -> str:
    """Give Slack's own words on what is wrong with a block; they name places, not our text."""
    errors = data.get("errors")
    if not isinstance(errors, list):
        return ""
    return " (" + "; ".join(str(error)[:200] for error in errors[:3]) + ")"
