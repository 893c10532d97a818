"""`overheard kpis` as people use it: an export is imported, and numbers come out, or what they lack."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from overheard.cli.group import run
from scoring.kpi import Kind
from scoring.kpis import KPIS
from tests.overheard.goals import GOAL

CONFIG = """
timezone = "Europe/Paris"
currency = "EUR"

[[brands]]
name = "Acme"
role = "own"

[[brands]]
name = "Globex"

[business]
gross_margin = 0.5
"""
RATE = """
[[rates]]
day = 2026-07-01
from = "USD"
to = "EUR"
rate = 0.5
"""
HEADINGS = "platform,campaign,content,day,currency,spend,revenue,impressions,clicks,leads,new_customers,utm_content"
ROWS = [
    "google,Brand,a,2026-07-01,EUR,100.10,300.30,1000,50,5,2,red",
    "google,Brand,b,2026-07-01,EUR,50.05,100.10,1000,20,5,2,blue",
    "google,Brand,a,2026-07-02,EUR,50.00,50.00,1000,40,4,,red",
    "meta,Launch,,2026-07-02,USD,20,200,500,10,1,1,",
]
JULY = ("--since", "2026-07-01", "--until", "2026-08-01")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OVERHEARD_NOW", "2026-07-11T12:00:00Z")
    write(tmp_path, CONFIG + RATE)
    return tmp_path


def write(folder: Path, config: str) -> None:
    (folder / "overheard.toml").write_text(config, encoding="utf-8")


def imported(folder: Path, capsys: pytest.CaptureFixture[str], *rows: str, headings: str = HEADINGS) -> None:
    (folder / "results.csv").write_text("\n".join([headings, *(rows or ROWS)]) + "\n", encoding="utf-8")
    assert run(["import", "results.csv"]) == 0, capsys.readouterr()


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run(["kpis", *arguments]) == code
    captured = capsys.readouterr()
    return captured.err if code == 2 else captured.out


def document(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    return json.loads(said(capsys, *arguments, "--format", "json", code=code))


def row(found: Any, kpi: str, **where: str) -> Any:
    (one,) = [
        each for each in found["rows"] if each["kpi"] == kpi and all(each[key] == name for key, name in where.items())
    ]
    return one


def test_the_total_is_in_one_currency(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, capsys)
    found = document(capsys, *JULY)

    assert row(found, "spend")["value"] == 210.15
    assert (row(found, "spend")["unit"], row(found, "spend")["currency"]) == ("money", "EUR")
    assert row(found, "roas")["value"] == pytest.approx(550.40 / 210.15)
    assert (row(found, "clicks")["value"], row(found, "clicks")["currency"]) == (120, None)
    assert row(found, "ctr")["value"] == pytest.approx(120 / 3500 * 100)
    assert row(found, "poas")["value"] == pytest.approx(550.40 / 2 / 210.15)
    assert found["window"] == {"start": "2026-06-30T22:00:00Z", "end": "2026-07-31T22:00:00Z"}
    assert found["days"] == {"first": "2026-07-01", "last": "2026-07-31"}


def test_what_is_unknown_in_a_part_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, capsys)

    assert row(document(capsys, *JULY), "cac")["partial"] == ["new_customers"]
    table = said(capsys, *JULY)
    assert "* partial: what is known was added up, but rows do not state new_customers of google" in table
    assert document(capsys, *JULY)["unstated"]["new_customers"] == ["google"]
    assert any("Customer acquisition cost" in line and " *" in line for line in table.splitlines())


def test_what_is_missing_is_named_and_never_zero(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, capsys)
    found = row(document(capsys, *JULY), "arpu")

    assert (found["value"], found["missing"], found["why"]) == (None, ["active_users"], "missing active_users")
    table = said(capsys, *JULY, "--kpi", "arpu")
    assert "n/a (missing active_users)" in table
    assert "missing from an export of the whole period in one row: active_users (for 1)" in table


def test_platforms_are_ranked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, capsys)
    found = document(capsys, *JULY, "--by", "platform", "--kpi", "roas", "--kpi", "cpc")

    assert [(each["platform"], each["kpi"]) for each in found["rows"]] == [
        ("google", "roas"),
        ("google", "cpc"),
        ("meta", "roas"),
        ("meta", "cpc"),
    ]
    assert found["ranking"] == [
        {"kpi": "roas", "among": "platforms", "order": ["meta", "google"]},
        {"kpi": "cpc", "among": "platforms", "order": ["meta", "google"]},
    ]
    assert "roas (platforms): meta 10.00, google 2.25" in said(capsys, *JULY, "--by", "platform")


def test_campaigns_and_days_are_rows_of_their_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, capsys)
    campaigns = document(capsys, *JULY, "--by", "campaign", "--kpi", "clicks")
    days = document(capsys, *JULY[:2], "--until", "2026-07-04", "--by", "day", "--kpi", "clicks")

    assert [(each["campaign"], each["value"]) for each in campaigns["rows"]] == [("Brand", 110), ("Launch", 10)]
    assert [(each["day"], each["value"], each["previous"], each["trend"]) for each in days["rows"]] == [
        ("2026-07-01", 70, None, None),
        ("2026-07-02", 50, 70, "worse"),
        ("2026-07-03", None, 50, None),
    ]


def test_variants_are_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, capsys)
    (found,) = [
        each for each in document(capsys, *JULY, "--by", "variant", "--kpi", "ctr")["variants"] if each["kpi"] == "ctr"
    ]

    assert (found["campaign"], found["variant"], found["against"]) == ("google / Brand", "blue", "red")
    assert found["difference"] == pytest.approx(20 / 1000 - 90 / 2000)
    assert found["low"] < found["difference"] < found["high"] < 0
    assert found["clear"]
    assert "more than chance explains" in said(capsys, *JULY, "--by", "variant")


META = "Day,Campaign name,Campaign ID,Ad set ID,Ad set name,Ad ID,Ad name,Amount spent (EUR),Impressions,Link clicks"


def test_ads_that_ids_tell_apart_are_called_by_their_latest_names(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(
        folder,
        capsys,
        "2026-07-01,Launch,23843,71,Wide,901,Old name,10,1000,10",
        "2026-07-02,Launch,23843,71,Wide,901,Blue sky,10,1000,20",
        "2026-07-02,Launch,23843,71,Wide,902,Red sun,10,1000,60",
        "2026-07-02,Launch,23843,72,Narrow,903,Red sun,10,500,20",
        headings=META,
    )
    found = document(capsys, *JULY, "--by", "variant", "--kpi", "ctr")
    rows = {(row["part"], row["name"]): (row["value"], row["rows"]) for row in found["rows"]}
    told = said(capsys, *JULY, "--by", "variant", "--kpi", "ctr")

    assert rows == {
        ("71 | 901", "Blue sky"): (1.5, 2),
        ("71 | 902", "Red sun (71 | 902)"): (6, 1),
        ("72 | 903", "Red sun (72 | 903)"): (4, 1),
    }
    assert "meta_ads / Launch / Blue sky" in told
    assert {(each["variant"], each["against"]) for each in found["variants"]} == {
        ("Red sun (71 | 902)", "Blue sky"),
        ("Red sun (72 | 903)", "Blue sky"),
    }


def test_a_period_counts_in_its_window_and_is_told_where_it_does_not(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    headings = "platform,campaign,start,end,currency,spend,reach"
    imported(folder, capsys, "meta,Launch,2026-07-01,2026-07-07,EUR,70,500", headings=headings)

    assert row(document(capsys, *JULY), "cost_per_reach")["value"] == 140
    for window, by in ((("--since", "2026-07-02"), "total"), (JULY, "day")):
        found = document(capsys, *window, "--by", by)
        assert [(each["platform"], each["rows"]) for each in found["left_out"]] == [("meta", 1)]
        assert {each["value"] for each in found["rows"] if each["kpi"] == "spend"} == {None}
    assert "they stand for several days, which cannot be cut into single ones" in said(capsys, *JULY, "--by", "day")


def test_without_a_rate_amounts_are_refused_with_the_remedy_and_counts_stay(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(folder, capsys)
    write(folder, CONFIG)
    capsys.readouterr()

    assert run(["kpis", *JULY, "--by", "platform", "--format", "json"]) == 4
    captured = capsys.readouterr()
    found = json.loads(captured.out)
    assert row(found, "clicks", platform="meta")["value"] == 10
    assert row(found, "cpc", platform="meta")["value"] is None
    assert row(found, "cpc", platform="google")["value"] == pytest.approx(200.15 / 110)
    assert 'add [[rates]] with day = 2026-07-02, from = "USD", to = "EUR" and rate' in captured.err


def test_one_platform_can_be_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, capsys)

    assert row(document(capsys, *JULY, "--platform", "google"), "clicks")["value"] == 110


def test_a_table_tells_why_in_short(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, capsys)
    write(folder, CONFIG)
    told = said(capsys, *JULY, "--kpi", "roas", code=4)

    assert "n/a (revenue: no rate from USD to EUR of 2026-07-02 or before)" in told
    assert max(map(len, told.splitlines())) < 130


def test_the_same_numbers_come_as_csv(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, capsys)
    rows = list(csv.DictReader(io.StringIO(said(capsys, *JULY, "--format", "csv"))))
    found = document(capsys, *JULY)

    assert [each["kpi"] for each in rows] == [each["kpi"] for each in found["rows"]]
    assert [each["value"] for each in rows] == [
        "" if each["value"] is None else str(each["value"]) for each in found["rows"]
    ]


def test_estimates_are_shown_where_they_are_wanted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, capsys)
    usual = {each["kpi"] for each in document(capsys, *JULY)["rows"]}
    write(folder, CONFIG + RATE + "[estimates]\nshow = true\n")

    assert {each["kpi"] for each in document(capsys, *JULY)["rows"]} - usual == {
        each.id for each in KPIS.values() if each.kind is Kind.ESTIMATE
    }


@pytest.mark.parametrize(
    ("by", "mentions", "plan"), [("total", True, True), ("day", True, False), ("platform", False, False)]
)
def test_what_is_of_the_whole_is_not_shown_of_its_parts(
    folder: Path, capsys: pytest.CaptureFixture[str], by: str, *, mentions: bool, plan: bool
) -> None:
    imported(folder, capsys)
    write(folder, CONFIG + RATE + "[estimates]\nshow = true\n")
    shown = {each["kpi"] for each in document(capsys, *JULY, "--by", by)["rows"]}

    assert ("share_of_voice" in shown, "roi_funnel" in shown, "ctr" in shown) == (mentions, plan, True)


def test_a_window_without_results_says_where_some_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["db", "upgrade"]) == 0
    assert "no campaign results yet; overheard import FILE takes in" in said(capsys)
    imported(folder, capsys)

    told = said(capsys, "--since", "2020-01-01", "--until", "2020-02-01")
    assert "no results of these days; there are some: --since 2026-07-01 --until 2026-07-03" in told


def test_today_is_left_out_until_it_is_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, capsys)

    assert document(capsys, "--since", "7d")["days"] == {"first": "2026-07-04", "last": "2026-07-10"}
    assert "no whole day lies in the window" in said(capsys, "--since", "1h", code=2)


def test_the_registry_is_listed_with_formulas(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(said(capsys, "--list", "--format", "json"))["kpis"]
    rows = list(csv.DictReader(io.StringIO(said(capsys, "--list", "--format", "csv"))))

    assert [each["id"] for each in listed] == [each["id"] for each in rows] == list(KPIS)
    assert "roi  ROI of ad spend (financial, percent, better: up)\n    = (revenue - spend) / spend x 100" in said(
        capsys, "--list"
    )


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["--kpi", "roass"], "--kpi roass: no such KPI; did you mean roas?"),
        (["--kpi", "zzzz"], "--kpi zzzz: no such KPI; overheard kpis --list shows them all"),
        (["--brand", "initech"], "initech"),
        (["--platform", "gogle"], "--platform gogle: no results of it; did you mean google?"),
        (["--platform", "zz"], "--platform zz: no results of it; there are some of google, meta"),
        (["--since", "2026-08-01", "--until", "2026-07-01"], "nothing lies between"),
        (["--by", "galaxy"], "galaxy"),
    ],
)
def test_wrong_use_is_answered(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], answer: str
) -> None:
    imported(folder, capsys)

    assert answer in said(capsys, *arguments, code=2)


def test_goals_are_shown_with_progress_pace_and_forecast(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, CONFIG + RATE + GOAL.format(kpi="leads") + GOAL.format(kpi="cac"))
    imported(folder, capsys, *(f"google,Brand,,2026-07-{day:02d},EUR,10,,,,5,," for day in range(1, 11)))
    leads, cac = document(capsys, "--goals")["goals"]

    assert {key: leads[key] for key in ("current", "progress", "elapsed", "pace", "forecast", "known_to")} == {
        "current": 50,
        "progress": 0.5,
        "elapsed": 0.5,
        "pace": 1,
        "forecast": 100,
        "known_to": "2026-07-10",
    }
    assert (cac["current"], cac["missing"], cac["currency"]) == (None, ["new_customers"], "EUR")
    table = said(capsys, "--goals")
    assert "fills the calendar; from 0; known to 2026-07-10" in table
    assert "n/a (missing new_customers)" in table
    assert [each["kpi"] for each in csv.DictReader(io.StringIO(said(capsys, "--goals", "--format", "csv")))] == [
        "leads",
        "cac",
    ]


def test_a_goal_without_days_has_no_forecast_and_says_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, CONFIG + RATE + GOAL.format(kpi="leads"))
    imported(folder, capsys)

    assert "no forecast: 7 days are needed, 2 are over" in said(capsys, "--goals")


def test_a_goal_of_a_platform_that_has_no_results_says_whose_they_would_be(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, CONFIG + RATE + GOAL.format(kpi="leads") + 'platform = "gogle"\ncampaign = "Brand"\n')
    imported(folder, capsys)

    assert "nothing known yet of Brand of gogle, as exports name it" in said(capsys, "--goals")


def test_no_goals_are_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["db", "upgrade"]) == 0
    assert said(capsys, "--goals").startswith("no goals in the config; write [[goals]]")
    assert document(capsys, "--goals")["goals"] == []
    assert said(capsys, "--goals", "--format", "csv") == "kpi\n"


def test_a_goal_of_no_kpi_is_refused_by_check_and_here(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, CONFIG + GOAL.format(kpi="leds") + GOAL.format(kpi="leads"))
    assert run(["db", "upgrade"]) == 0
    capsys.readouterr()

    assert run(["check"]) == 2
    told = capsys.readouterr().out
    assert 'goals[1].kpi: "leds" is not a KPI; did you mean "leads"?' in told
    assert "goals[2]: leads from 0 to 100 by 2026-07-20" in told
    assert 'goals[1].kpi: "leds" is not a KPI' in said(capsys, "--goals", code=2)


def posts(*days: tuple[int, int, str]) -> list[str]:
    """Rows of Buffer: posts by day of July 2026, with engagements of 1,000 impressions and the type of content."""
    return [
        f"2026-07-{day:02d} 09:00,linkedin,https://example.org/{place},{sort},1000,{engagements}"
        for place, (day, engagements, sort) in enumerate(days)
    ]


def test_the_best_weekday_is_told_with_its_sample(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wednesdays = [(day, 40, "photo") for day in (1, 8, 15, 22, 29)]
    thursdays = [(day, 30, "video") for day in (2, 9, 16, 23, 30)]
    friday = (3, 900, "text")  # one alone, however well it did
    headings = "Date,Service,Service Link,Type,Impressions,Engagements"
    imported(folder, capsys, *posts(*wednesdays, *thursdays, friday), headings=headings)

    assert document(capsys, *JULY, "--by", "weekday")["best"] == [
        {
            "platform": "buffer",
            "kpi": "engagement_rate_impressions",
            "first": {"part": "Wednesday", "value": 4, "posts": 5},
            "second": {"part": "Thursday", "value": 3, "posts": 5},
            "why": None,
        }
    ]
    told = {by: " ".join(said(capsys, *JULY, "--by", by).split()) for by in ("weekday", "content_type", "hour")}
    of_buffer = "of buffer, by engagement_rate_impressions:"
    assert f"best weekday {of_buffer} Wednesday, 4.0 % of 5 posts; next Thursday, 3.0 % of 5 posts" in told["weekday"]
    assert f"best content type {of_buffer} photo, 4.0 % of 5 posts; next video, 3.0 % of 5" in told["content_type"]
    assert f"best hour {of_buffer} n/a (two with at least 5 posts are needed, 09:00 has 11)" in told["hour"]


def test_slices_that_lack_the_same_stand_in_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"{name},,,2026-07-01,EUR,5,,100,0,,," for name in "abcdefg"]
    imported(folder, capsys, *rows)

    told = said(capsys, *JULY, "--by", "platform")
    assert "n/a, clicks is 0: cpc (a, b, c, d, e and 2 more)\n" in told


def test_what_is_partial_is_told_of_the_platforms_whose_numbers_it_marks(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(
        folder,
        capsys,
        "google,,a,2026-07-01,EUR,5,,100,5,,,",
        "google,,b,2026-07-01,EUR,5,,100,,,,",
        "meta,,,2026-07-01,EUR,5,,9,,,,",
    )

    assert "rows do not state clicks of google\n" in said(capsys, *JULY, "--by", "platform")
    assert "rows do not state clicks of google, meta\n" in said(capsys, *JULY)
