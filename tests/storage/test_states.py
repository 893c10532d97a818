from __future__ import annotations

from datetime import datetime

from storage.database import Database
from storage.records import Json, QueryState
from storage.states import load_states, save_states
from tests.storage.made import at

DUE = at(1)


def state(key: str, due: datetime = DUE) -> QueryState:
    cursor: dict[str, Json] = {"after": "t3_1", "seen": [1, 2.5, None, True], "odd": "a\x00b \ud83d 삼"}
    return QueryState(key, "rss", cursor, due, 2, at(0), None)


def test_state_comes_back_as_it_was(database: Database) -> None:
    with database.write() as conn:
        save_states(conn, [state("a")])
        save_states(conn, [state("b")])
        save_states(conn, [state("a", due=at(5))])
    with database.read() as conn:
        assert load_states(conn) == {"a": state("a", due=at(5)), "b": state("b")}
        assert load_states(conn, ["b", "never polled"]) == {"b": state("b")}
        assert load_states(conn, []) == {}
