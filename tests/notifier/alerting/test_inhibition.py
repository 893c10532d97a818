from __future__ import annotations

import pytest

from notifier.alerting.inhibition import explained_by
from tests.notifier.alerting.samples import alert


@pytest.mark.parametrize(
    ("effect", "found", "expected"),
    [
        ("source_silent:rss:a", ["source_silent:all"], "source_silent:all"),
        ("source_silent:all", ["source_silent:rss:a"], None),
        ("source_silent:rss:a", ["source_silent:rss:b"], None),
        ("volume_drop:acme", ["source_silent:rss:a"], "source_silent:rss:a"),
        ("volume_drop:acme", ["source_silent:rss:b", "source_silent:rss:a"], "source_silent:rss:a"),
        ("volume_drop:acme/rss:a", ["source_silent:rss:a"], "source_silent:rss:a"),
        ("volume_drop:acme/rss:a", ["source_silent:rss:b"], None),
        ("volume_drop:acme/rss:a", ["source_silent:all"], "source_silent:all"),
        ("volume_spike:acme", ["source_silent:all"], None),
        ("volume_spike:acme/rss:a", ["volume_spike:acme"], "volume_spike:acme"),
        ("volume_spike:acme/rss:a", ["volume_spike:acme/rss:b"], None),
        ("volume_spike:acme/rss:a", ["volume_spike:globex"], None),
        ("volume_spike:acme", ["volume_spike:acme/rss:a"], None),
        ("negative_surge:acme", ["volume_spike:acme"], "volume_spike:acme"),
        ("negative_surge:acme", ["volume_spike:acme/rss:a"], None),
        ("negative_surge:acme", ["volume_spike:globex"], None),
        ("negative_surge:acme", ["volume_drop:acme"], None),
    ],
)
def test_an_alert_is_explained_by_its_cause_and_by_nothing_else(
    effect: str, found: list[str], expected: str | None
) -> None:
    cause = explained_by(alert(effect), [alert(effect), *map(alert, found)])

    assert (cause.id if cause else None) == expected
