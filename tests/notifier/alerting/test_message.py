from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.alerting.message import ended, render
from notifier.alerting.outcome import AlertMessage, Case, OverMessage, delivery_key
from notifier.blocks import context
from overheard.emulator.block_kit.blocks import violations
from overheard.emulator.block_kit.sizes import too_long
from overheard.emulator.content import MOST_UPDATED_TEXT
from overheard.emulator.mrkdwn import Special, specials_of_message
from storage.alert_records import Alert, Severity, Why
from tests.notifier.alerting.samples import HOUR, NOON, PARIS, alert
from tests.notifier.hostile import HOSTILE, HOSTILE_URLS

SPIKE = replace(
    alert("volume_spike:acme"),
    title="Acme: 40 mentions in an hour, usually 4",
    body="The busiest hour in four weeks. Most of it is one story.",
)


def letter(*alerts: Alert, why: Why = Why.NEW, told: int = 0, waiting: int = 0) -> AlertMessage:
    cases = tuple(Case(each, why, NOON - 3 * HOUR, told) for each in alerts)
    return AlertMessage("alert:x:1", cases, waiting)


def over(*alerts: Alert) -> OverMessage:
    return OverMessage("alert:x:over", alerts, "alert:x:1", NOON, NOON - 3 * HOUR, NOON - HOUR)


def texts(part: Any) -> str:
    """All text that a person sees in blocks, one after the other."""
    if isinstance(part, list):
        return "".join(texts(each) for each in part)
    if isinstance(part, dict):
        return "".join(texts(value) if isinstance(value, list | dict) else "" for value in part.values()) or str(
            part.get("text", "")
        )
    return ""


def test_terminal_text_says_what_when_and_how_to_silence_it() -> None:
    assert render(letter(SPIKE), "console", PARIS) == {
        "text": "Overheard alert: Warning: Acme: 40 mentions in an hour, usually 4\n"
        "  The busiest hour in four weeks. Most of it is one story.\n"
        "  Window: 14 July 2026, 13:00 to 14 July 2026, 14:00.\n"
        "  To silence it: overheard silence volume_spike:acme --for 2h",
        "blocks": [],
        "thread": False,
    }


def test_slack_blocks_say_the_same() -> None:
    message = render(letter(SPIKE), "slack", PARIS)

    assert message["text"] == (
        "Warning: Acme: 40 mentions in an hour, usually 4. The busiest hour in four weeks. Most of it is one story."
    )
    assert texts(message["blocks"]) == (
        "Warning: Acme: 40 mentions in an hour, usually 4"
        "The busiest hour in four weeks. Most of it is one story.\n"
        "Window: 14 July 2026, 13:00 to 14 July 2026, 14:00.\n"
        "overheard silence volume_spike:acme --for 2h"
    )
    assert violations(message["blocks"]) == []


@pytest.mark.parametrize(
    ("why", "expected"),
    [
        (Why.WORSE, "Told again because it got worse. Found since 14 July 2026, 11:00. Window: "),
        (Why.GREW, "Told again because it grew. Found since 14 July 2026, 11:00. Window: "),
    ],
)
@pytest.mark.parametrize("channel", ["console", "slack"])
def test_what_is_told_again_says_why(channel: str, why: Why, expected: str) -> None:
    message = render(letter(SPIKE, why=why, told=1), channel, PARIS)

    assert expected in " ".join(f"{message['text']} {texts(message['blocks'])}".split())


@pytest.mark.parametrize(
    ("waiting", "expected"),
    [
        (1, "and 1 more waits: enough was told in this hour"),
        (3, "and 3 more wait: enough was told in this hour"),
    ],
)
@pytest.mark.parametrize("channel", ["console", "slack"])
def test_the_message_says_how_many_wait(channel: str, waiting: int, expected: str) -> None:
    message = render(letter(SPIKE, waiting=waiting), channel, PARIS)

    assert expected in f"{message['text']} {texts(message['blocks'])}"


def escalated(*alerts: Alert) -> AlertMessage:
    cases = tuple(Case(each, Why.ESCALATED, NOON - HOUR, 1, "C0BOSSES00") for each in alerts)
    return AlertMessage("alert:x:escalated", cases, mentions=("U0ANN00000", "W0BOB00000"))


def test_an_escalation_pings_the_people_of_the_config_and_nobody_else() -> None:
    message = render(escalated(replace(SPIKE, title="<@U0EVE00000> <!channel>")), "slack", PARIS)

    assert specials_of_message(message) == [Special("user", "U0ANN00000"), Special("user", "W0BOB00000")]
    assert violations(message["blocks"]) == []
    assert str(message["text"]).startswith("Escalated, warning: &lt;@U0EVE00000&gt;")
    assert texts(message["blocks"]).endswith(
        "Told before, and nobody took care of it since. Found since 14 July 2026, 13:00. "
        "Window: 14 July 2026, 13:00 to 14 July 2026, 14:00.\n"
        "overheard acknowledge volume_spike:acme"
    )


def test_an_escalation_in_a_terminal_mentions_nobody() -> None:
    text = str(render(escalated(SPIKE), "console", PARIS)["text"])

    assert text.startswith("Overheard alert: Escalated, warning: Acme: 40 mentions")
    assert "U0ANN00000" not in text
    assert text.endswith("  To take care of it: overheard acknowledge volume_spike:acme")


def test_a_long_escalation_counts_what_it_leaves_out() -> None:
    crowd = [replace(alert(f"source_silent:rss:{place:03}"), body="b" * 900) for place in range(200)]

    blocks: Any = render(escalated(*crowd), "slack", PARIS)["blocks"]

    assert violations(blocks) == []
    assert texts(blocks[-1]) == f"and {200 - (len(blocks) - 3)} alerts of the same cause; to see all: overheard alerts"


def test_every_alert_of_a_group_stands_with_its_own_silence() -> None:
    shift = alert("share_shift:acme")

    text = str(render(letter(SPIKE, shift), "console", PARIS)["text"])

    assert "\ntitle of share_shift:acme\n  body of share_shift:acme\n" in text
    assert text.count("To silence it: overheard silence ") == 2
    blocks = texts(render(letter(SPIKE, shift), "slack", PARIS)["blocks"])
    assert "title of share_shift:acme\nbody of share_shift:acme\n" in blocks
    assert blocks.count("overheard silence ") == 2


def test_an_id_that_a_shell_would_take_apart_is_quoted_and_one_that_cannot_be_shown_is_named_by_its_rule() -> None:
    odd = alert("source_silent:rss:https://example.org/a?b=1&c=2")
    hidden = alert("new_topic:\u202eevil")

    text = str(render(letter(odd, hidden), "console", PARIS)["text"])

    assert "overheard silence 'source_silent:rss:https://example.org/a?b=1&c=2' --for 2h" in text
    assert "overheard silence --rule new_topic --for 2h" in text


def test_evidence_with_an_address_is_linked_by_its_host() -> None:
    post = replace(SPIKE, evidence={"url": "https://www.example.org/post/1"})

    message = render(letter(post), "slack", PARIS)

    assert specials_of_message(message) == [Special("link", "https://www.example.org/post/1")]
    assert "example.org\n" in texts(message["blocks"])
    assert "\n  https://www.example.org/post/1\n" in str(render(letter(post), "console", PARIS)["text"])


def test_a_group_that_is_too_long_for_a_message_is_counted() -> None:
    crowd = [replace(alert(f"source_silent:rss:{place:03}"), body="b" * 900) for place in range(200)]

    message = render(letter(*crowd), "slack", PARIS)

    assert violations(message["blocks"]) == []
    assert not too_long(message["blocks"])
    blocks: Any = message["blocks"]
    shown = len(blocks) - 2
    assert 5 <= shown < 200
    assert texts(blocks[-1]) == f"and {200 - shown} alerts of the same cause; to see all: overheard alerts"


def test_with_buttons_each_alert_has_its_own_and_what_is_left_out_is_counted() -> None:
    crowd = [replace(alert(f"source_silent:rss:{place:03}"), body="b" * 900) for place in range(200)]

    message: Any = render(letter(*crowd), "slack", PARIS, buttons=True)

    assert violations(message["blocks"]) == []
    assert not too_long(message["blocks"])
    rows = [block for block in message["blocks"] if block["type"] == "actions"]
    told = [block for block in message["blocks"] if block["type"] == "rich_text"]
    assert [block["block_id"] for block in rows] == [f"alert.{place + 1}" for place in range(len(rows))]
    assert len(told) - 1 <= len(rows) <= len(told)
    assert (
        texts(message["blocks"][-1]) == f"and {200 - len(told)} alerts of the same cause; to see all: overheard alerts"
    )


def test_a_message_whose_alert_is_over_has_nothing_left_to_press() -> None:
    told: Any = render(letter(SPIKE), "slack", PARIS, buttons=True)

    changed: Any = ended(told, over(SPIKE), PARIS)

    assert {block["type"] for block in told["blocks"]} == {"header", "rich_text", "actions"}
    assert "actions" not in {block["type"] for block in changed["blocks"]}


@pytest.mark.parametrize("count", [1, 3, 200])
def test_the_note_that_alerts_are_over_goes_into_the_thread(count: int) -> None:
    alerts = [alert(f"source_silent:rss:{place:03}") for place in range(count)]

    message = render(over(*alerts), "slack", PARIS)

    heading = "Over: title of source_silent:rss:000" if count == 1 else f"{count} alerts over"
    assert message["text"] == heading
    assert message["thread"] is True
    assert violations(message["blocks"]) == []
    assert texts(message["blocks"]).endswith("Not found any more; noted on 14 July 2026, 14:00.")


def test_a_message_whose_alert_is_over_keeps_its_body_below_another_headline() -> None:
    told: Any = render(letter(SPIKE), "slack", PARIS)

    changed: Any = ended(told, over(SPIKE), PARIS)

    title = "Over: Acme: 40 mentions in an hour, usually 4"
    when = "Over: found from 14 July 2026, 11:00 to 14 July 2026, 13:00."
    assert changed["text"] == f"{title}. {when}"
    assert [texts(block) for block in changed["blocks"][:2]] == [title, when]
    assert changed["blocks"][2:] == told["blocks"][1:]
    assert violations(changed["blocks"]) == []


def test_the_fullest_message_can_still_be_marked_as_over() -> None:
    long = replace(alert("volume_spike:" + "k" * 300), title="&" * 300, body="b" * 900)

    changed: Any = ended(render(letter(*[long] * 60, waiting=9), "slack", PARIS), over(long), PARIS)

    assert violations(changed["blocks"]) == []
    assert not too_long(changed["blocks"])
    assert len(changed["text"]) <= MOST_UPDATED_TEXT


def test_what_was_told_without_a_headline_gets_one_when_it_is_over() -> None:
    changed: Any = ended({"text": "x", "blocks": [context("told otherwise")]}, over(SPIKE), PARIS)

    assert texts(changed["blocks"][0]) == "Over: Acme: 40 mentions in an hour, usually 4"
    assert changed["blocks"][2:] == [context("told otherwise")]


def test_the_note_in_a_terminal() -> None:
    assert str(render(over(SPIKE), "console", PARIS)["text"]) == (
        "Overheard alert: Over: Acme: 40 mentions in an hour, usually 4\n"
        "  Not found any more; noted on 14 July 2026, 14:00."
    )


def check(text: str, url: str) -> None:
    """Whatever an alert says: Slack takes it, nothing acts but the link that we make, no terminal is steered."""
    hostile = Alert(
        "keyword_hit", text, text, Severity.CRITICAL, text, text, SPIKE.window, 1.0, {"url": url, "text": text}
    )
    letters = (letter(hostile), letter(hostile, SPIKE, hostile, waiting=2), over(hostile), over(hostile, SPIKE))
    marked = ended(render(letter(hostile), "slack", PARIS), over(hostile), PARIS)
    for each, message in [*((one, render(one, "slack", PARIS)) for one in letters), (letters[2], marked)]:
        assert violations(message["blocks"]) == []
        assert not too_long(message["blocks"])
        assert {special.kind for special in specials_of_message(message)} <= {"link"}
        assert all(special.target.startswith(("http://", "https://")) for special in specials_of_message(message))
        assert '"mrkdwn"' not in json.dumps(message["blocks"])
        assert message["text"]
        plain = str(render(each, "console", PARIS)["text"])
        bad = {letter for letter in plain if unicodedata.category(letter)[0] == "C" and letter not in "\n\u200c\u200d"}
        assert bad == set()
    key = delivery_key(hostile, NOON, 1)
    assert key.isascii()
    assert key.isprintable()
    assert len(key) < 220


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_text(text: str) -> None:
    check(text, "https://example.org/x")


@pytest.mark.parametrize("url", HOSTILE_URLS.values(), ids=HOSTILE_URLS.keys())
def test_hostile_address_is_no_link_or_a_tame_one(url: str) -> None:
    check("Acme", url)


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_stays_text(text: str, rest: str) -> None:
    check(text, "https://example.org/" + rest)


@given(st.text(st.characters(min_codepoint=0x10000, max_codepoint=0x1F9FF), min_size=900, max_size=1000))
def test_the_widest_text_fits_into_a_message(text: str) -> None:
    check(text, "https://example.org/" + "a" * 470)
