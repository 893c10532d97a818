"""The local Slack is held to what Slack is known to do, so that what passes it passes there."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.doubles.slack import CHANNEL, TOKEN, FakeSlack
from tests.doubles.slack_rules import faults, too_long


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def item(indent: int = 0, style: str = "bullet", kind: str = "rich_text_section") -> dict[str, Any]:
    section = {"type": kind, "elements": [{"type": "text", "text": "x"}]}
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": style, "indent": indent, "elements": [section]}],
    }


GOOD: dict[str, Any] = {
    "header of 150": {"type": "header", "text": plain("x" * 150)},
    "section of 3000": {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000, "verbatim": True}},
    "ten fields of 2000": {"type": "section", "fields": [plain("x" * 2000)] * 10},
    "context with an image": {
        "type": "context",
        "elements": [plain("x"), {"type": "image", "image_url": "https://a.example/x.png", "alt_text": "x"}],
    },
    "divider": {"type": "divider", "block_id": "d"},
    "image": {"type": "image", "image_url": "https://a.example/x.png", "alt_text": "x", "title": plain("t")},
    "rich text": rich(
        {"type": "text", "text": "x", "style": {"bold": True}}, {"type": "link", "url": "https://a.example"}
    ),
    "list": item(8, "ordered"),
    "quote": {
        "type": "rich_text",
        "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": "x"}]}],
    },
}
BAD: dict[str, Any] = {
    "no block": "x",
    "unknown type": {"type": "heading", "text": plain("x")},
    "unknown key": {"type": "divider", "colour": "red"},
    "header of 151": {"type": "header", "text": plain("x" * 151)},
    "header in mrkdwn": {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
    "header without text": {"type": "header"},
    "empty text": {"type": "section", "text": plain("")},
    "text that is a number": {"type": "section", "text": {"type": "plain_text", "text": 5}},
    "section of 3001": {"type": "section", "text": plain("x" * 3001)},
    "section of nothing": {"type": "section"},
    "eleven fields": {"type": "section", "fields": [plain("x")] * 11},
    "field of 2001": {"type": "section", "fields": [plain("x" * 2001)]},
    "emoji in mrkdwn": {"type": "section", "text": {"type": "mrkdwn", "text": "x", "emoji": True}},
    "emoji that is a word": {"type": "section", "text": plain("x") | {"emoji": "yes"}},
    "eleven in a context": {"type": "context", "elements": [plain("x")] * 11},
    "empty context": {"type": "context", "elements": []},
    "image without alt text": {"type": "image", "image_url": "https://a.example/x.png"},
    "block id of 256": {"type": "divider", "block_id": "x" * 256},
    "empty rich text": {"type": "rich_text", "elements": []},
    "empty section of rich text": rich(),
    "unknown part": {"type": "rich_text", "elements": [{"type": "rich_text_table", "elements": []}]},
    "unknown element": rich({"type": "script", "text": "x"}),
    "empty element": rich({"type": "text", "text": ""}),
    "unknown style": rich({"type": "text", "text": "x", "style": {"blink": True}}),
    "link to a script": rich({"type": "link", "url": "javascript:alert(1)"}),
    "link without text": rich({"type": "link", "url": "https://a.example", "text": ""}),
    "indent of 9": item(9),
    "list of squares": item(0, "square"),
    "list of quotes": item(kind="rich_text_quote"),
}


@pytest.mark.parametrize("block", GOOD.values(), ids=GOOD)
def test_block_that_slack_takes_is_taken(block: dict[str, Any]) -> None:
    assert faults([block]) == []


@pytest.mark.parametrize("block", BAD.values(), ids=BAD)
def test_block_that_slack_refuses_is_refused(block: dict[str, Any]) -> None:
    assert faults([block]) != []


def test_messages_have_limits_as_a_whole() -> None:
    assert faults([{"type": "divider"}] * 50) == []
    assert faults([{"type": "divider"}] * 51) != []
    assert faults([]) != []
    assert faults({}) != []
    assert faults([{"type": "divider", "block_id": "same"}] * 2) != []
    assert too_long([{"type": "section", "text": plain("x" * 2400)}] * 4) is False
    assert too_long([{"type": "section", "text": plain("x" * 2401)}] * 4) is True
    assert too_long([{"type": "divider"}] * 900) is True


def code_of(call: Any, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


def client(slack: FakeSlack, token: str | None = TOKEN) -> WebClient:
    return WebClient(token=token, base_url=slack.base_url, retry_handlers=[])


def test_web_api_answers_as_slack_does() -> None:
    with FakeSlack() as slack:
        web = client(slack)
        first = web.chat_postMessage(channel=CHANNEL, text="a", metadata={"event_type": "t", "event_payload": {"k": 1}})
        second = web.chat_postMessage(channel=CHANNEL, text="b", thread_ts=first["ts"])
        web.chat_update(channel=CHANNEL, ts=second["ts"], text="c")
        bare = web.conversations_history(channel=CHANNEL)["messages"]
        full = web.conversations_replies(channel=CHANNEL, ts=first["ts"], include_all_metadata=True)["messages"]

        assert first["ts"] < second["ts"]
        assert [("metadata" in each, each["text"]) for each in bare] == [(False, "a")]
        assert [("metadata" in each, each["text"]) for each in full] == [(True, "a"), (False, "c")]
        assert code_of(web.conversations_replies, channel=CHANNEL, ts="1.000000") == "thread_not_found"
        assert code_of(web.chat_update, channel=CHANNEL, ts="1.000000", text="x") == "message_not_found"
        assert code_of(web.chat_update, channel="C9", ts="1.000000", text="x") == "channel_not_found"
        assert code_of(web.conversations_info, channel="C9") == "channel_not_found"
        assert code_of(web.chat_postMessage, channel=CHANNEL, text="x" * 40_001) == "msg_too_long"
        assert code_of(web.api_call, api_method="chat.postMessage", json={"channel": CHANNEL}) == "no_text"
        assert code_of(web.chat_postMessage, channel=CHANNEL, text="x", metadata={"k": 1}) == "invalid_metadata_format"
        long = [{"type": "section", "text": plain("x" * 2900)}] * 4
        assert code_of(web.chat_postMessage, channel=CHANNEL, text="x", blocks=long) == "msg_blocks_too_long"
        assert code_of(web.users_list) == "unknown_method"
        assert code_of(client(slack, None).auth_test) == "not_authed"


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
