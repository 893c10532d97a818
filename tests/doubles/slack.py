"""The emulator of Slack as tests use it: a payload that it refuses, or takes with a warning, fails the test.

In a test:      with FakeSlack() as slack: SlackChannel(slack.token, slack.channel, slack.base_url)
                with FakeSlack(refuses=["invalid_blocks"]) as slack: ...  and exactly that must be refused
                (`tests.refusals` looks once more when the test is over, and counts)
As a process:   python -m tests.doubles.slack --port-file F --journal F
Faults:         slack.fail(Fault("drop_after"))   or   POST /admin/faults with the same fields as JSON
"""

from __future__ import annotations

import argparse
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from overheard.emulator.faults import Fault
from overheard.emulator.server import SCOPES, SlackEmulator
from overheard.emulator.webhooks import WEBHOOK
from overheard.emulator.workspace import Channel as FakeChannel

__all__ = ["CHANNEL", "SCOPES", "TOKEN", "WEBHOOK", "FakeChannel", "FakeSlack", "Fault"]

TOKEN = "xoxb-canary-1111-token"
CHANNEL = FakeChannel().id


STARTED: list[FakeSlack] = []  # by the test that runs


class FakeSlack(SlackEmulator):
    """The emulator, which complains at its end about payloads that Slack would not have liked.

    `refuses`: the errors of those that are wrong on purpose, in order.
    """

    def __init__(self, *arguments: Any, refuses: Sequence[str] = (), **switches: Any) -> None:
        super().__init__(*arguments, token=TOKEN, **switches)
        self.refuses = tuple(refuses)
        STARTED.append(self)

    def __exit__(self, *raised: object) -> None:
        super().__exit__(*raised)
        surprises = self.surprises()
        if not any(raised):
            assert not surprises, "refused by Slack: " + "; ".join(surprises)

    def surprises(self) -> list[str]:
        """What was refused though nobody expected it, and what was expected and taken; empty where all is well."""
        if not self.refuses:
            return [str(each) for each in self.refusals]
        errors = [each.error for each in self.refusals]
        if errors == list(self.refuses):
            return []
        return [f"expected {', '.join(self.refuses)}, and came to {', '.join(errors) or 'nothing'}"]

    def keys(self) -> list[str]:
        """The delivery named in the metadata of every message, oldest first; files have no metadata."""
        return [message["metadata"]["event_payload"]["delivery"] for message in self.messages if "files" not in message]

    def shared(self) -> list[tuple[str, ...]]:
        """The names of the files of every message that shares some, oldest first."""
        return [tuple(file["name"] for file in message["files"]) for message in self.messages if "files" in message]


def main() -> None:
    """Serve until killed; the port file appears when the server is ready, written whole."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port-file", type=Path, required=True)
    parser.add_argument("--journal", type=Path, required=True)
    options = parser.parse_args()
    with FakeSlack(options.journal) as slack:
        waiting = options.port_file.with_suffix(".tmp")
        waiting.write_text(str(slack.port), encoding="utf-8")
        waiting.replace(options.port_file)
        threading.Event().wait()


if __name__ == "__main__":
    main()
