from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from config.campaign_settings import Goal
from scoring.days import Days
from scoring.facts import NOT_SUMMED, Facts, total
from scoring.goals import Forecast, forecast_of, progress_of, standing
from tests.scoring.campaign_sums import day
from tests.scoring.kpi_facts import only


def goal(kpi: str = "leads", target: str = "300", baseline: str = "0") -> Goal:
    """A goal of the thirty days of June."""
    return Goal(
        kpi=kpi,
        target=Decimal(target),
        baseline=Decimal(baseline),
        start=day("2026-06-01"),
        end=day("2026-06-30"),
        why="fills the calendar",
    )


def june(days: int) -> Days:
    return Days(day("2026-06-01"), day(f"2026-06-{days + 1:02d}"))


STEADY = [only(leads="10", spend="50") for _ in range(15)]


def test_a_goal_on_time_has_pace_one_and_ends_where_it_should() -> None:
    found = standing(goal(), june(15), total(STEADY), STEADY, Facts())

    assert (found.progress, found.elapsed, found.pace) == (Decimal("0.5"), Decimal("0.5"), Decimal(1))
    assert found.forecast == Forecast(Decimal(300), Decimal(300), Decimal(300))
    assert found.why == ""


@pytest.mark.parametrize(
    ("target", "baseline", "current", "progress"),
    [
        ("500", "320", "410", "0.5"),
        ("500", "320", "320", "0"),
        ("500", "320", "300", "-0.1111111111"),
        ("500", "320", "590", "1.5"),
        ("20", "40", "25", "0.75"),
    ],
    ids=["half way", "not begun", "backwards", "past it", "downwards"],
)
def test_progress_is_the_share_of_the_way(target: str, baseline: str, current: str, progress: str) -> None:
    assert round(progress_of(goal("cpl", target, baseline), Decimal(current)), 10) == Decimal(progress)


def test_before_its_first_day_is_over_a_goal_has_no_pace() -> None:
    found = standing(goal(), june(0), Facts(), [], Facts())

    assert (found.progress, found.elapsed, found.pace, found.forecast) == (None, Decimal(0), None, None)
    assert found.why == "missing leads"


def test_a_measured_nothing_before_the_first_day_has_no_pace_either() -> None:
    assert standing(goal(), june(0), only(leads="0"), [], Facts()).pace is None


def test_fewer_than_seven_days_give_no_forecast() -> None:
    found = standing(goal(), june(6), total(STEADY[:6]), STEADY[:6], Facts())

    assert (found.pace, found.forecast, found.why) == (Decimal(1), None, "7 days are needed, 6 are over")


def test_periods_that_cannot_be_cut_into_days_give_no_forecast() -> None:
    found = standing(goal(), june(15), total(STEADY) + only(leads="40", spend="1"), STEADY, Facts())

    assert found.why == "leads is stated for whole periods, which cannot be cut into days"


def test_people_are_not_forecast() -> None:
    found = standing(goal("reach"), june(15), only(reach="100"), STEADY, Facts())

    assert (found.forecast, found.why) == (None, NOT_SUMMED)


def test_a_goal_that_is_over_ends_where_it_stands() -> None:
    days = STEADY * 2
    found = standing(goal(), june(29), total(days), days, Facts())

    assert found.outcome.value == 300
    assert forecast_of("leads", total(days), days, 0) == Forecast(Decimal(300), Decimal(300), Decimal(300))


def test_a_ratio_is_forecast_as_a_ratio_of_sums() -> None:
    found = standing(goal("cpl", "4", "6"), june(15), total(STEADY), STEADY, Facts())

    assert found.forecast == Forecast(Decimal(5), Decimal(5), Decimal(5))


def test_constants_of_the_whole_goal_count_in_its_forecast() -> None:
    days = [only(engagements="30") for _ in range(15)]
    so_far = total(days) | Facts({"days": Decimal(15)})
    found = standing(goal("engagements_per_day", "40", "20"), june(15), so_far, days, Facts({"days": Decimal(30)}))

    assert found.outcome.value == 30
    assert found.forecast == Forecast(Decimal(30), Decimal(30), Decimal(30))


def test_a_day_that_states_nothing_adds_nothing() -> None:
    days = [only(leads="10") if place % 2 else Facts() for place in range(14)]
    forecast = forecast_of("leads", total(days), days, 14)

    assert 70 < forecast.low < 140 < forecast.high < 210


def test_the_same_days_give_the_same_forecast() -> None:
    days = [only(leads=str(place)) for place in range(10)]

    assert forecast_of("leads", total(days), days, 20) == forecast_of("leads", total(days), days, 20)


def test_nine_of_ten_ends_lie_within_the_range() -> None:
    chance = Random(7)
    inside = 0
    for _ in range(60):
        days = [only(leads=str(sum(chance.random() < 0.2 for _ in range(50)))) for _ in range(30)]
        forecast = forecast_of("leads", total(days[:15]), days[:15], 15)
        end = total(days).known["leads"]
        assert isinstance(end, Decimal)
        inside += forecast.low <= end <= forecast.high

    assert inside >= 54


def test_a_rank_among_brands_has_no_forecast() -> None:
    days = [only(mention_reach="5", mentions="2", positive="1", negative="1", mention_engagement="4")] * 10
    best = Facts(
        {name: Decimal(50) for name in ("best_reach", "best_mentions", "best_positive_share", "best_engagement")}
    )
    found = standing(goal("composite_rank", "4", "8"), june(10), total(days) | best, days, Facts())

    assert found.outcome.value == 3 + Decimal("0.8") + 2 + Decimal("0.04")
    assert (found.forecast, found.why) == (None, "what the other brands will have is not known")
