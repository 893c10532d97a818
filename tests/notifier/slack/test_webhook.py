from __future__ import annotations

import logging
import socket
from datetime import UTC, datetime, timedelta

import pytest

from config.errors import OverheardError
from config.settings import Settings, Slack
from config.values import Secret
from notifier.contract import Receipt, SendError
from notifier.slack.webhook import WebhookChannel
from storage.records import Delivery, Reason
from tests.doubles.slack import WEBHOOK, FakeChannel, FakeSlack, Fault

BLOCK = {"type": "divider"}


def delivery(blocks: list[object] | None = None, text: str = "hello") -> Delivery:
    payload = {"text": text, "blocks": [BLOCK] if blocks is None else blocks}
    return Delivery("k#1", "webhook", payload, datetime.now(UTC))  # type: ignore[arg-type]  # plain values


def refusal(url: str, row: Delivery | None = None) -> SendError:
    with pytest.raises(SendError) as caught:
        WebhookChannel(url).send(row or delivery(), None)
    return caught.value


def test_message_arrives_with_its_key_in_the_footer() -> None:
    with FakeSlack() as slack:
        receipt = WebhookChannel(slack.webhook_url).send(delivery(), None)

        assert receipt == Receipt(None)
        assert slack.messages[0]["blocks"] == [
            BLOCK,
            {"type": "context", "elements": [{"type": "plain_text", "text": "delivery k#1", "emoji": False}]},
        ]


def test_message_without_blocks_stays_plain() -> None:
    with FakeSlack() as slack:
        WebhookChannel(slack.webhook_url).send(delivery([]), "parent")

        assert (slack.messages[0]["text"], "blocks" in slack.messages[0]) == ("hello", False)


def test_lost_message_cannot_be_looked_up() -> None:
    assert WebhookChannel("https://hooks.slack.example/services/x").find(delivery(), None) is None


def test_removed_webhook_is_refused_for_good() -> None:
    with FakeSlack() as slack:
        problem = refusal(slack.webhook_url.replace("/B", "/BX"))

    assert (problem.reason, problem.permanent) == (Reason.GONE, True)
    assert problem.detail.startswith("no_service: the webhook was removed")


def test_archived_channel_and_wrong_blocks_are_refused_for_good() -> None:
    with FakeSlack(channels=[FakeChannel(is_archived=True)]) as slack:
        archived = refusal(slack.webhook_url)
    with FakeSlack(refuses=["invalid_blocks", "no_text"]) as slack:
        wrong = refusal(slack.webhook_url, delivery([{"type": "header"}]))
        empty = refusal(slack.webhook_url, delivery([], text=""))

    assert [(each.reason, each.permanent) for each in (archived, wrong, empty)] == [
        (Reason.GONE, True),
        (Reason.MALFORMED, True),
        (Reason.MALFORMED, True),
    ]


@pytest.mark.parametrize(
    ("fault", "reason", "uncertain"),
    [
        (Fault("drop_after", "webhook"), Reason.NETWORK, True),
        (Fault("half", "webhook"), Reason.NETWORK, True),
        (Fault("server_error", "webhook"), Reason.SERVER, True),
        (Fault("garbage", "webhook"), Reason.MALFORMED, True),
        (Fault("bytes", "webhook"), Reason.MALFORMED, True),
        (Fault("rate_limit", "webhook", seconds=9), Reason.RATE_LIMITED, False),
    ],
    ids=["drop", "half", "500", "garbage", "bytes", "429"],
)
def test_failure_is_never_final_and_doubt_is_admitted(fault: Fault, reason: Reason, uncertain: bool) -> None:
    with FakeSlack() as slack:
        slack.fail(fault)

        problem = refusal(slack.webhook_url)

    assert (problem.reason, problem.uncertain, problem.permanent) == (reason, uncertain, False)
    assert problem.retry_after == (timedelta(seconds=9) if fault.kind == "rate_limit" else None)


def test_connection_refused_leaves_no_doubt() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]

    problem = refusal(f"http://127.0.0.1:{port}/services/T000/secretpart")

    assert not problem.uncertain
    assert "secretpart" not in str(problem)


@pytest.mark.parametrize("kind", ["", "drop_after", "rate_limit", "garbage", "server_error"])
def test_address_never_reaches_a_log_or_an_error(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said = ""
    with FakeSlack() as slack:
        if kind:
            slack.fail(Fault(kind, "webhook"))
        try:
            WebhookChannel(slack.webhook_url).send(delivery(), None)
        except SendError as problem:
            said = str(problem)

    assert WEBHOOK.rpartition("/")[2] not in caplog.text + said


def test_settings_make_a_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeSlack() as slack:
        monkeypatch.setenv("SOME_WEBHOOK", slack.webhook_url)
        described = Settings(brands=(), slack=Slack(webhook=Secret("env:SOME_WEBHOOK")))
        WebhookChannel.from_settings(described).send(delivery(), None)

        assert len(slack.messages) == 1


def test_settings_without_a_webhook_are_refused() -> None:
    with pytest.raises(OverheardError, match="no webhook"):
        WebhookChannel.from_settings(Settings(brands=(), slack=Slack()))


def test_address_that_is_no_https_is_refused_without_being_repeated() -> None:
    with pytest.raises(OverheardError) as caught:
        WebhookChannel("http://hooks.slack.example/services/secretpart")

    assert "secretpart" not in str(caught.value)
