"""The emulator of Slack as tests use it: a payload that it refuses, or takes with a warning, fails the test.

In a test:      with FakeSlack() as slack: SlackChannel(slack.token, slack.channel, slack.base_url)
                with FakeSlack(expects_refusals=True) as slack: ...  and `slack.refusals` is the test's affair
As a process:   python -m tests.doubles.slack --port-file F --journal F
Faults:         slack.fail(Fault("drop_after"))   or   POST /admin/faults with the same fields as JSON
"""

from __future__ import annotations

import argparse
import threading
from pathlib import Path
from typing import Any

from overheard.emulator.faults import Fault
from overheard.emulator.server import SCOPES, SlackEmulator
from overheard.emulator.webhooks import WEBHOOK
from overheard.emulator.workspace import Channel as FakeChannel

__all__ = ["CHANNEL", "SCOPES", "TOKEN", "WEBHOOK", "FakeChannel", "FakeSlack", "Fault"]

TOKEN = "xoxb-canary-1111-token"
CHANNEL = FakeChannel().id


class FakeSlack(SlackEmulator):
    """The emulator, which complains at its end about payloads that Slack would not have liked."""

    def __init__(self, *arguments: Any, expects_refusals: bool = False, **switches: Any) -> None:
        super().__init__(*arguments, token=TOKEN, **switches)
        self.expects_refusals = expects_refusals

    def __exit__(self, *raised: object) -> None:
        super().__exit__(*raised)
        if not any(raised) and not self.expects_refusals:
            assert not self.refusals, "refused by Slack: " + "; ".join(map(str, self.refusals))

    def keys(self) -> list[str]:
        """The delivery named in the metadata of every message, oldest first."""
        return [message["metadata"]["event_payload"]["delivery"] for message in self.messages]


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
