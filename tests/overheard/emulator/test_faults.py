from __future__ import annotations

import ssl
from http.client import HTTPException
from pathlib import Path

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from overheard.emulator.faults import KINDS, Fault
from overheard.emulator.server import SlackEmulator
from tests.doubles.certificates import Authority
from tests.overheard.emulator.asking import CHANNEL, client


def failure(slack: SlackEmulator) -> tuple[str, int]:
    """The kind of error that a post ends in, and how many messages were taken all the same."""
    try:
        client(slack).chat_postMessage(channel=CHANNEL, text="x")
    except SlackApiError as refused:
        status = refused.response.status_code
        error = str(refused.response.get("error"))
        return f"{status} {error if error.isidentifier() else 'unreadable'}", len(slack.messages)
    except (HTTPException, OSError, ValueError) as lost:
        return type(lost).__name__, len(slack.messages)
    return "ok", len(slack.messages)


@pytest.mark.parametrize(
    ("fault", "expected", "taken"),
    [
        (Fault("drop_before"), "RemoteDisconnected", 0),
        (Fault("drop_after"), "RemoteDisconnected", 1),
        (Fault("rate_limit", seconds=7), "429 ratelimited", 0),
        (Fault("server_error"), "500 unreadable", 0),
        (Fault("garbage"), "200 unreadable", 0),
        (Fault("bytes"), "UnicodeDecodeError", 0),
        (Fault("bare"), "ok", 0),
        (Fault("half"), "IncompleteRead", 1),
        (Fault("error", error="fatal_error"), "200 fatal_error", 0),
        (Fault("delay_before", seconds=0.01), "ok", 1),
        (Fault("delay_after", seconds=0.01), "ok", 1),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else None,
)
def test_fault_happens_once_and_takes_or_loses_the_message(fault: Fault, expected: str, taken: int) -> None:
    with SlackEmulator() as slack:
        slack.fail(fault)

        assert failure(slack) == (expected, taken)
        assert failure(slack) == ("ok", taken + 1)


def test_delayed_answer_comes_too_late_for_an_impatient_client() -> None:
    with SlackEmulator() as slack:
        slack.fail(Fault("delay_after", seconds=1.0))
        hasty = WebClient(token=slack.token, base_url=slack.base_url, retry_handlers=[], timeout=0.2)  # type: ignore[arg-type]  # seconds are not whole

        with pytest.raises(TimeoutError):
            hasty.chat_postMessage(channel=CHANNEL, text="x")
        assert len(slack.messages) == 1


def test_storm_of_refusals_ends_after_as_many_as_were_asked_for() -> None:
    with SlackEmulator() as slack:
        slack.fail(Fault("rate_limit", times=3, seconds=1))

        assert [failure(slack)[0] for _ in range(4)] == ["429 ratelimited"] * 3 + ["ok"]


def test_refusal_without_a_wait_has_no_such_header() -> None:
    with SlackEmulator() as slack:
        slack.fail(Fault("rate_limit"))
        with pytest.raises(SlackApiError) as caught:
            client(slack).chat_postMessage(channel=CHANNEL, text="x")

    assert "Retry-After" not in caught.value.response.headers


def test_fault_waits_for_its_method() -> None:
    with SlackEmulator() as slack:
        slack.fail(Fault("error", "auth.test", error="internal_error"))

        assert failure(slack) == ("ok", 1)
        with pytest.raises(SlackApiError, match="internal_error"):
            client(slack).auth_test()


def test_fault_without_a_method_hits_whatever_comes() -> None:
    with SlackEmulator() as slack:
        slack.fail(Fault("error", "", error="internal_error"))

        with pytest.raises(SlackApiError, match="internal_error"):
            client(slack).auth_test()


def test_connection_is_cut_in_the_middle_of_the_headers() -> None:
    with SlackEmulator() as slack:
        slack.fail(Fault("cut"))

        assert failure(slack)[1] == 1
        assert failure(slack) == ("ok", 2)


def test_encrypted_connection_is_cut_without_a_goodbye(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    trusting = ssl.create_default_context(cafile=str(authority.file))
    with SlackEmulator(tls=authority.server("slack", "IP:127.0.0.1")) as slack:
        web = WebClient(token=slack.token, base_url=slack.base_url, retry_handlers=[], ssl=trusting)
        slack.fail(Fault("cut"), Fault("drop_before"))
        lost = []
        for _ in range(2):
            with pytest.raises((OSError, SlackApiError, ValueError)) as caught:
                web.chat_postMessage(channel=CHANNEL, text="x")
            lost.append(caught.value)

        assert len(lost) == 2
        assert len(slack.messages) == 1
        assert web.chat_postMessage(channel=CHANNEL, text="x")["ok"]


def test_fault_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(ValueError, match="'explode' is no fault; there are drop_before, drop_after"):
        Fault("explode")


def test_every_fault_says_what_it_does() -> None:
    assert [kind for kind, about in KINDS.items() if not about] == []
