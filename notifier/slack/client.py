"""Slack's Web API with a bot token: one call at a time, none of them repeated, and errors that hold no secret."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from notifier.contract import SendError
from notifier.slack.errors import verdict
from notifier.slack.transport import REFUSED, asked_to_wait, checked_address, silence, trouble
from storage.records import Reason

NAME = "slack"
TIMEOUT = 10  # seconds for one call
_SERVER_ERROR = 500
_CODE = re.compile(r"[a-z][a-z0-9_]{1,60}")  # anything else is not Slack speaking


class SlackClient:
    """The Web API, for one app."""

    def __init__(self, token: str, base_url: str) -> None:
        self.base_url = checked_address(base_url, "slack.base_url")
        self._web = WebClient(
            token=token,
            base_url=self.base_url,
            timeout=TIMEOUT,
            retry_handlers=[],  # a retry of the client's own would post twice
            logger=silence(),
        )

    def call(self, request: Callable[[WebClient], SlackResponse], *, posting: bool = False) -> SlackResponse:
        """Give Slack's answer to one call. Raises SendError, uncertain only where `posting` may have left a message."""
        try:
            return request(self._web)
        except SlackApiError as refusal:
            raise _refused(refusal.response, posting=posting) from None
        except URLError as failure:
            cause = failure.reason
            never_left = isinstance(cause, REFUSED)
            raise trouble(NAME, cause, uncertain=posting and not never_left) from None
        except (OSError, HTTPException, ssl.SSLError) as failure:
            raise trouble(NAME, failure, uncertain=posting) from None
        except (SlackClientError, ValueError) as failure:
            detail = f"Slack's answer cannot be read ({type(failure).__name__})"
            raise SendError(NAME, Reason.MALFORMED, detail, uncertain=posting) from None


def next_cursor(page: SlackResponse) -> str | None:
    """Give where the next page begins; None after the last one."""
    metadata = page.get("response_metadata")
    cursor = metadata.get("next_cursor") if isinstance(metadata, Mapping) else None
    return cursor if isinstance(cursor, str) and cursor else None


def refusal(code: str, detail: str = "") -> SendError:
    """Give the error for a code of Slack's, found without a call; `detail` says more than the code's remedy."""
    found = verdict(code)
    said = f"{code}: {detail or found.remedy}"
    return SendError(NAME, found.reason, said, permanent=found.permanent, code=code, elsewhere=found.elsewhere)


def _refused(answer: Any, *, posting: bool) -> SendError:  # noqa: ANN401  # the client gives two types
    status = getattr(answer, "status_code", 0)
    headers = getattr(answer, "headers", {}) or {}
    data = getattr(answer, "data", None)
    code = data.get("error") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(code, str) or not _CODE.fullmatch(code):
        reason = Reason.SERVER if status >= _SERVER_ERROR else Reason.MALFORMED
        return SendError(NAME, reason, f"HTTP {status} without an answer that can be read", uncertain=posting)
    found = verdict(code)
    detail = f"{code}: {found.remedy}"
    if code == "missing_scope" and isinstance(data.get("needed"), str):
        detail = f"missing_scope {data['needed']}: {found.remedy}"
    if code in {"invalid_blocks", "invalid_arguments"}:
        detail += _places(data)
    return SendError(
        NAME,
        found.reason,
        detail,
        permanent=found.permanent and status < _SERVER_ERROR,
        uncertain=posting and (found.uncertain or status >= _SERVER_ERROR),
        retry_after=asked_to_wait(headers),
        code=code,
        elsewhere=found.elsewhere,
        moot=found.moot,
    )


def _places(data: Mapping[str, Any]) -> str:
    """Give Slack's own words on what is wrong with a block; they name places, not our text."""
    errors = data.get("errors")
    if not isinstance(errors, list):
        return ""
    return " (" + "; ".join(str(error)[:200] for error in errors[:3]) + ")"
