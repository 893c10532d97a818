"""The emulator as tests use it: as a process that can be killed, and with a teardown that complains."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.doubles.slack import CHANNEL, TOKEN, FakeSlack

ROOT = Path(__file__).parents[2]
WRONG = [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]


def client(slack: FakeSlack) -> WebClient:
    return WebClient(token=slack.token, base_url=slack.base_url, retry_handlers=[])


def test_refused_payload_fails_the_block_that_sent_it() -> None:
    slack = FakeSlack()
    with pytest.raises(AssertionError, match=r"chat\.postMessage: invalid_blocks must be less than 151"):  # noqa: PT012, SIM117  # the end of the block raises
        with slack:
            with pytest.raises(SlackApiError):
                client(slack).chat_postMessage(channel=CHANNEL, text="x", blocks=WRONG)
    slack.refuses = ("invalid_blocks",)


@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")
def test_message_that_cannot_be_read_out_fails_the_block_that_sent_it() -> None:
    slack = FakeSlack()
    with pytest.raises(AssertionError, match=r"chat\.postMessage: missing_text_in_message"), slack:
        client(slack).chat_postMessage(channel=CHANNEL, blocks=[{"type": "divider"}])
    slack.refuses = ("missing_text_in_message",)


def test_refusal_that_is_expected_fails_nothing() -> None:
    with FakeSlack(refuses=["invalid_blocks"]) as slack:
        with pytest.raises(SlackApiError):
            client(slack).chat_postMessage(channel=CHANNEL, text="x", blocks=WRONG)
        assert [each.error for each in slack.refusals] == ["invalid_blocks"]


def test_expected_refusal_that_does_not_come_fails_too() -> None:
    slack = FakeSlack(refuses=["invalid_blocks"])
    with pytest.raises(AssertionError, match="expected invalid_blocks, and came to nothing"), slack:
        client(slack).chat_postMessage(channel=CHANNEL, text="x")
    slack.refuses = ()


SWALLOWED = """
import contextlib
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from tests.doubles.slack import CHANNEL, FakeSlack


def post(slack, text):
    WebClient(token=slack.token, base_url=slack.base_url).chat_postMessage(channel=CHANNEL, text=text)


def test_whose_own_error_covers_the_refusal():
    with contextlib.suppress(KeyError), FakeSlack() as slack:
        with contextlib.suppress(SlackApiError):
            post(slack, "")
        raise KeyError


def test_that_catches_everything():
    with contextlib.suppress(AssertionError), FakeSlack() as slack, contextlib.suppress(SlackApiError):
        post(slack, "")


def test_that_is_fine():
    with FakeSlack() as slack:
        post(slack, "x")
"""


@pytest.mark.parametrize("workers", ["0", "1"], ids=["in one process", "in a worker"])
def test_refusal_fails_its_test_however_the_test_hides_it(tmp_path: Path, workers: str) -> None:
    (tmp_path / "test_hidden.py").write_text(SWALLOWED, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    options = ["-p", "tests.refusals", "-p", "no:cacheprovider", "-c", str(tmp_path / "pytest.ini"), "-n", workers]
    run = [sys.executable, "-m", "pytest", *options, str(tmp_path)]
    done = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT)

    assert done.returncode == 1
    assert done.stdout.count("AssertionError: refused by Slack: chat.postMessage: no_text") >= 2
    assert "3 calls with a payload to the strict Slack, 2 refused; 0 more were wrong on purpose" in done.stdout
    assert re.search(r"= 3 passed,.* 2 errors in ", done.stdout)


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
