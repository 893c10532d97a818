"""The address where Slack posts what people do, as a WSGI application: whatever Slack has not signed is refused.

It looks at method, body and signature alone, so that it may stand behind any reverse proxy and under any path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from wsgiref.types import StartResponse, WSGIEnvironment

import structlog
from slack_sdk.signature import SignatureVerifier

from notifier.asking.interaction import Command, Press, posted

MOST = 1_000_000  # bytes of a post: a press carries the whole message that holds the button
_LENGTH = re.compile(r"[0-9]{1,7}")
_TAKEN, _REFUSED, _BUSY = "200 OK", "401 Unauthorized", "503 Service Unavailable"

_log = structlog.get_logger(__name__)


class _Body(Protocol):
    """What a WSGI server hands over as the body."""

    def read(self, size: int, /) -> bytes:
        """Give at most so many bytes."""
        ...


@dataclass(frozen=True, slots=True)
class _Clock:
    """Our clock as slack_sdk asks for the time."""

    clock: Callable[[], datetime]

    def now(self) -> float:
        """Give the seconds since 1970."""
        return self.clock().timestamp()


class Reception:
    """Takes posts that Slack has signed within the last five minutes; answers 401 to everything else."""

    def __init__(
        self, signing_secret: str, clock: Callable[[], datetime], take: Callable[[Press | Command], bool]
    ) -> None:
        self._verifier = SignatureVerifier(signing_secret, _Clock(clock))  # type: ignore[arg-type]  # asks for now() alone
        self._take = take
        self._refused = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one post; what is taken is carried out later, as Slack waits three seconds."""
        status = self._status(environ)
        start_response(status, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "0")])
        return [b""]

    def _status(self, environ: Mapping[str, Any]) -> str:
        body = _body(environ)
        if body is None or not self._signed(body, environ):
            self._refused += 1
            if self._refused & (self._refused - 1) == 0:  # the 1st, 2nd, 4th, 8th ...: strangers must not fill the log
                _log.warning("posts that Slack has not signed are refused", so_far=self._refused)
            return _REFUSED
        act = posted(body)
        return _TAKEN if act is None or self._take(act) else _BUSY

    def _signed(self, body: bytes, environ: Mapping[str, Any]) -> bool:
        moment, signature = (environ.get(f"HTTP_X_SLACK_{name}") for name in ("REQUEST_TIMESTAMP", "SIGNATURE"))
        try:
            return self._verifier.is_valid(body, moment, signature)
        except (ValueError, TypeError, OverflowError):
            return False  # a time, a body or a signature that the library cannot even read


def _body(environ: Mapping[str, Any]) -> bytes | None:
    """Give the body of a post. None: it is no post, or has no body that we want to read."""
    length = _LENGTH.fullmatch(str(environ.get("CONTENT_LENGTH")))
    if environ.get("REQUEST_METHOD") != "POST" or length is None:
        return None
    size = int(length[0])
    source: _Body = environ["wsgi.input"]
    body = source.read(size) if 0 < size <= MOST else b""
    return body if len(body) == size and body else None
