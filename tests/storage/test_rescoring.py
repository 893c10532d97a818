from __future__ import annotations

from dataclasses import replace

from storage.corrections import all_corrections, correct, withdraw
from storage.database import Database
from storage.mentions import MentionFilter, erase, find, save
from storage.records import Heard, Label, Saved, Sentiment, Span, StoredMention
from storage.rescoring import Scored, rescore
from storage.voice import by_span, voice
from tests.storage.made import at, heard, sentiment

DAY = Span(at(0), at(24))
BOTH = ("acme", "globex")


def _keep(database: Database, *mentions: Heard, hours: float = 1) -> Saved:
    with database.write() as conn:
        return save(conn, mentions, at(hours))


def _stored(database: Database) -> list[StoredMention]:
    with database.read() as conn:
        return find(conn, MentionFilter())


def _scored(one: Heard, compound: float | None) -> Heard:
    """The mention as a poll would bring it after the scorers have changed."""
    says = sentiment(compound, "test-2")
    return replace(one, whole=says, hits=tuple(replace(hit, sentiment=says) for hit in one.hits))


def _rescore(database: Database, *mentions: Heard, hours: float = 5) -> int:
    by_id = {stored.mention.native_id: stored for stored in _stored(database)}
    with database.write() as conn:
        return rescore(conn, [Scored(by_id[one.mention.native_id], one.whole, one.hits) for one in mentions], at(hours))


def _counts(database: Database, brand: str = "acme") -> list[tuple[int, ...]]:
    """Positive, neutral, negative, unscored and millionths: counted anew, and as the hourly sums have it."""
    with database.read() as conn:
        (counted,) = voice(conn, DAY, [brand])
        summed = [counts[brand] for counts in by_span(conn, [DAY], [brand]) if counts]
    return [
        tuple(
            round(sum(getattr(count, name) for count in counts) * 1_000_000)
            for name in ("positive", "neutral", "negative", "unscored", "compound_sum")
        )
        for counts in ([counted], summed)
    ]


def test_new_scores_stand_in_mention_match_and_sums(database: Database) -> None:
    first, other = heard("1", brands=BOTH, compound=0.5), heard("2", when=at(2), compound=None)
    _keep(database, first, other)
    assert _rescore(database, _scored(first, -0.25), _scored(other, 0.125)) == 2
    newest, oldest = _stored(database)
    assert (newest.whole, newest.hits[0].sentiment) == (sentiment(0.125, "test-2"), sentiment(0.125, "test-2"))
    assert [hit.sentiment for hit in oldest.hits] == [sentiment(-0.25, "test-2")] * 2
    assert (newest.rescored_at, newest.edited_at) == (at(5), None)
    assert _counts(database) == [(1_000_000, 0, 1_000_000, 0, -125_000)] * 2
    assert _counts(database, "globex") == [(0, 0, 1_000_000, 0, -250_000)] * 2


def test_a_poll_afterwards_finds_the_mention_unchanged(database: Database) -> None:
    now = [
        _scored(one, 0.25)
        for one in (heard("1", brands=BOTH), heard("2", when=None), heard("3", title="Of Acme", author=None))
    ]
    _keep(database, heard("1", brands=BOTH), heard("2", when=None), heard("3", title="Of Acme", author=None))
    _rescore(database, *now)
    assert _keep(database, *now, hours=6) == Saved(unchanged=3)


def test_a_second_time_writes_nothing(database: Database) -> None:
    first = heard("1", brands=BOTH)
    _keep(database, first)
    _rescore(database, _scored(first, 0.25), hours=5)
    before = _stored(database)
    assert _rescore(database, _scored(first, 0.25), hours=6) == 0
    assert _stored(database) == before


def test_a_correction_stays_and_remembers_the_new_score(database: Database) -> None:
    first = heard("1", brands=BOTH)
    _keep(database, first)
    with database.write() as conn:
        correct(conn, 1, "acme", Label.NEGATIVE, at(2))
    assert _rescore(database, _scored(first, 0.25)) == 1
    (stored,) = _stored(database)
    assert {hit.brand: hit.sentiment for hit in stored.hits} == {
        "acme": Sentiment(-0.6, Label.NEGATIVE, "person", (0, 4), "en"),
        "globex": sentiment(0.25, "test-2"),
    }
    with database.write() as conn:
        assert [one.was for one in all_corrections(conn)] == [sentiment(0.25, "test-2")]
        withdraw(conn, 1, "acme")
    assert [hit.sentiment for hit in _stored(database)[0].hits] == [sentiment(0.25, "test-2")] * 2
    assert _counts(database) == [(1_000_000, 0, 0, 0, 250_000)] * 2
    assert _keep(database, _scored(first, 0.25), hours=6) == Saved(unchanged=1)


def test_an_erased_mention_keeps_what_was_counted(database: Database) -> None:
    first = heard("1")
    _keep(database, first)
    (stored,), now = _stored(database), _scored(first, -0.5)
    with database.write() as conn:
        erase(conn, "rss", ["1"], at(2))
        assert rescore(conn, [Scored(stored, now.whole, now.hits)], at(3)) == 0
    assert _counts(database) == [(1_000_000, 0, 0, 0, 500_000)] * 2


def test_another_order_of_the_config_is_no_other_score(database: Database) -> None:
    first = heard("1", brands=BOTH)
    _keep(database, first)
    turned = replace(first, hits=first.hits[::-1])
    assert _rescore(database, turned) == 0
    assert _stored(database)[0].rescored_at is None
    assert _keep(database, turned, hours=6) == Saved(unchanged=1)
