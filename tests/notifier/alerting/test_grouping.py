from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations

from notifier.alerting.grouping import grouped
from notifier.alerting.outcome import Case
from storage.alert_records import Severity, Why
from storage.records import Span
from tests.notifier.alerting.samples import HOUR, NOON, alert


def case(name: str, severity: Severity = Severity.WARNING, ago: int = 1, since: datetime = NOON) -> Case:
    """An alert whose window is the hour that many hours ago."""
    window = Span(NOON - ago * HOUR, NOON - (ago - 1) * HOUR)
    return Case(alert(name, severity, window=window), Why.NEW, since, 0)


def ids(cases: list[Case]) -> list[list[str]]:
    return [[one.alert.id for one in group] for group in grouped(cases)]


def test_alerts_of_one_brand_go_together_when_their_windows_touch() -> None:
    cases = [case("volume_spike:acme", ago=1), case("share_shift:acme", ago=2), case("keyword_hit:acme", ago=5)]

    assert ids(cases) == [["keyword_hit:acme"], ["share_shift:acme", "volume_spike:acme"]]


def test_a_long_window_joins_what_lies_within_it() -> None:
    long = Case(alert("share_shift:acme", window=Span(NOON - 9 * HOUR, NOON)), Why.NEW, NOON, 0)
    short = [case("volume_spike:acme", ago=8), case("keyword_hit:acme", ago=2)]

    assert ids([*short, long]) == [["keyword_hit:acme", "share_shift:acme", "volume_spike:acme"]]


def test_brands_go_apart() -> None:
    assert ids([case("volume_spike:globex"), case("volume_spike:acme")]) == [
        ["volume_spike:acme"],
        ["volume_spike:globex"],
    ]


def test_silent_sources_go_together_whenever_they_fell_silent() -> None:
    cases = [case("source_silent:b", ago=90), case("goal:leads"), case("source_silent:a")]

    assert ids(cases) == [["goal:leads"], ["source_silent:a", "source_silent:b"]]


def test_the_most_severe_comes_first_then_what_waits_longer_in_any_order() -> None:
    cases = [
        case("volume_spike:acme", since=NOON - HOUR),
        case("volume_spike:globex", since=NOON - timedelta(days=1)),
        case("keyword_hit:initech", Severity.INFO, since=NOON - timedelta(days=9)),
        case("negative_surge:hooli", Severity.CRITICAL),
        case("share_shift:hooli", Severity.INFO),
    ]
    expected = [
        ["negative_surge:hooli", "share_shift:hooli"],
        ["volume_spike:globex"],
        ["volume_spike:acme"],
        ["keyword_hit:initech"],
    ]

    for order in permutations(cases):
        assert ids(list(order)) == expected
