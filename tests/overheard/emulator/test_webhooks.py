from __future__ import annotations

import json
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from slack_sdk.webhook import WebhookClient

from overheard.emulator.server import SlackEmulator
from overheard.emulator.workspace import Channel
from tests.overheard.emulator.asking import CHANNEL, client

WRONG = [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]


def send(url: str, body: bytes, kind: str = "application/json") -> tuple[int, str, str]:
    asked = Request(url, body, {"Content-Type": kind})  # noqa: S310  # our own server
    try:
        with urlopen(asked, timeout=10) as answer:  # noqa: S310  # the same
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except HTTPError as refused:
        with refused:
            return refused.code, refused.headers["Content-Type"], refused.read().decode()


def test_message_arrives_and_ok_is_said_in_plain_text() -> None:
    with SlackEmulator() as slack:
        said = send(slack.webhook_url, b'{"text": "x"}')
        form = send(
            slack.webhook_url, urlencode({"payload": '{"text": "y"}'}).encode(), "application/x-www-form-urlencoded"
        )

        assert said == form == (200, "text/plain", "ok")
        assert [(each["channel"], each["text"]) for each in slack.messages] == [(CHANNEL, "x"), (CHANNEL, "y")]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"{", "invalid_payload"),
        (b"[]", "invalid_payload"),
        (b"\xff", "invalid_payload"),
        (b'{"text": "x", "colour": "red"}', "invalid_payload"),
        (b"{}", "no_text"),
        (json.dumps({"text": "x", "blocks": WRONG}).encode(), "invalid_blocks"),
        (json.dumps({"text": "x", "attachments": [{}] * 101}).encode(), "too_many_attachments"),
    ],
    ids=["broken", "list", "no text at all", "unknown key", "nothing", "wrong block", "101 attachments"],
)
def test_wrong_payload_is_told_in_plain_text_with_400(body: bytes, error: str) -> None:
    with SlackEmulator() as slack:
        assert send(slack.webhook_url, body) == (400, "text/plain", error)
        assert slack.messages == []
        assert [(each.method, each.error) for each in slack.refusals] == [("webhook", error)]


def test_wrong_address_and_closed_channel_are_told_apart() -> None:
    with SlackEmulator() as slack:
        assert send(slack.webhook_url + "x", b"{}")[::2] == (403, "invalid_token")
        assert send(f"{slack.address}/services/T1/B1/x", b"{}")[::2] == (404, "no_service")
    with SlackEmulator(channels=[Channel(is_archived=True)]) as slack:
        assert send(slack.webhook_url, b'{"text": "x"}')[::2] == (410, "channel_is_archived")


def test_webhook_takes_one_message_a_second() -> None:
    with SlackEmulator(clock=lambda: 1_700_000_000.0, rate_limits=True) as slack:
        said = [WebhookClient(slack.webhook_url).send(text="x") for _ in range(3)]

    assert [each.status_code for each in said] == [200, 200, 429]
    assert said[2].headers["Retry-After"] == "1"


class Answering:
    """A workspace with a message of ours and an address at which a press of its button is answered."""

    def __init__(self, slack: SlackEmulator) -> None:
        self.slack = slack
        self.ts = client(slack).chat_postMessage(channel=CHANNEL, text="a")["ts"]
        self.url = slack.webhooks.response_url(CHANNEL, "U0HUMAN", self.ts)

    def answer(self, **payload: Any) -> tuple[int, str]:
        return send(self.url, json.dumps(payload).encode())[::2]


def test_answer_is_seen_by_the_one_who_asked_unless_it_says_otherwise() -> None:
    with SlackEmulator() as slack:
        place = Answering(slack)
        assert place.answer(text="psst") == (200, "ok")
        assert place.answer(text="to all", response_type="in_channel") == (200, "ok")
        assert place.answer(text="b", replace_original=True) == (200, "ok")

        assert [each["text"] for each in slack.workspace.ephemerals] == ["psst"]
        assert [each["text"] for each in slack.messages] == ["b", "to all"]
        assert place.answer(delete_original=True) == (200, "ok")
        assert [each["text"] for each in slack.messages] == ["to all"]


def test_answer_is_taken_five_times_within_half_an_hour() -> None:
    now = [1_700_000_000.0]
    with SlackEmulator(clock=lambda: now[0]) as slack:
        often, late = Answering(slack), Answering(slack)
        assert [often.answer(text="x")[0] for _ in range(5)] == [200] * 5
        assert often.answer(text="x") == (404, "used_url")
        now[0] += 1800
        assert late.answer(text="x") == (200, "ok")
        now[0] += 1
        assert late.answer(text="x") == (404, "expired_url")
        assert send(f"{slack.address}/response/R9", b"{}")[::2] == (404, "no_service")


def test_wrong_answer_is_refused_as_a_message_is() -> None:
    with SlackEmulator() as slack:
        place = Answering(slack)

        assert place.answer() == (400, "no_text")
        assert place.answer(text="x", blocks=WRONG) == (400, "invalid_blocks")
        assert place.answer(text="x", to="all") == (400, "invalid_payload")
