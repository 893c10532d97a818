"""The emulator's verdicts on payloads that were written from the published limits."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from overheard.emulator.answers import Answer
from overheard.emulator.block_kit.blocks import violations
from overheard.emulator.block_kit.views import view_violations
from overheard.emulator.files import complete, get_upload_url, upload
from overheard.emulator.server import SlackEmulator
from tests.overheard.emulator.block_kit.corpus import cases

VALID, INVALID = cases("valid"), cases("invalid")
SCOPES = ("chat:write", "links.embed:write")


def answer(slack: SlackEmulator, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
    given: Answer = slack.api.call(method, arguments, slack.token)
    found: dict[str, Any] = json.loads(given.body)
    return found


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackEmulator]:
    """One workspace for all, with a file in it that pictures may name."""
    with SlackEmulator(scopes=SCOPES) as made:
        get_upload_url(made.workspace, {"filename": "x.png", "length": 1}, "")
        upload(made.workspace, "F0000000001", b"x")
        complete(made.workspace, {"files": [{"id": "F0000000001"}]})
        yield made


def posted(slack: SlackEmulator, message: dict[str, Any]) -> dict[str, Any]:
    return answer(slack, "chat.postMessage", {"channel": slack.channel, **message})


@pytest.mark.parametrize("case", VALID, ids=[case["case"] for case in VALID])
def test_payload_within_the_limits_is_taken(slack: SlackEmulator, case: dict[str, Any]) -> None:
    if "blocks" in case:
        assert [str(each) for each in violations(case["blocks"])] == []
    elif "view" in case:
        assert [str(each) for each in view_violations(case["view"])] == []
    else:
        said = posted(slack, case["message"])
        assert (said["ok"], said.get("warning")) == (True, None), said


@pytest.mark.parametrize("case", INVALID, ids=[case["case"] for case in INVALID])
def test_payload_beyond_a_limit_is_refused_at_its_place(slack: SlackEmulator, case: dict[str, Any]) -> None:
    if "view" in case:
        said = answer(slack, "views.open", {"trigger_id": "1", "view": case["view"]})
    else:
        said = posted(slack, case["message"] if "message" in case else {"text": "x", "blocks": case["blocks"]})

    assert (said["ok"], said["error"]) == (False, case["error"])
    first = f"{case['says']} [json-pointer:{case['at']}]" if "says" in case else None
    assert said.get("errors", [None])[0] == first
    if first is not None:
        assert said["response_metadata"]["messages"][0] == f"[ERROR] {first}"


def test_there_are_a_hundred_payloads_of_each_verdict_and_no_two_of_one_name() -> None:
    assert min(len(VALID), len(INVALID)) >= 100
    names = Counter(case["case"] for case in VALID + INVALID)
    assert [name for name, number in names.items() if number > 1] == []


def test_every_type_of_block_and_element_has_payloads_of_both_verdicts() -> None:
    def types(part: Any) -> set[str]:
        if isinstance(part, list):
            return {name for each in part for name in types(each)}
        if not isinstance(part, dict):
            return set()
        own = {part["type"]} if isinstance(part.get("type"), str) else set()
        return own | {name for value in part.values() for name in types(value)}

    blocks = {
        "actions", "context", "context_actions", "data_table", "divider", "header", "image", "input", "markdown",
        "rich_text", "section", "table", "video",
    }  # fmt: skip
    elements = {
        "button", "checkboxes", "datepicker", "datetimepicker", "feedback_buttons", "file_input", "icon_button",
        "number_input", "overflow", "plain_text_input", "static_select", "timepicker",
    }  # fmt: skip
    assert blocks | elements <= types(VALID)
    assert blocks | elements <= types(INVALID)
