from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from notifier.alerting.outcome import Memory
from notifier.alerting.pipeline import decide
from notifier.registry import rule_alone
from overheard.alerts.backtest import EVERY, Backtest, backtest
from overheard.alerts.watching import Looking
from overheard.app import App
from overheard.progress import Advance
from storage.alert_records import AlertState, Why
from storage.coverage import record_runs
from storage.database import Database, open_database
from storage.records import Run, Span
from storage.saving import save
from tests.overheard.home import at, home
from tests.storage.made import heard

CRISIS = at(20, 15)


@pytest.fixture
def app(tmp_path: Path) -> App:
    """Two mentions an hour from the first to the 25th of July, read back at once; forty in one hour of the 20th."""
    database = open_database(f"sqlite:///{tmp_path}/overheard.db")
    opened, clock = home(database, tmp_path, at(26))
    fill(database, clock.now, CRISIS, clock.now)
    return opened


def fill(database: Database, polled: datetime, crisis: datetime, collected: datetime) -> None:
    with database.write() as conn:
        quiet = [at(1) + timedelta(minutes=30 * number) for number in range(24 * 48)]
        loud = [crisis + timedelta(minutes=number) for number in range(40)]
        posts = [heard(str(number), when=when, story=number) for number, when in enumerate([*quiet, *loud])]
        save(conn, posts, collected)
        record_runs(conn, [Run("file:posts.csv", "file", polled, polled, Span(at(1), at(25)), new=len(posts))])


def replayed(
    app: App, start: datetime, end: datetime, *rules: str, false_alarms: tuple[float, ...] = (1.0,)
) -> Backtest:
    nobody: Advance = lambda done, total, last: None  # noqa: E731, ARG005  # nobody looks at the progress
    with app.database.read() as conn:
        return backtest(app, conn, Span(start, end), [rule_alone(name) for name in rules], false_alarms, nobody)


def test_a_crisis_is_told_once_when_the_first_hour_of_it_is_over(app: App) -> None:
    found = replayed(app, at(18), at(23), "volume_spike")

    (told,) = found.replayed[0].told
    assert (told.alert.id, told.at, told.why) == ("volume_spike:acme", at(20, 16), Why.NEW)
    assert told.alert.title == "Acme: 42 mentions in 1 h, where about 2 are usual"
    assert (found.span, found.replayed[0].messages) == (Span(at(18), at(23)), 1)
    assert found.replayed[0].per_week(found.span) == pytest.approx(7 / 5)


def test_what_comes_after_the_look_changes_nothing(app: App) -> None:
    early = replayed(app, at(18), at(20, 16), "volume_spike").replayed[0].told
    late = replayed(app, at(18), at(24), "volume_spike").replayed[0].told

    assert [(one.at, one.alert.window, one.why) for one in early] == [
        (one.at, one.alert.window, one.why) for one in late
    ]


def test_each_sensitivity_decides_by_itself(app: App) -> None:
    found = replayed(app, at(20), at(21), "volume_spike", "volume_drop", false_alarms=(1.0, 0.0001, 4.0))

    assert [each.false_alarms for each in found.replayed] == [1.0, 0.0001, 4.0]
    assert len(found.replayed[1].told) <= len(found.replayed[0].told) <= len(found.replayed[2].told)


def test_a_history_that_is_too_short_says_so(app: App) -> None:
    found = replayed(app, at(1), at(2), "volume_spike")

    assert found.replayed[0].told == ()
    assert found.unready == (
        "volume_spike says nothing of Acme: of its last 24 hours, only 0 hours before it were heard, 72 are needed",
    )


def test_a_span_within_an_hour_is_one_look(app: App) -> None:
    assert replayed(app, at(20, 15), at(20, 15, 30), "volume_spike").span == Span(at(20, 15), at(20, 16))


def test_a_replay_decides_as_looks_of_their_own_do(app: App) -> None:
    """Each hour is looked at anew, with all of its history read and learned again."""
    rules = [rule_alone(name) for name in ("volume_spike", "volume_drop", "negative_surge")]
    states: dict[str, AlertState] = {}
    told = []
    with app.database.read() as conn:
        for hour in range(1, 49):
            now = at(19, 16) + timedelta(hours=hour)
            seen = Looking(app, conn, Span(now, now), rules, EVERY).at(now, now - EVERY)
            alerts = [alert for rule in rules for alert in rule.evaluate(seen)]
            outcome = decide(alerts, Memory(states), app.settings.alerting, now, app.zone, seen.tests)
            states = {state.alert.id: state for state in outcome.states}
            told += [(one.at, one.why, one.alert.id, one.alert.window) for one in outcome.decided if one.why is Why.NEW]

    replay = replayed(app, at(19, 16), at(21, 16), "volume_spike", "volume_drop", "negative_surge").replayed[0].told

    assert told == [(one.at, one.why, one.alert.id, one.alert.window) for one in replay]
    assert told
