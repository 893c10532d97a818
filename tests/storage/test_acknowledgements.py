from __future__ import annotations

from dataclasses import replace

from storage import acknowledgements, alerts
from storage.alert_records import Acknowledgement, Alert, AlertState, Decision, Severity, Why
from storage.database import Database
from storage.records import Span
from tests.storage.made import at

SPIKE = Alert("volume_spike", "acme", "acme", Severity.WARNING, "Acme", "", Span(at(1), at(2)))
TOLD = AlertState(SPIKE, at(1), at(3), Decision.TOLD, Why.NEW, told=1, told_at=at(1))
ANN = Acknowledgement("volume_spike", "acme", at(1), at(2), "Ann")


def test_the_first_who_takes_care_of_an_alert_counts_however_often_it_is_said(database: Database) -> None:
    with database.write() as conn:
        alerts.replace_states(conn, [TOLD])
        assert acknowledgements.acknowledge(conn, "volume_spike", "acme", at(2), "Ann") == ANN
        assert acknowledgements.acknowledge(conn, "volume_spike", "acme", at(2), "Ann") == ANN
        assert acknowledgements.acknowledge(conn, "volume_spike", "acme", at(3), "Bob") == ANN
    with database.read() as conn:
        assert acknowledgements.standing(conn) == {"volume_spike:acme": ANN}
        assert ANN.covers(alerts.load_states(conn)["volume_spike:acme"])


def test_an_alert_that_does_not_stand_cannot_be_acknowledged(database: Database) -> None:
    with database.write() as conn:
        alerts.replace_states(conn, [TOLD])
        assert acknowledgements.acknowledge(conn, "volume_spike", "globex", at(2), "Ann") is None
        assert acknowledgements.acknowledge(conn, "volume_drop", "acme", at(2), None) is None
        assert acknowledgements.standing(conn) == {}


def test_it_ends_with_the_alert_and_does_not_count_when_that_comes_again(database: Database) -> None:
    with database.write() as conn:
        alerts.replace_states(conn, [TOLD])
        acknowledgements.acknowledge(conn, "volume_spike", "acme", at(2), "Ann")
        alerts.replace_states(conn, [])
        assert acknowledgements.standing(conn) == {}
        again = replace(TOLD, first_at=at(5), told_at=at(5))
        alerts.replace_states(conn, [again])
        assert acknowledgements.standing(conn) == {}
        assert not ANN.covers(again)
        bob = acknowledgements.acknowledge(conn, "volume_spike", "acme", at(6), None)
        assert bob == Acknowledgement("volume_spike", "acme", at(5), at(6), None)


def test_what_was_told_again_after_it_waits_for_a_new_one(database: Database) -> None:
    worse = replace(TOLD, told=2, told_at=at(4))
    with database.write() as conn:
        alerts.replace_states(conn, [TOLD])
        acknowledgements.acknowledge(conn, "volume_spike", "acme", at(2), "Ann")
        alerts.replace_states(conn, [worse])
        assert acknowledgements.standing(conn) == {}
        assert not ANN.covers(worse)
        bob = acknowledgements.acknowledge(conn, "volume_spike", "acme", at(5), "Bob")
        assert acknowledgements.standing(conn) == {"volume_spike:acme": bob}


def test_texts_that_no_database_keeps_are_kept_as_it_can(database: Database) -> None:
    odd = replace(TOLD, alert=replace(SPIKE, key="a\x00b"))
    with database.write() as conn:
        alerts.replace_states(conn, [odd])
        kept = acknowledgements.acknowledge(conn, "volume_spike", "a\x00b", at(2), "A\x00nn")
        assert kept == Acknowledgement("volume_spike", "a\ufffdb", at(1), at(2), "A\ufffdnn")
        assert acknowledgements.standing(conn) == {"volume_spike:a\ufffdb": kept}
