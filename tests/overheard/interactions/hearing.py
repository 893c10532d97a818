"""An application that hears what people do in the local Slack, as `overheard run` does, in threads of the test."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.load import read_settings
from overheard.app import App
from overheard.digests.periods import period_on
from overheard.interactions.hearing import hearing_jobs
from overheard.jobs import collect_due, deliver, put_digest
from overheard.kinds import all_kinds
from storage.database import Database
from tests.doubles.slack import FakeSlack
from tests.overheard.home import CONFIG, StandingClock, at, write_posts
from tests.scenarios.house import wait_until

NOW = at(7, 9)
LAST = "U0LAST1234"  # who asks the question after which all others are answered
POSTS = [
    (at(6, 1), "Acme is great"),
    (at(6, 2), "Globex is awful"),
    (at(6, 3), "Acme opens a shop. Globex closes one."),
]
SLACK = """
[slack]
pictures = false
token = "env:BOT"
channel = "C0123456789"
base_url = "{base_url}"
resend_grace = "0s"
"""


@dataclass
class Heard:
    """The application, its clock and Slack."""

    app: App
    clock: StandingClock
    slack: FakeSlack

    def ask(self, text: str, **where: str) -> None:
        """Type the command, see it acknowledged in time, and let what is answered be posted."""
        envelope = self.slack.command("/overheard", text, **where)
        assert envelope.wait(30.0)
        self.settle()

    def press(self, ts: str, action: str, **how: str) -> None:
        """Press a button, likewise."""
        envelope = self.slack.press(ts, action, **how)
        assert envelope.wait(30.0)
        self.settle()

    def settle(self) -> None:
        """Wait until all that was asked is done, by asking for help and seeing the answer; then deliver."""
        before = len(self.told(LAST))
        self.slack.command("/overheard", "help", user=LAST)
        wait_until(lambda: len(self.told(LAST)) > before, "the last question is answered")
        deliver(self.app)

    def deliver_until(self, messages: int) -> None:
        """Deliver until so many messages stand in the channels."""

        def there() -> bool:
            deliver(self.app)
            return len(self.posted()) >= messages

        wait_until(there, f"{messages} messages are posted")

    def told(self, user: str = "U0HUMAN") -> list[str]:
        """What one person alone was told, as text."""
        return [message["text"] for message in self.slack.workspace.ephemerals if message["user"] == user]

    def digest(self) -> dict[str, Any]:
        """Post the digest of the day before, and give its first message."""
        settings = self.app.settings.digests[0]
        put_digest(self.app, period_on(settings, self.clock.now.date(), self.app.zone), settings)
        while deliver(self.app).sent:
            pass
        return self.posted()[0]

    def posted(self) -> list[dict[str, Any]]:
        """The messages that stand in all channels."""
        return self.slack.messages


@contextmanager
def hearing(
    database: Database, folder: Path, slack: FakeSlack, keys: str = "", extra: str = "", *, socket_mode: bool = True
) -> Iterator[Heard]:
    """Collect the posts, and hear until the end; `keys` go into [slack]."""
    path = folder / "overheard.toml"
    keys += 'app_token = "env:APP"\n' if socket_mode else ""
    text = CONFIG + extra + SLACK.format(base_url=slack.base_url) + keys
    path.write_text(text, encoding="utf-8")
    write_posts(folder, POSTS)
    clock = StandingClock(NOW)
    app = App(path, read_settings(text, path, all_kinds()), database, clock)
    collect_due(app)
    stop = threading.Event()
    jobs = hearing_jobs(app, stop)
    threads = [threading.Thread(target=job.work, name=job.name, daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    try:
        assert not socket_mode or slack.sockets.wait_for(1, 30.0)
        yield Heard(app, clock, slack)
    finally:
        stop.set()
        for thread in threads:
            thread.join(10.0)
        assert not any(thread.is_alive() for thread in threads)


def text_of(part: object) -> str:
    """All text that stands in blocks, in order."""
    if isinstance(part, list):
        return "".join(text_of(each) for each in part)
    if isinstance(part, dict):
        own = part["text"] if isinstance(part.get("text"), str) else ""
        rest = (
            value
            for name, value in part.items()
            if name not in {"style", "metadata"} and isinstance(value, list | dict)
        )
        return own + "".join(text_of(value) for value in rest)
    return ""
