"""Addresses at which Slack hands presses and commands over a web socket, each good for one connection."""

from __future__ import annotations

from config import settings
from config.errors import OverheardError
from notifier.contract import SendError
from notifier.slack.client import NAME, SlackClient, refusal
from notifier.slack.transport import checked_address
from storage.records import Reason

_REMEDY = (
    "make an app-level token with the scope connections:write (Basic Information > App-Level Tokens) and put it into "
    "the variable that slack.app_token names; it begins with xapp-"
)


class SocketTickets:
    """Asks Slack for addresses, with the app-level token."""

    def __init__(self, app_token: str, base_url: str) -> None:
        self._token = app_token
        self._client = SlackClient(app_token, base_url)

    @classmethod
    def from_settings(cls, found: settings.Settings) -> SocketTickets:
        """Make it for the token of a config. Raises SecretError, and OverheardError where the config has none."""
        slack = found.slack
        if slack is None or slack.app_token is None:
            raise OverheardError("slack: no app token; set slack.app_token")
        return cls(slack.app_token.reveal(), slack.base_url)

    def open(self) -> str:
        """Give a new address, to be dialled at once. Raises SendError, permanent where a person must help."""
        try:
            answer = self._client.call(lambda web: web.apps_connections_open(app_token=self._token))
        except SendError as problem:
            if problem.reason is Reason.AUTH and problem.code is not None:
                raise refusal(problem.code, _REMEDY) from None
            raise
        url = answer.get("url")
        if not isinstance(url, str):
            raise SendError(NAME, Reason.MALFORMED, "Slack's answer names no address of a web socket")
        try:
            checked_address(url.replace("ws", "http", 1), "Slack's web socket")
        except OverheardError as problem:
            raise SendError(NAME, Reason.MALFORMED, str(problem)) from None
        return url
