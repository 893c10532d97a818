from __future__ import annotations

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from config.errors import StoreError
from storage.corrections import all_corrections, correct, withdraw
from storage.database import Database
from storage.mentions import MentionFilter, erase, find, save
from storage.records import Correction, Heard, Label, Saved, Sentiment, Span, StoredMention
from storage.voice import by_span, voice
from tests.storage.made import at, heard, sentiment

FIRST = heard("1", text="Acme and Globex", brands=("acme", "globex"), compound=0.5)
DAY = Span(at(0), at(24))


def _keep(database: Database, *mentions: Heard, hours: float = 1) -> Saved:
    with database.write() as conn:
        return save(conn, mentions, at(hours))


def _correct(database: Database, brand: str = "acme", label: Label = Label.NEGATIVE, hours: float = 2) -> Correction:
    with database.write() as conn:
        return correct(conn, 1, brand, label, at(hours), "kim")


def _stored(database: Database) -> StoredMention:
    with database.read() as conn:
        (stored,) = find(conn, MentionFilter())
    return stored


def _says(database: Database, brand: str = "acme") -> Sentiment:
    return next(hit.sentiment for hit in _stored(database).hits if hit.brand == brand)


def _standing(database: Database) -> list[Correction]:
    with database.read() as conn:
        return all_corrections(conn)


@pytest.mark.parametrize(
    ("label", "compound"), [(Label.POSITIVE, 0.6), (Label.NEUTRAL, 0.0), (Label.NEGATIVE, -0.6)], ids=str
)
def test_a_persons_label_takes_the_place_of_the_scorers(database: Database, label: Label, compound: float) -> None:
    _keep(database, FIRST)
    made = _correct(database, label=label)
    assert made == Correction(1, "acme", label, at(2), "kim", sentiment(0.5))
    assert _standing(database) == [made]
    assert _says(database) == Sentiment(compound, label, "person", (0, 4), "en", None)
    assert _says(database, "globex") == sentiment(0.5)
    assert _stored(database).whole == sentiment(0.5)


def test_shares_and_hours_count_the_persons_label_at_once(database: Database) -> None:
    _keep(database, FIRST)
    _correct(database)
    with database.read() as conn:
        counts = voice(conn, DAY, ["acme", "globex"])
        [hours] = by_span(conn, [DAY], ["acme"])
    assert [(count.positive, count.negative, count.compound_sum) for count in (*counts, hours["acme"])] == [
        (0, 1, -0.6),
        (1, 0, 0.5),
        (0, 1, -0.6),
    ]


def test_an_unscored_mention_counts_once_a_person_has_judged_it(database: Database) -> None:
    _keep(database, replace(FIRST, hits=tuple(replace(hit, sentiment=sentiment(None)) for hit in FIRST.hits)))
    _correct(database, label=Label.POSITIVE)
    assert _says(database) == Sentiment(0.6, Label.POSITIVE, "person", None, "ko", None)
    with database.read() as conn:
        (count,) = voice(conn, DAY, ["acme"])
    assert (count.positive, count.unscored) == (1, 0)


def test_a_second_correction_remembers_what_the_scorer_said(database: Database) -> None:
    _keep(database, FIRST)
    _correct(database, label=Label.NEGATIVE)
    again = _correct(database, label=Label.NEUTRAL, hours=3)
    assert again.was == sentiment(0.5)
    assert _standing(database) == [Correction(1, "acme", Label.NEUTRAL, at(3), "kim", sentiment(0.5))]
    assert _says(database).label is Label.NEUTRAL


def test_withdrawing_puts_back_what_the_scorer_said(database: Database) -> None:
    _keep(database, FIRST)
    before = _stored(database)
    _correct(database)
    with database.write() as conn:
        assert withdraw(conn, 1, "acme")
        assert not withdraw(conn, 1, "acme")
    assert _stored(database) == before
    assert _standing(database) == []


def test_corrections_are_listed_in_order_and_since_a_time(database: Database) -> None:
    _keep(database, FIRST)
    late = _correct(database, "acme", hours=5)
    early = _correct(database, "globex", hours=4)
    assert _standing(database) == [early, late]
    with database.read() as conn:
        assert all_corrections(conn, since=at(5)) == [late]


def test_an_unchanged_mention_that_is_polled_again_stays_as_it_is_corrected(database: Database) -> None:
    _keep(database, FIRST)
    made = _correct(database)
    assert _keep(database, FIRST, hours=3) == Saved(unchanged=1)
    assert _says(database).method == "person"
    assert _standing(database) == [made]


def test_new_engagement_and_new_scores_leave_the_persons_label(database: Database) -> None:
    _keep(database, FIRST)
    _correct(database)
    rescored = tuple(replace(hit, sentiment=sentiment(0.25, "test-2")) for hit in FIRST.hits)
    changed = replace(FIRST, mention=replace(FIRST.mention, engagement=900), hits=rescored)
    assert _keep(database, changed, hours=3) == Saved(updated=1)
    assert _says(database) == Sentiment(-0.6, Label.NEGATIVE, "person", (0, 4), "en", None)
    assert _says(database, "globex") == sentiment(0.25, "test-2")
    assert [one.was for one in _standing(database)] == [sentiment(0.25, "test-2")]


@pytest.mark.parametrize(
    ("title", "text"), [(None, "Acme or Globex"), ("Acme", "Acme and Globex")], ids=["text", "title"]
)
def test_a_correction_lapses_when_the_words_change(database: Database, title: str | None, text: str) -> None:
    _keep(database, FIRST)
    _correct(database)
    with capture_logs() as logs:
        _keep(database, replace(FIRST, mention=replace(FIRST.mention, title=title, text=text)), hours=3)
    assert _says(database) == sentiment(0.5)
    assert _standing(database) == []
    assert [(line["event"], line["corrections"]) for line in logs] == [("corrections_lapsed", 1)]


def test_a_correction_waits_while_its_brand_is_not_looked_for(database: Database) -> None:
    _keep(database, FIRST)
    _correct(database)
    _keep(database, replace(FIRST, hits=FIRST.hits[1:]), hours=3)
    assert len(_standing(database)) == 1
    _keep(database, FIRST, hours=4)
    assert _says(database).method == "person"


def test_a_correction_of_a_brand_that_is_not_looked_for_can_be_withdrawn(database: Database) -> None:
    _keep(database, FIRST)
    _correct(database)
    _keep(database, replace(FIRST, hits=FIRST.hits[1:]), hours=3)
    with database.write() as conn:
        assert withdraw(conn, 1, "acme")
    assert _standing(database) == []


def test_erasing_a_mention_takes_its_corrections_and_keeps_what_was_counted(database: Database) -> None:
    _keep(database, FIRST)
    _correct(database)
    with database.write() as conn:
        erase(conn, "rss", ["1"], at(3))
    assert _standing(database) == []
    with database.read() as conn:
        (count,) = voice(conn, DAY, ["acme"])
    assert count.negative == 1
    with pytest.raises(StoreError, match="mention 1: is erased"):
        _correct(database)


def test_a_brand_that_is_not_named_cannot_be_corrected(database: Database) -> None:
    _keep(database, FIRST)
    with pytest.raises(StoreError, match="does not name initech"):
        _correct(database, "initech")


def test_unscored_is_no_label_of_a_person(database: Database) -> None:
    _keep(database, FIRST)
    with pytest.raises(ValueError, match="positive, neutral, negative"):
        _correct(database, label=Label.UNSCORED)
