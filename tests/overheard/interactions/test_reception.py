"""The address where Slack posts: what it signed is taken, everything else is refused."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from structlog.testing import capture_logs

from notifier.asking.interaction import Command, Press
from overheard.emulator.interactions import form, signed, slash_command
from overheard.emulator.workspace import Channel
from overheard.interactions.posts import serve
from overheard.interactions.reception import MOST, Reception
from storage.database import Database
from tests.doubles.slack import FakeSlack
from tests.overheard.interactions.conftest import SIGNING_SECRET
from tests.overheard.interactions.hearing import NOW, hearing
from tests.scenarios.house import wait_until

SECRET = SIGNING_SECRET
MOMENT = datetime(2026, 7, 7, 9, tzinfo=UTC)
COMMAND = slash_command("/overheard", "coverage", Channel(), "U0HUMAN", "1.2.abc", "http://127.0.0.1:1/response/x")


class Taken:
    """A reception, and what it took in."""

    def __init__(self, *, full: bool = False) -> None:
        self.acts: list[Press | Command] = []
        self._full = full
        self.reception = Reception(SECRET, lambda: MOMENT, self._take)

    def _take(self, act: Press | Command) -> bool:
        self.acts.append(act)
        return not self._full

    def post(self, body: bytes, headers: dict[str, str], **environ: Any) -> str:
        given: list[str] = []
        asked: dict[str, Any] = {
            "REQUEST_METHOD": "POST",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
            **environ,
        }
        list(self.reception(asked, lambda status, _headers: given.append(status)))  # type: ignore[arg-type]  # as a server calls it
        return given[0]


def test_what_slack_signed_is_taken() -> None:
    taken, body = Taken(), form(COMMAND)
    assert taken.post(body, signed(body, SECRET, int(MOMENT.timestamp()))) == "200 OK"
    [act] = taken.acts
    assert isinstance(act, Command)
    assert act.text == "coverage"


@pytest.mark.parametrize(
    ("off", "status"),
    [(0, "200 OK"), (-300, "200 OK"), (300, "200 OK"), (-301, "401 Unauthorized"), (301, "401 Unauthorized")],
)
def test_a_signature_is_good_for_five_minutes(off: int, status: str) -> None:
    taken, body = Taken(), form(COMMAND)
    assert taken.post(body, signed(body, SECRET, int(MOMENT.timestamp()) + off)) == status
    assert len(taken.acts) == (status == "200 OK")


GOOD = signed(form(COMMAND), SECRET, int(MOMENT.timestamp()))
STAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"


@pytest.mark.parametrize(
    "headers",
    [
        {}, GOOD | {SIGNATURE: ""}, GOOD | {SIGNATURE: "v0=" + "0" * 64}, GOOD | {SIGNATURE: GOOD[SIGNATURE].upper()},
        GOOD | {SIGNATURE: GOOD[SIGNATURE][:-1]}, GOOD | {SIGNATURE: "v1" + GOOD[SIGNATURE][2:]},
        GOOD | {SIGNATURE: "\u00ff" * 67}, GOOD | {STAMP: ""}, GOOD | {STAMP: "soon"}, GOOD | {STAMP: "9" * 400},
        GOOD | {STAMP: "9" * 5000}, GOOD | {STAMP: "-1"}, GOOD | {STAMP: str(int(MOMENT.timestamp()) + 1)},
        {STAMP: GOOD[STAMP]}, {SIGNATURE: GOOD[SIGNATURE]},
        signed(form(COMMAND), "another secret", int(MOMENT.timestamp())),
        signed(form(COMMAND) + b" ", SECRET, int(MOMENT.timestamp())),
    ],
)  # fmt: skip
def test_what_is_not_signed_is_refused_and_nothing_is_taken(headers: dict[str, str]) -> None:
    taken = Taken()
    with capture_logs() as logs:
        assert taken.post(form(COMMAND), headers) == "401 Unauthorized"
    assert taken.acts == []
    assert SECRET not in json.dumps(logs)


def test_a_flood_of_strangers_does_not_fill_the_log() -> None:
    taken = Taken()
    with capture_logs() as logs:
        for _ in range(100):
            taken.post(form(COMMAND), {})
    assert [line["so_far"] for line in logs] == [1, 2, 4, 8, 16, 32, 64]


@pytest.mark.parametrize(
    "environ",
    [
        {"REQUEST_METHOD": "GET"}, {"REQUEST_METHOD": "PUT"}, {"CONTENT_LENGTH": ""}, {"CONTENT_LENGTH": "-5"},
        {"CONTENT_LENGTH": "many"}, {"CONTENT_LENGTH": "9" * 30}, {"CONTENT_LENGTH": str(MOST + 1)},
        {"CONTENT_LENGTH": "5"}, {"CONTENT_LENGTH": "100000"},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_post_of_its_own_length_is_refused(environ: dict[str, str]) -> None:
    taken, body = Taken(), form(COMMAND)
    assert taken.post(body, GOOD, **environ) == "401 Unauthorized"
    assert taken.acts == []


@pytest.mark.parametrize("body", [b"\xff\xfe", b"payload={", b"a=b", b"payload=" + b"[" * 100_000])
def test_a_signed_body_that_asks_for_nothing_is_acknowledged(body: bytes) -> None:
    taken = Taken()
    status = taken.post(body, signed(body, SECRET, int(MOMENT.timestamp())))
    assert status == ("401 Unauthorized" if body == b"\xff\xfe" else "200 OK")  # what is no text cannot be signed
    assert taken.acts == []


def test_slack_is_told_when_too_much_waits() -> None:
    taken, body = Taken(full=True), form(COMMAND)
    assert taken.post(body, signed(body, SECRET, int(MOMENT.timestamp()))) == "503 Service Unavailable"


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
        return number


@pytest.fixture
def served(port: int) -> Iterator[tuple[str, Taken]]:
    taken, stop = Taken(), threading.Event()
    thread = threading.Thread(target=serve, args=(taken.reception, ("127.0.0.1", port), stop), daemon=True)
    thread.start()
    wait_until(lambda: answers(port), "the server listens")
    yield f"http://127.0.0.1:{port}/any/path", taken
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert not answers(port)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def posted(url: str, body: bytes, headers: dict[str, str]) -> int:
    try:
        with urlopen(Request(url, body, headers), timeout=5) as answer:  # noqa: S310  # our own server
            status: int = answer.status
            return status
    except HTTPError as refusal:
        with refusal:
            return refusal.code


def test_the_server_takes_posts_under_any_path_and_says_nothing_of_itself(served: tuple[str, Taken]) -> None:
    url, taken = served
    body = form(COMMAND)
    assert posted(url, body, signed(body, SECRET, int(MOMENT.timestamp()))) == 200
    assert len(taken.acts) == 1
    assert posted(url, body, {}) == 401
    with pytest.raises(HTTPError) as refused:
        urlopen(url, timeout=5)  # noqa: S310  # our own server
    with refused.value:
        assert refused.value.code == 401
        assert refused.value.headers.get("Server") is None


def test_the_server_refuses_what_is_too_large_before_it_is_read(served: tuple[str, Taken]) -> None:
    url, taken = served
    assert posted(url, b"a" * (MOST + 10), {}) == 413
    assert taken.acts == []


def test_a_port_that_is_taken_is_told_with_its_remedy() -> None:
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as other, capture_logs() as logs:
        port = other.getsockname()[1]
        thread = threading.Thread(target=serve, args=(Taken().reception, ("127.0.0.1", port), stop), daemon=True)
        thread.start()
        wait_until(lambda: bool(logs), "it is told")
        stop.set()
        thread.join(10)
    assert logs[0]["remedy"] == "free the port, or name another one in slack.listen"


def test_questions_come_in_by_posts_and_a_replayed_one_changes_nothing(
    sqlite_database: Database, tmp_path: Path, slack: FakeSlack, port: int
) -> None:
    keys = f'signing_secret = "env:SIGNING"\nlisten = "127.0.0.1:{port}"\n'
    with hearing(sqlite_database, tmp_path, slack, keys, socket_mode=False) as heard:
        wait_until(lambda: answers(port), "the server listens")
        body = form(COMMAND)
        headers = signed(body, SECRET, int(NOW.timestamp()))
        url = f"http://127.0.0.1:{port}/slack"
        assert [posted(url, body, headers) for _ in range(3)] == [200, 200, 200]
        heard.deliver_until(2)
        assert posted(url, body, headers) == 200
        heard.clock.now += timedelta(minutes=6)
        assert posted(url, body, headers) == 401
        heard.deliver_until(2)
        assert len(heard.posted()) == 2
