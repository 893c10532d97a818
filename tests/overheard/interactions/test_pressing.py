"""Buttons, end to end: pressed in the local Slack, written to the store, shown in the message."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from notifier.asking.buttons import fingerprint
from overheard.alerts.looking import look
from overheard.cli.digest import slack_messages
from overheard.digests.periods import period_on
from overheard.digests.reading import digest_of
from overheard.jobs import deliver
from storage import silences
from storage.acknowledgements import standing
from storage.alert_records import AlertState
from storage.alerts import load_states
from storage.corrections import all_corrections
from storage.database import Database
from storage.mentions import erase
from storage.records import Label, QueryState, Span
from storage.relevance import all_labels
from storage.states import save_states
from storage.voice import voice
from tests.doubles.slack import FakeSlack, Fault
from tests.overheard.home import at, polled
from tests.overheard.interactions.hearing import Heard, hearing, text_of

DAY = Span(at(6), at(7))
ALERTS = '[[alerts]]\nrule = "source_silent"\nafter = "1h"\n'


@pytest.fixture
def heard(database: Database, tmp_path: Path, slack: FakeSlack) -> Iterator[Heard]:
    with hearing(database, tmp_path, slack, extra=ALERTS) as made:
        yield made


def mentions(heard: Heard) -> list[int]:
    with heard.app.database.read() as conn:
        return [count.mentions for count in voice(conn, DAY, ["acme", "globex"])]


def actions(message: dict[str, Any]) -> list[str]:
    return [
        str(element.get("action_id"))
        for block in message["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def marks(message: dict[str, Any]) -> list[str]:
    """The lines that say who did what."""
    return [text_of(block) for block in message["blocks"] if block["type"] == "context" and "block_id" in block]


def test_each_story_of_the_first_message_has_buttons_and_no_other_message_has(heard: Heard) -> None:
    first = heard.digest()
    assert actions(first) == [f"{verb}.{place}" for place in (1, 2) for verb in ("relevant", "irrelevant", "tone")]
    assert all(actions(message) == [] for message in heard.posted()[1:])


def test_what_is_printed_is_what_is_posted(heard: Heard) -> None:
    heard.digest()
    settings = heard.app.settings.digests[0]
    with heard.app.database.read() as conn:
        period = period_on(settings, heard.clock.now.date(), heard.app.zone)
        digest = digest_of(heard.app, conn, period, settings, heard.clock.now)
    printed = [message["blocks"] for message in slack_messages(heard.app, digest, period)]
    assert json.dumps(printed) == json.dumps([message["blocks"] for message in heard.posted()])


def test_not_relevant_takes_a_mention_out_of_the_counts_and_the_message_says_who_did_it(heard: Heard) -> None:
    first = heard.digest()
    before = mentions(heard)
    heard.press(first["ts"], "irrelevant.1")
    with heard.app.database.read() as conn:
        [label] = all_labels(conn)
    assert (label.brand, label.relevant, label.by) == ("acme", False, "u0human (U0HUMAN)")
    assert mentions(heard) == [before[0] - 1, before[1]]
    assert marks(first) == ["u0human: not about Acme, counts nowhere any more"]
    heard.press(first["ts"], "relevant.1")
    assert mentions(heard) == before
    assert marks(first) == ["u0human: about Acme"]
    assert heard.told() == []


def test_a_chosen_sentiment_is_the_correction_that_the_command_line_writes(heard: Heard) -> None:
    first = heard.digest()
    heard.press(first["ts"], "tone.1", choice="negative")
    with heard.app.database.read() as conn:
        [made] = all_corrections(conn)
    assert (made.brand, made.label, made.by, made.at) == ("acme", Label.NEGATIVE, "u0human (U0HUMAN)", at(7, 9))
    heard.press(first["ts"], "irrelevant.2")
    assert marks(first) == ["u0human: negative toward Acme", "u0human: not about Globex, counts nowhere any more"]
    heard.press(first["ts"], "tone.1", choice="none")
    with heard.app.database.read() as conn:
        assert all_corrections(conn) == []
    assert marks(first)[0] == "u0human: the sentiment toward Acme is as the scorer says"


def test_a_press_that_slack_hands_over_twice_is_carried_out_once(heard: Heard, slack: FakeSlack) -> None:
    first = heard.digest()
    slack.fail(Fault("duplicate", "interactive"))
    before = len(slack.sockets.envelopes)
    heard.press(first["ts"], "tone.1", choice="negative")
    assert [each.type for each in slack.sockets.envelopes[before:]].count("interactive") == 2
    assert slack.calls.count("chat.update") == 1
    assert marks(first) == ["u0human: negative toward Acme"]


def test_an_edit_that_waits_does_not_undo_a_later_one(heard: Heard, slack: FakeSlack) -> None:
    first = heard.digest()
    slack.fail(Fault("rate_limit", "chat.update"))
    heard.press(first["ts"], "irrelevant.1")
    assert marks(first) == []
    heard.clock.now += timedelta(hours=1)
    heard.press(first["ts"], "tone.2", choice="negative")
    while deliver(heard.app).sent:
        pass
    expected = ["u0human: not about Acme, counts nowhere any more", "u0human: negative toward Globex"]
    assert marks(first) == expected
    assert slack.calls.count("chat.update") == 1  # beside the one that was refused


def test_a_press_on_a_mention_that_was_forgotten_says_so(heard: Heard) -> None:
    first = heard.digest()
    with heard.app.database.write() as conn:
        erase(conn, "file", ["0", "1", "2"], heard.app.clock())
    heard.press(first["ts"], "irrelevant.1")
    heard.press(first["ts"], "tone.1", choice="positive")
    told = "The mention was forgotten, or does not name Acme any more; nothing was done."
    assert heard.told() == [told, told]
    assert marks(first) == []


def test_a_press_of_a_stranger_writes_nothing(database: Database, tmp_path: Path, slack: FakeSlack) -> None:
    with hearing(database, tmp_path, slack, 'users = ["U0LAST1234"]\n') as heard:
        first = heard.digest()
        before = mentions(heard)
        heard.press(first["ts"], "irrelevant.1", user="U0STRANGER")
        assert 'adds "U0STRANGER" to users' in heard.told("U0STRANGER")[0]
        assert mentions(heard) == before
        with heard.app.database.read() as conn:
            assert all_labels(conn) == []


def silent(heard: Heard, failures: int) -> None:
    """Let the only source have failed since 8 o'clock; with 0 failures it answers now."""
    last_ok = at(7, 8) if failures else heard.app.clock()
    with heard.app.database.write() as conn:
        save_states(conn, [QueryState("file:posts.csv", "file", {}, at(8), failures, last_ok, None)])


def alarm(heard: Heard) -> dict[str, Any]:
    """Let everything be silent until an alert is posted."""
    heard.clock.now = at(7, 12)
    polled(heard.app, Span(at(7, 7), at(7, 8)))
    silent(heard, failures=3)
    look(heard.app)
    deliver(heard.app)
    return heard.posted()[-1]


def told_state(heard: Heard) -> AlertState:
    """The alert that was told."""
    with heard.app.database.read() as conn:
        return next(state for state in load_states(conn).values() if state.told)


def test_acknowledge_is_written_shown_and_counts_once(heard: Heard) -> None:
    message = alarm(heard)
    assert actions(message) == ["acknowledge.1", "snooze-1h.1", "snooze-1d.1", "snooze-1w.1"]
    heard.press(message["ts"], "acknowledge.1")
    heard.press(message["ts"], "acknowledge.1", user="U0LAST1234")
    with heard.app.database.read() as conn:
        [kept] = standing(conn).values()
    assert (kept.by, kept.at) == ("u0human (U0HUMAN)", at(7, 12))
    assert (
        marks(message) == ["u0human (U0HUMAN) takes care of it since Tuesday 7 July 2026, 12:00"]
        or "12:00" in marks(message)[0]
    )


@pytest.mark.parametrize(
    ("action", "length"),
    [("snooze-1h.1", timedelta(hours=1)), ("snooze-1d.1", timedelta(days=1)), ("snooze-1w.1", timedelta(weeks=1))],
)
def test_snooze_writes_a_silence_of_that_alert_alone(heard: Heard, action: str, length: timedelta) -> None:
    message = alarm(heard)
    heard.press(message["ts"], action)
    with heard.app.database.read() as conn:
        [silence] = silences.standing(conn, heard.app.clock())
    assert (silence.rule, silence.key, silence.until) == ("source_silent", "all", at(7, 12) + length)
    assert silence.by == "u0human (U0HUMAN)"
    assert "u0human: silent until" in marks(message)[0]
    assert f"overheard silence --end {silence.id}" in marks(message)[0]


def test_what_is_over_has_nothing_left_to_press_and_says_so_to_whoever_is_late(heard: Heard, slack: FakeSlack) -> None:
    message = alarm(heard)
    late = json.loads(json.dumps(message))
    heard.press(message["ts"], "snooze-1h.1")
    heard.clock.now = at(7, 20)
    silent(heard, failures=0)
    look(heard.app)
    while deliver(heard.app).sent:
        pass
    assert actions(message) == []
    assert any("silent until" in text_of(block) for block in message["blocks"])
    message["blocks"] = late["blocks"]  # as somebody sees it whose window is old
    heard.press(message["ts"], "acknowledge.1")
    assert heard.told() == ["That alert is over, and nothing was done."]
    with heard.app.database.read() as conn:
        assert standing(conn) == {}
    assert slack.refusals == []


def test_values_hold_nothing_from_outside(heard: Heard) -> None:
    first = heard.digest()
    message = alarm(heard)
    values = [
        str(option["value"])
        for each in (first, message)
        for block in each["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
        for option in (element.get("options") or [element])
    ]
    state = told_state(heard)
    assert all(value.isascii() and len(value) <= 150 for value in values)
    assert f"source_silent {fingerprint(state.alert)} {state.first_at.isoformat()}" in values
