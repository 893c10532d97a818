"""Slack through an incoming webhook: at least one message per delivery.

What was posted cannot be read back, so when an answer is lost the message is sent again and may stand there twice;
its footer shows the delivery's key, by which a person sees that it is the same. There are no threads either: what
would be a reply follows as a message of its own.
"""

from __future__ import annotations

import ssl
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackClientError
from slack_sdk.webhook import WebhookClient, WebhookResponse

from config import settings
from config.errors import OverheardError
from notifier.contract import Receipt, SendError
from notifier.slack.errors import verdict
from notifier.slack.transport import REFUSED, asked_to_wait, checked_address, silence, trouble
from storage.records import Delivery, Reason

TIMEOUT = 10  # seconds for one call
_OK, _SERVER_ERROR, _TOO_MANY = 200, 500, 429


class WebhookChannel:
    """Posts into the one channel that the webhook belongs to."""

    name = "webhook"

    def __init__(self, url: str) -> None:
        # The address is a secret: whoever has it can post.
        self._client = WebhookClient(
            checked_address(url, "slack.webhook"), timeout=TIMEOUT, retry_handlers=[], logger=silence()
        )

    @classmethod
    def from_settings(cls, found: settings.Settings) -> WebhookChannel:
        """Make the channel that the config describes. Raises SecretError, OverheardError."""
        slack = found.slack
        if slack is None or slack.webhook is None:
            raise OverheardError("slack: no webhook; set slack.webhook")
        return cls(slack.webhook.reveal())

    def send(self, delivery: Delivery, parent: str | None) -> Receipt:  # noqa: ARG002  # a webhook has no threads
        """Post. Raises SendError. The receipt has no reference: a webhook does not tell what it made."""
        payload: dict[str, Any] = dict(delivery.payload)
        blocks = list(payload.get("blocks") or [])
        if blocks:
            blocks.append(_footer(delivery.key))
        try:
            answer = self._client.send(
                text=payload["text"], blocks=blocks or None, unfurl_links=False, unfurl_media=False
            )
        except URLError as failure:
            raise trouble(self.name, failure.reason, uncertain=not isinstance(failure.reason, REFUSED)) from None
        except (OSError, HTTPException, ssl.SSLError) as failure:
            raise trouble(self.name, failure, uncertain=True) from None
        except (SlackClientError, ValueError) as failure:
            detail = f"Slack's answer cannot be read ({type(failure).__name__})"
            raise SendError(self.name, Reason.MALFORMED, detail, uncertain=True) from None
        if answer.status_code == _OK and answer.body.strip() == "ok":
            return Receipt(None)
        raise self._refused(answer)

    def find(self, delivery: Delivery, parent: str | None) -> Receipt | None:  # noqa: ARG002  # cannot be read back
        """Give None: losing a digest is worse than showing it twice."""
        return None

    def _refused(self, answer: WebhookResponse) -> SendError:
        status, code = answer.status_code, answer.body.strip()[:60]
        if status == _TOO_MANY:
            code = "rate_limited"
        if not (code.isascii() and code.replace("_", "").isalnum()):
            reason = Reason.SERVER if status >= _SERVER_ERROR else Reason.MALFORMED
            return SendError(self.name, reason, f"HTTP {status} without an answer that can be read", uncertain=True)
        found = verdict(code)
        return SendError(
            self.name,
            found.reason,
            f"{code}: {found.remedy}",
            permanent=found.permanent and status < _SERVER_ERROR,
            uncertain=found.uncertain or status >= _SERVER_ERROR,
            retry_after=asked_to_wait(answer.headers),
        )


def _footer(key: str) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "plain_text", "text": f"delivery {key}", "emoji": False}]}
