"""One thread that shuts connections whose time is over, so that no server can hold us by sending a byte now and then.

A socket's own timeout starts anew with each byte that comes. Only shutting the socket from outside ends such a read.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time

_IDLE = 5.0  # seconds without anything to watch after which the thread ends


class Watch:
    """A deadline on one fetch. Sockets are given to it as they are opened; it shuts them when time is over."""

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds
        self.fired = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    @property
    def left(self) -> float:
        """Seconds until the deadline, never below zero."""
        return max(0.0, self.ends - time.monotonic())

    def guard(self, connection: socket.socket | None) -> None:
        """Shut this socket when time is over (at once if it is over already); None: there is nothing to shut."""
        with self._lock:
            self._socket = connection
            if self.fired and connection is not None:
                _shut(connection)

    def fire(self) -> None:
        """Time is over: wake whoever reads."""
        with self._lock:
            self.fired = True
            if self._socket is not None:
                _shut(self._socket)


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # the other side was faster
        connection.shutdown(socket.SHUT_RDWR)


class Watchdog:
    """Watches deadlines. Its thread starts with the first one and ends by itself when there is nothing to watch."""

    def __init__(self) -> None:
        self._watches: set[Watch] = set()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._wakes_at = 0.0

    def start(self, seconds: float) -> Watch:
        """Begin a deadline that many seconds from now."""
        watch = Watch(seconds)
        with self._changed:
            self._watches.add(watch)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="fetch-watchdog", daemon=True)
                self._thread.start()
            elif watch.ends < self._wakes_at:
                self._changed.notify()
        return watch

    def stop(self, watch: Watch) -> None:
        """The fetch is over; forget its deadline."""
        with self._changed:
            self._watches.discard(watch)
        watch.guard(None)

    def _run(self) -> None:
        while True:
            with self._changed:
                now = time.monotonic()
                over = [watch for watch in self._watches if watch.ends <= now]
                self._watches.difference_update(over)
                if not over:
                    idle = not self._watches
                    self._wakes_at = min((watch.ends for watch in self._watches), default=now + _IDLE)
                    self._changed.wait(self._wakes_at - now)
                    if idle and not self._watches:
                        self._thread = None
                        return
            for watch in over:
                watch.fire()
