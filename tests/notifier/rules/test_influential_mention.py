from __future__ import annotations

from datetime import timedelta

import pytest

from notifier.rules.influential_mention import InfluentialMention, InfluentialMentionSettings
from storage.alert_records import Alert
from storage.records import StoredMention
from tests.notifier.rules.watches import brand, steady, stored, watch

EIGHT_WEEKS = brand(steady(1))
TWO_WEEKS = brand(steady(1), hours=336)
PEAKS = {"acme": [900, 800, 700, 600, 500, 400, 300, 250, 200, 150]}  # the eighth is one a week of eight


def found(*loud: StoredMention, made: object = EIGHT_WEEKS, peaks: object = None, **keys: object) -> list[Alert]:
    rule = InfluentialMention(InfluentialMentionSettings.model_validate({"rule": "influential_mention", **keys}))
    return list(rule.evaluate(watch(made, loud=loud, peaks=PEAKS if peaks is None else peaks)))  # type: ignore[arg-type]  # made


@pytest.mark.parametrize(
    ("engagement", "reach", "keys", "expected"),
    [
        (250, None, {}, 1),
        (249, None, {}, 0),
        (None, 100_000, {}, 1),
        (None, 99_999, {}, 0),
        (None, None, {}, 0),
        (300, None, {"engagement": 301}, 0),
        (250, None, {"a_week": 2}, 1),
    ],
    ids=["as one a week", "less", "reach", "less reach", "nothing known", "below your floor", "fewer known than asked"],
)
def test_a_mention_is_told_from_what_one_a_week_had(
    engagement: int | None, reach: int | None, keys: dict[str, int], expected: int
) -> None:
    assert len(found(stored("1", engagement=engagement, reach=reach), **keys)) == expected


def test_a_young_history_is_compared_with_as_many_weeks_as_it_has() -> None:
    assert found(stored("1", engagement=799), made=TWO_WEEKS) == []
    assert len(found(stored("1", engagement=800), made=TWO_WEEKS)) == 1


def test_without_any_history_the_floor_decides() -> None:
    assert len(found(stored("1", engagement=100), peaks={})) == 1
    assert found(stored("1", engagement=99), peaks={}) == []


def test_the_alert_says_what_it_is_and_why_it_is_told() -> None:
    (alert,) = found(stored("7", engagement=500, ago=timedelta(hours=2)))

    assert (alert.id, alert.lasting, alert.strength) == ("influential_mention:acme/rss:7", False, 2.0)
    assert alert.title == "Acme: post in rss with 500 engagement (negative)"
    assert alert.body == (
        "Published 14 July 2026, 12:00 by ann, engagement 500. The bar is 250 engagement, which no more than 1 mention "
        "a week reached in up to 8 weeks, or 100,000 reach."
    )
    assert alert.evidence["url"] == "https://example.org/7"


def test_competitors_are_told_only_when_the_config_names_them() -> None:
    theirs = brand(steady(1), "globex", role="competitor")
    loud = stored("1", engagement=5000, brands=("globex",))

    assert found(loud, made=theirs) == []
    assert [alert.brand for alert in found(loud, made=theirs, brands=["globex"])] == ["globex"]
