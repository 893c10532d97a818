"""What a look sees of mentions, on both databases: all that was there at its moment, and nothing that came later."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection

from overheard.alerts.watching import WEEKS, watch
from overheard.app import App
from scoring.money import Money
from scoring.watch import PlatformSpend, Watch
from storage.coverage import record_runs
from storage.database import Database
from storage.records import Run, Span
from storage.saving import save
from tests.overheard.home import at, home
from tests.storage.made import heard
from tests.storage.results import put

KEY = "file:posts.csv"
DAY = timedelta(days=1)
# Rules that together look at everything.
ALL = "".join(
    f'[[alerts]]\nrule = "{rule}"\n'
    for rule in ("volume_spike", "influential_mention", "goal_off_pace", "spend_anomaly")
)
ALL += '[[alerts]]\nrule = "keyword_hit"\nwords = ["recall"]\n'


def poll(conn: Connection, now: datetime, covered: Span, *posts: tuple[str, datetime]) -> None:
    """A poll that covered a stretch and brought posts."""
    save(conn, [heard(name, when=when, engagement=int(name)) for name, when in posts], now)
    record_runs(conn, [Run(KEY, "file", now, now, covered, new=len(posts))])


def listened(database: Database) -> None:
    """Three polls: the first reads history back, the second is in time, the third late, after a gap that it fills."""
    with database.write() as conn:
        poll(conn, at(6), Span(at(1), at(6)), ("1", at(3, 9)), ("2", at(3, 9, 30)))
        poll(conn, at(6, 10), Span(at(6), at(6, 10)), ("3", at(6, 9, 10)))
        poll(conn, at(6, 14), Span(at(6, 10), at(6, 14)), ("4", at(6, 10, 20)), ("5", at(6, 13, 50)))


def hour(seen: Watch, start: datetime) -> tuple[int, float]:
    found = next(one for one in seen.brands[0].hours if one.start == start)
    return found.count.mentions, found.heard


def looked(app: App, database: Database, now: datetime, since: datetime | None = None) -> Watch:
    with database.read() as conn:
        return watch(app, conn, now, since)


def test_a_look_back_sees_what_was_there_then(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(7), ALL)
    listened(database)

    before, then, now = (looked(app, database, at(6, moment)) for moment in (11, 13, 15))

    assert [hour(seen, at(6, 9)) for seen in (before, then, now)] == [(1, 1.0)] * 3
    assert [hour(seen, at(6, 10)) for seen in (before, then, now)] == [(0, 0.0), (0, 0.0), (1, 1.0)]
    assert hour(now, at(6, 13)) == (1, 1.0)
    assert hour(now, at(6, 14)) == (0, 0.0)


def test_history_that_was_read_back_counts_when_it_was_published(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(7), ALL)
    listened(database)

    seen = looked(app, database, at(3, 10), at(3, 9))

    assert hour(seen, at(3, 9)) == (2, 1.0)
    assert [mention.mention.native_id for mention in seen.fresh] == ["1", "2"][1:]
    assert [mention.mention.native_id for mention in looked(app, database, at(3, 9)).loud] == []


def test_the_running_hour_holds_what_is_there_already(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(7), ALL)
    listened(database)

    seen = looked(app, database, at(3, 9, 20))

    assert hour(seen, at(3, 9)) == (1, 1.0)
    assert seen.brands[0].hours[-1].start == at(3, 9)


def test_fresh_is_what_came_since_the_look_before(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(7), ALL)
    listened(database)

    def names(now: datetime, since: datetime | None) -> list[str]:
        return [one.mention.native_id for one in looked(app, database, now, since).fresh]

    assert names(at(6, 15), at(6, 11)) == ["4", "5"]
    assert names(at(6, 11), at(6, 9, 30)) == ["3"]
    assert names(at(6, 15), None) == []
    assert names(at(9), at(6, 11)) == []


def test_the_loudest_of_the_last_day_and_of_the_weeks_before_are_there(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(9), ALL)
    listened(database)

    assert [one.mention.engagement for one in looked(app, database, at(6, 15)).loud] == [3, 4, 5]
    assert looked(app, database, at(8, 15)).peaks == {"acme": [5, 4, 3, 2, 1]}


def test_eight_weeks_of_every_brand_are_there_without_holes(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(7), ALL)
    listened(database)

    seen = looked(app, database, at(6, 15))

    assert [(brand.slug, brand.role, len(brand.hours)) for brand in seen.brands] == [
        ("acme", "own", WEEKS // timedelta(hours=1)),
        ("globex", "competitor", WEEKS // timedelta(hours=1)),
    ]
    assert all(one.count.mentions == 0 for one in seen.brands[1].hours)


def test_false_alarms_are_shared_by_all_that_is_judged(database: Database, tmp_path: Path) -> None:
    rules = (
        '[[alerts]]\nrule = "volume_spike"\n[[alerts]]\nrule = "competitor_spike"\n[[alerts]]\nrule = "source_silent"\n'
    )
    app, _ = home(database, tmp_path, at(7), rules)

    assert looked(app, database, at(6)).tests == 2
    assert looked(home(database, tmp_path, at(7))[0], database, at(6)).tests == 1


def test_campaigns_are_those_of_the_last_seven_days_with_results(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(20), ALL)
    with database.write() as conn:
        put(conn, day="2026-07-14", spend="40")
        put(conn, day="2026-07-15", spend="50")
        put(conn, day="2026-07-15", campaign="Other", spend="5.50")
        put(conn, day="2026-07-15", campaign="Month", days=30, spend="900")

    seen = looked(app, database, at(18, 9))

    assert seen.campaigns is not None
    assert str(seen.campaigns.days) == "2026-07-11 to 2026-07-17"
    assert seen.spend == [
        PlatformSpend(
            "google", {date(2026, 7, 14): Money(Decimal(40), "EUR"), date(2026, 7, 15): Money(Decimal("55.5"), "EUR")}
        )
    ]


def test_days_without_results_at_the_end_are_not_judged(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(20), ALL)
    with database.write() as conn:
        put(conn, day="2026-07-15", spend="50")

    assert str(getattr(looked(app, database, at(18, 9)).campaigns, "days", None)) == "2026-07-09 to 2026-07-15"
    assert str(getattr(looked(app, database, at(30, 9)).campaigns, "days", None)) == "2026-07-23 to 2026-07-29"


@pytest.mark.parametrize(
    ("rules", "sights"),
    [
        ("", set()),
        ('[[alerts]]\nrule = "keyword_hit"\nwords = ["recall"]\n', {"fresh"}),
        ('[[alerts]]\nrule = "source_silent"\n', {"sources"}),
        ('[[alerts]]\nrule = "sentiment_drop"\n', {"hours"}),
        ('[[alerts]]\nrule = "volume_spike"\n', {"hours", "loud"}),
        (ALL, {"hours", "loud", "peaks", "fresh", "campaigns"}),
    ],
)
def test_only_what_a_rule_of_the_config_looks_at_is_read(
    sqlite_database: Database, tmp_path: Path, rules: str, sights: set[str]
) -> None:
    app, _ = home(sqlite_database, tmp_path, at(7), rules)
    listened(sqlite_database)
    with sqlite_database.write() as conn:
        put(conn, day="2026-07-05", spend="50")

    seen = looked(app, sqlite_database, at(6, 15), at(6, 13))

    there = {
        "hours": bool(seen.brands[0].hours),
        "fresh": bool(seen.fresh),
        "sources": bool(seen.sources),
        "loud": bool(seen.loud),
        "peaks": bool(seen.peaks),
        "campaigns": seen.campaigns is not None,
    }
    assert {name for name, seen_ in there.items() if seen_} == sights
