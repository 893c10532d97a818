from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa

from storage.coverage import record_runs
from storage.database import Database
from storage.mentions import erase, save
from storage.records import Reason, Run
from storage.tables import campaign_results, metadata
from storage.views import VIEWS
from tests.storage.made import at, heard

PAGE = (Path(__file__).parents[2] / "docs" / "database.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)

MENTIONS = [
    heard("a1", text="Acme is good", author="ann", when=at(1), engagement=3, compound=0.5, story=1),
    heard("a2", text="Acme is good!", author="bob", when=at(2), engagement=None, compound=0.25, story=1),
    heard("a3", text="Acme fails", author="ann", when=at(25), engagement=10, compound=-0.5, story=2),
    heard("g1", text="Globex", author=None, when=at(3), brands=("globex",), compound=None, story=3),
    heard("b1", text="Acme and Globex", author="cid", when=at(26), brands=("acme", "globex"), compound=-0.25, story=4),
    heard("x1", text="Globex erased", author="dan", when=at(4), brands=("globex",), compound=0.0, story=5),
]
EXPECTED: list[list[tuple[object, ...]]] = [
    [
        ("2013-08-05", "acme", 2, 50),
        ("2013-08-05", "globex", 2, 50),
        ("2013-08-06", "acme", 2, 75),
        ("2013-08-06", "globex", 1, 25),
    ],
    [("acme", 4, 3.5 / 6), ("globex", 3, 2.5 / 6)],
    [("2013-08-06", "acme", 0, 2, -1.0), ("2013-08-06", "globex", 0, 1, -1.0)],
    [("a3", "ann", "Acme fails", 10), ("b1", "cid", "Acme and Globex", 3)],
    [("rss", "ann", 2), ("rss", "bob", 1), ("rss", "cid", 1)],
    [("b1", "negative", "negative")],
    [(1, 2)],
    [("unscored:ko", 1)],
    [("Launch", "EUR", 30.5, 0.61), ("Rest", "EUR", 1.0, None)],
    [("rss:feed", "timeout", 2)],
]


def _fill(database: Database) -> None:
    with database.write() as conn:
        save(conn, MENTIONS, at(30))
        erase(conn, "rss", ["x1"], at(31))
        for reason in (Reason.TIMEOUT, None, Reason.TIMEOUT):
            record_runs(conn, [Run("rss:feed", "rss", at(1), at(1.1), None, reason=reason)])
        for campaign, day, end, spend, clicks in (
            ("Launch", 5, 6, "10.25", 20),
            ("Launch", 6, 7, "20.25", 30),
            ("Rest", 5, 6, "1", None),
            ("Launch", 5, 12, "999", 1),
        ):
            row: dict[str, object] = {
                "platform": "meta",
                "account": "",
                "campaign_key": campaign,
                "campaign": campaign,
                "content": "",
            }
            row |= {"currency": "EUR", "file_sha256": "00", "imported_at": at(30), "clicks": clicks, "file_row": 1}
            row |= {"start_day": date(2013, 8, day), "end_day": date(2013, 8, end)}
            conn.execute(campaign_results.insert().values(row | {"spend_millionths": int(Decimal(spend) * 1_000_000)}))


def test_ten_queries_give_what_the_page_promises(database: Database) -> None:
    _fill(database)
    with database.read() as conn:
        answers = [[_plain(row) for row in conn.exec_driver_sql(query)] for query in QUERIES]
    assert len(QUERIES) == 10
    assert answers == EXPECTED


def _plain(row: sa.Row[tuple[object, ...]]) -> tuple[object, ...]:
    return tuple(round(float(value), 9) if isinstance(value, Decimal | float) else value for value in row)


EXPECTED = [[tuple(round(v, 9) if isinstance(v, float) else v for v in row) for row in rows] for rows in EXPECTED]


def test_page_names_every_table_and_column_and_no_other() -> None:
    written = {
        name: re.findall(r"^\| `(\w+)` \|", body, re.MULTILINE)
        for name, body in re.findall(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    }
    del written["mention_words"]
    assert written == {table.name: [column.name for column in table.columns] for table in metadata.tables.values()}


def test_page_names_every_view_with_its_columns(database: Database) -> None:
    written = {
        name: [column.split(" (")[0] for column in re.split(r", (?![^()]*\))", columns)]
        for name, columns in re.findall(r"^\| `(v_\w+)` \|.*\| (.*) \|$", PAGE, re.MULTILINE)
    }
    with database.read() as conn:
        made = {name: list(conn.exec_driver_sql(f"SELECT * FROM {name}").keys()) for name in VIEWS}  # noqa: S608  # our own names
    assert written == made
