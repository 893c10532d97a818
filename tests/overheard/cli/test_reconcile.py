"""`overheard reconcile` as people use it: exports of three sides are imported, and stand beside each other."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from overheard.cli.group import run

CONFIG = """
currency = "EUR"

[[brands]]
name = "Acme"
role = "own"

[[traffic_sources]]
name = "newsletter"
spellings = ["mailchimp"]
"""
RATE = """
[[rates]]
day = 2026-08-01
from = "USD"
to = "EUR"
rate = 0.5
"""
ANALYTICS = """# Property: Acme shop
# Start date: 20260801
# End date: 20260831
Session source,Session medium,Sessions,Engaged sessions,Key events
google,organic,1200,700,36
google,cpc,300,200,12
(direct),(none),420,210,9
l.facebook.com,referral,80,20,1
facebook,paid_social,190,60,3
mailchimp,email,310,200,9
(not set),(not set),40,10,0
"""
CONTACTS = """Record ID,Lifecycle Stage,Create Date,Original Source
1,Customer,2026-08-03,Paid Social
2,Lead,2026-08-03,Paid Search
3,Lead,2026-08-04,Organic Search
4,Lead,2026-08-05,Organic Search
5,Lead,2026-08-05,Direct Traffic
6,Lead,2026-08-06,Offline Sources
7,Customer,2026-08-07,Email Marketing
8,Subscriber,2026-08-07,Email Marketing
9,Lead,2026-08-09,
"""
DEALS = """Record ID,Deal Name,Amount,Deal Stage,Close Date,Currency,Original Source Type
9001,Big,1250.50,Closed Won,2026-08-20,EUR,Paid Social
9002,Small,100,Closed Won,2026-08-21,USD,Direct Traffic
9003,Hope,700,Contract Sent,2026-08-22,EUR,Direct Traffic
"""
ADS = """platform,campaign,day,clicks,leads,conversions,spend,currency,utm_campaign
google_ads,Brand,2026-08-03,250,,11.5,100,EUR,
meta_ads,Summer Sale,2026-08-03,230,4,5,50,EUR,summer
linkedin_ads,B2B,2026-08-03,10,1,1,50,EUR,
sprout,Posts,2026-08-03,77,,,,,
"""
CRM_BY_SOURCE = """platform,campaign,day,leads,new_customers,utm_source
hubspot,Summer,2026-08-03,5,1,FB
hubspot,B2B,2026-08-04,2,,linkedin.com
"""
AUGUST = ("--since", "2026-08-01", "--until", "2026-09-01")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OVERHEARD_NOW", "2026-09-02T12:00:00Z")
    (tmp_path / "overheard.toml").write_text(CONFIG + RATE, encoding="utf-8")
    assert run(["db", "upgrade"]) == 0
    return tmp_path


def imported(folder: Path, *texts: str) -> None:
    for place, text in enumerate(texts):
        (folder / f"{place}.csv").write_text(text, encoding="utf-8")
        assert run(["import", f"{place}.csv"]) == 0


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run(["reconcile", *arguments]) == code
    captured = capsys.readouterr()
    return captured.err if code == 2 else captured.out


def document(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    return json.loads(said(capsys, *AUGUST, *arguments, "--format", "json", code=code))


def named(found: Any, name: str | None) -> Any:
    (one,) = [each for each in found["rows"] if each["name"] == name]
    return one


def difference(row: Any, first: str, second: str) -> tuple[object, ...]:
    (one,) = [each for each in row["differences"] if (each["first"], each["second"]) == (first, second)]
    return one["first_value"], one["second_value"], one["difference"], one["relative"], one["rate"], one["why"]


def in_a_terminal(columns: int, *arguments: str) -> list[str]:
    """Give the lines that the command prints in a real terminal of that width."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (50, columns))
    running = subprocess.Popen([sys.executable, "-m", "overheard", *arguments], stdout=theirs)
    os.close(theirs)
    printed = b""
    with suppress(OSError):  # how a terminal says that its last writer has gone
        while piece := os.read(ours, 4096):
            printed += piece
    os.close(ours)
    assert running.wait() == 0
    return printed.decode().splitlines()


def lines(table: str) -> list[list[str]]:
    return [line.split() for line in table.splitlines()]


def test_sides_stand_beside_each_other_by_medium(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, ANALYTICS, CONTACTS, DEALS, ADS)
    found = document(capsys, "--by", "medium")

    assert found["sides"] == {
        "analytics": ["ga4"], "ads": ["google_ads", "linkedin_ads", "meta_ads"], "crm": ["hubspot"],
    }  # fmt: skip
    assert [row["name"] for row in found["rows"]] == [
        "direct", "email", "offline", "organic search", "organic social", "paid search", "paid social", None,
    ]  # fmt: skip
    social = named(found, "paid social")
    assert social["analytics"] == {"sessions": 190, "conversions": 3}
    assert social["ads"] == {"clicks": 240, "leads": 5, "conversions": 6}
    assert social["crm"] == {"leads": 1, "new_customers": 1, "orders": 1, "revenue": 1250.5}
    # leads: 1 - 3 = -2, of 3; 1 of 3. clicks: 190 - 240 = -50, of 240.
    assert difference(social, "crm.leads", "analytics.conversions") == (
        1, 3, -2, pytest.approx(-2 / 3), pytest.approx(1 / 3), None,
    )  # fmt: skip
    assert difference(social, "analytics.sessions", "ads.clicks")[2:4] == (-50, pytest.approx(-50 / 240))
    assert difference(named(found, "paid search"), "ads.conversions", "analytics.conversions")[:3] == (11.5, 12, -0.5)
    assert named(found, "direct")["crm"]["revenue"] == 50  # 100 USD at 0.5
    assert named(found, None)["crm"]["leads"] == 1  # the contact without an original source
    assert found["total"]["crm"] == {"leads": 8, "new_customers": 2, "orders": 2, "revenue": 1300.5}
    assert found["total"]["analytics"] == {"sessions": 2540, "conversions": 70}


def test_a_source_on_one_side_alone_is_told_and_never_zero(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, ANALYTICS, CONTACTS, ADS)
    found = document(capsys, "--by", "medium")

    offline = named(found, "offline")
    assert (offline["only_in"], offline["analytics"]) == ("crm", {"sessions": None, "conversions": None})
    assert offline["why"]["analytics.conversions"] == "no row of web analytics says this medium"
    table = said(capsys, *AUGUST, "--by", "medium")
    assert "only in the CRM: offline" in table
    assert "  n/a, no row of web analytics says this medium: offline" in table
    (row,) = [line for line in lines(table) if line[:1] == ["offline"]]
    assert row == ["offline", "n/a", "n/a", "n/a", "n/a", "n/a", "1", "0"]


def test_spellings_of_one_source_come_together(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, ANALYTICS, ADS, CRM_BY_SOURCE)
    found = document(capsys)

    facebook = named(found, "facebook")
    assert (facebook["analytics"]["sessions"], facebook["ads"]["clicks"], facebook["crm"]["leads"]) == (270, 230, 5)
    # l.facebook.com's referrals count for the CRM, and not against ads: 3 of 4 conversions were paid for.
    assert difference(facebook, "crm.leads", "analytics.conversions")[:3] == (5, 4, 1)
    assert difference(facebook, "ads.conversions", "analytics.conversions")[:3] == (5, 3, 2)
    assert difference(facebook, "crm.leads", "ads.leads")[5] == "the CRM does not say which visits were paid for"
    assert named(found, "newsletter")["analytics"]["sessions"] == 310
    assert named(found, "linkedin")["crm"]["leads"] == 2
    assert named(found, "linkedin")["why"]["analytics.sessions"] == "no row of web analytics says this source"


def test_campaigns_are_those_of_the_tags_else_of_the_platform(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, ADS, CRM_BY_SOURCE)
    found = document(capsys, "--by", "campaign")

    assert [(row["name"], row["ads"]["leads"], row["crm"]["leads"]) for row in found["rows"]] == [
        ("b2b", 1, 2), ("brand", None, None), ("summer", 4, 5),
    ]  # fmt: skip
    assert difference(named(found, "summer"), "crm.leads", "ads.leads") == (5, 4, 1, 0.25, 1.25, None)


def test_the_table_shows_numbers_percent_and_rate(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, ANALYTICS, CONTACTS)
    table = lines(said(capsys, *AUGUST, "--by", "medium"))

    assert ["organic", "search", "2", "36", "-34", "-94.4", "%", "0.06"] in table
    assert ["all", "8", "70", "-62", "-88.6", "%", "0.11"] in table


@pytest.mark.process
def test_a_narrow_terminal_gets_a_table_for_each_side(folder: Path) -> None:
    imported(folder, ANALYTICS, CONTACTS, ADS)
    told = in_a_terminal(80, "reconcile", *AUGUST, "--by", "medium")

    assert not [line for line in told if line.endswith("…")]
    assert [line.split()[2:] for line in told if line.startswith("paid social")][:3] == [
        ["190", "3"], ["240", "5", "6"], ["1", "1"],
    ]  # fmt: skip


def test_what_is_missing_is_told_with_what_would_help(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, CONTACTS)
    table = said(capsys, *AUGUST)

    assert "nothing of web analytics in these days: import a report by session source / medium" in table
    assert "nothing of ad platforms in these days: import their reports on campaigns" in table
    # All but the direct and the offline one; one of them, a subscriber, is no lead.
    assert "hubspot: 7 rows say no source; drill-downs of the original source" in table
    assert "6 of 8 leads of the CRM say no source" in table


def test_rows_of_more_days_than_the_window_are_left_out_and_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(folder, ANALYTICS, CONTACTS, ADS)
    table = said(capsys, "--since", "2026-08-02", "--until", "2026-09-01")

    assert "of ga4 there are results of other days" in table
    assert "ga4: 7 rows left out, as they stand for days beyond the window; ask for all days from 2026-08-01" in table
    assert "left out, neither web analytics nor ad platform nor CRM: sprout (1 row)" in table


def test_amounts_without_a_rate_are_refused_with_the_remedy(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "overheard.toml").write_text(CONFIG, encoding="utf-8")
    imported(folder, DEALS)
    found = document(capsys, code=4)

    assert named(found, "direct")["crm"] == {"leads": None, "new_customers": None, "orders": 1, "revenue": None}
    assert [why.partition(";")[0] for why in found["refused"]] == [
        "hubspot: no rate from USD to EUR of 2026-08-21 or before"
    ]


def test_csv_has_a_row_for_each_line_and_nothing_for_the_unknown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(folder, ANALYTICS, CONTACTS)
    rows = list(csv.DictReader(io.StringIO(said(capsys, *AUGUST, "--by", "medium", "--format", "csv"))))

    email = next(row for row in rows if row["name"] == "email")
    assert (email["analytics_conversions"], email["crm_leads"], email["ads_clicks"]) == ("9", "1", "")
    assert email["crm_leads_less_analytics_conversions"] == "-8"
    assert float(email["crm_leads_less_analytics_conversions_rate"]) == pytest.approx(1 / 9)
    assert rows[-1]["name"] == ""


def test_a_mapping_says_who_speaks(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "overheard.toml").write_text(CONFIG + '\n[imports]\nmappings = "own"\n', encoding="utf-8")
    (folder / "own").mkdir()
    (folder / "own" / "pipeline.toml").write_text(
        'name = "pipeline"\ntitle = "Pipeline"\nrole = "crm"\nplatform = "pipeline"\nneeds = [["day"], ["clicks"]]\n'
        '[columns]\nday = { kind = "day", names.en = ["Tag"] }\nleads = { kind = "count", names.en = ["Anfragen"] }\n'
        'clicks = { kind = "count", names.en = ["Anrufe"] }\n'
        'source = { kind = "text", to = "utm_source", names.en = ["Herkunft"] }\n',
        encoding="utf-8",
    )
    imported(folder, "Tag,Anfragen,Anrufe,Herkunft\n2026-08-03,4,9,Bing\n")

    assert document(capsys)["sides"]["crm"] == ["pipeline"]
    assert named(document(capsys), "bing")["crm"]["leads"] == 4


def test_without_results_the_way_to_some_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no campaign results yet; overheard import FILE" in said(capsys)
    imported(folder, ADS)
    assert "there are some: --since 2026-08-03 --until 2026-08-04" in said(
        capsys, "--since", "2026-08-10", "--until", "2026-08-11"
    )


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["--since", "1h"], "no whole day lies in the window"),
        (["--by", "page"], "'page' is not one of"),
        (["--since", "2026-09-01", "--until", "2026-08-01"], "nothing lies between"),
    ],
    ids=["no day", "no such cut", "backwards"],
)
def test_wrong_use_is_answered(capsys: pytest.CaptureFixture[str], arguments: list[str], answer: str) -> None:
    assert answer in said(capsys, *arguments, code=2)
