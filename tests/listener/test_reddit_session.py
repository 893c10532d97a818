from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from listener.contract import CollectError
from listener.reddit_session import Limits, RedditSession
from storage.records import Reason
from tests.doubles.reddit import CLIENT_ID, CLIENT_SECRET, Fault, RedditDouble


@pytest.fixture
def reddit() -> Iterator[RedditDouble]:
    with RedditDouble() as double:
        yield double


def session(reddit: RedditDouble, limits: Limits) -> RedditSession:
    return RedditSession(
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        user_agent="linux:overheard:tests",
        base_url=reddit.url,
        clock=lambda: datetime(2026, 3, 1, tzinfo=UTC),
        limits=limits,
    )


@pytest.mark.parametrize("kind", ["hang", "trickle"])
def test_a_server_that_holds_us_is_left_at_the_deadline(reddit: RedditDouble, kind: str) -> None:
    reddit.faults = [Fault(kind, path="/new")]
    with pytest.raises(CollectError) as caught:
        session(reddit, Limits(deadline=0.3)).get("r/SaaS/new", {})
    assert caught.value.reason == Reason.TIMEOUT


def test_an_answer_that_is_too_large_is_dropped_on_the_way(reddit: RedditDouble) -> None:
    reddit.served["/r/SaaS/new"] = {"padding": "x" * 200_000}
    with pytest.raises(CollectError) as caught:
        session(reddit, Limits(max_body=100_000)).get("r/SaaS/new", {})
    assert caught.value.reason == Reason.TOO_LARGE


def test_answers_below_the_limit_are_whole(reddit: RedditDouble) -> None:
    reddit.served["/r/SaaS/new"] = {"padding": "x" * 200_000}
    assert session(reddit, Limits()).get("r/SaaS/new", {}) == {"padding": "x" * 200_000}
