from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.campaign_facts import NO_CURRENCY
from scoring.days import Days, through
from scoring.facts import Facts
from scoring.outcome import Outcome, compute
from scoring.rates import Rates
from scoring.slices import By, Key, Ledger, LeftOut, costs_in, cut, days_of
from storage.campaign_records import CampaignSum
from tests.scoring.campaign_sums import cost, day, result
from tests.scoring.kpi_facts import euros

EUROS = Ledger("EUR", Rates([]))
WEEK = through(day("2026-07-01"), day("2026-07-07"))


def clicks(results: list[CampaignSum], by: By) -> dict[Key, object]:
    return {key: facts.known["clicks"] for key, facts in cut(results, by, WEEK, EUROS).slices.items()}


RESULTS = [
    result("meta", "Launch", "2026-07-02", "2026-07-03", clicks="5"),
    result("google", "Brand", "2026-07-01", "2026-07-02", clicks="1"),
    result("google", "Brand", "2026-07-02", "2026-07-03", clicks="2"),
    result("google", None, "2026-07-02", "2026-07-03", clicks="4"),
]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("total", {Key(): 12}),
        ("platform", {Key("google"): 7, Key("meta"): 5}),
        ("campaign", {Key("google", ""): 4, Key("google", "Brand"): 3, Key("meta", "Launch"): 5}),
        ("day", {Key(day=day("2026-07-01")): 1, Key(day=day("2026-07-02")): 11}),
    ],
)
def test_results_are_cut_and_no_click_is_lost(by: By, expected: dict[Key, int]) -> None:
    assert list(clicks(RESULTS, by).items()) == list(expected.items())


def test_a_period_counts_where_all_its_days_lie_within_and_on_no_single_day() -> None:
    period = result("google", "Brand", "2026-07-01", "2026-07-08", clicks="10", rows=2)

    assert clicks([period], "total") == {Key(): 10}
    assert cut([period], "day", WEEK, EUROS).slices == {}
    assert cut([period], "day", WEEK, EUROS).left_out == (LeftOut("google", 2, WEEK),)


@pytest.mark.parametrize(("start", "end"), [("2026-06-30", "2026-07-08"), ("2026-07-07", "2026-07-09")])
def test_a_period_that_reaches_beyond_the_window_is_left_out_and_told(start: str, end: str) -> None:
    beyond = result("google", "Brand", start, end, clicks="10")
    found = cut([beyond, *RESULTS], "total", WEEK, EUROS)

    assert found.slices[Key()].known["clicks"] == 12
    assert found.left_out == (LeftOut("google", 1, Days(day(start), day(end))),)


def test_what_is_left_out_is_counted_per_platform() -> None:
    one, two = (result("meta", "A", start, "2026-07-20", clicks="1", rows=3) for start in ("2026-07-05", "2026-07-03"))

    assert cut([one, two], "total", WEEK, EUROS).left_out == (
        LeftOut("meta", 6, Days(day("2026-07-03"), day("2026-07-20"))),
    )


def test_a_variant_is_named_by_its_tag_before_its_content() -> None:
    results = [
        result(apart=("red", "ad 1"), clicks="1"),
        result(apart=(None, "ad 2"), clicks="2"),
        result(apart=("", ""), clicks="4"),
    ]
    found = cut(results, "variant", WEEK, EUROS)

    assert [key.part for key in found.slices] == ["ad 2", "red"]
    assert [(left.platform, left.rows) for left in found.left_out] == [("google", 1)]


@pytest.mark.parametrize(
    ("by", "expected"),
    [("content_type", ["IG reel"]), ("weekday", ["Wednesday", "Thursday"]), ("hour", ["08:00", "21:00"])],
)
def test_posts_are_cut_by_type_weekday_and_hour(by: By, expected: list[str]) -> None:
    apart = ("IG reel", "IG reel") if by == "content_type" else ("2026-07-02T08:30:00", "2026-07-01T21:00:00")
    results = [result(apart=(text,), clicks="1") for text in apart]

    assert [key.part for key in cut(results, by, WEEK, EUROS).slices] == expected


def test_what_rows_do_not_state_is_told_by_platform() -> None:
    found = cut(
        [result("google", clicks="1", rows=2, stated=1), result("meta", clicks="1", spend="1")], "total", WEEK, EUROS
    )

    assert found.unstated["clicks"] == found.unstated["spend"] == {"google"}


def test_a_missing_rate_is_told_once_of_its_earliest_day() -> None:
    results = [
        result("meta", start="2026-07-03", end="2026-07-04", currency="USD", spend="1", revenue="2"),
        result("google", start="2026-07-02", end="2026-07-03", currency="USD", spend="1"),
        result("google", currency=None, spend="1", clicks="3", reach="5", rows=2),
    ]
    refused = cut(results, "total", WEEK, EUROS).refused

    assert {why.partition(" or before")[0]: sorted(platforms) for why, platforms in refused.items()} == {
        NO_CURRENCY: ["google"],
        "no rate from USD to EUR of 2026-07-02": ["google", "meta"],
    }


def test_costs_are_of_the_days_of_their_slice() -> None:
    ledger = Ledger("EUR", Rates([]), [cost("70", "2026-07-01", "2026-07-07")])

    assert costs_in(Key(), WEEK, ledger).known == {"other_costs": euros(70)}
    assert costs_in(Key(day=day("2026-07-03")), WEEK, ledger).known == {"other_costs": euros(10)}
    assert costs_in(Key("google"), WEEK, ledger) == Facts()
    assert costs_in(Key("google", "Brand", part="red"), WEEK, ledger) == Facts()


def test_days_of_a_slice_are_its_own_or_all() -> None:
    assert days_of(Key("google"), WEEK) == WEEK
    assert days_of(Key(day=day("2026-07-03")), WEEK) == Days(day("2026-07-03"), day("2026-07-04"))


def test_slices_of_days_add_up_to_the_whole() -> None:
    by_day = cut(RESULTS, "day", WEEK, EUROS).slices.values()

    assert sum(Decimal(str(facts.known["clicks"])) for facts in by_day) == 12


SOCIAL = Ledger(
    "EUR",
    Rates([]),
    [
        cost("70", "2026-07-01", "2026-07-07", platform="meta"),
        cost("140", "2026-07-01", "2026-07-07", platform="google"),
        cost("7", "2026-07-01", "2026-07-07", campaign="Launch"),
        cost("700", "2026-07-01", "2026-07-07"),
    ],
    frozenset({"meta"}),
)
SOLD = [result("meta", "Launch", spend="130", revenue="300"), result("google", "Brand", spend="50", revenue="10")]


@pytest.mark.parametrize(
    ("by", "key", "roi"),
    [
        ("total", Key(), 50),
        ("platform", Key("meta"), 50),
        ("campaign", Key("meta", "Launch"), (Decimal(300) - 137) / 137 * 100),
        ("platform", Key("google"), None),
    ],
)
def test_the_roi_of_social_media_counts_their_results_and_their_costs(by: By, key: Key, roi: Decimal | None) -> None:
    facts = cut(SOLD, by, WEEK, SOCIAL).slices[key] | costs_in(key, WEEK, SOCIAL)

    assert compute("roi_social", facts).value == roi
    assert compute("roi_social", facts).partial == ()


def test_where_there_is_no_post_nothing_is_known_of_posts() -> None:
    posts = result("meta", posts="2", post_engagements="8", rated_posts="2", post_rates="0.5")
    other = result("google", posts="0", post_engagements="0", rated_posts="0", post_rates="0", clicks="1")
    found = cut([posts, other], "platform", WEEK, EUROS).slices

    assert compute("engagements_per_post", found[Key("meta")]).value == 4
    assert compute("engagements_per_post", found[Key("google")]).missing == ("post_engagements", "posts")
    assert found[Key("google")].known["clicks"] == 1
    whole = cut([posts, other], "total", WEEK, EUROS).slices[Key()]
    assert compute("posts", whole) == Outcome(Decimal(2))
