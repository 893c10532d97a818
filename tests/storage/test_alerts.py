from __future__ import annotations

from dataclasses import replace

import pytest

from storage import alerts, silences
from storage.alert_records import Alert, AlertState, Decided, Decision, Severity, Silence, Why
from storage.database import Database
from storage.records import Span
from tests.storage.made import at

SPIKE = Alert(
    "volume_spike",
    "acme",
    "acme",
    Severity.WARNING,
    "Acme: 40 mentions, usually 4",
    "odd: a\x00b \ud83d 삼",
    Span(at(1), at(2)),
    strength=4.5,
    evidence={"mentions": 40, "stories": [1, 2], "why": None},
)
QUERY = Alert("source_silent", "rss:a", None, Severity.CRITICAL, "rss:a", "", Span(at(0), at(2)), lasting=False)
UNTOLD = AlertState(QUERY, at(1), at(2), Decision.HELD, Why.QUIET_HOURS)


def stored(alert: Alert) -> Alert:
    """The alert as a database keeps its texts."""
    return replace(alert, body=alert.body.replace("\x00", "\ufffd").replace("\ud83d", "\ufffd"))


def told(alert: Alert) -> AlertState:
    return AlertState(
        alert,
        first_at=at(1),
        last_at=at(3),
        decision=Decision.TOLD,
        why=Why.GREW,
        told=2,
        told_at=at(2),
        told_strength=2.25,
        told_severity=Severity.WARNING,
        told_in="alert:volume_spike:acme:1",
        escalated_at=at(3),
        until=at(27),
    )


def test_states_come_back_as_they_were_by_their_ids(database: Database) -> None:
    with database.write() as conn:
        alerts.replace_states(conn, [told(SPIKE), UNTOLD])
    with database.read() as conn:
        assert alerts.load_states(conn) == {"source_silent:rss:a": UNTOLD, "volume_spike:acme": told(stored(SPIKE))}


def test_a_state_that_is_not_saved_again_is_forgotten(database: Database) -> None:
    later = replace(UNTOLD, last_at=at(9))
    with database.write() as conn:
        alerts.replace_states(conn, [told(SPIKE), UNTOLD])
        alerts.replace_states(conn, [later])
        assert alerts.load_states(conn) == {"source_silent:rss:a": later}
        alerts.replace_states(conn, [])
        assert alerts.load_states(conn) == {}


def test_the_last_look_is_the_one_that_is_remembered(database: Database) -> None:
    with database.write() as conn:
        assert alerts.last_look(conn) is None
        alerts.note_look(conn, at(2))
        alerts.note_look(conn, at(1))
        assert alerts.last_look(conn) == at(1)


def test_history_comes_back_newest_first(database: Database) -> None:
    first = Decided(SPIKE, Decision.DROPPED, Why.INHIBITED, at(1), "source_silent:all")
    second = Decided(QUERY, Decision.TOLD, Why.NEW, at(2))
    third = Decided(SPIKE, Decision.RESOLVED, Why.OVER, at(2))
    with database.write() as conn:
        alerts.log(conn, [first])
        alerts.log(conn, [second, third])
        alerts.log(conn, [])
    kept = [replace(third, alert=stored(SPIKE)), second, replace(first, alert=stored(SPIKE))]
    with database.read() as conn:
        assert alerts.history(conn, at(0)) == kept
        assert alerts.history(conn, at(2)) == kept[:2]
        assert alerts.history(conn, at(0), limit=1) == kept[:1]


@pytest.mark.parametrize(
    "silence",
    [
        Silence(0, at(1), at(5), note="a\x00b"),
        Silence(0, at(1), at(5), rule="volume_spike", brand="acme", key="acme/rss", by="ann", note="launch day"),
    ],
    ids=["of everything", "of one alert"],
)
def test_silence_gets_a_number_and_stands_until_its_time(database: Database, silence: Silence) -> None:
    with database.write() as conn:
        other = silences.add(conn, Silence(0, at(0), at(2)))
        kept = silences.add(conn, silence)
    assert kept.id > other.id
    expected = replace(kept, note=silence.note.replace("\x00", "\ufffd"))
    with database.read() as conn:
        assert silences.standing(conn, at(1)) == [other, expected]
        assert silences.standing(conn, at(2)) == [expected]
        assert silences.standing(conn, at(5)) == []


def test_silence_that_is_ended_stands_no_more_and_others_do(database: Database) -> None:
    with database.write() as conn:
        one, other = (silences.add(conn, Silence(0, at(0), at(9))) for _ in range(2))
        assert silences.end(conn, one.id, at(3))
        assert not silences.end(conn, one.id, at(3)), "it is over already"
        assert not silences.end(conn, 999, at(3)), "there is none"
        assert silences.standing(conn, at(3)) == [other]
