"""What a digest says of campaigns, from rows in the database to the numbers that are kept for `overheard why`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from config.settings import DigestSettings
from notifier.digest.kpi_ids import parse_kpi_id
from overheard.app import App
from overheard.campaigns.evidence import kpi_evidence
from overheard.campaigns.report import campaign_report
from overheard.digests.periods import period_on
from overheard.digests.reading import digest_of, problems
from overheard.jobs import put_digest
from scoring.campaign_report import CampaignReport
from scoring.money import Money
from storage import figures
from storage.database import Database
from storage.records import Span
from tests.overheard.goals import GOAL
from tests.overheard.home import at, home
from tests.storage.results import put

FIFTH = Span(at(5), at(6))


def report(app: App, window: Span = FIFTH) -> CampaignReport | None:
    with app.database.read() as conn:
        return campaign_report(app, conn, window, app.clock())


def test_whoever_imports_nothing_and_sets_no_goal_is_not_bothered(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(6, 9))

    assert report(app) is None


def test_platforms_stand_beside_the_day_before_and_all_of_them_last(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(6, 9))
    with database.write() as conn:
        put(conn, "google", day="2026-07-04", spend="50")
        put(conn, "google", day="2026-07-05", spend="60", revenue="90")
        put(conn, "meta", day="2026-07-05", spend="40")
        put(conn, "linkedin", day="2026-07-05", days=7, spend="70")
    found = report(app)

    assert found is not None
    assert [each.platform for each in found.platforms] == ["google", "meta", None]
    assert [each.facts.known.get("spend") for each in found.platforms] == [
        Money(Decimal(60), "EUR"),
        Money(Decimal(40), "EUR"),
        Money(Decimal(100), "EUR"),
    ]
    assert found.platforms[0].before.known["spend"] == Money(Decimal(50), "EUR")
    assert [(left.platform, left.rows) for left in found.left_out] == [("linkedin", 1)]


def test_days_that_no_export_has_reached_say_which_are_the_last(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(6, 9))
    with database.write() as conn:
        put(conn, day="2026-07-02", spend="50")
    found = report(app)

    assert found is not None
    assert (found.platforms, found.until) == ((), date(2026, 7, 2))


def test_a_goal_is_told_as_it_stood_when_the_window_ended(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(30), GOAL.format(kpi="leads"))
    with database.write() as conn:
        for day in range(1, 11):
            put(conn, day=f"2026-07-{day:02d}", leads=3)
    found, after = report(app), report(app, Span(at(25), at(26)))

    assert found is not None
    assert after is not None
    assert [standing.outcome.value for standing in found.goals] == [15]
    assert after.goals == []


def test_a_goal_of_no_kpi_is_a_problem_of_the_digest_and_stops_nothing(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(6, 9), GOAL.format(kpi="leeds"))
    found = report(app)
    with database.read() as conn:
        told = problems(app, conn, app.clock())

    assert found is not None
    assert found.goals == []
    assert told == ['overheard.toml: goals[1].kpi: "leeds" is not a KPI; did you mean "leads"?']


def test_what_a_digest_shows_is_what_why_computes_until_a_day_is_restated(database: Database, tmp_path: Path) -> None:
    app, _ = home(database, tmp_path, at(6, 9))
    with database.write() as conn:
        put(conn, day="2026-07-05", spend="60.01", revenue="90.07", file_row=2)
    period = period_on(app.settings.digests[0], date(2026, 7, 6), app.zone)
    assert put_digest(app, period, app.settings.digests[0])
    asked = parse_kpi_id("kpi.roi.google.20260705-20260706")
    with database.read() as conn:
        before = kpi_evidence(app, conn, asked)
        (kept,) = figures.shown(conn, str(asked))
    with database.write() as conn:
        put(conn, day="2026-07-05", content="late", spend="10", file_row=3)
    with database.read() as conn:
        after = kpi_evidence(app, conn, asked)
        digest = digest_of(app, conn, period, DigestSettings(period="day", stories=0), app.clock())

    roi = (Decimal("90.07") - Decimal("60.01")) / Decimal("60.01") * 100
    assert before.outcome.value == roi
    assert kept.inputs["exact"] == str(roi)
    assert [reasons for _, reasons in before.shown] == [[]]
    assert [reasons for _, reasons in after.shown] == [["spend was 60.01 EUR then, is 70.01 EUR now"]]
    assert digest.campaigns is not None
    assert digest.campaigns.platforms[0].numbers[0].outcome.value == Money(Decimal("70.01"), "EUR")
