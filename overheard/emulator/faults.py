"""Ways to fail, switched on for the next calls of a method."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from typing import Final

from overheard.emulator.answers import Answer, RefusedError, ok

# What each does; "after" is after the message was taken.
KINDS: Final = {
    "drop_before": "closes the connection, takes nothing",
    "drop_after": "takes it, then closes the connection without an answer",
    "delay_before": "waits before it takes it",
    "delay_after": "takes it, then waits before it answers",
    "rate_limit": "HTTP 429, with Retry-After unless seconds is 0",
    "server_error": "HTTP 500 with a page of HTML",
    "garbage": "HTTP 200 with a page of HTML",
    "bytes": "HTTP 200 with bytes that are no text",
    "bare": "takes nothing and says ok without anything else",
    "half": "takes it, answers half of the body",
    "cut": "takes it, cuts the connection in the middle of the headers; with TLS: without a goodbye",
    "error": "refuses with the error code that is named",
    "duplicate": "hands a button press or a command over twice (method: interactive)",
}
_INSTEAD = {"rate_limit", "server_error", "garbage", "bytes", "bare", "error"}


@dataclass
class Fault:
    """One way to fail, used up after `times` calls of `method` (empty: of any)."""

    kind: str
    method: str = "chat.postMessage"
    times: int = 1
    seconds: float = 0.0  # of delay, or Retry-After
    error: str = "internal_error"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no fault; there are {', '.join(KINDS)}")

    @property
    def instead(self) -> Answer | None:
        """The answer given instead of the method's; None when the method runs."""
        if self.kind not in _INSTEAD:
            return None
        if self.kind == "rate_limit":
            headers = {"Retry-After": str(int(self.seconds))} if self.seconds else {}
            return Answer(json.dumps({"ok": False, "error": "ratelimited"}).encode(), 429, headers=headers)
        if self.kind == "error":
            return RefusedError(self.error).answer()
        return {
            "server_error": Answer(b"<html>Oops</html>", 500, "text/html"),
            "garbage": Answer(b"<html>Sign in to this network</html>", 200, "text/html"),
            "bytes": Answer(b"\xff\xfe\xfa"),
            "bare": ok(),
        }[self.kind]


class Faults:
    """The faults that are switched on, oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, *new: Fault) -> None:
        """Fail the next calls so."""
        with self._lock:
            self._waiting += new

    def end(self, *old: Fault) -> None:
        """Fail no more so."""
        with self._lock:
            self._waiting = [fault for fault in self._waiting if fault not in old]

    def take(self, method: str) -> Fault | None:
        """Give the fault that is next for a method, if any, and count it as used."""
        with self._lock:
            for fault in self._waiting:
                if fault.method in {"", method}:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._waiting.remove(fault)
                    return fault
        return None
