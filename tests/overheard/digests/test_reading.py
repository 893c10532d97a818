"""What a digest says of days that were quiet, first, unheard, or before anybody listened; and who fails now."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from config.settings import DigestSettings
from notifier.digest.composition import Digest
from overheard.app import App
from overheard.digests.periods import period_on
from overheard.digests.reading import digest_of, problems
from overheard.jobs import collect_due
from storage import outbox
from storage.database import Database
from storage.records import Delivery, DeliveryState, QueryState, Reason, Span
from storage.states import save_states
from tests.overheard.home import at, home, polled, write_posts

YESTERDAY = Span(at(5), at(6))


def digest(app: App) -> Digest:
    period = period_on(app.settings.digests[0], app.clock().date(), app.zone)
    with app.database.read() as conn:
        return digest_of(app, conn, period, DigestSettings(period="week", stories=2), app.clock())


def test_quiet_day_that_was_heard_is_silence(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(6, 9))
    polled(app, Span(at(4), at(6, 8)))
    told = digest(app)
    assert told.quiet is not None
    assert told.quiet.startswith("A quiet day: nobody named any of the 2 brands.")
    assert (told.coverage.share, told.total, told.stories) == (1.0, 0, ())


def test_first_day_has_nothing_to_compare_with(database: Database, tmp_path: Path) -> None:
    app, clock = home(database, tmp_path, at(5, 1))
    write_posts(tmp_path, [(at(5, 0, 30), "Acme is great"), (at(5, 0, 40), "Globex is bad")])
    collect_due(app)
    clock.now = at(6, 9)
    told = digest(app)
    assert told.total == 2
    assert [line.share for line in told.brands] == [0.5, 0.5]
    assert told.total_change.by is None
    assert [line.share_change.by for line in told.brands] == [None, None]
    assert told.headline.endswith("; the day before gives nothing to compare with.")


def test_day_on_which_every_poll_failed_is_a_failure(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(6, 9))
    polled(app, Span(at(3), at(4)))
    polled(app, None, Reason.NETWORK, started_at=at(5, 12))
    told = digest(app)
    assert told.quiet == "Nothing was heard, because no source could be heard: this is a failure, not silence."
    assert told.coverage.share == 0.0
    assert [(spell.length, spell.reason) for spell in told.coverage.deaf] == [(timedelta(days=1), "network")]


@pytest.mark.parametrize("began", [at(6, 8), None], ids=["later", "never"])
def test_day_before_listening_began_is_no_failure(database: Database, tmp_path: Path, began: object) -> None:
    app, _ = home(database, tmp_path, at(6, 9))
    if began is not None:
        polled(app, Span(at(6, 7), at(6, 8)))
    told = digest(app)
    assert told.quiet == "Nothing was heard, because nobody was listening yet: listening began after this day."


@pytest.mark.parametrize(
    ("failures", "words"),
    [
        (1, "failed at its last poll: network: no route to host"),
        (3, "failed 3 times in a row: network: no route to host"),
    ],
    ids=["once", "often"],
)
def test_source_that_fails_now_is_named_with_its_reason(
    database: Database, tmp_path: Path, failures: int, words: str
) -> None:
    app, _ = home(database, tmp_path, at(6, 9))
    [key] = app.keys
    polled(app, None, Reason.NETWORK, started_at=at(6, 8))
    with database.write() as conn:
        save_states(conn, [QueryState(key, "file", {}, at(6, 10), failures=failures)])
    with database.read() as conn:
        assert problems(app, conn, app.clock()) == [f"{key} {words}"]


def test_failure_of_long_ago_has_no_reason_kept(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(20))
    [key] = app.keys
    with database.write() as conn:
        save_states(conn, [QueryState(key, "file", {}, at(21), failures=2)])
    with database.read() as conn:
        assert problems(app, conn, app.clock()) == [f"{key} failed 2 times in a row: no reason kept"]


def test_blocked_messages_are_problems_but_not_their_replies(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(6, 9))
    refused = [
        Delivery(
            key=f"digest:day:2026-07-0{day}:UTC#{place}", channel="slack", payload={"text": "x"}, created_at=at(day, 8),
            parent=f"digest:day:2026-07-0{day}:UTC#1" if place > 1 else None, state=DeliveryState.BLOCKED,
            reason=Reason.AUTH, detail="invalid_auth: renew the token",
        )
        for day in (1, 2, 3, 4, 5)
        for place in (1, 2)
    ]  # fmt: skip
    with database.write() as conn:
        outbox.put(conn, refused)
    told = digest(app).problems
    assert told[0] == (
        "digest:day:2026-07-01:UTC#1 is blocked since 2026-07-01 08:00: auth: invalid_auth: renew the token"
    )
    assert len(told) == 4
    assert told[3] == "2 more deliveries are blocked"


def test_trends_are_the_four_weeks_up_to_the_window_with_gaps_where_nobody_listened(
    database: Database, tmp_path: Path
) -> None:
    app, clock = home(database, tmp_path, at(5))
    write_posts(tmp_path, [(at(5, 10), "Acme is great"), (at(5, 22), "Acme and Globex"), (at(4, 10), "Acme is bad")])
    polled(app, Span(at(2), at(3)))
    clock.now = at(6, 9)
    collect_due(app)  # a file was listened to from its first post to its last
    acme, globex = digest(app).trends
    known = {each.day: (each.mentions, each.share) for each in acme.days if each.mentions is not None}
    assert (acme.slug, len(acme.days), acme.days[0].day, acme.days[-1].day) == (
        "acme",
        28,
        date(2026, 6, 8),
        date(2026, 7, 5),
    )
    assert known == {date(2026, 7, 2): (0, None), date(2026, 7, 4): (1, 1.0), date(2026, 7, 5): (2, 0.75)}
    assert globex.days[-1].share == 0.25


def test_trend_of_a_day_that_runs_ends_with_the_day_before(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(6, 9))
    polled(app, Span(at(1), at(6, 8)))
    period = period_on(app.settings.digests[0], at(7).date(), app.zone)
    with app.database.read() as conn:
        told = digest_of(app, conn, period, DigestSettings(period="week", stories=2), app.clock())
    assert told.trends[0].days[-1].day == date(2026, 7, 5)
    assert len(told.trends[0].days) == 27
