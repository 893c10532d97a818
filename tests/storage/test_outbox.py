from __future__ import annotations

from dataclasses import replace

from storage.database import Database
from storage.figures import keep, shown
from storage.outbox import due, get, opened, put, update
from storage.records import Delivery, DeliveryState, Figure, Reason, Span
from tests.storage.made import at


def delivery(key: str, **changes: object) -> Delivery:
    made = Delivery(key, "slack", {"text": "hi", "blocks": [{"type": "divider"}], "thread": False}, at(0))
    return replace(made, **changes)  # type: ignore[arg-type]  # any field, by its name


def test_a_key_is_taken_once_and_for_ever(database: Database) -> None:
    with database.write() as conn:
        assert put(conn, [delivery("a"), delivery("b")]) == 2
        assert put(conn, [delivery("a", channel="console"), delivery("c"), delivery("c")]) == 1
        assert put(conn, [delivery("a")]) == put(conn, []) == 0
        assert get(conn, "a") == delivery("a")
        assert get(conn, "z") is None


def test_due_is_what_waits_and_whose_time_has_come_in_order_of_creation(database: Database) -> None:
    waiting = [
        delivery("later", created_at=at(1)),
        delivery("first"),
        delivery("half-sent", state=DeliveryState.SENDING, sending_since=at(0)),
        delivery("not yet", next_attempt_at=at(9)),
        delivery("its time", next_attempt_at=at(2)),
        delivery("sent", state=DeliveryState.SENT, sent_at=at(1), reference="1.2"),
        delivery("blocked", state=DeliveryState.BLOCKED, reason=Reason.AUTH, detail="no"),
    ]
    with database.write() as conn:
        put(conn, waiting)
        assert [one.key for one in due(conn, at(2))] == ["first", "half-sent", "its time", "later"]
        assert [one.key for one in due(conn, at(2), limit=1)] == ["first"]
        assert {key: get(conn, key) for key in ("sent", "blocked")} == {
            one.key: one for one in waiting if one.key in {"sent", "blocked"}
        }


def test_answers_to_a_message_that_waits_do_not_stand_in_the_way_of_others(database: Database) -> None:
    with database.write() as conn:
        put(conn, [delivery("waits", next_attempt_at=at(9), attempts=1)])
        put(conn, [delivery(f"answer {number}", parent="waits") for number in range(5)])
        put(
            conn, [delivery("its turn"), delivery("answer to it", parent="its turn"), delivery("lost", parent="nobody")]
        )
        assert [one.key for one in due(conn, at(2), limit=3)] == ["its turn", "answer to it", "lost"]
        assert len(due(conn, at(9))) == 9


def test_time_that_a_wrong_clock_has_noted_holds_nothing_up(database: Database) -> None:
    in_2031 = at(24 * 365 * 18)
    with database.write() as conn:
        put(conn, [delivery("noted in 2031", next_attempt_at=in_2031), delivery("in a day", next_attempt_at=at(24))])
        put(conn, [delivery("answer", parent="noted in 2031"), delivery("waits", parent="in a day")])
        assert [one.key for one in due(conn, at(0))] == ["noted in 2031", "answer"]
        assert [one.key for one in due(conn, in_2031)] == ["noted in 2031", "in a day", "answer", "waits"]


def test_messages_opened_lately_are_those_of_a_prefix_and_a_channel_that_answer_none(database: Database) -> None:
    with database.write() as conn:
        put(
            conn,
            [
                delivery("alert:late", created_at=at(3)),
                delivery("alert:a", created_at=at(1)),
                delivery("alert:b", created_at=at(2)),
                delivery("alert:b:over", created_at=at(3), parent="alert:b"),
                delivery("digest:day", created_at=at(3)),
                delivery("alert:a:escalated", created_at=at(3), channel="slack:C0BOSSES00"),
            ],
        )
        assert opened(conn, "alert:", "slack", at(2)) == [at(2), at(3)]
        assert opened(conn, "alert:", "slack:C0BOSSES00", at(2)) == [at(3)]
        assert opened(conn, "alert_", "slack", at(0)) == []


def test_update_keeps_every_field(database: Database) -> None:
    sent = delivery("a", state=DeliveryState.SENT, attempts=3, sent_at=at(4), reference="17.1", parent="p")
    with database.write() as conn:
        put(conn, [delivery("a")])
        update(conn, sent)
        assert get(conn, "a") == sent


def test_number_shown_again_in_one_message_replaces_itself_and_other_messages_add_up(database: Database) -> None:
    figure = Figure("sov.acme", 0.25, Span(at(0), at(24)), "a / b", {"a": 1, "b": 4}, at(25), "digest#1")
    other = replace(figure, shown_in="digest#2", shown_at=at(49), value=None)
    with database.write() as conn:
        keep(conn, [figure])
        keep(conn, [replace(figure, value=0.5), other])
        assert shown(conn, "sov.acme") == [other, replace(figure, value=0.5)]
        assert shown(conn, "sov.none") == []
