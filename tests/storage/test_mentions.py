from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from storage.database import Database
from storage.mentions import MentionFilter, erase, find, fingerprints, save, save_all, story_leads
from storage.records import Saved, Span
from storage.tables import stories
from storage.voice import hourly_mentions, mention_total, voice
from tests.storage.made import at, heard

WEEK = Span(at(0), at(24 * 7))


def test_what_was_saved_is_found_as_it_was(database: Database) -> None:
    one = heard("1", title="News", text="Acme and Globex", brands=("acme", "globex"))
    with database.write() as conn:
        saved = save(conn, [one], at(1))
    with database.read() as conn:
        (found,) = find(conn, MentionFilter())
    assert saved == Saved(new=1)
    assert found.mention == one.mention
    assert found.hits == one.hits
    assert found.whole == one.whole
    assert (found.dated, found.collected_at, found.edited_at, found.story_id) == (True, at(1), None, 7)


def test_mention_of_seventeen_brands_still_counts_as_one(database: Database) -> None:
    brands = tuple(f"brand-{number}" for number in range(17))  # the first number that 720720 does not divide by
    with database.write() as conn:
        save(conn, [heard("1", brands=brands)], at(1))
    with database.read() as conn:
        assert mention_total(conn, WEEK) == 1
        assert {round(each.credit * 17, 4) for each in voice(conn, WEEK, brands)} == {1.0}


def test_the_same_batch_twice_writes_nothing_the_second_time(database: Database) -> None:
    batch = [heard("1"), heard("2", when=None), heard("3", brands=("acme", "globex"))]
    with database.write() as conn:
        assert save(conn, batch, at(1)) == Saved(new=3)
    with database.write() as conn:
        before = _changes(conn)
        assert save(conn, batch, at(2)) == Saved(unchanged=3)
        assert _changes(conn) == before


def _changes(conn: Connection) -> int | None:
    """A number that moves when the transaction writes anything."""
    query = "SELECT total_changes()"
    if conn.dialect.name == "postgresql":
        query = "SELECT pg_current_xact_id_if_assigned()::text::bigint"
    changes: int | None = conn.exec_driver_sql(query).scalar_one()
    return changes


def test_what_its_source_erased_stays_erased_and_counted(database: Database) -> None:
    with database.write() as conn:
        save(conn, [heard("1", text="secret words"), heard("2", story=8)], at(1))
        assert erase(conn, "rss", ["1", "9"], at(2)) == 1
        assert save(conn, [heard("1")], at(3)) == Saved(unchanged=1)
        assert [m.mention.native_id for m in find(conn, MentionFilter())] == ["2"]
        assert [m.mention.native_id for m in find(conn, MentionFilter(brand="acme"))] == ["2"]
        assert voice(conn, WEEK, ["acme"])[0].mentions == 2
        assert voice(conn, WEEK, ["acme"])[0].authors == 1
        assert mention_total(conn, WEEK) == 2
        assert [s.story_id for s in fingerprints(conn, at(0))] == [8]


def test_edits_move_words_stories_and_sums_and_keep_the_first_seen_time(database: Database) -> None:
    with database.write() as conn:
        save(conn, [heard("1", text="Ökonomie e-mail 삼성전자 rocks 🔥"), heard("2", when=None, engagement=9)], at(1))
        for words, ids in [
            (("okonomie",), ["1"]),
            (("e-mail", "ROCKS"), ["1"]),
            (("삼성",), ["1"]),
            (("성삼",), []),
            (("🔥",), ["1"]),
            (('"', "good"), []),
            (("good",), ["2"]),
        ]:
            assert [m.mention.native_id for m in find(conn, MentionFilter(words=words))] == ids, words
            assert [m.mention.native_id for m in find(conn, MentionFilter(brand="acme", words=words))] == ids, words
        assert save(conn, [heard("1", text="new words")], at(2)) == Saved(updated=1)
        assert find(conn, MentionFilter(words=("rocks",))) == []
        (story,) = story_leads(conn, WEEK, "acme", 3)
        assert (story.mentions, story.engagement, story.sources, story.lead.mention.native_id) == (2, 12, ("rss",), "2")
        assert hourly_mentions(conn, WEEK, "acme")[0][1] == 1
        assert save(conn, [], at(3), [heard("2", when=None).mention]) == Saved(updated=1)
        assert [m.mention.native_id for m in find(conn, MentionFilter())] == ["1"]
        assert len(hourly_mentions(conn, WEEK, "acme")) == 1
        again = save(conn, [heard("2", when=None)], at(4))
        assert again == Saved(updated=1)
        assert find(conn, MentionFilter(limit=1))[0].mention.published_at == at(1)


def test_window_of_stories_holds_its_start_and_not_its_end(database: Database) -> None:
    batch = [heard("first", when=WEEK.start, story=1), heard("after the last", when=WEEK.end, story=2)]
    with database.write() as conn:
        save(conn, batch, WEEK.end)
    with database.read() as conn:
        assert [story.lead.mention.native_id for story in story_leads(conn, WEEK, "acme", 9)] == ["first"]


def test_a_story_whose_only_member_reads_otherwise_now_takes_its_new_fingerprint(database: Database) -> None:
    with database.write() as conn:
        save(conn, [heard("1", text="Acme is good", story=7)], at(1))
        save(conn, [replace(heard("1", text="Acme is bad", story=7), fingerprint=b"new")], at(2))
        assert _stories(conn) == {7: b"new"}
        save(conn, [heard("1", text="Globex", story=9)], at(3))
        assert _stories(conn) == {9: b"print 9"}


def test_a_story_keeps_its_fingerprint_while_another_member_bears_it_out(database: Database) -> None:
    with database.write() as conn:
        save(conn, [heard("1", text="Acme is good", story=7), heard("2", text="Acme is good!", story=7)], at(1))
        save(conn, [heard("1", text="Something else", story=9)], at(2))
        assert _stories(conn) == {7: b"print 7", 9: b"print 9"}


def test_a_mention_seen_again_under_another_story_makes_no_story_of_its_own(database: Database) -> None:
    with database.write() as conn:
        save(conn, [heard("1", story=7, engagement=1)], at(1))
        save(conn, [heard("1", story=8, engagement=2)], at(2))
        assert _stories(conn) == {7: b"print 7"}


def test_batches_written_together_are_counted_one_by_one(database: Database) -> None:
    with database.write() as conn:
        save(conn, [heard("1"), heard("2")], at(1))
        counts = save_all(
            conn,
            [
                ([heard("1"), heard("3")], []),
                ([], []),
                ([heard("2", text="changed")], [heard("1").mention]),
                ([heard("3"), heard("4")], [heard("9").mention]),
            ],
            at(2),
        )
    assert counts == [Saved(), Saved(), Saved(updated=2), Saved(new=2)]


def _stories(conn: Connection) -> dict[int, bytes]:
    return {row.id: bytes(row.fingerprint) for row in conn.execute(stories.select())}


def test_story_counts_its_authors_once_and_knows_when_none_is_named(database: Database) -> None:
    named = [heard(str(place), author=name, story=1) for place, name in enumerate(("ann", "ann", "bob", None))]
    unnamed = [heard("9", author=None, story=2, engagement=0)]
    with database.write() as conn:
        save(conn, [*named, *unnamed], at(30))
        told = {story.mentions: story.authors for story in story_leads(conn, Span(at(0), at(24)), "acme", 5)}

    assert told == {4: 2, 1: None}
