"""Texts drawn of a brand: evenly, always the same, and none that was not known, on both databases."""

from __future__ import annotations

from dataclasses import replace

from storage.database import Database
from storage.mentions import save
from storage.records import Span
from storage.samples import drawn_texts, mentions_there
from tests.storage.made import at, heard

DAY = Span(at(0), at(24))


def fill(database: Database, number: int) -> None:
    made = [heard(str(place), when=at(24 * place / number), author=f"a{place}", story=place) for place in range(number)]
    with database.write() as conn:
        save(conn, made, at(30))


def test_part_is_drawn_evenly_and_a_greater_one_holds_it(database: Database) -> None:
    fill(database, 1000)
    with database.read() as conn:
        tenth = {one.id for one in drawn_texts(conn, DAY, "acme", 0.1)}
        half = {one.id for one in drawn_texts(conn, DAY, "acme", 0.5)}
        halves = [len(drawn_texts(conn, Span(at(0 + 12 * part), at(12 + 12 * part)), "acme", 0.1)) for part in (0, 1)]
        there = mentions_there(conn, DAY, "acme")

    assert there == 1000
    assert 95 <= len(tenth) <= 105
    assert 495 <= len(half) <= 505
    assert tenth < half
    assert all(45 <= number <= 55 for number in halves)


def test_all_of_it_is_given_by_time_with_title_and_text(database: Database) -> None:
    later, sooner = heard("1", when=at(5), title="Acme", text="is good"), heard("2", when=at(1), author=None, story=8)
    with database.write() as conn:
        save(conn, [later, sooner, heard("3", brands=("globex",))], at(30))
        first, second = drawn_texts(conn, DAY, "acme", 1.0)

    assert (first.at, first.author, first.body, first.story) == (at(1), None, "Acme is good", 8)
    assert (second.at, second.body, second.source) == (at(5), "Acme\nis good", "rss")
    assert second.author is not None


def test_what_came_later_is_not_known_but_for_what_was_read_back(database: Database) -> None:
    with database.write() as conn:
        save(conn, [heard("old", when=at(1), story=1)], at(30))
        save(conn, [replace(heard("late", when=at(20), story=2))], at(30))
        known = drawn_texts(conn, DAY, "acme", 1.0, known=at(25), began=at(10))
        strict = drawn_texts(conn, DAY, "acme", 1.0, known=at(25))

    assert [one.at for one in known] == [at(1)]
    assert strict == []
