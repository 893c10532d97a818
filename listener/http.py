"""The one place that opens connections to the outside: every fetch is judged, bounded in time and size, and explained.

What it refuses and what it bounds is listed in docs/collectors.md; the parts are listener/addresses.py (which addresses
may be dialled), connections.py, watchdog.py (the total deadline), decoding.py (sizes) and answers.py (statuses, waits).
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from http.client import HTTPException, IncompleteRead
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType
from urllib.parse import urljoin

from urllib3.exceptions import HTTPError
from urllib3.exceptions import IncompleteRead as TruncatedBodyError
from urllib3.exceptions import TimeoutError as HTTPTimeoutError
from urllib3.response import BaseHTTPResponse

from config.settings import Network
from listener.addresses import Address, UrlRefusedError, read_url, show_url
from listener.answers import fresh_until, reason_of, retry_after, whole_number
from listener.connections import (
    READ_TIMEOUT,
    Connection,
    Connections,
    Dial,
    LookupTimeoutError,
    Place,
    Resolve,
    dial,
    resolve,
)
from listener.contract import Clock, CollectError
from listener.decoding import PIECE, Body, BrokenBodyError, TooLargeError
from listener.watchdog import Watch, Watchdog
from storage.records import Reason

_MAX_HOPS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_SECRET_HEADERS = {"authorization", "cookie", "proxy-authorization"}
_MAX_DRAIN = 16 * 1024  # an unwanted body up to this size is read, so that the connection can be kept
_PHRASES = {status.value: f" ({status.phrase})" for status in HTTPStatus}
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered."""

    url: str  # after redirects
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes  # unpacked; empty when not_modified
    not_modified: bool = False  # the server still has what etag or last_modified name
    not_before: datetime | None = None  # the server says that nothing changes until then; at most a day ahead
    moved_to: str | None = None  # where the server says that the page lives now, for good; None: where we asked


@dataclass(frozen=True, slots=True)
class _Hop:
    """One request of a fetch: the first, or one that a redirect led to."""

    source: str
    url: str
    address: Address
    headers: Mapping[str, str]
    allow_private: bool
    show_query: bool
    moved_to: str | None = None  # this very URL, when every redirect up to here was for good

    def error(self, reason: Reason, detail: str, wait: timedelta | None = None) -> CollectError:
        shown = show_url(self.url if self.show_query else self.url.partition("?")[0])
        return CollectError(self.source, reason, f"{shown}: {detail}", wait)


@dataclass(frozen=True, slots=True)
class _Redirect:
    location: str
    for_good: bool


class SafeFetcher:
    """Fetches pages for the collectors. Thread-safe; never two requests to one host at the same time."""

    def __init__(
        self,
        network: Network,
        clock: Clock,
        *,
        resolver: Resolve = resolve,
        dialler: Dial = dial,
    ) -> None:
        self._network = network
        self._clock = clock
        self._limit = network.max_megabytes << 20
        self._agent = user_agent(network.contact)
        self._connections = Connections(network.ca_file, resolver, dialler)
        self._watchdog = Watchdog()
        self._hosts: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(
        self,
        url: str,
        *,
        source: str,
        allow_private: bool | None = None,
        headers: Mapping[str, str] = _NOTHING,
        etag: str | None = None,
        last_modified: str | None = None,
        show_query: bool = True,
    ) -> Page:
        """Fetch a page; with `etag` or `last_modified` only if it changed since. Raises CollectError.

        `show_query` is whether errors name the address with its query; secrets in it are never shown.
        """
        sent = {"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate", **headers}
        if etag:
            sent["If-None-Match"] = etag
        if last_modified:
            sent["If-Modified-Since"] = last_modified
        private = self._network.allow_private if allow_private is None else allow_private
        hop = _Hop(source, url, _read(source, url, url), sent, private, show_query)
        # The wait for our turn at the host is not the server's fault: the deadline begins behind it.
        with self._host(hop.address.host):
            watch = self._watchdog.start(self._network.deadline.total_seconds())
            try:
                answer = self._ask(hop, watch)
            except BaseException:
                self._watchdog.stop(watch)
                raise
        try:
            return self._follow(hop, answer, watch)
        finally:
            self._watchdog.stop(watch)

    def close(self) -> None:
        """Close idle connections."""
        self._connections.close()

    def _host(self, host: str) -> threading.Lock:
        with self._lock:
            return self._hosts.setdefault(host, threading.Lock())

    def _follow(self, hop: _Hop, answer: Page | _Redirect, watch: Watch) -> Page:
        seen = {hop.url}
        while isinstance(answer, _Redirect):
            hop = _next_hop(hop, answer, first=len(seen) == 1)
            if hop.url in seen:
                raise hop.error(Reason.MALFORMED, "the server redirects in a circle")
            if len(seen) > _MAX_HOPS:
                raise hop.error(Reason.MALFORMED, f"more than {_MAX_HOPS} redirects")
            seen.add(hop.url)
            lock = self._host(hop.address.host)
            if not lock.acquire(timeout=watch.left):
                raise self._too_slow(hop)
            try:
                answer = self._ask(hop, watch)
            finally:
                lock.release()
        return answer

    def _ask(self, hop: _Hop, watch: Watch) -> Page | _Redirect:
        place = Place(hop.address, hop.allow_private, self._network.ports)
        try:
            return self._exchange(hop, place, watch)
        except UrlRefusedError as why:
            raise hop.error(Reason.MISCONFIGURED, f"refused: {why}") from None
        except TooLargeError as why:
            raise hop.error(Reason.TOO_LARGE, f"{why}; nothing of it was kept") from None
        except BrokenBodyError as why:
            raise hop.error(Reason.MALFORMED, str(why)) from None
        except (HTTPError, HTTPException, OSError) as problem:
            if watch.fired or watch.left <= 0:
                raise self._too_slow(hop) from None
            raise _explain(hop, problem) from None

    def _too_slow(self, hop: _Hop) -> CollectError:
        seconds = self._network.deadline.total_seconds()
        return hop.error(Reason.TIMEOUT, f"not finished within {seconds:g} s ([network] deadline)")

    def _exchange(self, hop: _Hop, place: Place, watch: Watch) -> Page | _Redirect:
        connection, used = self._connections.take(place, watch)
        try:
            try:
                response = _request(connection, hop)
            except (HTTPException, OSError):
                # The server may have closed a kept connection just as we wrote: that tells nothing about it.
                if not used or watch.fired:
                    raise
                self._connections.drop(connection)
                connection, _ = self._connections.take(place, watch, fresh=True)
                response = _request(connection, hop)
            try:
                answer = self._read(hop, response, connection, watch)
            finally:
                response.close()  # holds a handle of the socket of its own
        except BaseException:
            self._connections.drop(connection)
            raise
        if connection.sock is None:
            self._connections.drop(connection)
        else:
            self._connections.keep(connection)
        if isinstance(answer, CollectError):
            raise answer
        return answer

    def _read(
        self, hop: _Hop, response: BaseHTTPResponse, connection: Connection, watch: Watch
    ) -> Page | _Redirect | CollectError:
        headers = {name.lower(): value for name, value in response.headers.items()}
        now = self._clock()
        status = response.status
        asked = "If-None-Match" in hop.headers or "If-Modified-Since" in hop.headers
        if status == HTTPStatus.NOT_MODIFIED and asked:
            _drain(response, headers, connection)
            return Page(hop.url, status, headers, b"", True, fresh_until(headers, now), hop.moved_to)
        if status in _REDIRECTS and headers.get("location"):
            _drain(response, headers, connection)
            return _Redirect(headers["location"], status in _FOR_GOOD)
        reason = reason_of(status)
        if reason is not None:
            _drain(response, headers, connection)
            return hop.error(
                reason, f"the server answers {status}{_PHRASES.get(status, '')}", retry_after(headers, now)
            )
        body = self._body(response, headers, watch)
        return Page(hop.url, status, headers, body, False, fresh_until(headers, now), hop.moved_to)

    def _body(self, response: BaseHTTPResponse, headers: Mapping[str, str], watch: Watch) -> bytes:
        body = Body(headers.get("content-encoding", ""), self._limit)
        if (whole_number(headers.get("content-length", "")) or 0) > self._limit:
            raise TooLargeError(f"the body is announced as larger than {self._limit >> 20} MB")
        while data := response.read(PIECE, decode_content=False):
            body.add(data)
            if watch.fired:
                break
        if watch.fired:  # an answer without a length looks finished when the watchdog has shut its socket
            raise TimeoutError
        return body.finish()


def user_agent(contact: str = "") -> str:
    """How the project names itself to servers: with its version, and the operator's contact when there is one."""
    shown = "".join(char for char in contact if char.isprintable() and char.isascii())
    return f"Overheard/{_version()} (+{shown})" if shown else f"Overheard/{_version()}"


def _version() -> str:
    try:
        return version("overheard")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"


def _read(source: str, url: str, shown: str) -> Address:
    try:
        return read_url(url)
    except UrlRefusedError as why:
        raise CollectError(source, Reason.MISCONFIGURED, f"{show_url(shown)}: refused: {why}") from None


def _next_hop(hop: _Hop, answer: _Redirect, *, first: bool) -> _Hop:
    try:
        url = urljoin(hop.url, answer.location.encode("latin-1").decode("utf-8", "replace").strip())
    except ValueError:
        raise hop.error(Reason.MALFORMED, "the server redirects to something that is not an address") from None
    url = url.partition("#")[0]
    address = _read(hop.source, url, url)
    if hop.address.scheme == "https" and address.scheme == "http":
        raise hop.error(Reason.MALFORMED, f"refused: redirects from https to http ({show_url(url)})")
    headers = hop.headers
    if (address.scheme, address.host, address.port) != (hop.address.scheme, hop.address.host, hop.address.port):
        headers = {name: value for name, value in headers.items() if name.lower() not in _SECRET_HEADERS}
    moved = url if answer.for_good and (first or hop.moved_to) else None
    return replace(hop, url=url, address=address, headers=headers, moved_to=moved)


def _request(connection: Connection, hop: _Hop) -> BaseHTTPResponse:
    headers = {"Host": hop.address.authority, **hop.headers}
    connection.request("GET", hop.address.target, headers=headers, preload_content=False, decode_content=False)
    return connection.getresponse()


def _drain(response: BaseHTTPResponse, headers: Mapping[str, str], connection: Connection) -> None:
    """Read the small rest of an answer nobody wants, so that its connection can be kept; else close it."""
    length = whole_number(headers.get("content-length", ""))
    empty = response.status == HTTPStatus.NOT_MODIFIED
    if empty or (length is not None and length <= _MAX_DRAIN):
        while response.read(PIECE, decode_content=False):
            pass
    else:
        connection.close()


# What can go wrong on the wire, the most telling kind first. Their own texts name our objects and addresses, so the
# sentences are ours; {} stands for what a verified certificate lacks, or for the system's word on it.
_FAILURES: tuple[tuple[type[BaseException], Reason, str], ...] = (
    (ssl.SSLCertVerificationError, Reason.NETWORK, "its certificate is not valid: {}"),
    (ssl.SSLError, Reason.NETWORK, "no secure connection could be made"),
    (LookupTimeoutError, Reason.TIMEOUT, "the name lookup took too long"),
    (TimeoutError, Reason.TIMEOUT, f"silent for longer than {READ_TIMEOUT:g} s"),
    (HTTPTimeoutError, Reason.TIMEOUT, f"silent for longer than {READ_TIMEOUT:g} s"),
    (IncompleteRead, Reason.NETWORK, "the connection ended in the middle of the body"),
    (TruncatedBodyError, Reason.NETWORK, "the connection ended in the middle of the body"),
    (ConnectionRefusedError, Reason.NETWORK, "the connection was refused"),
    (ConnectionError, Reason.NETWORK, "the server closed the connection without an answer"),
    (HTTPException, Reason.MALFORMED, "the answer is not HTTP"),
    (HTTPError, Reason.NETWORK, "the answer broke off"),
    (OSError, Reason.NETWORK, "{}"),
)


def _explain(hop: _Hop, problem: Exception) -> CollectError:
    """Say what went wrong on the wire; urllib3 keeps the real reason among its arguments."""
    causes = [problem, *(arg for arg in problem.args if isinstance(arg, Exception))]
    for kind, reason, sentence in _FAILURES:
        for cause in causes:
            if isinstance(cause, kind):
                word = getattr(cause, "verify_message", None) or getattr(cause, "strerror", None) or str(cause)
                return hop.error(reason, sentence.format(word))
    raise problem  # not reached: all that is caught is named above
