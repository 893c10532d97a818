"""Pictures arrive once in the thread, whatever is lost on the way, and never hold up the digest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from notifier.contract import SendError
from notifier.letters import deliveries, released
from notifier.outbox import Delivered, deliver_due
from notifier.slack.channel import SlackChannel
from notifier.slack.transport import upload, uploadable
from storage import outbox
from storage.database import Database
from storage.records import Act, DeliveryState, Json, Reason
from tests.doubles.slack import SCOPES, TOKEN, FakeSlack, Fault
from tests.notifier.test_outbox import GRACE, Clock, put, row

FILES = (*SCOPES, "files:write")
NAMES = ("share-of-voice-0123abcd.png", "over-time-0123abcd.png")
TINY: Json = {"data": {"values": [{"a": 1}]}, "mark": "point", "encoding": {}}  # drawn in a moment
COMMENT = "Day of Monday in 2 pictures"


def pictures(spec: Json = TINY) -> dict[str, Json]:
    shown: list[Json] = [{"name": name, "title": f"T {name}", "alt": f"A {name}", "spec": spec} for name in NAMES]
    return {"text": COMMENT, "blocks": [], "thread": True, "pictures": shown}


class House:
    """An outbox with a digest of three messages, the second of which brings pictures."""

    def __init__(self, database: Database, slack: FakeSlack, spec: Json = TINY) -> None:
        self.database, self.slack = database, slack
        self.clock = Clock(datetime.now(UTC))
        self.channel = SlackChannel(TOKEN, slack.channel, slack.base_url)
        messages: list[dict[str, Json]] = [{"text": "first"}, pictures(spec), {"text": "details", "thread": True}]
        put(database, *deliveries(messages, "d", "slack", self.clock.now))

    def deliver(self, after: timedelta = timedelta(0)) -> Delivered:
        self.clock.now += after
        return deliver_due(self.database, {"slack": self.channel}, self.clock, GRACE, self.clock.pace())


def test_pictures_come_as_one_message_of_files_in_the_thread_of_the_first(database: Database) -> None:
    with FakeSlack(scopes=FILES) as slack:
        house = House(database, slack)

        assert house.deliver() == Delivered(sent=3)
        first, shared, details = slack.messages
        assert (shared["thread_ts"], details["thread_ts"], shared["text"]) == (first["ts"], first["ts"], COMMENT)
        assert [(file["name"], file["title"], file["alt_txt"]) for file in shared["files"]] == [
            (name, f"T {name}", f"A {name}") for name in NAMES
        ]
        assert all((file.content or b"")[:4] == b"\x89PNG" for file in slack.workspace.files.values())
        assert slack.keys() == ["d#1", "d#3"]


def test_the_data_of_pictures_leave_the_outbox_once_they_are_sent(database: Database) -> None:
    with FakeSlack(scopes=FILES) as slack:
        house = House(database, slack)
        assert row(database, "d#2").act is Act.PICTURES
        assert row(database, "d#2").payload == pictures()
        house.deliver()

    kept = row(database, "d#2").payload["pictures"]
    assert kept == [{"name": name, "title": f"T {name}", "alt": f"A {name}"} for name in NAMES]


METHODS = ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"]
KINDS = ["drop_before", "drop_after", "half", "server_error", "garbage", "bare", "rate_limit"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", KINDS)
def test_pictures_are_shared_once_whatever_is_lost(sqlite_database: Database, method: str, kind: str) -> None:
    with FakeSlack(scopes=FILES) as slack:
        house = House(sqlite_database, slack)
        slack.fail(Fault(kind, method))
        for _ in range(5):
            house.deliver(after=timedelta(minutes=5))

        assert slack.shared() == [NAMES]
        assert slack.keys() == ["d#1", "d#3"]
        assert row(sqlite_database, "d#2").state is DeliveryState.SENT


def test_pictures_whose_answer_was_lost_are_known_by_the_names_of_their_files(database: Database) -> None:
    with FakeSlack(scopes=FILES, history_limit=2) as slack:
        house = House(database, slack)
        slack.fail(Fault("drop_after", "files.completeUploadExternal"))
        first = house.deliver()
        for place in range(4):
            slack.workspace.say(f"chat {place}", slack.channel, thread_ts=slack.messages[0]["ts"])

        assert (first.sent, first.waiting) == (1, 2)  # after a lost answer the channel rests
        assert house.deliver(after=GRACE * 5) == Delivered(sent=2, found=1)
        assert slack.shared() == [NAMES]
        assert row(database, "d#2").reference == slack.messages[1]["files"][0]["id"]


def test_pictures_of_another_digest_in_the_thread_are_not_taken_for_these(database: Database) -> None:
    with FakeSlack(scopes=FILES) as slack:
        house = House(database, slack)
        slack.fail(Fault("drop_before", "files.completeUploadExternal"))
        house.deliver()
        other = {"id": "F9", "name": "share-of-voice-ffffffff.png", "title": "x", "alt_txt": ""}
        slack.workspace.post(
            {"channel": slack.channel, "text": "", "files": [other], "thread_ts": slack.messages[0]["ts"]}
        )

        house.deliver(after=GRACE * 5)

        assert slack.shared() == [("share-of-voice-ffffffff.png",), NAMES]


def test_a_missing_scope_blocks_the_pictures_alone_and_says_which(database: Database) -> None:
    with FakeSlack() as slack:
        house = House(database, slack)

        done = house.deliver()

        assert (done.sent, done.blocked) == (2, 1)
        assert slack.keys() == ["d#1", "d#3"]
        blocked = row(database, "d#2")
        assert blocked.reason is Reason.AUTH
        assert str(blocked.detail).startswith("missing_scope files:write: add the scope under OAuth & Permissions")
        slack.api.scopes = FILES
        with database.write() as conn:
            outbox.update(conn, released(blocked))

        assert house.deliver() == Delivered(sent=1)
        assert slack.shared() == [NAMES]


def test_pictures_that_cannot_be_drawn_are_blocked_alone_with_the_remedy(database: Database) -> None:
    with FakeSlack(scopes=FILES) as slack:
        house = House(database, slack, {"mark": 5})

        done = house.deliver()

        assert (done.sent, done.blocked) == (2, 1)
        assert "cannot be drawn" in str(row(database, "d#2").detail)
        assert 'pip install "overheard[charts]"' in str(row(database, "d#2").detail)


def test_pictures_for_a_thread_that_was_deleted_are_dropped(database: Database) -> None:
    with FakeSlack(scopes=FILES) as slack:
        house = House(database, slack)
        slack.fail(Fault("rate_limit", "files.getUploadURLExternal", seconds=1))
        house.deliver()
        slack.workspace.delete(slack.messages[0])
        house.deliver(after=timedelta(minutes=1))

        assert row(database, "d#2").state is DeliveryState.DROPPED
        assert slack.shared() == []


@pytest.mark.parametrize(
    ("address", "base_url", "expected"),
    [
        ("https://files.slack.com/upload/v1/x", "https://slack.com/api/", True),
        ("http://files.slack.com/upload/v1/x", "https://slack.com/api/", False),
        ("http://127.0.0.1:8080/upload/v1/x", "https://slack.com/api/", False),
        ("http://127.0.0.1:8080/upload/v1/x", "http://127.0.0.1:8080/api/", True),
        ("http://10.0.0.1/upload", "http://127.0.0.1:8080/api/", False),
        ("file:///etc/passwd", "http://127.0.0.1:8080/api/", False),
        ("https://files.slack.com/a b", "https://slack.com/api/", False),
    ],
)
def test_bytes_go_to_https_or_stay_on_this_machine(address: str, base_url: str, expected: bool) -> None:
    assert uploadable(address, base_url) is expected


def test_an_address_that_is_not_safe_gets_nothing(database: Database) -> None:
    with FakeSlack(scopes=FILES) as slack:
        house = House(database, slack)
        slack.api.address = "http://files.example"
        slack.api._methods = slack.api._table()
        house.deliver()

        assert row(database, "d#2").detail == "Slack's answer has no https address for the upload of a picture"
        assert slack.shared() == []


class _Elsewhere(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(302)
        self.send_header("Location", "/other")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the server's
        """Say nothing on stderr."""


@contextmanager
def redirecting() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Elsewhere)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/upload"
    server.shutdown()
    server.server_close()


def test_a_redirect_is_not_followed() -> None:
    with redirecting() as address, pytest.raises(SendError, match="HTTP 302") as caught:
        upload("slack", address, b"x", 5)

    assert not caught.value.uncertain
