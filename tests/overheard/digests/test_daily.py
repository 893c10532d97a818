from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from overheard.app import App
from overheard.digests.daily import days_between
from storage.database import Database
from storage.mentions import save
from storage.records import Span
from tests.overheard.home import home, polled
from tests.storage.made import heard

NOW = datetime(2026, 7, 10, 12, tzinfo=UTC)


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 7, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def app(database: Database, tmp_path: Path) -> App:
    made, _ = home(database, tmp_path, NOW)
    return made


def in_paris(app: App) -> App:
    zone = ZoneInfo("Europe/Paris")
    return App(app.path, app.settings.model_copy(update={"timezone": zone}), app.database, app.clock)


def test_mentions_stand_on_their_local_day_with_sentiment_and_credit(app: App) -> None:
    said = [
        heard("1", when=at(5, 21, 59), compound=0.5),
        heard("2", when=at(5, 22, 0), compound=-0.5),
        heard("3", when=at(6, 8), brands=("acme", "globex"), compound=0.0),
        heard("4", when=at(8, 23), compound=None),
    ]
    with app.database.write() as conn:
        save(conn, said, NOW)
    with app.database.read() as conn:
        days = days_between(in_paris(app), conn, date(2026, 7, 5), date(2026, 7, 8), NOW)

    assert [day.day for day in days] == [date(2026, 7, number) for number in (5, 6, 7, 8)]
    acme = [day.of("acme") for day in days]
    assert [one.mentions for one in acme] == [1, 2, 0, 0]  # the last one is of the ninth in Paris
    assert [(one.positive, one.neutral, one.negative) for one in acme] == [(1, 0, 0), (0, 1, 1), (0, 0, 0), (0, 0, 0)]
    assert [one.credit for one in acme] == [1.0, 1.5, 0.0, 0.0]
    assert [day.of("globex").mentions for day in days] == [0, 1, 0, 0]


def test_a_day_that_is_not_over_is_left_out(app: App) -> None:
    with app.database.read() as conn:
        days = days_between(app, conn, date(2026, 7, 8), date(2026, 7, 20), NOW)
        later = days_between(app, conn, date(2026, 7, 11), date(2026, 7, 20), NOW)
    assert [day.day.day for day in days] == [8, 9]
    assert later == []


def test_each_day_knows_how_much_of_it_each_query_heard(app: App) -> None:
    polled(app, Span(at(4), at(5, 12)))
    polled(app, Span(at(5, 18), at(7, 6)))
    with app.database.read() as conn:
        days = days_between(app, conn, date(2026, 7, 3), date(2026, 7, 8), NOW)
    (query,) = app.keys
    assert [day.heard for day in days] == [{query: share} for share in (0.0, 1.0, 0.75, 1.0, 0.25, 0.0)]


def test_the_day_of_23_hours_is_heard_whole(app: App) -> None:
    paris = in_paris(app)
    start = datetime(2026, 3, 28, 23, tzinfo=UTC)
    polled(app, Span(start, start + timedelta(hours=23)))
    with app.database.read() as conn:
        days = days_between(paris, conn, date(2026, 3, 28), date(2026, 3, 30), NOW)
    assert [day.listened for day in days] == [0.0, 1.0, 0.0]
