from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.rules.source_silent import EVERYTHING, SourceSilent, SourceSilentSettings
from scoring.watch import Watch, WatchedSource
from storage.alert_records import Severity
from storage.records import Reason, Span

NOON = datetime(2026, 7, 14, 12, tzinfo=UTC)
LISTENING_SINCE = NOON - timedelta(days=3)


def rule(**keys: object) -> SourceSilent:
    return SourceSilent(SourceSilentSettings.model_validate({"rule": "source_silent", **keys}))


def source(
    key: str = "rss:a", *, ok: timedelta | None = timedelta(0), failures: int = 0, every: int = 900
) -> WatchedSource:
    """A query whose last answer is that long ago."""
    last_ok = None if ok is None else NOON - ok
    reason = Reason.NETWORK if failures else None
    return WatchedSource(key, "rss", every, last_ok, failures, reason, "no route to host" if failures else None)


def watch(*sources: WatchedSource, listening_since: datetime | None = LISTENING_SINCE) -> Watch:
    return Watch(NOON, ZoneInfo("Europe/Paris"), (), sources=sources, listening_since=listening_since)


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([source(ok=timedelta(minutes=61), failures=1), source("b")], ["rss:a"]),
        ([source(ok=timedelta(minutes=60), failures=9), source("b")], []),
        ([source(ok=timedelta(hours=5), failures=0), source("b")], []),
        ([source(ok=timedelta(hours=5), failures=3, every=7200), source("b")], []),
        ([source(ok=timedelta(hours=6, seconds=1), failures=3, every=7200), source("b")], ["rss:a"]),
        ([source(ok=None, failures=2), source("b")], ["rss:a"]),
        ([source(ok=None, failures=0), source("b")], []),
        ([source(ok=timedelta(hours=2), failures=2)], ["rss:a", EVERYTHING]),
        ([source(ok=timedelta(hours=2), failures=2), source("b", ok=None, failures=1)], ["rss:a", "b", EVERYTHING]),
        ([], []),
    ],
    ids=[
        "over an hour", "an hour at most", "not asked", "polled seldom", "polled seldom and missed thrice",
        "never answered", "not asked yet", "the only one", "all of them", "no sources",
    ],
)  # fmt: skip
def test_a_query_is_silent_when_it_fails_for_longer_than_its_pace_allows(
    sources: list[WatchedSource], expected: list[str]
) -> None:
    assert [alert.key for alert in rule().evaluate(watch(*sources))] == expected


def test_before_the_first_poll_nothing_is_silent() -> None:
    assert rule().evaluate(watch(source(ok=None, failures=1), listening_since=None)) == []


def test_the_alert_says_since_when_why_and_what_to_do() -> None:
    (alert,) = rule().evaluate(watch(source(ok=timedelta(hours=3), failures=5), source("b")))

    assert (alert.id, alert.brand, alert.severity) == ("source_silent:rss:a", None, Severity.WARNING)
    assert alert.title == "rss:a has not answered for 3 h"
    assert alert.body == (
        "Its last answer came on 14 July 2026, 11:00; 5 polls failed since, the last with network: no route to host. "
        "What it publishes meanwhile may be lost to the counts of every brand. "
        "To see what is wrong: overheard check --online"
    )
    assert alert.window == Span(NOON - timedelta(hours=3), NOON)
    assert alert.strength == 3.0
    assert alert.evidence["silent_seconds"] == 3 * 3600


def test_silence_of_everything_is_critical_and_counts_from_the_last_answer() -> None:
    sources = source("a", ok=timedelta(hours=4), failures=5), source("b", ok=timedelta(hours=2), failures=3)

    everything = rule().evaluate(watch(*sources))[-1]

    assert (everything.id, everything.severity) == ("source_silent:all", Severity.CRITICAL)
    assert everything.title == "everything is silent: no source has answered for 2 h"
    assert everything.body.startswith("2 queries failing, without an answer since 14 July 2026, 12:00. ")


def test_severity_and_patience_come_from_the_config() -> None:
    found = rule(severity="info", after=timedelta(hours=5)).evaluate(
        watch(source("a", ok=timedelta(hours=6), failures=5), source("b", ok=timedelta(hours=4), failures=5))
    )

    assert [(alert.key, alert.severity) for alert in found] == [("a", Severity.INFO)]


@given(st.integers(1, 500), st.integers(0, 500))
def test_an_alert_gets_stronger_as_the_silence_goes_on(minutes: int, more: int) -> None:
    def strength(ago: int) -> float:
        found = rule().evaluate(watch(source(ok=timedelta(minutes=60 + ago), failures=1), source("b")))
        return found[0].strength

    assert strength(minutes) <= strength(minutes + more)
