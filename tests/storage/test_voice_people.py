"""Who speaks of a brand and whom they reach, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.database import Database
from storage.mentions import save
from storage.records import Heard, Kind, Label, Span
from storage.voice_people import authors_by_label, reaches
from tests.storage.made import at, heard

WINDOW = Span(at(0), at(24))


def reaching(mention: Heard, reach: int, kind: Kind = Kind.ARTICLE) -> Heard:
    return replace(mention, mention=replace(mention.mention, reach=reach, kind=kind))


def test_each_author_counts_once_by_the_balance_of_what_they_say(database: Database) -> None:
    said: list[tuple[str | None, float | None]] = [
        ("ann", 0.5),
        ("ann", 0.5),
        ("ann", -0.5),
        ("bob", -0.5),
        ("cid", 0.5),
        ("cid", -0.5),
        ("dan", 0.0),
    ]
    said += [("eve", None), (None, 0.5)]
    mentions = [heard(str(place), author=author, compound=worth) for place, (author, worth) in enumerate(said)]
    with database.write() as conn:
        save(conn, mentions, at(30))
        found = authors_by_label(conn, WINDOW, "acme")

    assert found == {Label.POSITIVE: 1, Label.NEUTRAL: 2, Label.NEGATIVE: 1}


@pytest.mark.parametrize(
    ("brand", "window"), [("globex", WINDOW), ("acme", Span(at(24), at(48)))], ids=["another brand", "another time"]
)
def test_of_nobody_no_author_is_known(database: Database, brand: str, window: Span) -> None:
    with database.write() as conn:
        save(conn, [heard("1")], at(30))

        assert authors_by_label(conn, window, brand) == {}
        assert list(reaches(conn, window, brand)) == []


def test_the_reach_of_a_mention_is_given_where_its_source_states_it(database: Database) -> None:
    with database.write() as conn:
        save(
            conn,
            [reaching(heard("1", author=None), 500), heard("2"), reaching(heard("3", when=at(1)), 7, Kind.POST)],
            at(30),
        )
        found = sorted(reaches(conn, WINDOW, "acme"))

    assert [(when, url, kind, reach) for when, _, url, kind, reach in found] == [
        (at(0), "https://example.org/1", Kind.ARTICLE, 500),
        (at(1), "https://example.org/1", Kind.POST, 7),
    ]
    assert [author is None for _, author, *_ in found] == [True, False]
