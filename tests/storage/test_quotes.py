"""Which mentions of a brand may be quoted, on both databases."""

from __future__ import annotations

from dataclasses import replace

from storage.database import Database
from storage.mentions import erase, save
from storage.quotes import quotable
from storage.records import Heard, Label, Span
from tests.storage.made import at, heard

DAY = Span(at(0), at(24))


def undecided(one: Heard) -> Heard:
    """The same mention, of which it is not known which words decided."""
    hits = tuple(replace(hit, sentiment=replace(hit.sentiment, evidence=None)) for hit in one.hits)
    return replace(one, hits=hits)


def found(database: Database, *made: Heard, label: Label = Label.POSITIVE, brand: str = "acme") -> list[str]:
    with database.write() as conn:
        save(conn, list(made), at(30))
    with database.read() as conn:
        return [one.mention.native_id for one in quotable(conn, DAY, brand, [label])]


def test_strength_is_how_clear_the_sentiment_is_and_up_to_twice_that_where_people_took_notice(
    database: Database,
) -> None:
    told = found(
        database,
        heard("noticed", compound=0.5, engagement=80, story=1),  # 0.5 * (1 + 80 / 100) = 0.9
        heard("clear", compound=0.8, engagement=None, story=2),  # 0.8
        heard("voted down", compound=0.7, engagement=-15, story=3),  # 0.7
        heard("half", compound=0.5, engagement=20, story=4),  # 0.5 * 1.5 = 0.75
    )

    assert told == ["noticed", "clear", "half", "voted down"]


def test_each_label_is_asked_for_by_itself(database: Database) -> None:
    mentions = [heard("good", compound=0.9, story=1), heard("bad", compound=-0.4, story=2), heard("so", compound=0.0)]
    with database.write() as conn:
        save(conn, mentions, at(30))
        both = [one.mention.native_id for one in quotable(conn, DAY, "acme")]
        negative = [one.mention.native_id for one in quotable(conn, DAY, "acme", [Label.NEGATIVE])]

    assert (both, negative) == (["good", "bad"], ["bad"])


def test_mention_without_words_that_decided_is_passed_over(database: Database) -> None:
    assert found(database, undecided(heard("1", compound=0.9)), heard("2", compound=0.1, story=8)) == ["2"]


def test_window_holds_its_start_and_not_its_end_and_another_brand_is_another(database: Database) -> None:
    told = found(
        database,
        heard("start", when=at(0), story=1),
        heard("end", when=at(24), story=2),
        heard("other", when=at(3), brands=("globex",), story=3),
    )

    assert told == ["start"]


def test_erased_mention_is_not_quoted(database: Database) -> None:
    with database.write() as conn:
        save(conn, [heard("kept", story=1), heard("erased", story=2)], at(30))
        erase(conn, "rss", ["erased"], at(31))
        told = [one.mention.native_id for one in quotable(conn, DAY, "acme")]

    assert told == ["kept"]


def test_eight_of_a_label_are_given_the_earliest_of_equals_first(database: Database) -> None:
    told = found(database, *(heard(str(place), when=at(23 - place), story=place) for place in range(12)))

    assert told == ["11", "10", "9", "8", "7", "6", "5", "4"]
