"""A small web server on this machine that answers as told: honest pages, and every sort of dishonest one.

In a test:  with Web({"/feed": page(b"<rss/>")}) as web: fetcher.get(web.url("/feed"))
"""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

_STEP = 0.05  # seconds between the bytes of a trickle


@dataclass(frozen=True)
class Request:
    """What was asked."""

    target: str
    headers: Mapping[str, str]  # names in lower case

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


@dataclass
class Exchange:
    """One request and the wire on which it is answered."""

    request: Request
    wire: socket.socket
    stopping: threading.Event
    keep: bool = True  # whether the connection stays open for a next request

    def write(self, data: bytes) -> None:
        self.wire.sendall(data)


Answer = Callable[[Exchange], None]


def page(body: bytes = b"", status: str = "200 OK", **headers: str) -> Answer:
    """An honest answer; header names with underscores for dashes."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return raw("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body, keep=True)


def raw(data: bytes, *, keep: bool = False) -> Answer:
    """Exactly these bytes, then the end of the connection."""

    def answer(exchange: Exchange) -> None:
        exchange.keep = keep
        exchange.write(data)

    return answer


def redirect(location: str, status: str = "302 Found") -> Answer:
    return page(b"", status, Location=location)


def hang(exchange: Exchange) -> None:
    """No answer at all."""
    exchange.keep = False
    exchange.stopping.wait(20)


def trickle(start: bytes, piece: bytes = b"x") -> Answer:
    """A beginning, then a byte now and then, for ever."""

    def answer(exchange: Exchange) -> None:
        exchange.keep = False
        exchange.write(start)
        while not exchange.stopping.wait(_STEP):
            exchange.write(piece)

    return answer


def zeros(total: int, *, window: int = 31, coding: str = "gzip") -> Answer:
    """That many zeros, packed while they are sent."""

    def answer(exchange: Exchange) -> None:
        exchange.keep = False
        exchange.write(f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nConnection: close\r\n\r\n".encode())
        packer, block, sent = zlib.compressobj(9, zlib.DEFLATED, window), bytes(1 << 20), 0
        while sent < total and not exchange.stopping.is_set():
            exchange.write(packer.compress(block))
            sent += len(block)
        exchange.write(packer.flush())

    return answer


def packed(*members: bytes, coding: str = "gzip") -> Answer:
    """An honest answer packed in one gzip member for each part."""
    return page(b"".join(gzip.compress(member) for member in members), Content_Encoding=coding)


def conditional(body: bytes, etag: str) -> Answer:
    """A page that answers 304 to whoever has it."""

    def answer(exchange: Exchange) -> None:
        if exchange.request.headers.get("if-none-match") == etag:
            page(b"", "304 Not Modified", ETag=etag)(exchange)
        else:
            page(body, ETag=etag)(exchange)

    return answer


@dataclass
class Web:
    """The server: paths and what is answered on them; a path that is not there is a 404."""

    pages: Mapping[str, Answer]
    tls: ssl.SSLContext | None = None
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    busy: int = 0
    busiest: int = 0  # most requests that were open at the same time

    def __enter__(self) -> Self:
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._wires: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._listen, daemon=True)]
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for wire in list(self._wires):
            with contextlib.suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join(10)

    def url(self, path: str = "/", scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self.port}{path}"

    def _listen(self) -> None:
        while not self._stopping.is_set():
            try:
                wire, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            self._wires.append(wire)
            thread = threading.Thread(target=self._serve, args=(wire,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, wire: socket.socket) -> None:
        with wire, contextlib.suppress(OSError):
            if self.tls is not None:
                wire = self.tls.wrap_socket(wire, server_side=True)
                self._wires.append(wire)
            with wire, wire.makefile("rb") as lines:
                while request := _read(lines.readline):
                    exchange = Exchange(request, wire, self._stopping)
                    self._answer(exchange)
                    if not exchange.keep:
                        return

    def _answer(self, exchange: Exchange) -> None:
        with self._lock:
            self.requests.append(exchange.request)
            self.busy += 1
            self.busiest = max(self.busiest, self.busy)
        try:
            self.pages.get(exchange.request.path, page(b"nothing here", "404 Not Found"))(exchange)
        finally:
            with self._lock:
                self.busy -= 1


def _read(readline: Callable[[], bytes]) -> Request | None:
    first = readline().decode("latin-1").split(" ")
    headers: dict[str, str] = {}
    while len(first) > 1 and (header := readline().decode("latin-1").strip()):
        name, _, value = header.partition(":")
        headers[name.strip().lower()] = value.strip()
    return Request(first[1], headers) if len(first) > 1 else None
