"""A folder with a config in which the installed command is run as a process of its own, and the servers around it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self, cast
from xml.sax.saxutils import escape

COMMAND = Path(sys.executable).with_name("overheard")

Page = Callable[[], tuple[int, bytes]]


@dataclass(frozen=True)
class Item:
    """One entry of a feed."""

    id: str
    title: str
    published_at: datetime | None


def feed(items: Sequence[Item]) -> bytes:
    """An RSS document, the newest entry first."""
    entries = []
    for item in reversed(items):
        date = f"<pubDate>{format_datetime(item.published_at)}</pubDate>" if item.published_at else ""
        guid = f'<guid isPermaLink="false">{item.id}</guid><link>https://example.org/{item.id}</link>'
        entries.append(f"<item>{guid}<title>{escape(item.title)}</title>{date}</item>")
    head = "<title>Test</title><link>https://example.org/</link><description>x</description>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(entries)}</channel></rss>'.encode()


class Feeds:
    """A web server on this machine whose pages are functions, asked anew for every request."""

    def __init__(self, pages: Mapping[str, Page] | None = None) -> None:
        self.pages: dict[str, Page] = dict(pages or {})
        self.asked: list[str] = []
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.feeds = self
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def put(self, path: str, items: Sequence[Item]) -> str:
        """Serve a feed at a path; gives its address."""
        body = feed(items)
        self.pages[path] = lambda: (200, body)
        return self.base + path

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    feeds: Feeds


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        feeds = cast("_Server", self.server).feeds
        feeds.asked.append(self.path)
        page = feeds.pages.get(self.path)
        status, body = page() if page else (404, b"not here")
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            return  # the client was killed: that is what some tests do

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the server's
        del format, args


@dataclass
class House:
    """One folder, one config, one environment."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    def write_config(self, text: str, name: str = "overheard.toml") -> Path:
        """Write a config into the folder."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def environment(self, now: datetime | None = None) -> dict[str, str]:
        """The environment of a process: ours without what would change its behaviour."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("OVERHEARD_")}
        clock = {"OVERHEARD_NOW": now.isoformat()} if now else {}
        return kept | self.env | clock

    def run(
        self, *arguments: str, now: datetime | None = None, code: int | None = 0, seconds: float = 60
    ) -> subprocess.CompletedProcess[str]:
        """Run the command to its end; fails when it ends with another code."""
        done = subprocess.run(
            [COMMAND, *arguments],
            cwd=self.folder,
            env=self.environment(now),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert code is None or done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def json(self, *arguments: str, now: datetime | None = None, code: int = 0) -> Any:
        """Run the command and read the JSON that it prints."""
        return json.loads(self.run(*arguments, "--format", "json", now=now, code=code).stdout)

    def start(self, *arguments: str, now: datetime | None = None) -> subprocess.Popen[bytes]:
        """Start the command and leave it running; what it prints and logs goes to a file `log` in the folder."""
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [COMMAND, *arguments], cwd=self.folder, env=self.environment(now), stdout=log, stderr=log
            )

    @contextmanager
    def running(self, *arguments: str, now: datetime | None = None) -> Iterator[subprocess.Popen[bytes]]:
        """Have the command running, and ended when the test goes on; a local Slack must have refused nothing."""
        process = self.start(*arguments, now=now)
        try:
            yield process
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0, self.log()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        wrong = [line for line in self.log().splitlines() if line.startswith(("REFUSED ", "warned "))]
        assert not wrong, wrong

    def log(self) -> str:
        """What the started processes have logged so far."""
        path = self.folder / "log"
        return path.read_text(encoding="utf-8") if path.exists() else ""


def wait_until(condition: Callable[[], object], what: str, seconds: float = 30.0) -> None:
    """Return as soon as the condition holds; fails when it does not within the time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.05)


def config(  # a test's whole world, by name
    *,
    urls: Sequence[str] = (),
    slack: str = "",
    digests: bool = True,
    every: timedelta = timedelta(minutes=15),
    database: str = "sqlite:///overheard.db",
) -> str:
    """A config of two brands for the servers of this machine."""
    sources = f'[[sources]]\ntype = "rss"\nurls = {json.dumps(list(urls))}\nevery = "{int(every.total_seconds())}s"\n'
    return "\n".join(
        [
            'timezone = "Europe/Paris"',
            f'database = "{database}"',
            '[[brands]]\nname = "Acme"\nrole = "own"\n',
            '[[brands]]\nname = "Globex"\n',
            sources if urls else "",
            "[network]\nallow_private = true\n",
            '[[digests]]\nperiod = "day"\nat = "08:30"\n' if digests else "",
            slack,
        ]
    )


def bot(base_url: str, channel: str, grace: str = "1s", *, pictures: bool = False) -> str:
    """The [slack] table of a bot; its token stands in SLACK_TOKEN. Pictures take seconds, so they are asked for."""
    return (
        f'[slack]\ntoken = "env:SLACK_TOKEN"\nchannel = "{channel}"\n'
        f'base_url = "{base_url}"\nresend_grace = "{grace}"\npictures = {str(pictures).lower()}\n'
    )
