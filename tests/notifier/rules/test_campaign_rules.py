"""Rules about campaign results: a KPI beyond a bound, a goal that is behind, a day of strange spend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from config.campaign_settings import Goal
from notifier.rules.goal_off_pace import GoalOffPace, GoalOffPaceSettings
from notifier.rules.kpi_threshold import KpiThreshold, KpiThresholdSettings
from notifier.rules.spend_anomaly import SpendAnomaly, SpendAnomalySettings
from scoring.campaign_report import CampaignReport, PlatformFacts
from scoring.days import Days
from scoring.facts import Facts
from scoring.goals import Forecast, Standing
from scoring.money import Money
from scoring.outcome import Outcome
from scoring.watch import PlatformSpend, Watch
from storage.alert_records import Alert
from storage.records import Span

NOON = datetime(2026, 7, 20, 12, tzinfo=UTC)
WEEK = Days(date(2026, 7, 13), date(2026, 7, 20))
PARIS = ZoneInfo("Europe/Paris")


def watch(
    platforms: Sequence[PlatformFacts] = (), goals: Sequence[Standing] = (), spend: Sequence[PlatformSpend] = ()
) -> Watch:
    return Watch(NOON, PARIS, (), campaigns=CampaignReport(WEEK, "EUR", platforms, goals), spend=spend)


def facts(platform: str | None, spend: int, conversions: int) -> PlatformFacts:
    known = Facts({"spend": Money(Decimal(spend), "EUR"), "conversions": Decimal(conversions)}, parts=1)
    return PlatformFacts(platform, known, Facts())


def threshold(*platforms: PlatformFacts, **keys: object) -> list[Alert]:
    rule = KpiThreshold(KpiThresholdSettings.model_validate({"rule": "kpi_threshold", "kpi": "cpa", **keys}))
    return list(rule.evaluate(watch(platforms)))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"above": 49}, ["all platforms:cpa:above"]),
        ({"above": 50}, []),
        ({"below": 51}, ["all platforms:cpa:below"]),
        ({"below": 50}, []),
        ({"above": 90, "below": 60}, ["all platforms:cpa:below"]),
        ({"above": 90, "platform": "meta"}, ["meta:cpa:above"]),
        ({"above": 1, "platform": "tiktok"}, []),
    ],
    ids=["above", "at the bound", "below", "at the lower bound", "two bounds", "one platform", "no results of it"],
)
def test_a_kpi_is_told_beyond_its_bound(keys: dict[str, object], expected: list[str]) -> None:
    found = threshold(facts("meta", 200, 2), facts(None, 500, 10), **keys)

    assert [alert.key for alert in found] == expected


def test_a_kpi_is_told_with_value_bound_and_days() -> None:
    (alert,) = threshold(facts(None, 500, 10), above=40)

    assert alert.title.endswith("of all platforms is 50.00 EUR, above 40.00 EUR")
    assert alert.body.startswith("By the results of 2026-07-13 to 2026-07-19: ")
    assert alert.window == Span(datetime(2026, 7, 12, 22, tzinfo=UTC), datetime(2026, 7, 19, 22, tzinfo=UTC))
    assert alert.strength == pytest.approx(0.25)


def test_an_undefined_kpi_is_beyond_nothing() -> None:
    assert threshold(facts(None, 500, 0), above=1, below=1000) == []


@pytest.mark.parametrize("keys", [{"kpi": "cpo", "above": 1}, {"kpi": "cpa"}, {"kpi": "share_of_voice", "below": 1}])
def test_a_bound_that_can_never_be_is_refused(keys: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        KpiThresholdSettings.model_validate({"rule": "kpi_threshold", **keys})


def standing(pace: str | None, low: int, high: int, *, target: int = 100, baseline: int = 0) -> Standing:
    """A goal of July of which 19 of 31 days are over."""
    goal = Goal(
        kpi="leads", target=Decimal(target), baseline=Decimal(baseline), start=date(2026, 7, 1), end=date(2026, 7, 31),
        why="fills the calendar",
    )  # fmt: skip
    return Standing(
        goal=goal,
        outcome=Outcome(Decimal(30)),
        seen=Days(date(2026, 7, 1), date(2026, 7, 20)),
        elapsed=Decimal(19) / 31,
        progress=Decimal("0.3"),
        pace=None if pace is None else Decimal(pace),
        forecast=Forecast(Decimal(low + high) / 2, Decimal(low), Decimal(high)),
        why="",
    )


@pytest.mark.parametrize(
    ("stands", "expected"),
    [
        (standing("0.89", 40, 99), 1),
        (standing("0.90", 40, 99), 0),
        (standing("0.89", 40, 100), 0),
        (standing(None, 40, 60), 0),
        (standing("0.5", 41, 60, target=40, baseline=80), 1),
        (standing("0.5", 40, 60, target=40, baseline=80), 0),
    ],
    ids=["behind", "pace as asked", "may be reached", "not begun", "to go down", "may come down"],
)
def test_a_goal_is_told_when_it_is_behind_and_its_whole_forecast_misses(stands: Standing, expected: int) -> None:
    rule = GoalOffPace(GoalOffPaceSettings(rule="goal_off_pace"))

    assert len(rule.evaluate(watch(goals=[stands]))) == expected


def test_a_goal_is_told_with_pace_and_range() -> None:
    (alert,) = GoalOffPace(GoalOffPaceSettings(rule="goal_off_pace")).evaluate(watch(goals=[standing("0.49", 40, 60)]))

    assert alert.title == "Leads: 30 of 100, on the way to miss the goal by 2026-07-31"
    assert alert.body == (
        "30.0 % of the way in 61.3 % of the time since 2026-07-01, pace 0.49. If days stay as they were it ends "
        "between 40 and 60 (95 % range). What it is good for: fills the calendar"
    )
    assert alert.strength == pytest.approx(0.51)


def spent(last: str, *, days: int = 28, ago: int = 1, each: str = "100") -> PlatformSpend:
    """The same on every day, a little more on odd ones, and something else on the last."""
    newest = date(2026, 7, 20) - timedelta(days=ago)
    money = {
        newest - timedelta(days=n): Money(Decimal(each) + (n % 2) * Decimal(each) / 10, "EUR")
        for n in range(1, days + 1)
    }
    return PlatformSpend("google", {**money, newest: Money(Decimal(last), "EUR")})


def strange(spend: PlatformSpend) -> list[Alert]:
    return list(SpendAnomaly(SpendAnomalySettings(rule="spend_anomaly")).evaluate(watch(spend=[spend])))


@pytest.mark.parametrize(
    ("spend", "expected"),
    [
        # Middle of 14 x 100 and 14 x 110: 105; distance of each 5, scatter max(5 * 1.4826, 10.5) = 10.5, four of it 42.
        (spent("147.01"), ["google:more"]),
        (spent("147"), []),
        (spent("62.99"), ["google:less"]),
        (spent("63"), []),
        (spent("500", days=13), []),
        (spent("500", ago=7), ["google:more"]),
        (spent("500", ago=8), []),
        (spent("9", each="1"), []),
    ],
    ids=["more", "not quite", "less", "not quite less", "young", "a week old", "no news", "a few cents"],
)
def test_a_day_of_spend_is_told_beyond_four_deviations(spend: PlatformSpend, expected: list[str]) -> None:
    assert [alert.key for alert in strange(spend)] == expected


def test_spend_is_told_with_what_is_usual() -> None:
    (alert,) = strange(spent("500"))

    assert alert.title == "google charged 500.00 EUR on 2026-07-19, where 105.00 EUR is usual"
    assert alert.body.startswith("84.00 EUR to 126.00 EUR are usual, by 28 days before it that state a spend. ")


def test_without_results_nothing_is_said() -> None:
    nothing = Watch(NOON, PARIS, ())

    for rule in (
        KpiThreshold(KpiThresholdSettings.model_validate({"rule": "kpi_threshold", "kpi": "cpa", "above": 0})),
        GoalOffPace(GoalOffPaceSettings(rule="goal_off_pace")),
        SpendAnomaly(SpendAnomalySettings(rule="spend_anomaly")),
    ):
        assert rule.evaluate(nothing) == []
