"""The emulator as tests use it: as a process that can be killed, and with a teardown that complains."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.doubles.slack import CHANNEL, TOKEN, FakeSlack

WRONG = [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]


def client(slack: FakeSlack) -> WebClient:
    return WebClient(token=slack.token, base_url=slack.base_url, retry_handlers=[])


def test_refused_payload_fails_the_test_that_sent_it() -> None:
    with pytest.raises(AssertionError, match=r"chat\.postMessage: invalid_blocks must be less than 151"):  # noqa: PT012, SIM117  # the end of the block raises
        with FakeSlack() as slack:
            with pytest.raises(SlackApiError):
                client(slack).chat_postMessage(channel=CHANNEL, text="x", blocks=WRONG)


@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")
def test_message_that_cannot_be_read_out_fails_the_test_that_sent_it() -> None:
    with pytest.raises(AssertionError, match=r"chat\.postMessage: missing_text_in_message"), FakeSlack() as slack:
        client(slack).chat_postMessage(channel=CHANNEL, blocks=[{"type": "divider"}])


def test_refusal_that_is_expected_fails_nothing() -> None:
    with FakeSlack(expects_refusals=True) as slack:
        with pytest.raises(SlackApiError):
            client(slack).chat_postMessage(channel=CHANNEL, text="x", blocks=WRONG)
        assert [each.error for each in slack.refusals] == ["invalid_blocks"]


def test_refusal_of_a_token_is_no_fault_of_the_payload() -> None:
    with FakeSlack() as slack, pytest.raises(SlackApiError):
        WebClient(token="xoxb-other", base_url=slack.base_url).chat_postMessage(channel=CHANNEL, text="x")


def start(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    port_file = folder / "port"
    port_file.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.doubles.slack", "--port-file", str(port_file)]
    process = subprocess.Popen([*command, "--journal", str(folder / "journal")])
    give_up = time.monotonic() + 30
    while not port_file.exists():
        assert process.poll() is None
        assert time.monotonic() < give_up
        time.sleep(0.02)
    return process, f"http://127.0.0.1:{port_file.read_text(encoding='utf-8')}"


@pytest.mark.process
def test_process_keeps_its_journal_when_it_is_killed(tmp_path: Path) -> None:
    posted: list[str] = []
    for text in ("first", "second"):
        process, address = start(tmp_path)
        try:
            fault = json.dumps({"kind": "delay_before", "seconds": 0}).encode()
            with urlopen(Request(f"{address}/admin/faults", fault), timeout=10) as answer:  # noqa: S310  # our own server
                assert json.load(answer)["ok"]
            web = WebClient(token=TOKEN, base_url=f"{address}/api/", retry_handlers=[])
            posted.append(web.chat_postMessage(channel=CHANNEL, text=text)["ts"])
            with urlopen(f"{address}/admin/messages", timeout=10) as answer:  # noqa: S310  # our own server
                assert [each["ts"] for each in json.load(answer)] == posted
        finally:
            process.kill()
            process.wait(timeout=10)

    lines = (tmp_path / "journal").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["first", "second"]
    assert posted == sorted(set(posted))
