from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import Connection

from scoring.campaign_facts import facts_of
from scoring.facts import total
from scoring.rates import Rates
from storage.campaign_records import CampaignSum
from storage.campaign_sums import campaign_sums, days_with_results, platforms_with_results
from storage.database import Database
from storage.mentions import save
from storage.posts import POSTS
from storage.records import Span
from storage.voice import reach
from tests.storage.made import at, heard
from tests.storage.results import put

JULY = (date(2026, 7, 1), date(2026, 8, 1))


def july(
    conn: Connection, apart: Sequence[str] = (), *, campaigns: bool = True, daily: bool = True
) -> list[CampaignSum]:
    return list(campaign_sums(conn, *JULY, "EUR", apart, campaigns=campaigns, daily=daily))


def test_rows_of_a_campaign_and_day_are_added_up_and_counted(database: Database) -> None:
    with database.write() as conn:
        put(conn, content="a", spend="10.10", clicks=3, conversions="0.5")
        put(conn, content="b", spend="20.20", clicks=None, conversions="1.25")
    with database.read() as conn:
        (found,) = july(conn)

    assert (found.platform, found.campaign, found.currency, found.rows) == ("google", "Brand", "EUR", 2)
    assert (found.start_day, found.end_day) == (date(2026, 7, 1), date(2026, 7, 2))
    stated = {name: value for name, value in found.sums.items() if name not in POSTS}
    assert stated == {"spend": Decimal("30.3"), "conversions": Decimal("1.75"), "clicks": Decimal(3)}
    assert {name: found.stated[name] for name in ("spend", "clicks", "impressions")} == {
        "spend": 2,
        "clicks": 1,
        "impressions": 0,
    }


def test_days_campaigns_platforms_and_currencies_stay_apart(database: Database) -> None:
    with database.write() as conn:
        put(conn, clicks=1)
        put(conn, day="2026-07-02", clicks=2)
        put(conn, "google", "Generic", clicks=4)
        put(conn, "meta", clicks=8)
        put(conn, content="a", currency="USD", clicks=16)
        put(conn, content="b", currency=None, clicks=32)
    with database.read() as conn:
        found = july(conn)

    assert sorted(int(each.sums["clicks"]) for each in found) == [1, 2, 4, 8, 16, 32]
    assert [each.start_day.day for each in found] == [1, 1, 1, 1, 1, 2]


def test_rows_that_touch_the_days_are_given_and_no_others(database: Database) -> None:
    with database.write() as conn:
        for place, (day, days) in enumerate(
            [("2026-06-30", 1), ("2026-06-30", 2), ("2026-07-01", 31), ("2026-07-31", 2), ("2026-08-01", 1)]
        ):
            put(conn, content=str(place), day=day, days=days, clicks=10**place)
    with database.read() as conn:
        found = july(conn)

    assert [int(each.sums["clicks"]) for each in found] == [10, 100, 1000]


def test_days_within_are_added_up_where_nothing_needs_them_apart(database: Database) -> None:
    with database.write() as conn:
        put(conn, day="2026-07-01", clicks=1)
        put(conn, day="2026-07-05", days=3, clicks=2)
        put(conn, day="2026-07-31", days=2, clicks=4)
        put(conn, day="2026-06-30", days=2, clicks=8)
        put(conn, "meta", day="2026-07-02", currency="USD", clicks=16)
        put(conn, "meta", day="2026-07-03", currency="USD", clicks=32)
        put(conn, "meta", day="2026-07-04", currency=None, clicks=64)
    with database.read() as conn:
        found = july(conn, daily=False)

    assert [(str(each.start_day), str(each.end_day), int(each.sums["clicks"])) for each in found] == [
        ("2026-06-30", "2026-08-02", 12),
        ("2026-07-01", "2026-07-08", 3),
        ("2026-07-02", "2026-07-03", 16),
        ("2026-07-03", "2026-07-04", 32),
        ("2026-07-04", "2026-07-05", 64),
    ]


def test_further_columns_tell_rows_apart(database: Database) -> None:
    with database.write() as conn:
        put(conn, content="a", utm_content="red", clicks=1)
        put(conn, content="b", utm_content="red", clicks=2)
        put(conn, content="c", clicks=4)
    with database.read() as conn:
        found = {each.apart: int(each.sums["clicks"]) for each in july(conn, ["utm_content"])}

    assert found == {("red",): 3, (None,): 4}


def test_campaigns_can_be_taken_together(database: Database) -> None:
    with database.write() as conn:
        put(conn, campaign="Brand", clicks=1)
        put(conn, campaign="Generic", clicks=2)
        put(conn, "meta", clicks=4)
    with database.read() as conn:
        found = july(conn, campaigns=False)
        platforms = platforms_with_results(conn)

    assert [(each.platform, each.campaign, int(each.sums["clicks"])) for each in found] == [
        ("google", None, 3),
        ("meta", None, 4),
    ]
    assert platforms == ["google", "meta"]


def test_a_campaign_is_called_by_its_name_else_its_id_else_nothing(database: Database) -> None:
    with database.write() as conn:
        put(conn, "a", "Brand")
        put(conn, "b", None, campaign_key="B-1")
        put(conn, "c", None)
    with database.read() as conn:
        assert [each.campaign for each in july(conn)] == ["Brand", "B-1", None]


def test_a_renamed_campaign_stays_one_under_its_newest_name_of_a_day(database: Database) -> None:
    with database.write() as conn:
        put(conn, campaign="Spring", campaign_key="B-1", content="a", clicks=1)
        put(conn, campaign="Spring sale", campaign_key="B-1", content="b", clicks=2)
    with database.read() as conn:
        assert [(each.campaign, each.rows) for each in july(conn)] == [("Spring sale", 2)]


def test_days_with_results_are_from_the_first_to_the_last(database: Database) -> None:
    with database.write() as conn:
        nothing = days_with_results(conn)
        put(conn, day="2026-07-03", days=4)
        put(conn, day="2026-07-01", content="a")

    with database.read() as conn:
        assert (nothing, days_with_results(conn)) == (None, (date(2026, 7, 1), date(2026, 7, 7)))


def test_the_database_adds_up_as_facts_do(database: Database) -> None:
    chance = Random(5)
    rows: list[dict[str, Any]] = [
        {
            "content": str(place),
            "spend": chance.choice([None, f"{chance.randint(0, 999)}.{chance.randint(0, 99):02d}"]),
            "clicks": chance.choice([None, 0, chance.randint(1, 99)]),
            "reach": chance.choice([None, None, None, chance.randint(1, 99)]),
        }
        for place in range(12)
    ]
    with database.write() as conn:
        for row in rows:
            put(conn, **row)
    with database.read() as conn:
        (together,) = july(conn)
        one_by_one = [replace(each, apart=()) for each in july(conn, ["content"])]

    assert facts_of(together, Rates([]), "EUR") == total(facts_of(each, Rates([]), "EUR") for each in one_by_one)


def test_reach_of_mentions_is_summed_where_a_source_states_it(database: Database) -> None:
    def reaching(native_id: str, people: int | None, brand: str) -> Any:
        mention = heard(native_id, when=at(1), brands=(brand,))
        return replace(mention, mention=replace(mention.mention, reach=people))

    with database.write() as conn:
        save(conn, [reaching("1", 100, "acme"), reaching("2", None, "acme"), reaching("3", 50, "acme")], at(2))
        save(conn, [reaching("4", None, "globex")], at(2))
    with database.read() as conn:
        found = reach(conn, Span(at(0), at(2)), ["acme", "globex", "initech"])

    assert found == {"acme": 150, "globex": None, "initech": None}


def test_a_campaign_that_was_renamed_is_one_campaign_under_its_latest_name(database: Database) -> None:
    with database.write() as conn:
        put(conn, campaign_key="17", campaign="Winter", day="2026-07-01", currency="USD", clicks=1)
        put(conn, campaign_key="17", campaign="Autumn", day="2026-07-20", currency="USD", clicks=2)
        put(conn, campaign_key="17", campaign=None, day="2026-07-21", currency="USD", clicks=4)
        put(conn, "meta", campaign_key="17", campaign="Another", day="2026-07-22", currency="USD", clicks=8)
    with database.read() as conn:
        found = july(conn, daily=False)

    assert [(each.platform, each.campaign, int(each.sums["clicks"])) for each in found] == [
        ("google", "Autumn", 1),
        ("google", "Autumn", 2),
        ("google", "Autumn", 4),
        ("meta", "Another", 8),
    ]


def test_channels_of_web_analytics_are_told_apart_and_nothing_else_is_one(database: Database) -> None:
    with database.write() as conn:
        put(conn, "ga4", content="Paid Social", grain="channel", sessions=1)
        put(conn, "ga4", content="Paid Social", grain="channel", day="2026-07-02", sessions=2)
        put(conn, "ga4", content="Direct", grain="first_channel", sessions=4)
        put(conn, "ga4", content="Direct | mobile", grain="channel + device", sessions=8)
        put(conn, "hubspot", content="501", grain="contact", leads=1)
        put(conn, "hubspot", content="502", grain="contact", leads=1)
    with database.read() as conn:
        found = july(conn, ("channel", "grain"), campaigns=False, daily=False)

    assert {each.apart: (each.rows, sum(each.sums.values())) for each in found} == {
        ("Paid Social", "channel"): (2, 3),
        ("Direct", "first_channel"): (1, 4),
        (None, "channel + device"): (1, 8),
        (None, "contact"): (2, 2),
    }


def test_posts_are_counted_and_each_has_its_rate(database: Database) -> None:
    with database.write() as conn:
        put(conn, content="1", published_local="2026-07-01T10:00", engagements=10, impressions=100)
        put(conn, content="2", published_local="2026-07-01T10:00", engagements=1, impressions=3)
        put(conn, content="3", published_local="2026-07-01T11:00", engagements=5, impressions=0)
        put(conn, content="4", published_local="2026-07-01T12:00", impressions=50)
        put(conn, content="an ad", engagements=500, impressions=1000)
    with database.read() as conn:
        (found,) = july(conn)

    assert {name: found.sums[name] for name in POSTS} == {
        "posts": 4,
        "post_engagements": 16,
        "rated_posts": 2,
        "post_rates": Decimal("0.433333"),  # 10/100 + 1/3, in whole millionths
    }
    assert (found.stated["posts"], found.stated["rated_posts"], found.stated["post_engagements"]) == (5, 5, 4)
