"""A look is kept as a whole or not at all; what was told is not told again, whoever is killed."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from config.load import read_settings
from overheard.alerts.looking import EVERY, assess, look, look_if_needed, look_when_due
from overheard.app import App
from overheard.kinds import all_kinds
from storage import acknowledgements, alerts, outbox, silences
from storage.alert_records import Decision, Silence, Why
from storage.database import Database
from storage.records import Act, Delivery, QueryState, Span
from storage.states import save_states
from tests.overheard.home import CONFIG, at, home, polled

ALERTS = '[[alerts]]\nrule = "source_silent"\n'
KEY = "file:posts.csv"
MESSAGE = "alert:source_silent:all:2026-07-06T12:00:00+00:00:1"
OVER = "alert:source_silent:all:2026-07-06T12:00:00+00:00:over"


def silent(app: App, failures: int = 3) -> None:
    """Let the only source have failed since 8 o'clock; with 0 failures it answers now."""
    with app.database.write() as conn:
        save_states(conn, [QueryState(KEY, "file", {}, at(7), failures, at(6, 8) if failures else app.clock(), None)])


def waiting(database: Database) -> list[Delivery]:
    with database.read() as conn:
        return outbox.due(conn, at(30))


def remembered(database: Database) -> tuple[object, ...]:
    """Everything that looks have kept."""
    with database.read() as conn:
        return alerts.load_states(conn), alerts.history(conn, at(1)), alerts.last_look(conn), outbox.due(conn, at(30))


def test_a_look_keeps_history_states_and_messages(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(6, 12), ALERTS)
    polled(app, Span(at(6, 7), at(6, 8)))
    silent(app)

    outcome = look(app)

    with database.read() as conn:
        assert alerts.load_states(conn) == {state.alert.id: state for state in outcome.states}
        assert [(one.alert.id, one.decision, one.why) for one in alerts.history(conn, at(1))] == [
            ("source_silent:all", "told", "new"),
            (f"source_silent:{KEY}", "dropped", "inhibited"),
        ]
        assert alerts.last_look(conn) == at(6, 12)
    (delivery,) = waiting(database)
    assert (delivery.key, delivery.channel, delivery.parent) == (MESSAGE, "console", None)
    assert str(delivery.payload["text"]).startswith("Overheard alert: Critical: everything is silent")


def test_looking_without_keeping_changes_nothing(database: Database, tmp_path: Path) -> None:
    app, clock = home(database, tmp_path, at(6, 12), ALERTS)
    polled(app, Span(at(6, 7), at(6, 8)))
    silent(app)

    with database.read() as conn:
        outcome = assess(app, conn, clock.now).outcome

    assert len(outcome.messages) == 1
    assert remembered(database) == ({}, [], None, [])


def test_what_is_told_is_told_once_and_its_end_in_its_thread(database: Database, tmp_path: Path) -> None:
    app, clock = home(database, tmp_path, at(6, 12), ALERTS)
    polled(app, Span(at(6, 7), at(6, 8)))
    silent(app)

    look(app)
    clock.now = at(6, 12, 30)
    look(app)
    silent(app, failures=0)
    clock.now = at(6, 13)
    look(app)

    first, over = waiting(database)
    assert (first.key, over.key, over.parent) == (MESSAGE, OVER, MESSAGE)
    assert over.payload["thread"] is True
    assert remembered(database)[0] == {}


def test_in_slack_the_message_is_marked_as_over_before_its_thread_is_told(database: Database, tmp_path: Path) -> None:
    slack = '[slack]\ntoken = "env:T"\nchannel = "#crisis"\n'
    app, clock = home(database, tmp_path, at(6, 12), ALERTS + slack)
    polled(app, Span(at(6, 7), at(6, 8)))
    silent(app)

    look(app)
    silent(app, failures=0)
    clock.now = at(6, 13)
    look(app)

    first, edit, note = waiting(database)
    assert (first.key, edit.key, note.key) == (MESSAGE, f"{OVER}:edit", OVER)
    assert (edit.act, edit.parent, edit.channel) == (Act.EDIT, MESSAGE, "slack")
    assert str(edit.payload["text"]).startswith("Over: everything is silent")
    told, changed = first.payload["blocks"], edit.payload["blocks"]
    assert isinstance(told, list)
    assert isinstance(changed, list)
    assert changed[2:] == told[1:]
    assert (note.act, note.parent) == (Act.POST, MESSAGE)


def test_a_look_that_breaks_keeps_nothing_and_the_next_one_tells(sqlite_database: Database, tmp_path: Path) -> None:
    app, _ = home(sqlite_database, tmp_path, at(6, 12), ALERTS)
    polled(app, Span(at(6, 7), at(6, 8)))
    silent(app)
    with sqlite_database.write() as conn:
        conn.exec_driver_sql("CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'disk full'); END")

    with pytest.raises(sa.exc.DatabaseError, match="disk full"):
        look(app)
    assert remembered(sqlite_database) == ({}, [], None, [])
    with sqlite_database.write() as conn:
        conn.exec_driver_sql("DROP TRIGGER full")
    look(app)

    assert [delivery.key for delivery in waiting(sqlite_database)] == [MESSAGE]


def test_a_look_is_due_five_minutes_after_the_last_and_when_the_clock_was_wrong(
    database: Database, tmp_path: Path
) -> None:
    app, clock = home(database, tmp_path, at(6, 12), ALERTS)
    looked = []
    for moment in (at(6, 12), at(6, 12, 4), at(6, 12, 5), at(6, 12, 9), at(6, 11)):
        clock.now = moment
        looked.append(look_when_due(app) is not None)

    assert timedelta(minutes=5) == EVERY
    assert looked == [True, False, True, False, True]


def test_before_the_first_poll_nothing_is_told(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(6, 12), ALERTS)
    silent(app)

    assert look(app).decided == ()


def test_a_silence_in_the_store_is_heeded(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(6, 12), ALERTS)
    polled(app, Span(at(6, 7), at(6, 8)))
    silent(app)
    with database.write() as conn:
        silences.add(conn, Silence(0, at(6), at(7), rule="source_silent"))

    assert look(app).messages == ()


def test_what_a_rule_found_that_is_switched_off_is_over(database: Database, tmp_path: Path) -> None:
    app, clock = home(database, tmp_path, at(6, 12), ALERTS)
    polled(app, Span(at(6, 7), at(6, 8)))
    silent(app)
    look(app)
    off = App(app.path, read_settings(CONFIG, app.path, all_kinds()), database, clock)

    clock.now = at(6, 13)
    assert look_if_needed(off) is not None
    assert [delivery.key for delivery in waiting(database)] == [MESSAGE, OVER]

    clock.now = at(6, 14)
    assert look_when_due(off) is None
    assert look_if_needed(off) is None


def test_without_alerts_in_the_config_nothing_is_looked_for_or_kept(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(6, 12), ALERTS + "enabled = false\n")
    polled(app, Span(at(6, 7), at(6, 8)))
    silent(app)

    assert look_when_due(app) is None
    assert remembered(database) == ({}, [], None, [])


def test_messages_of_the_last_hour_count_though_they_were_put_by_another_process(
    database: Database, tmp_path: Path
) -> None:
    app, _ = home(database, tmp_path, at(6, 12), ALERTS + "[alerting]\nper_hour = 1\n")
    polled(app, Span(at(6, 7), at(6, 8)))
    silent(app)
    with database.write() as conn:
        outbox.put(conn, [Delivery("alert:volume_spike:acme:1", "console", {"text": "x"}, at(6, 11, 30))])

    held = look(app)

    assert held.messages == ()
    assert [one.why.value for one in held.decided] == ["inhibited", "over_budget"]


def test_what_nobody_takes_care_of_goes_once_to_the_channel_for_that(database: Database, tmp_path: Path) -> None:
    slack = '[slack]\ntoken = "env:TOKEN"\nchannel = "C0ALERTS00"\n'
    boss = '[alerting]\nper_hour = 1\nescalate_to = "#bosses"\nescalate_mention = ["U0ANN00000"]\n'
    app, clock = home(database, tmp_path, at(6, 12), ALERTS + slack + boss)
    polled(app, Span(at(6, 7), at(6, 8)))
    silent(app)

    for minutes in (0, 30, 35, 90):
        clock.now = at(6, 12) + timedelta(minutes=minutes)
        look(app)

    first, escalated = waiting(database)
    assert (first.key, first.channel) == (MESSAGE, "slack")
    assert (escalated.key, escalated.channel, escalated.parent) == (
        "alert:source_silent:all:2026-07-06T12:00:00+00:00:escalated",
        "slack:bosses",
        None,
    )
    assert '{"type": "user", "user_id": "U0ANN00000"}' in json.dumps(escalated.payload)
    with database.read() as conn:
        assert alerts.load_states(conn)["source_silent:all"].escalated_at == at(6, 12, 30)
        told = [one.why for one in alerts.history(conn, at(1)) if one.decision is Decision.TOLD]
    assert told == [Why.ESCALATED, Why.NEW]


def test_an_acknowledged_alert_is_not_escalated(database: Database, tmp_path: Path) -> None:
    people = '[slack]\nwebhook = "env:HOOK"\n[alerting]\nescalate_mention = ["U0ANN00000"]\n'
    app, clock = home(database, tmp_path, at(6, 12), ALERTS + people)
    polled(app, Span(at(6, 7), at(6, 8)))
    silent(app)
    look(app)
    with database.write() as conn:
        acknowledgements.acknowledge(conn, "source_silent", "all", at(6, 12, 10), "Ann")
    clock.now = at(6, 13)

    assert look(app).messages == ()
