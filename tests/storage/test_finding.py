"""Mentions found by their names, and counted; searches stand in test_mentions."""

from __future__ import annotations

import pytest

from storage.database import Database
from storage.mentions import MentionFilter, erase, how_many, identified, save
from storage.records import Label
from tests.storage.made import at, heard

MENTIONS = [
    heard("12", source="rss", when=at(1), url="https://example.org/a"),
    heard("12", source="hackernews", when=at(2), url="https://example.org/b"),
    heard("https://example.org/c:1", source="rss", when=at(3), url="https://example.org/a"),
    heard("posts:7", source="r/acme", when=at(4), url=None, brands=("acme", "globex"), compound=-0.5),
    heard("gone", source="rss", when=at(5), url="https://example.org/gone"),
]


@pytest.fixture
def kept(database: Database) -> Database:
    with database.write() as conn:
        save(conn, MENTIONS, at(6))
        erase(conn, "rss", ["gone"], at(7))
    return database


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [
        pytest.param("rss:12", None, [1], id="source and native id"),
        pytest.param("rss:https://example.org/c:1", None, [3], id="a native id with colons"),
        pytest.param("r/acme:posts:7", None, [4], id="a source of a file"),
        pytest.param("posts:7", None, [4], id="a native id alone"),
        pytest.param("12", None, [2, 1], id="a native id of two sources"),
        pytest.param("https://example.org/b", None, [2], id="an address"),
        pytest.param("https://example.org/a", None, [3, 1], id="an address of two"),
        pytest.param("m4", 4, [4], id="a number"),
        pytest.param("12", 4, [4, 2, 1], id="a number beside native ids"),
        pytest.param("rss:gone", None, [], id="an erased one"),
        pytest.param("https://example.org/gone", 5, [], id="an erased one by address or number"),
        pytest.param("rss:1", None, [], id="a part of a native id"),
        pytest.param("", None, [], id="nothing"),
        pytest.param("\0\ud800", None, [], id="what no database keeps"),
    ],
)
def test_a_mention_is_known_by_its_names(kept: Database, name: str, number: int | None, expected: list[int]) -> None:
    with kept.read() as conn:
        assert [stored.id for stored in identified(conn, name, number, 10)] == expected


def test_no_more_are_given_than_asked(kept: Database) -> None:
    with kept.read() as conn:
        assert len(identified(conn, "12", None, 1)) == 1


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (MentionFilter(), 4),
        (MentionFilter(brand="acme"), 4),
        (MentionFilter(brand="globex"), 1),
        (MentionFilter(sentiment=Label.NEGATIVE), 1),
        (MentionFilter(since=at(2), until=at(4)), 2),
        (MentionFilter(limit=1), 4),
    ],
    ids=str,
)
def test_counting_gives_what_finding_would(kept: Database, wanted: MentionFilter, expected: int) -> None:
    with kept.read() as conn:
        assert how_many(conn, wanted) == expected
