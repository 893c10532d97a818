"""Jobs may be called again at any moment: nothing is sent twice, and what a person mended goes out."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from config.settings import DigestSettings
from overheard.app import App
from overheard.digests.periods import period_on
from overheard.digests.reading import digest_of
from overheard.jobs import collect_due, deliver, messages_for, put_digest, release_blocked, send_due_digests
from storage import figures, outbox
from storage.database import Database
from storage.records import Delivery, DeliveryState, Reason, Span
from tests.overheard.home import at, home, polled, write_posts

KEY = "digest:day:2026-07-06:UTC"


def test_each_poll_is_committed_and_known_posts_are_recognised(database: Database, tmp_path: Path) -> None:
    app, clock = home(database, tmp_path, at(5, 1))
    write_posts(tmp_path, [(at(4), "Acme is great"), (at(4, 1), "nobody"), (at(5), "Globex and Acme")])
    [first] = collect_due(app)
    assert (first.run.new, first.run.unmatched) == (2, 1)
    assert collect_due(app) == []  # not due
    clock.now = at(5, 2)
    [again] = collect_due(app, since=at(5))
    assert (again.run.new, again.run.updated, again.run.skipped) == (0, 0, 2)


def test_due_digest_is_put_once_with_the_figures_it_shows(database: Database, tmp_path: Path) -> None:
    app, clock = home(database, tmp_path, at(6, 8))
    polled(app, Span(at(4), at(6, 7)))
    assert [period.key for period in send_due_digests(app)] == ["digest:day:2026-07-05:UTC"]
    clock.now = at(6, 8, 30)
    assert [period.key for period in send_due_digests(app)] == [KEY]
    assert send_due_digests(app) == []
    period = period_on(app.settings.digests[0], clock.now.date(), app.zone)
    assert put_digest(app, period, app.settings.digests[0]) is False
    with database.read() as conn:
        [figure] = figures.shown(conn, "mentions.acme.20260705-20260706")
    assert (figure.value, figure.shown_in) == (0.0, KEY)


def test_digest_that_was_put_shorter_gets_no_further_messages(database: Database, tmp_path: Path) -> None:
    app, clock = home(database, tmp_path, at(6, 9), '[slack]\ntoken = "env:SLACK_TOKEN"\nchannel = "C0123456789"\n')
    period = period_on(app.settings.digests[0], clock.now.date(), app.zone)
    first = Delivery(f"{KEY}#1", "slack", {"text": "all of it, as it was then"}, at(6, 8))
    with database.write() as conn:
        outbox.put(conn, [first])
    assert put_digest(app, period, app.settings.digests[0]) is False
    with database.read() as conn:
        assert outbox.due(conn, at(6, 9)) == [first]
        assert figures.shown(conn, "mentions.acme.20260705-20260706") == []


def test_nothing_is_due_before_anybody_listened(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(6, 9))
    assert send_due_digests(app) == []


def test_terminal_gets_a_text_and_other_channels_blocks(database: Database, tmp_path: Path) -> None:
    app, clock = home(database, tmp_path, at(6, 9))
    period = period_on(app.settings.digests[0], clock.now.date(), app.zone)
    with database.read() as conn:
        told = digest_of(app, conn, period, DigestSettings(period="day", stories=0), clock.now)
    [text] = messages_for(app, told, period.key)
    assert (text["blocks"], text["thread"]) == ([], False)
    assert "Day of Sunday 5 July 2026" in str(text["text"])
    posting, _ = home(database, tmp_path, at(6, 9), '[slack]\nwebhook = "env:HOOK"\n')
    assert all(message["blocks"] for message in messages_for(posting, told, period.key))


def _put_blocked(app: App, key: str) -> None:
    refused = Delivery(
        key, "console", {"text": f"text of {key}"}, at(6), state=DeliveryState.BLOCKED, attempts=400,
        reason=Reason.AUTH, detail="invalid_auth",
    )  # fmt: skip
    with app.database.write() as conn:
        outbox.put(conn, [refused])


@pytest.mark.parametrize(
    ("period", "sent"),
    [
        (None, ["digest:day:2026-07-05:UTC#1", f"{KEY}#1", f"{KEY}#2"]),
        (KEY, [f"{KEY}#1", f"{KEY}#2"]),
        ("digest:day:2026-07-0_:UTC", []),
    ],
    ids=["all", "one period", "no wildcard"],
)
def test_blocked_messages_go_out_after_they_were_released(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], period: str | None, sent: list[str]
) -> None:
    app, _ = home(database, tmp_path, at(6, 9))
    for key in ("digest:day:2026-07-05:UTC#1", f"{KEY}#1", f"{KEY}#2"):
        _put_blocked(app, key)
    assert deliver(app).sent == 0
    assert release_blocked(app, period) == len(sent)
    app.pace.sleep = lambda _: None
    assert deliver(app).sent == len(sent)
    printed = [line for line in capsys.readouterr().out.splitlines() if line.startswith("text of ")]
    assert printed == [f"text of {key}" for key in sent]
    assert release_blocked(app, period) == 0


def test_stop_leaves_the_rest_for_the_next_time(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(6, 9))
    with database.write() as conn:
        outbox.put(conn, [Delivery(f"k#{place}", "console", {"text": "x"}, at(6)) for place in range(100)])
    stop = threading.Event()

    def sleep(seconds: float) -> None:
        del seconds
        stop.set()

    app.pace.sleep = sleep
    assert deliver(app, stop).sent == 2  # the one before the first pause, and the one in hand
    with database.read() as conn:
        assert len(outbox.due(conn, at(6, 9))) == 98
