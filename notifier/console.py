"""The terminal as a channel, used when no Slack is configured.

At least once: what was printed cannot be asked for, and a digest printed twice harms less than one never seen.
"""

from __future__ import annotations

import sys
from typing import TextIO

from config import settings
from notifier.contract import Receipt, SendError
from storage.records import Delivery, Reason


class ConsoleChannel:
    """Prints the text of each delivery to stdout, or to the stream given."""

    name = "console"

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    @classmethod
    def from_settings(cls, found: settings.Settings) -> ConsoleChannel:  # noqa: ARG003  # same shape as the others
        """Make the channel; there is nothing to configure."""
        return cls()

    def send(self, delivery: Delivery, parent: str | None) -> Receipt:  # noqa: ARG002  # a terminal has no threads
        """Print. Raises SendError when nobody reads, or when the output lacks a letter."""
        stream = self._stream or sys.stdout
        text = str(delivery.payload["text"])
        try:
            stream.write(text if text.endswith("\n") else text + "\n")
            stream.flush()
        except UnicodeEncodeError as problem:
            what = (
                f"cannot print: {problem.encoding} has no {problem.object[problem.start]!a}; set PYTHONIOENCODING=utf-8"
            )
            raise SendError(self.name, Reason.MISCONFIGURED, what) from None
        except (OSError, ValueError) as problem:
            words = getattr(problem, "strerror", None) or "the output is closed"
            raise SendError(self.name, Reason.NETWORK, f"cannot print: {words}") from None
        return Receipt(None)

    def find(self, delivery: Delivery, parent: str | None) -> Receipt | None:  # noqa: ARG002  # cannot be read back
        """Give None: print it again."""
        return None
