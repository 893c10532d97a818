"""`overheard why` of KPIs: whoever has the printed rows can compute the number again, and gets the same digits."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from overheard.cli.group import run
from storage import figures
from storage.database import open_database
from storage.records import Figure, Span

CONFIG = """
timezone = "Europe/Paris"
currency = "EUR"

[[brands]]
name = "Acme"
role = "own"

[[brands]]
name = "Globex"

[[rates]]
day = 2026-06-01
from = "USD"
to = "EUR"
rate = 0.5

[[rates]]
day = 2026-07-02
from = "USD"
to = "EUR"
rate = 0.9

[[costs]]
name = "Agency"
kind = "agency"
amount = 3100
from = 2026-07-01
to = 2026-07-31

[[costs]]
name = "Editor"
kind = "people"
amount = 620
from = 2026-07-01
to = 2026-07-31
platform = "google"
campaign = "Brand"

[[costs]]
name = "Spring fair"
amount = 31
from = 2026-07-01
to = 2026-07-31
campaign = "Spring launch"
"""
HEADINGS = "platform,campaign,content,day,currency,spend,revenue,impressions,clicks,new_customers,utm_content"
ROWS = [
    "google,Brand,a,2026-07-01,EUR,100.10,300.30,1000,50,2,red",
    "google,Brand,b,2026-07-01,EUR,50.05,100.10,1000,20,2,blue",
    "google,Brand,a,2026-07-02,EUR,50.00,50.00,1000,40,,red",
    "meta,Spring launch,,2026-07-01,USD,20,200,500,10,1,",
    "meta,Spring launch,,2026-07-02,USD,10.01,10,500,10,1,",
    "meta,Spring launch,,2026-08-02,USD,7,10,500,10,1,",
]
DAYS = "20260701-20260711"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OVERHEARD_NOW", "2026-07-11T12:00:00Z")
    (tmp_path / "overheard.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def imported(folder: Path, capsys: pytest.CaptureFixture[str], *rows: str, name: str = "july.csv") -> str:
    """Import the rows, and give the hash of their file."""
    content = "\n".join([HEADINGS, *rows]) + "\n"
    (folder / name).write_text(content, encoding="utf-8")
    assert run(["import", name]) == 0
    capsys.readouterr()
    return hashlib.sha256(content.encode()).hexdigest()


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(["why", *arguments]) == code
    printed = capsys.readouterr()
    return printed.out + printed.err


def document(capsys: pytest.CaptureFixture[str], number_id: str, *more: str) -> Any:
    return json.loads(said(capsys, number_id, "--format", "json", *more))


def test_the_rows_that_are_told_give_the_number_again_to_the_last_digit(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sha256 = imported(folder, capsys, *ROWS)
    found = document(capsys, f"kpi.cac.all.{DAYS}", "--rows")
    (file,) = found["files"]
    rate = {"2026-07-01": Decimal("0.5"), "2026-07-02": Decimal("0.9")}
    spend, customers = Decimal(0), Decimal(0)
    for row in file["rows"]:
        spend += Decimal(row["stated"]["spend"]) * (rate[row["last"]] if row["currency"] == "USD" else 1)
        customers += Decimal(row["stated"].get("new_customers", 0))
    other = Decimal(1000) + 200 + 10  # ten days of 100, of 20 and of 1

    assert (file["sha256"], file["mapping"]) == (sha256, "generic-1")
    assert [row["row"] for row in file["rows"]] == [2, 3, 4, 5, 6]
    assert found["exact"] == f"{((spend + other) / customers).normalize():f} EUR"
    assert found["rates"] == [
        {"from": "USD", "day": "2026-06-01", "rate": "0.5"},
        {"from": "USD", "day": "2026-07-02", "rate": "0.9"},
    ]
    assert [cost["exact"] for cost in found["costs"]] == ["1000 EUR", "200 EUR", "10 EUR"]
    assert found["partial"] == ["new_customers"]


@pytest.mark.parametrize(
    ("number_id", "value", "rows"),
    [
        ("kpi.spend.all", "219.159 EUR", [2, 3, 4, 5, 6]),
        ("kpi.spend.google+meta", "219.159 EUR", [2, 3, 4, 5, 6]),
        ("kpi.spend.google", "200.15 EUR", [2, 3, 4]),
        ("kpi.spend.google/Brand", "200.15 EUR", [2, 3, 4]),
        ("kpi.total_cost.google/Brand", "400.15 EUR", [2, 3, 4]),
        ("kpi.total_cost.meta/Spring%20launch", "29.009 EUR", [5, 6]),
        ("kpi.total_cost.all/Spring%20launch", "29.009 EUR", [5, 6]),
        ("kpi.clicks.google/Brand~variant:red", "90", [2, 4]),
    ],
)
def test_a_slice_counts_its_own_rows_and_costs(
    folder: Path, capsys: pytest.CaptureFixture[str], number_id: str, value: str, rows: list[int]
) -> None:
    imported(folder, capsys, *ROWS)
    (few, all_) = (document(capsys, f"{number_id}.{DAYS}", *more) for more in ((), ("--rows",)))

    assert (few["exact"], all_["exact"]) == (value, value)
    assert [row["row"] for row in all_["files"][0]["rows"]] == rows
    told = few["files"][0]
    assert (told["rows_counted"], told["first_row"], told["last_row"]) == (len(rows), rows[0], rows[-1])
    assert told["sums"] == all_["files"][0]["sums"]


def test_roi_of_social_media_counts_rows_and_costs_of_social_platforms_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(folder, capsys, *ROWS)
    found = document(capsys, f"kpi.roi_social.all.{DAYS}", "--rows")
    rows = {row["row"]: row["stated"] for row in found["files"][0]["rows"]}

    assert rows[2] == {}  # google
    assert rows[5] == {"spend": "20", "revenue": "200"}  # meta
    assert (found["costs"], found["missing"]) == ([], ["social_costs"])
    # 20 USD at 0.5 and 10.01 USD at 0.9 were spent on the only social platform.
    assert {step["name"]: step["exact"] for step in found["steps"]}["social_spend"] == "19.009 EUR"


@pytest.mark.parametrize("by", ["total", "platform", "campaign", "day", "variant"])
@pytest.mark.parametrize("platform", [(), ("--platform", "google")], ids=["all", "one"])
def test_every_id_that_kpis_gives_leads_back_to_its_value(
    folder: Path, capsys: pytest.CaptureFixture[str], by: str, platform: tuple[str, ...]
) -> None:
    imported(folder, capsys, *ROWS)
    window = ("--since", "2026-07-01", "--until", "2026-07-04")
    assert run(["kpis", *window, "--by", by, *platform, "--kpi", "cac", "--kpi", "roas", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]

    assert len(rows) > 1
    for row in rows:
        found = document(capsys, row["id"])
        assert (found["value"], found["kpi"], found["missing"]) == (row["value"], row["kpi"], row["missing"])


def test_people_read_formula_numbers_files_costs_and_rates(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sha256 = imported(folder, capsys, *ROWS)
    told = said(capsys, f"kpi.cac.all.{DAYS}")

    for line in (
        "kpi.cac.all.20260701-20260711: 238.19 EUR (partial: new_customers)",
        "cac = total_cost / new_customers",
        "total_cost = spend + other_costs",
        f"july.csv: 5 rows (2 to 6), read as generic-1, sha256 {sha256[:12]}",
        "new_customers 6, spend 200.15 EUR, spend 30.01 USD",
        "Agency (agency): 1000 EUR on 2026-07-01 to 2026-07-10, of 3100 EUR from 2026-07-01 to 2026-07-31",
        "1 USD = 0.9 EUR, written of 2026-07-02",
        "in no digest yet",
    ):
        assert line in told
    assert "row 6" not in told
    assert "row 6: meta / Spring launch, 2026-07-02: spend 10.01 USD" in said(capsys, f"kpi.cac.all.{DAYS}", "--rows")


def test_what_changed_since_a_number_was_shown_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, capsys, *ROWS)
    number_id = f"kpi.roas.google.{DAYS}"
    exact = document(capsys, number_id)["exact"]
    shown_at = datetime(2026, 7, 11, 12, tzinfo=UTC)
    window = Span(datetime(2026, 6, 30, 22, tzinfo=UTC), datetime(2026, 7, 10, 22, tzinfo=UTC))
    facts = {"revenue": "450.4 EUR", "spend": "200.15 EUR"}
    figure = Figure(
        number_id, 2.25, window, "revenue / spend", {"exact": exact, "facts": dict(facts)}, shown_at, "digest:day:1"
    )
    database = open_database(f"sqlite:///{folder / 'overheard.db'}", create=False)
    with database.write() as conn:
        figures.keep(conn, [figure])
    database.close()
    before = document(capsys, number_id)["shown"]
    imported(folder, capsys, ROWS[0].replace("100.10", "110.10"), name="restated.csv")
    (after,) = document(capsys, number_id)["shown"]

    assert before == [
        {"exact": exact, "shown_at": "2026-07-11T12:00:00Z", "shown_in": "digest:day:1", "differs_because": []}
    ]
    assert after["differs_because"][0] == "spend was 200.15 EUR then, is 210.15 EUR now"


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        ([f"kpi.cac.gogle.{DAYS}"], "gogle: no results of it; did you mean google?"),
        ([f"kpi.ctr.google/Brand~variant:green.{DAYS}"], "nothing of it on these days; there is blue, red"),
        ([f"kpi.profit.all.{DAYS}"], "is no id of a KPI; copy one from"),
        (["sov.acme.20260701-20260711", "--rows"], "only a KPI has rows"),
    ],
)
def test_an_id_that_leads_nowhere_is_answered(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], answer: str
) -> None:
    imported(folder, capsys, *ROWS)

    assert answer in said(capsys, *arguments, code=2)


def test_a_number_that_cannot_be_had_says_what_is_missing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, capsys, *ROWS)

    told = said(capsys, f"kpi.cpa.all.{DAYS}")
    assert "n/a (missing conversions)" in told
    assert re.search(r"conversions +n/a  an export with this column; missing conversions", told)
