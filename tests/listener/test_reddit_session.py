from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Thread
from typing import Self

import pytest

from listener.contract import CollectError
from listener.reddit_session import Limits, RedditSession
from storage.records import Reason
from tests.doubles.reddit import CLIENT_ID, CLIENT_SECRET, Fault, RedditDouble


@pytest.fixture
def reddit() -> Iterator[RedditDouble]:
    with RedditDouble() as double:
        yield double


class Drip:
    """A server that says the bytes of a TLS record one by one, for four seconds if one lets it."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(10)
        self.port = self._listening.getsockname()[1]
        self.left_early = False
        self._thread = Thread(target=self._serve)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join()
        self._listening.close()

    def _serve(self) -> None:
        with self._listening.accept()[0] as client:
            client.settimeout(5)
            client.recv(65536)
            try:
                for byte in b"\x16\x03\x03\x40\x00" + bytes(75):
                    client.sendall(bytes([byte]))
                    time.sleep(0.05)
            except OSError:
                self.left_early = True


def session(url: str, limits: Limits) -> RedditSession:
    return RedditSession(
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        user_agent="linux:overheard:tests",
        base_url=url,
        clock=lambda: datetime(2026, 3, 1, tzinfo=UTC),
        limits=limits,
    )


@pytest.mark.parametrize("kind", ["hang", "trickle"])
def test_a_server_that_holds_us_is_left_at_the_deadline(reddit: RedditDouble, kind: str) -> None:
    reddit.faults = [Fault(kind, path="/new")]
    with pytest.raises(CollectError) as caught:
        session(reddit.url, Limits(deadline=0.3)).get("r/SaaS/new", {})
    assert (caught.value.reason, caught.value.detail) == (Reason.TIMEOUT, "Reddit did not answer in time")


def test_a_handshake_that_is_drawn_out_is_left_at_the_deadline() -> None:
    with Drip() as server, pytest.raises(CollectError) as caught:
        session(f"https://127.0.0.1:{server.port}", Limits(deadline=0.2)).get("r/SaaS/new", {})
    assert (caught.value.reason, caught.value.detail) == (Reason.TIMEOUT, "Reddit did not answer in time")
    assert server.left_early


def test_an_answer_that_is_too_large_is_dropped_on_the_way(reddit: RedditDouble) -> None:
    reddit.served["/r/SaaS/new"] = {"padding": "x" * 200_000}
    with pytest.raises(CollectError) as caught:
        session(reddit.url, Limits(max_body=100_000)).get("r/SaaS/new", {})
    assert (caught.value.reason, caught.value.detail) == (
        Reason.TOO_LARGE,
        "Reddit's answer is larger than is accepted",
    )


def test_answers_below_the_limit_are_whole(reddit: RedditDouble) -> None:
    reddit.served["/r/SaaS/new"] = {"padding": "x" * 200_000}
    assert session(reddit.url, Limits()).get("r/SaaS/new", {}) == {"padding": "x" * 200_000}
