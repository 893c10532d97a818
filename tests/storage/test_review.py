from __future__ import annotations

from storage.corrections import correct
from storage.database import Database
from storage.mentions import erase, save
from storage.records import Label
from storage.review import doubtful
from tests.storage.made import at, heard

THRESHOLDS = (0.05, -0.05)
MENTIONS = [
    heard("sure", when=at(1), compound=0.9),
    heard("close below", when=at(2), compound=-0.06, engagement=1),
    heard("close above", when=at(3), compound=0.06, engagement=9),
    heard("near", when=at(4), compound=0.1, engagement=100),
    heard("unscored", when=at(5), compound=None),
    heard("erased", when=at(6), compound=0.05),
    heard("judged", when=at(7), compound=0.05),
    heard("other", when=at(8), brands=("globex",), compound=0.05),
]


def _asked(database: Database, since: float = 0, limit: int = 10) -> list[str]:
    names = {place: one.mention.native_id for place, one in enumerate(MENTIONS, start=1)}
    with database.read() as conn:
        return [names[number] for number, _ in doubtful(conn, ["acme"], THRESHOLDS, at(since), limit)]


def test_the_closest_calls_come_first_and_the_most_engaged_of_equals(database: Database) -> None:
    with database.write() as conn:
        save(conn, MENTIONS, at(9))
        erase(conn, "rss", ["erased"], at(9))
        correct(conn, 7, "acme", Label.NEUTRAL, at(9))
    assert _asked(database) == ["close above", "close below", "near", "sure"]
    assert _asked(database, limit=2) == ["close above", "close below"]
    assert _asked(database, since=2.5) == ["close above", "near"]


def test_every_brand_of_a_mention_is_asked_for(database: Database) -> None:
    with database.write() as conn:
        save(conn, [heard("1", brands=("acme", "globex"))], at(9))
    with database.read() as conn:
        assert doubtful(conn, ["globex", "acme"], THRESHOLDS, None, 10) == [(1, "acme"), (1, "globex")]
