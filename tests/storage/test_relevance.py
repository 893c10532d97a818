"""Labels of relevance: what they take out of every count, and what they outlive."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from config.errors import StoreError
from storage.corrections import correct
from storage.database import Database
from storage.mentions import MentionFilter, erase, find, how_many, save, story_leads
from storage.records import Heard, Label, Saved, Span
from storage.relevance import RelevanceLabel, all_labels, hits_aside, judge, labels_of
from storage.rescoring import Scored, rescore
from storage.tables import matches, rollups_hourly
from storage.voice import hourly_mentions, mention_total, voice
from tests.storage.made import at, heard, sentiment

FIRST = heard("1", text="Acme and Globex", brands=("acme", "globex"), compound=0.5)
DAY = Span(at(0), at(24))


def _keep(database: Database, *mentions: Heard, hours: float = 1) -> Saved:
    with database.write() as conn:
        return save(conn, mentions, at(hours))


def _judge(database: Database, brand: str = "acme", hours: float = 2, *, relevant: bool = False) -> RelevanceLabel:
    with database.write() as conn:
        return judge(conn, 1, brand, at(hours), "kim", relevant=relevant)


def _counts(database: Database) -> list[tuple[int, float]]:
    """Mentions and credit of both brands, and the hourly sums must say the same."""
    with database.read() as conn:
        counted = voice(conn, DAY, ["acme", "globex"])
        sums = {
            row.brand: row.mentions
            for row in conn.execute(
                sa.select(rollups_hourly.c.brand, sa.func.sum(rollups_hourly.c.mentions).label("mentions")).group_by(
                    rollups_hourly.c.brand
                )
            )
        }
    assert [sums.get(count.brand, 0) for count in counted] == [count.mentions for count in counted]
    return [(count.mentions, count.credit) for count in counted]


def _brands(database: Database) -> list[list[str]]:
    with database.read() as conn:
        return [[hit.brand for hit in stored.hits] for stored in find(conn, MentionFilter())]


def test_a_mention_that_is_not_about_a_brand_leaves_its_counts_and_its_credit_goes_to_the_others(
    database: Database,
) -> None:
    _keep(database, FIRST)
    assert _counts(database) == [(1, 0.5), (1, 0.5)]
    made = _judge(database)
    assert made == RelevanceLabel(1, "acme", relevant=False, at=at(2), by="kim", aside=FIRST.hits[0])
    assert _counts(database) == [(0, 0.0), (1, 1.0)]
    assert _brands(database) == [["globex"]]
    with database.read() as conn:
        assert hourly_mentions(conn, DAY, "acme") == []
        assert mention_total(conn, DAY) == 1
        assert story_leads(conn, DAY, "acme", 3) == []
        assert all_labels(conn) == [made]
        assert all_labels(conn, at(3)) == []


def test_a_mention_that_is_about_no_brand_is_not_found_any_more(database: Database) -> None:
    _keep(database, heard("1"))
    _judge(database)
    with database.read() as conn:
        assert find(conn, MentionFilter()) == []
        assert how_many(conn, MentionFilter(words=("good",))) == 0
        assert mention_total(conn, DAY) == 0


def test_taking_it_back_leaves_no_trace_in_the_counts(database: Database) -> None:
    _keep(database, FIRST)
    with database.read() as conn:
        before = conn.execute(sa.select(matches).order_by(matches.c.brand)).all()
    _judge(database)
    back = _judge(database, hours=3, relevant=True)
    assert back == RelevanceLabel(1, "acme", relevant=True, at=at(3), by="kim")
    with database.read() as conn:
        assert conn.execute(sa.select(matches).order_by(matches.c.brand)).all() == before
    assert _counts(database) == [(1, 0.5), (1, 0.5)]


def test_a_label_that_says_what_is_so_already_changes_no_count(database: Database) -> None:
    _keep(database, FIRST)
    _judge(database, relevant=True)
    assert _counts(database) == [(1, 0.5), (1, 0.5)]
    _judge(database)
    _judge(database)
    assert _counts(database) == [(0, 0.0), (1, 1.0)]


def test_it_stays_out_when_it_is_polled_again_unchanged(database: Database) -> None:
    _keep(database, FIRST)
    _judge(database)
    assert _keep(database, FIRST, hours=3) == Saved(unchanged=1)
    assert _counts(database) == [(0, 0.0), (1, 1.0)]


def test_it_stays_out_when_engagement_and_scores_change_and_comes_back_with_the_new_ones(database: Database) -> None:
    _keep(database, FIRST)
    _judge(database)
    hits = tuple(replace(hit, sentiment=sentiment(-0.25, "test-2")) for hit in FIRST.hits)
    changed = replace(FIRST, mention=replace(FIRST.mention, engagement=900), hits=hits)
    assert _keep(database, changed, hours=3) == Saved(updated=1)
    assert _counts(database) == [(0, 0.0), (1, 1.0)]
    _judge(database, hours=4, relevant=True)
    with database.read() as conn:
        (acme,) = voice(conn, DAY, ["acme"])
    assert (acme.mentions, acme.negative, acme.engagement, acme.compound_sum) == (1, 1, 900, -0.25)


def test_rescoring_leaves_it_out_and_a_later_poll_finds_it_unchanged(database: Database) -> None:
    _keep(database, FIRST)
    _judge(database)
    newer = tuple(replace(hit, sentiment=sentiment(-0.25, "test-2")) for hit in FIRST.hits)
    with database.read() as conn:
        (stored,) = find(conn, MentionFilter())
        assert hits_aside(1, labels_of(conn, [1])) == [FIRST.hits[0]]
    with database.write() as conn:
        assert rescore(conn, [Scored(stored, stored.whole, newer)], at(3)) == 1
    assert _counts(database) == [(0, 0.0), (1, 1.0)]
    assert _keep(database, replace(FIRST, hits=newer), hours=4) == Saved(unchanged=1)
    assert _judge(database, relevant=True).aside is None
    with database.read() as conn:
        (acme,) = voice(conn, DAY, ["acme"])
    assert (acme.negative, acme.compound_sum) == (1, -0.25)


def test_a_correction_waits_while_its_mention_does_not_count(database: Database) -> None:
    _keep(database, FIRST)
    with database.write() as conn:
        correct(conn, 1, "acme", Label.NEGATIVE, at(2))
    assert _judge(database).aside == FIRST.hits[0]
    _judge(database, relevant=True)
    with database.read() as conn:
        (acme,) = voice(conn, DAY, ["acme"])
    assert (acme.negative, acme.compound_sum) == (1, -0.6)


def test_a_label_lapses_when_the_words_change(database: Database) -> None:
    _keep(database, FIRST)
    _judge(database)
    with capture_logs() as logs:
        _keep(database, replace(FIRST, mention=replace(FIRST.mention, text="Acme or Globex")), hours=3)
    assert _counts(database) == [(1, 0.5), (1, 0.5)]
    assert [(line["event"], line["labels"]) for line in logs] == [("relevance_labels_lapsed", 1)]


def test_a_label_waits_while_its_brand_is_not_looked_for(database: Database) -> None:
    _keep(database, FIRST)
    _judge(database)
    _keep(database, replace(FIRST, hits=FIRST.hits[1:]), hours=3)
    with pytest.raises(StoreError), database.write() as conn:
        judge(conn, 1, "acme", at(4), relevant=True)
    _keep(database, FIRST, hours=5)
    assert _counts(database) == [(0, 0.0), (1, 1.0)]


def test_a_mention_that_names_no_brand_any_more_brings_none_back(database: Database) -> None:
    _keep(database, FIRST)
    _judge(database)
    with database.write() as conn:
        save(conn, (), at(3), [FIRST.mention])
    with pytest.raises(StoreError), database.write() as conn:
        judge(conn, 1, "acme", at(4), relevant=True)


def test_erasing_a_mention_erases_its_labels_and_counts_it_nowhere(database: Database) -> None:
    _keep(database, FIRST)
    _judge(database)
    with database.write() as conn:
        erase(conn, "rss", ["1"], at(3))
    with database.read() as conn:
        assert all_labels(conn) == []
    assert _counts(database) == [(0, 0.0), (1, 1.0)]
    with pytest.raises(StoreError, match="erased"):
        _judge(database)


def test_a_brand_that_a_mention_does_not_name_cannot_be_labelled(database: Database) -> None:
    _keep(database, FIRST)
    with pytest.raises(StoreError, match="does not name initech"):
        _judge(database, "initech")
