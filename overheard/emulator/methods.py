"""The Web API: which method there is, what it needs, and how a call is let in or turned away."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from overheard.emulator import chat, conversations, files, views
from overheard.emulator.answers import Answer, Arguments, RefusedError, ok
from overheard.emulator.rates import BURST, RateLimits
from overheard.emulator.workspace import BOT_ID, BOT_USER, TEAM, Workspace

_TIERS: Final = {1: 1, 2: 20, 3: 50, 4: 100}  # calls a minute
POSTS: Final = 200  # messages a minute into all channels; Slack speaks of several hundred
_OUTSIDERS = 15  # messages of history given to apps that are sold outside the marketplace, once a minute
_LOOKS = ("username", "icon_emoji", "icon_url")
_MINUTE = 60
_BURST_OF_LOWEST = 3  # calls at once of the lowest tier, of which Slack says that it tolerates small bursts

# The caller's payload is at fault, not its token, its channel or the weather.
OF_THE_PAYLOAD: Final = frozenset({
    "no_text", "msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format", "invalid_attachments",
    "too_many_attachments", "invalid_metadata_format", "metadata_too_large", "markdown_text_conflict",
    "invalid_arguments", "invalid_json", "invalid_charset", "invalid_post_type", "invalid_payload", "invalid_name",
    "invalid_limit", "invalid_cursor", "invalid_types", "unknown_method", "ratelimited",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refusal:
    """A payload that was refused, or taken with a warning."""

    method: str
    error: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.method}: {self.error} {self.detail}".rstrip()


@dataclass(frozen=True, slots=True)
class Method:
    """One method: what it does, which scopes a call needs, and its rate."""

    run: Callable[[Arguments], Answer]
    scopes: Callable[[Arguments], Iterable[str]]
    tier: int | None = None  # None: the special one of posting, for each channel


@dataclass
class WebApi:
    """The methods of one workspace, for one app."""

    workspace: Workspace
    token: str
    app_token: str
    scopes: tuple[str, ...]
    address: str  # of the server, without a slash at the end
    open_socket: Callable[[], str]
    windows: views.Windows
    history_limit: int = 1000
    rates: RateLimits | None = None  # None: no limits
    internal: bool = True  # an app of the workspace itself; False: sold, and not in the marketplace
    calls: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lock = threading.RLock()
        self._methods = self._table()

    def call(self, name: str, arguments: Arguments, token: str | None) -> Answer:
        """Answer one call of a method."""
        with self.lock:
            self.calls.append(name)
            try:
                answer = self._run(name, arguments, token)
            except RefusedError as refused:
                self.note(name, refused)
                return refused.answer()
            self.warn(name, answer.warnings)
            return answer

    def note(self, name: str, refused: RefusedError) -> None:
        """Remember a refusal, if the payload was to blame."""
        detail = "; ".join(str(each) for each in refused.violations)
        self.workspace.journal.note("refused", method=name, error=refused.code, detail=detail)
        if refused.code in OF_THE_PAYLOAD:
            self.refusals.append(Refusal(name, refused.code, detail))

    def warn(self, name: str, warnings: Iterable[str]) -> None:
        """Remember what was taken and not liked."""
        for warning in warnings:
            self.workspace.journal.note("warned", method=name, warning=warning)
            self.refusals.append(Refusal(name, warning))

    def limited(self, key: str, size: int, per_second: float) -> Answer | None:
        """Give the answer to a call that comes too early; None when it does not."""
        wait = self.rates.wait(key, size, per_second) if self.rates else 0
        if not wait:
            return None
        self.note(key, RefusedError("ratelimited"))
        answer = RefusedError("ratelimited").answer()
        answer.status, answer.headers["Retry-After"] = 429, str(wait)
        return answer

    def _run(self, name: str, arguments: Arguments, token: str | None) -> Answer:
        if not token:
            raise RefusedError("not_authed")
        if token not in {self.token, self.app_token}:
            raise RefusedError("invalid_auth")
        method = self._methods.get(name)
        if method is None:
            raise RefusedError("unknown_method")
        if (token == self.app_token) != (name == "apps.connections.open"):
            raise RefusedError("not_allowed_token_type")
        early = self._early(name, method, arguments)
        if early is not None:
            return early
        needed = [scope for scope in method.scopes(arguments) if scope not in self.scopes]
        if needed:
            raise RefusedError("missing_scope", needed=needed[0], provided=",".join(self.scopes))
        answer = method.run(arguments)
        answer.headers["x-oauth-scopes"] = ",".join(self.scopes)
        answer.headers["x-accepted-oauth-scopes"] = ",".join(method.scopes(arguments))
        return answer

    def _early(self, name: str, method: Method, arguments: Arguments) -> Answer | None:
        if method.tier is None:
            early = self.limited(f"{name} {arguments.get('channel')}", BURST, 1.0)
            return early or self.limited("workspace", POSTS, POSTS / _MINUTE)
        calls = _TIERS[method.tier]
        if not self.internal and name in {"conversations.history", "conversations.replies"}:
            calls = 1
        burst = _BURST_OF_LOWEST if method.tier == 1 else calls
        return self.limited(name, burst, calls / _MINUTE)

    def _table(self) -> dict[str, Method]:
        space = self.workspace
        most = self.history_limit if self.internal else min(self.history_limit, _OUTSIDERS)

        def of(function: Callable[..., Answer], *more: object) -> Callable[[Arguments], Answer]:
            return lambda arguments: function(space, arguments, *more)

        def fixed(*scopes: str) -> Callable[[Arguments], Iterable[str]]:
            return lambda _: scopes

        return {
            "auth.test": Method(lambda _: _who(), fixed(), 4),
            "chat.postMessage": Method(of(chat.post), _of_content),
            "chat.postEphemeral": Method(of(chat.post_ephemeral), _of_content, 4),
            "chat.update": Method(of(chat.update), _of_content, 3),
            "chat.delete": Method(of(chat.delete), fixed("chat:write"), 3),
            "reactions.add": Method(of(chat.add_reaction), fixed("reactions:write"), 3),
            "reactions.remove": Method(of(chat.remove_reaction), fixed("reactions:write"), 2),
            "conversations.info": Method(of(conversations.info), self._by_privacy("read"), 3),
            "conversations.list": Method(of(conversations.list_channels), _of_kinds, 2),
            "conversations.history": Method(of(conversations.history, most), self._by_privacy("history"), 3),
            "conversations.replies": Method(of(conversations.replies, most), self._by_privacy("history"), 3),
            "files.getUploadURLExternal": Method(of(files.get_upload_url, self.address), fixed("files:write"), 4),
            "files.completeUploadExternal": Method(of(files.complete), fixed("files:write"), 4),
            "views.open": Method(of(views.open_view, self.windows), fixed(), 4),
            "apps.connections.open": Method(lambda _: ok({"url": self.open_socket()}), fixed(), 1),
        }

    def _by_privacy(self, what: str) -> Callable[[Arguments], Iterable[str]]:
        def needed(arguments: Arguments) -> Iterable[str]:
            channel = self.workspace.channels.get(str(arguments.get("channel")))
            return (f"groups:{what}" if channel is not None and channel.is_private else f"channels:{what}",)

        return needed


def _who() -> Answer:
    return ok({
        "url": f"https://{TEAM['domain']}.slack.com/", "team": "Testers", "user": "overheard",
        "team_id": TEAM["id"], "user_id": BOT_USER, "bot_id": BOT_ID, "is_enterprise_install": False,
    })  # fmt: skip


def _of_content(arguments: Mapping[str, Any]) -> Iterable[str]:
    """Give the scopes that a message needs: a name or picture of its own, and videos, need more."""
    yield "chat:write"
    if any(arguments.get(name) for name in _LOOKS):
        yield "chat:write.customize"
    blocks = arguments.get("blocks")
    if isinstance(blocks, list) and any(isinstance(block, dict) and block.get("type") == "video" for block in blocks):
        yield "links.embed:write"


def _of_kinds(arguments: Arguments) -> Iterable[str]:
    scopes = {"public_channel": "channels:read", "private_channel": "groups:read", "mpim": "mpim:read", "im": "im:read"}
    return (scopes[kind] for kind in conversations.kinds_asked(arguments) if kind in scopes)
