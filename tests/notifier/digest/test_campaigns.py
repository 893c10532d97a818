from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from notifier.digest import campaign_phrases
from notifier.digest.campaigns import CampaignSection, section
from notifier.digest.figures import figures
from notifier.languages.speech import ENGLISH
from notifier.renderers.campaign_json import section_json
from scoring.campaign_report import CampaignReport
from tests.notifier import campaign_samples, samples
from tests.notifier.campaign_samples import BEHIND, META, QUIET, REPORT, UNKNOWN

ELAPSED = "by 30 September 2013; 30.0 % of the way, 45.7 % of the time gone"


def spoken(found: CampaignSection) -> dict[str, list[str]]:
    return {
        line.name: [campaign_phrases.spoken(number, ENGLISH) for number in line.numbers] for line in found.platforms
    }


def test_each_platform_is_told_beside_the_days_before_and_all_of_them_last() -> None:
    assert spoken(section(REPORT, ENGLISH)) == {
        "meta_ads": [
            "Ad spend 1,200.00 EUR (+20 %)",
            "Revenue 3,000.00 EUR (-6 %)",
            "ROI of ad spend 150.0 % (-70.0 points)",
            "Customer acquisition cost 60.00 EUR (+50 %)",
        ],
        "google_ads": [
            "Ad spend 800.50 EUR (-10 %)",
            "Revenue 1,000.00 EUR * (+11 %)",
            "ROI of ad spend 24.9 % * (+23.8 points)",
            "Customer acquisition cost n/a",
        ],
        "all platforms": [
            "Ad spend 2,000.50 EUR (+6 %)",
            "Revenue 4,000.00 EUR * (-2 %)",
            "ROI of ad spend 100.0 % * (-17.0 points)",
            "Customer acquisition cost 100.02 EUR * (+32 %)",
        ],
    }


def test_a_single_platform_needs_no_sum() -> None:
    found = section(replace(REPORT, platforms=(META, replace(META, platform=None))), ENGLISH)

    assert [line.name for line in found.platforms] == ["meta_ads"]


def test_what_nothing_can_be_compared_with_is_new() -> None:
    new = replace(META, before=campaign_samples.facts())
    (line,) = section(replace(REPORT, platforms=(new,)), ENGLISH).platforms

    assert campaign_phrases.spoken(line.numbers[0], ENGLISH) == "Ad spend 1,200.00 EUR (new)"


def test_what_is_missing_partial_left_out_or_claimed_twice_is_told_once() -> None:
    assert list(section(REPORT, ENGLISH).missing) == [
        "n/a: Customer acquisition cost of google_ads (missing new_customers: an export with this column).",
        "Marked *: rows of google_ads, all platforms do not all state revenue; what is known was added up.",
        "Marked *: rows of all platforms do not all state new_customers; what is known was added up.",
        "Left out: 3 rows of linkedin_ads on 2013-08-01 to 2013-08-31, not all within 2013-08-05 to 2013-08-11.",
        "All platforms together count a sale twice where two of them claim it.",
    ]


def test_amounts_without_a_rate_come_with_the_remedy() -> None:
    refused = "meta_ads: no rate from USD to EUR of 2013-08-05 or before; add [[rates]]"
    told = section(replace(REPORT, platforms=(META,), left_out=(), refused=(refused,)), ENGLISH).missing

    assert told == (f"Amounts are missing: {refused}",)


def test_a_number_that_is_divided_by_nothing_says_so() -> None:
    free = replace(META, facts=campaign_samples.facts(spend="0", revenue="10", new_customers=2))
    told = section(replace(REPORT, platforms=(free,), left_out=()), ENGLISH).missing

    assert told == ("n/a: ROI of ad spend of meta_ads (spend is 0).",)


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (QUIET, "No campaign results of 2013-08-05 to 2013-08-11 were imported; the last ones are of 2013-07-28."),
        (replace(QUIET, until=None), "No campaign results were imported yet."),
        (REPORT, None),
    ],
    ids=["late", "never", "there"],
)
def test_days_without_results_say_which_are_the_last(report: CampaignReport, words: str | None) -> None:
    assert section(report, ENGLISH).quiet == words


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (
            BEHIND,
            f"150 of 500 {ELAPSED}; pace 0.66 (behind); forecast 331, 95 % range 290 to 370",
        ),
        (
            UNKNOWN,
            "n/a (missing new_customers), to be 40.00 EUR by 30 September 2013",
        ),
        (
            replace(BEHIND, pace=Decimal("1.2"), forecast=None, why="7 days are needed, 3 are over"),
            f"150 of 500 {ELAPSED}; pace 1.20 (ahead); no forecast: 7 days are needed, 3 are over",
        ),
        (
            replace(BEHIND, pace=Decimal("0.96"), outcome=replace(BEHIND.outcome, partial=("leads",))),
            f"150 * of 500 {ELAPSED}; pace 0.96 (on time); forecast 331, 95 % range 290 to 370",
        ),
    ],
    ids=["behind", "unknown", "ahead", "on time"],
)
def test_a_goal_is_told_in_one_sentence(standing: object, words: str) -> None:
    (line,) = section(replace(REPORT, goals=(standing,)), ENGLISH).goals  # type: ignore[arg-type]  # a Standing, by the table

    assert campaign_phrases.goal(line, "EUR", ENGLISH).partition(": ")[2] == words


def test_every_number_has_an_id_and_goals_too() -> None:
    found = section_json(section(REPORT, ENGLISH))
    platforms: list[dict[str, object]] = found["platforms"]  # type: ignore[assignment]  # as the shape is
    goals: list[dict[str, object]] = found["goals"]  # type: ignore[assignment]  # as the shape is

    assert [number["id"] for number in platforms[0]["numbers"]] == [  # type: ignore[attr-defined]  # as the shape is
        "kpi.spend.meta_ads.20130805-20130812",
        "kpi.revenue.meta_ads.20130805-20130812",
        "kpi.roi.meta_ads.20130805-20130812",
        "kpi.cac.meta_ads.20130805-20130812",
    ]
    assert [goal["id"] for goal in goals] == [
        "kpi.leads.all.20130701-20130812",
        "kpi.cac.meta_ads.20130701-20130812",
    ]


def test_numbers_are_kept_with_all_their_digits_and_facts() -> None:
    made = samples.digest(samples.snapshot())
    rows = {row.id: row for row in figures(made, samples.AT, "digest:week", "rules-1")}
    kept = rows["kpi.cac.all.20130805-20130812"]

    assert (kept.value, kept.formula) == (100.025, "total_cost / new_customers")
    assert kept.inputs == {
        "exact": "100.025 EUR",
        "facts": {"spend": "2000.5 EUR", "other_costs": "n/a", "new_customers": "20"},
    }
    assert rows["kpi.cac.google_ads.20130805-20130812"].value is None
