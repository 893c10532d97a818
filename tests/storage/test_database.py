from __future__ import annotations

from storage.database import Database


def test_what_was_written_is_read(database: Database) -> None:
    with database.write() as conn:
        conn.exec_driver_sql(
            "INSERT INTO leases (name, holder, pid, host, since, token) VALUES ('a','b',1,'h','2020-01-01',1)"
        )
    with database.read() as conn:
        assert conn.exec_driver_sql("SELECT holder FROM leases").scalars().all() == ["b"]
