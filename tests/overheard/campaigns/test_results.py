from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from overheard.app import App
from overheard.campaigns.goals import goal_problems, standings
from overheard.campaigns.results import Results, Wish, results, span_of, whole_days
from overheard.digests.heard import voices_in
from scoring.days import Days, through
from scoring.money import Money
from scoring.outcome import compute
from scoring.slices import Key
from scoring.standing import number
from storage.coverage import record_runs
from storage.database import Database
from storage.mentions import save
from storage.records import Run, Span
from tests.overheard.goals import GOAL
from tests.overheard.home import at, home
from tests.storage.made import heard
from tests.storage.results import put

JULY = through(date(2026, 7, 1), date(2026, 7, 31))
COSTS = """
[[costs]]
name = "Agency"
amount = 310
from = 2026-07-01
to = 2026-07-31
[[costs]]
name = "Google's own"
amount = 31
from = 2026-07-01
to = 2026-07-31
platform = "google"
"""


def asked(app: App, wish: Wish) -> Results:
    with app.database.read() as conn:
        return results(app, conn, wish)


def value(found: Results, id_: str, key: Key = Key()) -> Decimal | None:  # noqa: B008  # frozen
    (part,) = [part for part in found.slices if part.key == key]
    outcome = compute(id_, part.facts).value
    return None if outcome is None else number(outcome)


def test_the_total_has_all_costs_and_a_platform_its_own(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(30), COSTS)
    with database.write() as conn:
        put(conn, "google", spend="100")
        put(conn, "meta", spend="50")

    assert value(asked(app, Wish(JULY)), "total_cost") == 491
    by_platform = asked(app, Wish(JULY, "platform"))
    assert value(by_platform, "total_cost", Key("google")) == 131
    assert value(by_platform, "total_cost", Key("meta")) == 50


def test_a_slice_stands_beside_the_same_days_before(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(30))
    with database.write() as conn:
        put(conn, day="2026-07-08", clicks=5)
        put(conn, day="2026-07-01", clicks=3)
        put(conn, day="2026-06-30", clicks=100)
    (part,) = asked(app, Wish(Days(date(2026, 7, 8), date(2026, 7, 15)))).slices

    assert part.facts.known["clicks"] == 5
    assert part.before.known["clicks"] == 3
    assert part.rows == 1


def test_a_day_stands_beside_the_day_before(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(30))
    with database.write() as conn:
        put(conn, day="2026-07-01", clicks=3)
        put(conn, day="2026-07-02", clicks=5)
    found = asked(app, Wish(through(date(2026, 7, 2), date(2026, 7, 3)), "day"))

    assert [(str(part.key.day), part.facts.known.get("clicks")) for part in found.slices] == [
        ("2026-07-02", 5),
        ("2026-07-03", None),
    ]
    assert [part.before.known.get("clicks") for part in found.slices] == [3, 5]


def test_costs_without_a_rate_are_told_with_the_remedy(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(30), COSTS.replace("amount = 310\n", 'amount = 310\ncurrency = "USD"\n'))
    with database.write() as conn:
        put(conn, spend="100")
    found = asked(app, Wish(JULY))

    (refused,) = found.refused
    assert refused.startswith("costs: no rate from USD to EUR of 2026-07-01 or before; add [[rates]] with day")
    assert value(found, "total_cost") is None
    assert value(found, "spend") == 100


def test_only_the_platforms_that_are_asked_for_count(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(30), COSTS)
    with database.write() as conn:
        put(conn, "google", spend="100")
        put(conn, "ga4", spend="50")

    assert value(asked(app, Wish(JULY, platforms=("google",))), "total_cost") == 131


def test_voice_is_of_the_same_days_in_the_same_zone(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(30))
    with database.write() as conn:
        save(conn, [heard("1", when=at(1)), heard("2", when=at(2), brands=("globex",)), heard("3", when=at(3))], at(4))
    found = asked(app, Wish(through(date(2026, 7, 1), date(2026, 7, 2))))

    assert value(found, "mentions") == 1
    assert value(found, "share_of_voice") == 50
    assert value(asked(app, Wish(found.wish.days, brand="globex")), "mentions") == 1


def test_share_of_voice_is_that_of_the_other_commands(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(30))
    brands = [("acme",), ("globex",), ("acme", "globex")]
    with database.write() as conn:
        save(conn, [heard(str(place), when=at(1), brands=of) for place, of in enumerate(brands * 3)], at(4))
    found = asked(app, Wish(JULY))
    with database.read() as conn:
        own = voices_in(app, conn, span_of(app, JULY))[0]

    assert own.share is not None
    assert value(found, "share_of_voice") == pytest.approx(Decimal(own.share) * 100)
    assert value(found, "net_sentiment") == pytest.approx(Decimal(own.net_sentiment or 0) * 100)


def test_silence_that_nobody_listened_to_is_unknown_and_heard_silence_is_zero(
    database: Database, tmp_path: Path
) -> None:
    app, _ = home(database, tmp_path, at(30))
    before = value(asked(app, Wish(JULY)), "mentions")
    heard_all = Span(at(1), at(30))
    with database.write() as conn:
        record_runs(conn, [Run(app.keys[0], "file", at(1), at(30), heard_all)])

    assert before is None
    assert value(asked(app, Wish(JULY)), "mentions") == 0


def test_days_are_those_of_the_zone(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(30))

    assert whole_days(app, Span(at(1, 5), at(3, 5))) == Days(date(2026, 7, 1), date(2026, 7, 3))


def test_a_goal_is_measured_up_to_the_last_imported_day(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(15, 12), GOAL.format(kpi="leads"))
    with database.write() as conn:
        for day in range(1, 11):
            put(conn, day=f"2026-07-{day:02d}", leads=6)
        (found,) = standings(app, conn, app.clock().date())

    assert (found.progress, found.elapsed, found.pace) == (Decimal("0.6"), Decimal("0.5"), Decimal("1.2"))
    assert found.forecast is not None
    assert found.forecast.value == found.forecast.low == Decimal(120)


def test_a_goal_of_the_voice_is_measured_up_to_this_midnight(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(6, 12), GOAL.format(kpi="mentions"))
    with database.write() as conn:
        save(conn, [heard(str(day), when=at(day)) for day in range(1, 7)], at(6))
        (found,) = standings(app, conn, app.clock().date())

    assert found.seen.count == 5
    assert found.outcome.value == 5


@pytest.mark.parametrize(
    ("platform", "campaign", "leads"),
    [("google", None, 5), ("google", "Brand", 2), (None, "Launch", 8), ("x", None, None)],
)
def test_a_goal_counts_its_platform_and_campaign(
    database: Database, tmp_path: Path, platform: str | None, campaign: str | None, leads: int | None
) -> None:
    more = "".join(f'{key} = "{name}"\n' for key, name in (("platform", platform), ("campaign", campaign)) if name)
    app, _ = home(database, tmp_path, at(15), GOAL.format(kpi="leads") + more)
    with database.write() as conn:
        put(conn, "google", "Brand", leads=2)
        put(conn, "google", "Generic", leads=3)
        put(conn, "meta", "Launch", leads=8)
        (found,) = standings(app, conn, app.clock().date())

    assert found.outcome.value == leads


def test_a_goal_whose_kpi_does_not_exist_is_told_with_its_place(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(15), GOAL.format(kpi="leads") + GOAL.format(kpi="led") + GOAL.format(kpi="zz"))

    assert list(goal_problems(app.settings)) == [
        ("goals[2].kpi", '"led" is not a KPI; did you mean "leads"?'),
        ("goals[3].kpi", '"zz" is not a KPI; `overheard kpis --list` shows them all'),
    ]


@pytest.mark.parametrize("key", ["platform", "campaign"])
def test_a_goal_of_mentions_that_names_a_part_of_the_results_is_told(
    database: Database, tmp_path: Path, key: str
) -> None:
    goals = f'{GOAL.format(kpi="share_of_voice")}{key} = "google"\n' + GOAL.format(kpi="mentions")
    app, _ = home(database, tmp_path, at(15), goals + GOAL.format(kpi="cac") + f'{key} = "google"\n')

    told = f"share_of_voice is made of mentions, which belong to no {key}; leave {key} out, or choose a KPI of results"
    assert list(goal_problems(app.settings)) == [(f"goals[1].{key}", told)]


def test_a_goal_is_known_up_to_the_day_on_which_the_first_of_its_facts_ends(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(20), GOAL.format(kpi="leads") + GOAL.format(kpi="cpl"))
    with database.write() as conn:
        put(conn, "hubspot", day="2026-07-06", leads=6)
        put(conn, "google", day="2026-07-10", spend="60")
        put(conn, "google", day="2026-07-04", spend="30")
        leads, cpl = standings(app, conn, app.clock().date())

    assert (leads.seen.last, cpl.seen.last) == (date(2026, 7, 6), date(2026, 7, 6))
    assert cpl.outcome.value == Money(Decimal(5), "EUR")


def test_results_that_reach_beyond_a_goal_do_not_make_its_days_known(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(30), GOAL.format(kpi="leads"))
    with database.write() as conn:
        put(conn, day="2026-07-03", leads=1)
        put(conn, campaign="Long", day="2026-07-01", days=29, leads=100)
        (found,) = standings(app, conn, app.clock().date())

    assert found.seen.last == date(2026, 7, 3)
    assert found.outcome.value == 1


def test_authors_and_their_reach_are_of_the_same_days_and_brand(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(30))
    seen = [("1", "ann", 0.5, 1), ("2", "ann", 0.5, 1), ("3", "bob", -0.5, 1), ("4", "cid", 0.5, 5)]
    mentions = [heard(name, author=author, compound=worth, when=at(day)) for name, author, worth, day in seen]
    with database.write() as conn:
        save(conn, [replace(one, mention=replace(one.mention, reach=100)) for one in mentions], at(6))
    found = asked(app, Wish(through(date(2026, 7, 1), date(2026, 7, 2))))

    assert value(found, "author_sentiment") == 50
    assert value(found, "mention_reach") == 300
    assert value(found, "unique_reach") == 200


def test_social_platforms_are_those_of_the_config(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(30), '[business]\nsocial_platforms = ["google"]\n' + COSTS)
    with database.write() as conn:
        put(conn, "google", spend="69", revenue="150")
        put(conn, "meta", spend="50", revenue="500")

    assert value(asked(app, Wish(JULY)), "roi_social") == 50
