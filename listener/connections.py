"""Connections to servers: opened to an address that was judged, kept for the next request to the same place."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from urllib3.connection import HTTPConnection, HTTPSConnection

from listener.addresses import Address, IpAddress, UrlRefusedError, literal, refusal
from listener.watchdog import Watch

_CONNECT_TIMEOUT = 5.0  # seconds, per address
READ_TIMEOUT = 10.0  # seconds without a single byte
_IDLE_CONNECTIONS = 128
_IDLE_SECONDS = 60.0

Resolve = Callable[[str, int], Sequence[IpAddress]]
Dial = Callable[[IpAddress, int, float], socket.socket]


def resolve(host: str, port: int) -> list[IpAddress]:
    """Look a name up with the system's resolver. Raises OSError when there is no such name."""
    found = [literal(str(entry[4][0])) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    return [address for address in dict.fromkeys(found) if address is not None]


def dial(address: IpAddress, port: int, timeout: float) -> socket.socket:
    """Connect to an address; no name is looked up. Raises OSError."""
    connection = socket.create_connection((str(address), port), timeout)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _within(watch: Watch, seconds: float) -> float:
    """Give a socket's timeout that ends with the fetch; never 0, which would mean not to wait at all."""
    return max(0.001, min(seconds, watch.left))


class LookupTimeoutError(OSError):
    """The name was not found out in time."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a connection leads and under which rules it was opened; equal places may share one."""

    address: Address
    allow_private: bool
    ports: tuple[int, ...]

    @property
    def key(self) -> tuple[str, str, int, bool]:
        """What makes two places the same."""
        return (self.address.scheme, self.address.host, self.address.port, self.allow_private)


class _Judged:
    """Opens the socket of an urllib3 connection itself: to judged addresses only, under the eyes of the watchdog."""

    place: Place
    watch: Watch
    resolver: Resolve
    dialler: Dial
    spare: socket.socket | None = None  # second handle of the socket; the first may be inside of a TLS handshake

    def _new_conn(self) -> socket.socket:
        port = self.place.address.port
        failure: OSError = OSError("the name has no address")
        for address in self._judged():
            try:
                connection = self.dialler(address, port, _within(self.watch, _CONNECT_TIMEOUT))
            except OSError as problem:
                failure = problem
                continue
            self.spare = connection.dup()
            self.watch.guard(self.spare)
            connection.settimeout(_within(self.watch, READ_TIMEOUT))
            return connection
        raise failure

    def _judged(self) -> Sequence[IpAddress]:
        place = self.place
        known = literal(place.address.host)
        addresses = [known] if known is not None else self._look_up()
        for address in addresses:
            why = refusal(address, place.address.port, place.ports, allow_private=place.allow_private)
            if why is not None:
                raise UrlRefusedError(why)
        return addresses

    def _look_up(self) -> Sequence[IpAddress]:
        # The system's resolver knows no deadline: it gets a thread of its own, which is left behind when time is over.
        answer: list[Sequence[IpAddress] | OSError] = []

        def ask() -> None:
            try:
                answer.append(self.resolver(self.place.address.host, self.place.address.port))
            except (OSError, UnicodeError) as problem:
                answer.append(OSError(str(problem)))

        thread = threading.Thread(target=ask, name="name-lookup", daemon=True)
        thread.start()
        thread.join(self.watch.left)
        if not answer:
            raise LookupTimeoutError("the name lookup took too long")
        if isinstance(answer[0], OSError):
            raise OSError("no such host")
        return answer[0]

    def drop_spare(self) -> None:
        """Close the second handle."""
        if self.spare is not None:
            self.spare.close()
            self.spare = None


class PlainConnection(_Judged, HTTPConnection):
    """A connection without TLS."""


class TlsConnection(_Judged, HTTPSConnection):
    """A connection with TLS; the certificate is always verified, for the name in the URL."""


Connection = PlainConnection | TlsConnection


class Connections:
    """Opens connections and keeps idle ones. Thread-safe; a connection is in one hand at a time."""

    def __init__(self, ca_file: str | None, resolver: Resolve, dialler: Dial) -> None:
        self._ca_file = ca_file
        self._resolver = resolver
        self._dialler = dialler
        self._tls: ssl.SSLContext | None = None
        self._idle: dict[tuple[str, str, int, bool], tuple[Connection, float]] = {}
        self._lock = threading.Lock()

    def take(self, place: Place, watch: Watch, *, fresh: bool = False) -> tuple[Connection, bool]:
        """Give a connection and whether it was used before. It is opened by its first request."""
        with self._lock:
            kept = self._idle.pop(place.key, None)
        if kept is not None:
            connection, since = kept
            if not fresh and time.monotonic() - since < _IDLE_SECONDS and connection.is_connected:
                connection.place, connection.watch = place, watch
                connection.timeout = _within(watch, READ_TIMEOUT)
                watch.guard(connection.spare)
                return connection, True
            self.drop(connection)
        return self._make(place, watch), False

    def _make(self, place: Place, watch: Watch) -> Connection:
        host, port = place.address.host, place.address.port
        made: Connection
        if place.address.scheme == "https":
            made = TlsConnection(host, port, timeout=READ_TIMEOUT, ssl_context=self._context())
        else:
            made = PlainConnection(host, port, timeout=READ_TIMEOUT)
        made.place, made.watch, made.resolver, made.dialler = place, watch, self._resolver, self._dialler
        return made

    def _context(self) -> ssl.SSLContext:
        with self._lock:
            if self._tls is None:
                context = ssl.create_default_context()
                if self._ca_file is not None:
                    context.load_verify_locations(self._ca_file)
                self._tls = context
            return self._tls

    def keep(self, connection: Connection) -> None:
        """Put a connection back whose answer was read to the end."""
        connection.watch.guard(None)
        with self._lock:
            self._idle[connection.place.key] = (connection, time.monotonic())
            oldest = self._idle.pop(next(iter(self._idle))) if len(self._idle) > _IDLE_CONNECTIONS else None
        if oldest is not None:
            self.drop(oldest[0])

    @staticmethod
    def drop(connection: Connection) -> None:
        """Close a connection for good."""
        connection.watch.guard(None)
        with contextlib.suppress(OSError):
            connection.close()
        connection.drop_spare()

    def close(self) -> None:
        """Close all idle connections."""
        with self._lock:
            idle, self._idle = list(self._idle.values()), {}
        for connection, _ in idle:
            self.drop(connection)
