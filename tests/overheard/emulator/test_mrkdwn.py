from __future__ import annotations

from typing import Any

import pytest

from overheard.emulator.mrkdwn import Special, specials, specials_of_message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words", []),
        ("<@U012AB>", [("user", "U012AB", None)]),
        ("<@W012AB|ann>", [("user", "W012AB", "ann")]),
        ("<!subteam^S1|@team>", [("group", "S1", "@team")]),
        ("<#C1>", [("channel", "C1", None)]),
        ("<#C1|general>", [("channel", "C1", "general")]),
        ("<!channel>", [("command", "channel", None)]),
        ("<!everyone>x<!here>", [("command", "everyone", None), ("command", "here", None)]),
        ("<!here|here>", [("command", "here", "here")]),
        ("<https://a.example>", [("link", "https://a.example", None)]),
        ("<https://a.example/?a=1&amp;b=2|A &amp; B>", [("link", "https://a.example/?a=1&b=2", "A & B")]),
        ("<mailto:a@b.example|mail>", [("link", "mailto:a@b.example", "mail")]),
        ("<!date^1392734382^{date}|Feb 18>", [("date", "1392734382", "Feb 18")]),
        (
            "<!date^1392734382^{date}^https://a.example|Feb 18>",
            [("date", "1392734382", "Feb 18"), ("link", "https://a.example", "Feb 18")],
        ),
        ("see https://a.example/b there", [("link", "https://a.example/b", None)]),
        ("www.c.example", [("link", "www.c.example", None)]),
        ("&lt;!channel&gt; &lt;@U1&gt;", []),
        ("a < b > c", [("link", " b ", None)]),
        ("`<!channel>` in code", [("command", "channel", None)]),
        ("*bold* _slanted_ ~struck~ > quote", []),
        ("<@U1><@U2>", [("user", "U1", None), ("user", "U2", None)]),
    ],
)  # fmt: skip
def test_everything_that_acts_is_listed(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [(each.kind, each.target, each.label) for each in specials(text)] == expected


@pytest.mark.parametrize(
    ("text", "switches", "expected"),
    [
        ("https://a.example #general @here", {"verbatim": True}, []),
        ("https://a.example #general @here", {}, [("link", "https://a.example")]),
        ("#general, @here", {"verbatim": True, "names": True}, [("channel", "general"), ("command", "here")]),
        ("&#39; a@here.example x#y", {"verbatim": True, "names": True}, []),
        ("<!here> #1", {"verbatim": True}, [("command", "here")]),
    ],
)  # fmt: skip
def test_bare_addresses_and_names_act_where_slack_looks_for_them(
    text: str, switches: dict[str, bool], expected: list[tuple[str, str]]
) -> None:
    assert [(each.kind, each.target) for each in specials(text, **switches)] == expected


LINK = ("link", "https://a.example")


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def section(kind: str, text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": kind, "text": text, **more}}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"text": "<@U1> https://a.example"}, [("user", "U1"), ("link", "https://a.example")]),
        ({"text": "@here", "link_names": True}, [("command", "here")]),
        ({"text": "@here #x", "parse": "full"}, [("command", "here"), ("channel", "x")]),
        ({"text": "<@U1> https://a.example", "blocks": [{"type": "divider"}]}, [("user", "U1")]),
        ({"blocks": [section("plain_text", "<!channel> https://a.example")]}, []),
        ({"blocks": [section("mrkdwn", "<!channel> @here")]}, [("command", "channel"), ("command", "here")]),
        ({"blocks": [section("mrkdwn", "<!channel> @here", verbatim=True)]}, [("command", "channel")]),
        ({"blocks": [{"type": "section", "fields": [{"type": "mrkdwn", "text": "<@U1>"}]}]}, [("user", "U1")]),
        ({"blocks": [rich({"type": "text", "text": "<!channel> https://a.example"})]}, []),
        (
            {
                "blocks": [
                    rich(
                        {"type": "user", "user_id": "U1"},
                        {"type": "usergroup", "usergroup_id": "S1"},
                        {"type": "channel", "channel_id": "C1"},
                        {"type": "broadcast", "range": "here"},
                        {"type": "link", "url": "https://a.example", "text": "a"},
                        {"type": "date", "timestamp": 5, "format": "{date}", "url": "https://b.example"},
                    )
                ]
            },
            [
                ("user", "U1"),
                ("group", "S1"),
                ("channel", "C1"),
                ("command", "here"),
                ("link", "https://a.example"),
                ("date", "5"),
                ("link", "https://b.example"),
            ],
        ),
        ({"blocks": [{"type": "markdown", "text": "[a](https://a.example)"}]}, [("link", "https://a.example")]),
        ({"blocks": [{"type": "markdown", "text": "<@U1>"}]}, [("user", "U1")]),
        ({"markdown_text": "see [a](https://a.example)"}, [("link", "https://a.example")]),
        ({"blocks": [{"type": "image", "image_url": "https://a.example", "alt_text": "<@U1>"}]}, [LINK]),
        ({"blocks": [{"type": "actions", "elements": [{"type": "button", "url": "https://a.example"}]}]}, [LINK]),
        ({"attachments": [{"pretext": "<@U1>", "title_link": "https://a.example"}]}, [("user", "U1"), LINK]),
        ({"attachments": [{"fields": [{"value": "<!here>"}]}]}, [("command", "here")]),
        ({"attachments": [{"blocks": [section("mrkdwn", "<#C1>")]}]}, [("channel", "C1")]),
        ({}, []),
    ],
)  # fmt: skip
def test_whole_message_is_read_as_it_is_shown(message: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert [(each.kind, each.target) for each in specials_of_message(message)] == expected


@pytest.mark.parametrize(
    ("label", "misleading"),
    [
        ("https://bank.example", True),
        ("bank.example/login", True),
        ("www.bank.example", True),
        ("b\u0430nk.example", True),
        ("Bank.Example", True),
        ("https://evil.example/bank.example", False),
        ("www.evil.example", False),
        ("EVIL.example", False),
        ("read on bank.example today", False),
        ("the story", False),
        ("3.5", False),
        (None, False),
    ],
)
def test_link_whose_label_names_another_host_is_misleading(label: str | None, misleading: bool) -> None:
    assert Special("link", "https://evil.example/x", label).misleading is misleading


def test_label_of_a_mention_misleads_nobody() -> None:
    assert not Special("user", "U1", "bank.example").misleading


def test_two_specials_are_the_same_whatever_their_labels() -> None:
    assert Special("link", "https://a.example", "a") == Special("link", "https://a.example")
