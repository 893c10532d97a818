"""PRAW kept on a lead: a deadline and a size limit for each answer, no redirects, no naps, no settings from elsewhere.

Importing this takes a third of a second, as PRAW does; only a poll of Reddit imports it.
"""

from __future__ import annotations

import configparser
import socket
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any, cast

import praw
import requests
from praw.config import Config
from prawcore.exceptions import InvalidToken, OAuthException, PrawcoreException, RequestException
from prawcore.rate_limit import RateLimiter
from prawcore.requestor import Requestor
from prawcore.sessions import FiniteRetryStrategy
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from listener.answers import http_date, reason_of
from listener.contract import Clock, CollectError
from listener.watchdog import Watch, Watchdog
from storage.records import Json, Reason

_SOURCE = "reddit"
_CONNECT, _READ = 5.0, 10.0  # seconds without a byte
_CHUNK = 64 * 1024
_WINDOW = timedelta(minutes=10)  # of Reddit's rate limit; waited for when it does not say how long
_NANOSECONDS = 1_000_000_000
_UNAUTHORIZED, _BARRED_BY_LAW = 401, 451
_REDIRECTS, _ERRORS = 300, 400  # where these status codes begin
_HINTS = {
    "private": "is private; ask its moderators for access, or remove it from `subreddits`",
    "quarantined": "is quarantined; remove it from `subreddits`",
    "banned": "is banned; remove it from `subreddits`",
    "gold_only": "is for paying members; remove it from `subreddits`",
}

_watchdog = Watchdog()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of time and memory one answer may take."""

    deadline: float = 30.0  # seconds for all of it
    max_body: int = 15 * 1024 * 1024  # bytes


class RedditSession:
    """Reddit's read-only API for one pair of credentials. Used by one thread at a time."""

    def __init__(
        self,
        *,
        client_id: str,
        client_secret: str,
        user_agent: str,
        base_url: str,
        clock: Clock,
        limits: Limits = Limits(),
    ) -> None:
        _own_settings_only()
        self._reddit = praw.Reddit(
            "DEFAULT",
            requestor_class=_Requestor,
            requestor_kwargs={"clock": clock, "limits": limits},
            client_id=client_id,
            client_secret=client_secret,
            user_agent=user_agent,
            reddit_url=base_url or "https://www.reddit.com",
            oauth_url=base_url or "https://oauth.reddit.com",
            username=None,
            password=None,
            refresh_token=None,
            redirect_uri=None,
            check_for_updates=False,
            check_for_async=False,
        )
        core = cast("Any", self._reddit._core)  # noqa: SLF001  # PRAW has no other way to change how it waits
        core._rate_limiter = _Limiter(window_size=int(_WINDOW.total_seconds()))  # noqa: SLF001  # the same
        core._retry_strategy_class = _RetryOnce  # noqa: SLF001  # the same

    def get(self, path: str, params: dict[str, str | int]) -> Json:
        """Give the JSON at a path. Raises CollectError for whatever keeps it from us."""
        try:
            return cast("Json", self._reddit.request(method="GET", path=path, params=params))
        except RequestException as problem:
            raise _unreachable(problem.original_exception) from None
        except InvalidToken:
            raise CollectError(_SOURCE, Reason.AUTH, "Reddit does not accept its own token; try again later") from None
        except OAuthException as problem:
            detail = f"Reddit refused the credentials ({problem.error}); check client_id and client_secret"
            raise CollectError(_SOURCE, Reason.AUTH, detail) from None
        except (PrawcoreException, praw.exceptions.PRAWException, ValueError, KeyError, TypeError) as problem:
            # An answer of 200 that is not what Reddit's API says: a proxy's page, half a JSON, a token without parts.
            detail = f"Reddit's answer cannot be read ({type(problem).__name__})"
            raise CollectError(_SOURCE, Reason.MALFORMED, detail) from None


class _BodyTooLargeError(requests.RequestException):
    """More came than is accepted."""


class _Requestor(Requestor):
    """Sends requests; what is not an answer that PRAW can use becomes a CollectError here, where all is known of it."""

    def __init__(self, *, clock: Clock, limits: Limits, **kwargs: Any) -> None:  # noqa: ANN401  # handed through to PRAW's
        session = requests.Session()
        session.trust_env = False  # no proxies, certificates or .netrc from the environment
        self._guard = _Guard()
        for scheme in ("http://", "https://"):
            session.mount(scheme, _Adapter(self._guard))
        super().__init__(session=session, **kwargs)
        self._clock = clock
        self._limits = limits

    def request(self, *args: Any, timeout: float | None = None, **kwargs: Any) -> requests.Response:  # noqa: ANN401, ARG002  # as PRAW's
        """Give a complete answer. Raises RequestException or CollectError."""
        kwargs |= {"allow_redirects": False, "stream": True, "timeout": (_CONNECT, _READ)}
        watch = self._guard.watch = _watchdog.start(self._limits.deadline)
        try:
            with self._http.request(*args, **kwargs) as response:
                response._content = _body(response, self._limits.max_body)  # noqa: SLF001  # requests has no way to read with a limit
                if watch.fired:  # what was shut while it told its headers looks like a short answer
                    raise requests.Timeout  # joins those that were shut later
        except (requests.RequestException, OSError) as problem:
            # A plain Timeout is not tried again by PRAW, which would double the deadline.
            cause = requests.Timeout() if watch.fired else problem
            raise RequestException(cause, args, kwargs) from None
        finally:
            _watchdog.stop(watch)
            self._guard.released()
            self._http.close()  # the next request opens its own connection, which its own deadline guards
        self._judge(response)
        return response

    def _judge(self, response: requests.Response) -> None:
        status = response.status_code
        if status == _UNAUTHORIZED and not response.url.endswith("/api/v1/access_token"):
            # PRAW fetches a new token once, if only the answer says that the token was the reason.
            response.headers["www-authenticate"] = 'bearer realm="reddit", error="invalid_token"'
        elif status >= _REDIRECTS:
            raise _refusal(response, self._clock())


class _Adapter(HTTPAdapter):
    """Opens connections that the watchdog can shut."""

    def __init__(self, guard: _Guard) -> None:
        self._guard = guard
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # as requests has it
        """Make the pools use connections that report their socket."""
        super().init_poolmanager(*args, **kwargs)
        guard = self._guard

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return guard.opened(super()._new_conn())

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return guard.opened(super()._new_conn())

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}


class _Guard:
    """Hands a fresh socket to the deadline of the request that opened it, before a TLS handshake can draw it out."""

    watch: Watch | None = None
    _spare: socket.socket | None = None  # second handle: TLS takes the first one away

    def opened(self, connection: socket.socket) -> socket.socket:
        """Watch this socket, and give it back."""
        before, self._spare = self._spare, connection.dup()
        if self.watch is not None:
            self.watch.guard(self._spare)
        if before is not None:
            before.close()
        return connection

    def released(self) -> None:
        """Let go of the socket; its deadline is over."""
        if self._spare is not None:
            self._spare.close()
            self._spare = None


class _Limiter(RateLimiter):
    """Obeys Reddit's limit by refusing to ask, not by sleeping in the thread."""

    def delay(self) -> None:
        """Raise CollectError while the window's requests are used up."""
        if self.remaining is not None and self.remaining <= 0 and self.next_request_timestamp_ns is not None:
            left = (self.next_request_timestamp_ns - time.monotonic_ns()) / _NANOSECONDS
            if left > 0:
                wait = timedelta(seconds=round(left, 1))
                raise CollectError(_SOURCE, Reason.RATE_LIMITED, "Reddit's requests are used up", wait)

    def update(self, *, response_headers: Any) -> None:  # noqa: ANN401  # as prawcore's
        """Take Reddit's count, when it can be read."""
        try:
            super().update(response_headers=response_headers)
        except (ValueError, KeyError):
            self.remaining = None


class _RetryOnce(FiniteRetryStrategy):
    """One more try, at once: a new token, or a server that stumbled. The schedule sees to later ones."""

    def __init__(self, retries: int = 1) -> None:
        super().__init__(retries=retries)

    def sleep(self) -> None:
        """Do not sleep."""


def _own_settings_only() -> None:
    """Keep PRAW from reading praw.ini in the current folder or the home: it could send our credentials elsewhere."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(files("praw").joinpath("praw.ini").read_text(encoding="utf-8"))
    Config.CONFIG = parser


def _body(response: requests.Response, most: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_content(_CHUNK):
        size += len(chunk)
        if size > most:
            raise _BodyTooLargeError
        chunks.append(chunk)
    return b"".join(chunks)


def _unreachable(cause: Exception) -> CollectError:
    if isinstance(cause, _BodyTooLargeError):
        return CollectError(_SOURCE, Reason.TOO_LARGE, "Reddit's answer is larger than is accepted")
    if isinstance(cause, requests.Timeout):
        return CollectError(_SOURCE, Reason.TIMEOUT, "Reddit did not answer in time")
    return CollectError(_SOURCE, Reason.NETWORK, f"Reddit cannot be reached ({type(cause).__name__})")


def _refusal(response: requests.Response, now: datetime) -> CollectError:
    status = response.status_code
    if response.url.endswith("/api/v1/access_token") and status in {400, 401, 403}:
        return CollectError(_SOURCE, Reason.AUTH, "Reddit refused the credentials; check client_id and client_secret")
    if status < _ERRORS:
        return CollectError(_SOURCE, Reason.NOT_FOUND, "no such subreddit; correct its name in `subreddits`")
    # What the law bars is a subreddit here, not an address that asks for a login: nobody can be let in.
    reason = Reason.GONE if status == _BARRED_BY_LAW else reason_of(status) or Reason.MALFORMED
    told = _told_reason(response)
    detail = f"the subreddit {_HINTS[told]}" if told in _HINTS else f"Reddit answered {status}"
    wait = _retry_after(response.headers.get("retry-after"), now)
    if reason is Reason.RATE_LIMITED and wait is None:
        wait = _retry_after(response.headers.get("x-ratelimit-reset"), now) or _WINDOW
    return CollectError(_SOURCE, reason, detail, wait)


def _told_reason(response: requests.Response) -> str:
    try:
        told = response.json()
    except ValueError:
        return ""
    return str(told.get("reason", "")) if isinstance(told, dict) else ""


def _retry_after(written: str | None, now: datetime) -> timedelta | None:
    """Read seconds or an HTTP date; None for nothing readable."""
    if not written:
        return None
    try:
        return timedelta(seconds=max(0.0, float(written)))
    except OverflowError:
        return timedelta.max
    except ValueError:
        date = http_date(written)
        return None if date is None else max(timedelta(), date - now)
