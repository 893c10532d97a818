"""Six hours without Slack: 500 alerts and a digest wait, and arrive as one digest and a few messages."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.load import read_settings
from notifier.outbox import Pace
from overheard.alerts.looking import look
from overheard.app import App
from overheard.emulator.faults import Fault
from overheard.emulator.server import TOKEN, SlackEmulator
from overheard.jobs import collect_due, deliver, send_due_digests
from overheard.kinds import all_kinds
from storage import alerts, outbox
from storage.alert_records import Decision
from storage.database import Database
from storage.records import DeliveryState
from tests.clock import Clock
from tests.overheard.home import at

BRANDS, WORDS = 20, 25  # 500 alerts: each word once of each brand
HEADER, SEED = "native_id,published_at,text", "seed,2026-07-05T08:00:00Z,Brand0 is here"
TICK = timedelta(minutes=10)
BEGIN, END = at(6, 6), at(6, 12)  # of the outage; the digest is due at 08:30


def config(base_url: str) -> str:
    brands = [f'[[brands]]\nname = "Brand{number}"\nrole = "own"\n' for number in range(BRANDS)]
    words = ", ".join(f'"word{number}"' for number in range(WORDS))
    return "\n".join(
        [
            'timezone = "UTC"',
            *brands,
            '[[sources]]\ntype = "file"\npath = "posts.csv"\nevery = "1m"',
            '[[sources]]\ntype = "file"\npath = "other.csv"\nevery = "1m"',
            f'[slack]\ntoken = "env:SLACK_TOKEN"\nchannel = "C0123456789"\nbase_url = "{base_url}"',
            '[[digests]]\nperiod = "day"\nat = "08:30"',
            f'[[alerts]]\nrule = "keyword_hit"\nwords = [{words}]',
            '[[alerts]]\nrule = "source_silent"\n[alerting]\nper_hour = 100',
        ]
    )


def write_posts(folder: Path, words: int) -> None:
    """Let there be a post with each of the first words about each brand."""
    rows = [
        f"{word}-{brand},{(BEGIN + word * timedelta(minutes=5)).isoformat()},Brand{brand} has word{word} today"
        for word in range(words)
        for brand in range(BRANDS)
    ]
    (folder / "posts.csv").write_text("\n".join([HEADER, SEED, *rows]) + "\n", encoding="utf-8")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def write_nothing(folder: Path) -> None:
    (folder / "other.csv").write_text(f"{HEADER}\n{SEED}\n", encoding="utf-8")


def listening(app: App, clock: Clock) -> None:
    """Collect, look and send, as `overheard run` does every few minutes."""
    clock.now += timedelta(seconds=1)
    collect_due(app, due_only=False)
    send_due_digests(app)
    look(app)
    deliver(app)


def go_through(app: App, clock: Clock, folder: Path) -> None:
    """Let words about brands come all the time, and one of two sources fail for a while."""
    for number in range((END - BEGIN) // TICK):
        clock.now = max(clock.now, BEGIN + number * TICK)
        write_posts(folder, min(number + 1, WORDS))
        if number == 2:
            (folder / "other.csv").unlink()
        if number == 13:
            write_nothing(folder)
        listening(app, clock)


def server(clock: Clock, port: int, seen: list[dict[str, Any]]) -> SlackEmulator:
    return SlackEmulator(clock=clock.seconds, rate_limits=True, port=port, watch=seen.append)


@pytest.mark.parametrize("kind", ["refused", "cut"])
def test_after_an_outage_one_digest_and_few_messages_come_and_nothing_is_lost(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("SLACK_TOKEN", TOKEN)
    clock, port, seen = Clock(at(5, 9)), free_port(), list[dict[str, Any]]()
    path = tmp_path / "overheard.toml"
    text = config(f"http://127.0.0.1:{port}/api/")
    write_posts(tmp_path, 0)
    write_nothing(tmp_path)
    app = App(path, read_settings(text, path, all_kinds()), database, clock)
    app.__dict__["pace"] = Pace(sleep=clock.sleep, monotonic=clock.seconds, jitter=lambda: 0.5)
    collect_due(app, due_only=False)
    look(app)

    with ExitStack() as stack:
        broken = stack.enter_context(server(clock, port, seen)) if kind == "cut" else None
        cut = Fault("drop_before", "", 10**6)
        if broken is not None:
            broken.fail(cut)
        go_through(app, clock, tmp_path)
        assert [entry for entry in seen if entry["event"] == "posted"] == []
        slack = broken or stack.enter_context(server(clock, port, seen))
        slack.faults.end(cut)
        for _ in range(6):
            clock.now += TICK
            listening(app, clock)

    posted = [entry["metadata"]["event_payload"]["delivery"] for entry in seen if entry["event"] == "posted"]
    assert len(posted) == len(set(posted))
    assert [key for key in posted if key.startswith("digest:") and key.endswith("#1")] == [
        "digest:day:2026-07-06:UTC#1"
    ]
    assert 1 <= len([key for key in posted if key.startswith("alert:") and not key.endswith(":over")]) <= 3
    assert [entry for entry in seen if entry.get("error") == "ratelimited"] == []
    shown = "\n".join(str(message) for message in slack.messages)
    assert "Over meanwhile" in shown
    assert "other.csv has not answered" in shown
    check_history(database, clock.now)


def check_history(database: Database, now: datetime) -> None:
    """Every alert was told in a message that was sent, and nothing waits."""
    with database.read() as conn:
        told = [one for one in alerts.history(conn, at(1)) if one.decision is Decision.TOLD]
        sent = {one.message: outbox.get(conn, one.message) for one in told if one.message}
        left = outbox.due(conn, now + timedelta(days=1), 10_000)
    assert len([one for one in told if one.alert.rule == "keyword_hit"]) == BRANDS * WORDS
    assert {one.alert.rule for one in told} == {"keyword_hit", "source_silent"}
    assert {one.message for one in told} == set(sent)
    assert {delivery.state for delivery in sent.values() if delivery is not None} == {DeliveryState.SENT}
    assert left == []
