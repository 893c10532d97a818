"""What one person is told, at the address that came with a press or a command; Slack takes five within half an hour."""

from __future__ import annotations

from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

import structlog
from slack_sdk.errors import SlackClientError
from slack_sdk.webhook import WebhookClient

from notifier.blocks import Message
from notifier.slack.client import TIMEOUT
from notifier.slack.transport import silence

_SLACK = (".slack.com", ".slack-gov.com")
_OK = 200

_log = structlog.get_logger(__name__)


class Replies:
    """Tells somebody something. What cannot be told is logged: it is no loss but of words."""

    def __init__(self, base_url: str) -> None:
        self._own = urlsplit(base_url)

    def tell(self, address: str | None, told: Message) -> None:
        """Post to one person."""
        if address is None or not self._answerable(address):
            _log.warning("nobody told", because="Slack gave no address of its own to answer at")
            return
        client = WebhookClient(address, timeout=TIMEOUT, retry_handlers=[], logger=silence())
        payload: dict[str, Any] = {
            "response_type": "ephemeral",
            "replace_original": False,
            "text": told["text"],
            "blocks": told["blocks"],
        }
        try:
            answer = client.send_dict(payload)
        except (OSError, HTTPException, SlackClientError, ValueError) as problem:  # URLError is an OSError
            _log.warning("nobody told", because=type(problem).__name__)
            return
        if answer.status_code != _OK:
            _log.warning("nobody told", because=f"Slack answered {answer.status_code}")

    def _answerable(self, address: str) -> bool:
        """Tell whether an address is Slack's: a made-up one would lead our posts elsewhere."""
        try:
            parts = urlsplit(address)
            host = parts.hostname or ""
        except ValueError:
            return False
        if (parts.scheme, parts.netloc) == (self._own.scheme, self._own.netloc):
            return True
        return parts.scheme == "https" and (host == "slack.com" or host.endswith(_SLACK))
