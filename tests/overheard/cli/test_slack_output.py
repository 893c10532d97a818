from __future__ import annotations

from typing import Any

import pytest

from overheard.cli.slack_output import lines_of, told
from overheard.emulator.block_kit.blocks import violations
from tests.overheard.emulator.block_kit.corpus import cases


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def rich(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(parts)}


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


T = {"type": "text", "text": "words"}
BUTTON = {"type": "button", "text": plain("Open"), "url": "https://a.example"}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"type": "header", "text": plain("Week 7")}, ["WEEK 7"]),
        ({"type": "divider"}, ["-" * 40]),
        (
            {"type": "section", "text": plain("a"), "fields": [plain("b")], "accessory": BUTTON},
            ["a", "b", "[Open] https://a.example"],
        ),
        (
            {
                "type": "context",
                "elements": [plain("a"), {"type": "image", "image_url": "https://a.example", "alt_text": "logo"}],
            },
            ["a  [image: logo] https://a.example"],
        ),
        (
            {"type": "actions", "elements": [{"type": "button", "text": plain("Yes")}, {"type": "users_select"}]},
            ["[Yes]  [users_select]"],
        ),
        ({"type": "image", "slack_file": {"id": "F1"}, "alt_text": "chart"}, ["[image: chart] F1"]),
        ({"type": "markdown", "text": "**a**"}, ["**a**"]),
        (
            {"type": "input", "label": plain("Name"), "element": {"type": "plain_text_input"}},
            ["Name: [plain_text_input]"],
        ),
        (
            rich(section(T, {"type": "link", "url": "https://a.example", "text": "here"})),
            ["wordshere <https://a.example>"],
        ),
        (
            rich(
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "offset": 2,
                    "indent": 1,
                    "elements": [section(T), section(T)],
                }
            ),
            ["  3. words", "  4. words"],
        ),
        (rich({"type": "rich_text_list", "style": "bullet", "elements": [section(T)]}), ["* words"]),
        (rich({"type": "rich_text_quote", "elements": [{"type": "text", "text": "a\nb"}]}), ["> a\n> b"]),
        (
            rich(
                section(
                    {"type": "user", "user_id": "U1"},
                    {"type": "broadcast", "range": "here"},
                    {"type": "emoji", "name": "tada"},
                )
            ),
            ["@U1@here:tada:"],
        ),
        (
            rich(
                section(
                    {"type": "date", "timestamp": 5, "format": "{date}"}, {"type": "link", "url": "https://a.example"}
                )
            ),
            ["5<https://a.example>"],
        ),
        ({"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, rich(section(T))]]}, ["a | words"]),
        (
            {
                "type": "context_actions",
                "elements": [
                    {
                        "type": "feedback_buttons",
                        "positive_button": {"text": plain("+")},
                        "negative_button": {"text": plain("-")},
                    }
                ],
            },
            ["[+] [-]"],
        ),
    ],
)
def test_block_is_written_as_people_would_read_it(block: dict[str, Any], expected: list[str]) -> None:
    assert list(lines_of({"blocks": [block]})) == expected


VALID = [case for case in cases("valid") if "blocks" in case]


@pytest.mark.parametrize("case", VALID, ids=[case["case"] for case in VALID])
def test_whatever_is_taken_can_be_written(case: dict[str, Any]) -> None:
    assert violations(case["blocks"]) == []
    assert "".join(lines_of(case))


def test_message_says_where_and_whom_it_notifies_and_where_a_link_deceives() -> None:
    entry = {
        "event": "posted",
        "channel": "C1",
        "ts": "1700000000.000100",
        "thread_ts": "1600000000.000100",
        "text": "<!here> <@U1>\n<https://evil.example|bank.example>",
    }

    assert told(entry).split("\n") == [
        "C1 1700000000.000100 in thread 1600000000.000100",
        "  <!here> <@U1>",
        "  <https://evil.example|bank.example>",
        "  ! notifies @here, @U1",
        "  ! bank.example leads to https://evil.example",
        "",
    ]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"event": "updated", "channel": "C1", "ts": "1.0", "text": "x"}, "C1 1.0 changed\n  x\n"),
        (
            {"event": "ephemeral", "channel": "C1", "ts": "1.0", "user": "U1", "text": "x"},
            "C1 1.0 seen by U1 alone\n  x\n",
        ),
        (
            {"event": "warned", "method": "chat.update", "warning": "message_truncated"},
            "warned chat.update message_truncated",
        ),
        ({"event": "deleted", "channel": "C1", "ts": "1.0"}, "deleted C1 1.0"),
        (
            {"event": "refused", "method": "chat.update", "error": "no_text", "detail": ""},
            "REFUSED chat.update: no_text",
        ),
        ({"event": "posted", "channel": "C1", "ts": "1.0", "text": "a\x1b[31mb\u2028c"}, "C1 1.0\n  a [31mb c\n"),
        (
            {"event": "posted", "channel": "C1", "ts": "1.0", "text": "", "attachments": [{"text": "x"}]},
            "C1 1.0\n\n  | x\n",
        ),
    ],
    ids=["changed", "ephemeral", "warned", "deleted", "refused", "hostile", "attachment"],
)
def test_event_is_told_in_lines_that_steer_no_terminal(entry: dict[str, Any], expected: str) -> None:
    assert told(entry) == expected
