"""Ways to ask the emulator, as the product asks Slack."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from overheard.emulator.server import SlackEmulator

CHANNEL = "C0123456789"


def client(slack: SlackEmulator, token: str | None = None) -> WebClient:
    """A client that retries nothing."""
    return WebClient(token=token or slack.token, base_url=slack.base_url, retry_handlers=[], timeout=10)


def refusal(slack: SlackEmulator, method: str, token: str | None = None, **arguments: Any) -> dict[str, Any]:
    """The answer to a call that is refused."""
    with pytest.raises(SlackApiError) as caught:
        client(slack, token).api_call(method, json=arguments)
    said: dict[str, Any] = caught.value.response.data
    return said
