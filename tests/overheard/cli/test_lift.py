"""`overheard lift` on a history of its own, as a person calls it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from overheard.cli.group import run
from storage.coverage import record_runs
from storage.database import Database, open_database
from storage.mentions import save
from storage.records import Heard, Run, Span
from storage.tables import campaign_results
from tests.scoring.lift.worlds import counts
from tests.storage.made import heard

START = datetime(2026, 1, 5, tzinfo=UTC)
KNOWN, LENGTH = 56, 7
END = START + timedelta(days=KNOWN + LENGTH)
CONFIG = """
[[brands]]
name = "Acme"
role = "own"
[[brands]]
name = "Globex"
[[sources]]
type = "rss"
urls = ["https://example.org/feed.xml"]
[[campaigns]]
name = "Spring launch"
start = 2026-03-02
end = 2026-03-08
spend = 700
[[campaigns]]
name = "Too early"
start = 2026-01-06
end = 2026-01-12
"""


def history() -> list[Heard]:
    """Mentions of eight weeks and a window in which one brand's double."""
    acme, globex = counts(np.random.default_rng(77), KNOWN + LENGTH, (20, 30), "none", lasting=0.3)
    acme[KNOWN:] *= 2
    return [
        heard(
            f"{brand}-{day}-{number}", when=START + timedelta(days=day, minutes=number), brands=(brand,), compound=mood
        )
        for brand, daily in (("acme", acme), ("globex", globex))
        for day, many in enumerate(daily)
        for number, mood in zip(range(int(many)), (0.5, -0.5, 0.0, 0.6, -0.2, 0.3, 0.0) * 30, strict=False)
    ]


def listened(database: Database, key: str) -> None:
    with database.write() as conn:
        save(conn, history(), END)
        record_runs(conn, [Run(key, "rss", START, END, Span(START, END))])
        row = {
            "platform": "meta_ads", "account": "", "campaign_key": "77", "campaign": "spring-26", "content": "",
            "currency": "EUR", "file_sha256": "0", "file_row": 2, "imported_at": END, "spend_millionths": 350_000_000,
        }  # fmt: skip
        days = [date(2026, 3, 2), date(2026, 3, 8)]
        conn.execute(
            campaign_results.insert(), [row | {"start_day": day, "end_day": day + timedelta(days=1)} for day in days]
        )


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lift")
    path = folder / "overheard.toml"
    path.write_text(CONFIG, encoding="utf-8")
    database = open_database(f"sqlite:///{folder}/overheard.db")
    listened(database, "rss:https://example.org/feed.xml")
    database.close()
    return path


@pytest.fixture(autouse=True)
def _the_day_after(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERHEARD_NOW", END.isoformat())
    monkeypatch.setenv("OVERHEARD_CONFIG", str(config))


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert run(["lift", *arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_lift_of_a_campaign_comes_with_interval_placebos_and_price(capsys: pytest.CaptureFixture[str]) -> None:
    told = document(capsys, "spring launch")
    assert (told["campaign"], told["brand"], told["refused"]) == ("Spring launch", "acme", None)
    assert told["window"] == {"start": "2026-03-02T00:00:00Z", "end": "2026-03-09T00:00:00Z"}
    assert [metric["metric"] for metric in told["metrics"]] == ["mentions", "net_sentiment", "share_of_voice"]
    mentions = told["metrics"][0]
    assert mentions["significant"]
    assert mentions["effect_low"] < mentions["effect"] < mentions["effect_high"]
    assert mentions["relative"] == pytest.approx(mentions["observed"] / mentions["expected"] - 1)
    assert (mentions["controls"], mentions["placebos"]) == (["globex"], 5)
    assert mentions["detectable_relative"] == pytest.approx(mentions["detectable"] / mentions["expected"])
    assert told["cost_per_incremental_mention"] == pytest.approx(700 / mentions["effect"])
    assert told["cost_per_incremental_mention_high"] == pytest.approx(700 / mentions["effect_low"])
    assert (told["spend"], told["currency"], told["history_days"]) == (700, "EUR", KNOWN)


def test_an_imported_campaign_is_measured_on_the_days_of_its_spend(capsys: pytest.CaptureFixture[str]) -> None:
    configured, imported = document(capsys, "Spring launch"), document(capsys, "spring-26")
    assert imported["metrics"] == configured["metrics"]
    assert (imported["spend"], imported["currency"]) == (700, "EUR")


def test_people_read_what_was_seen_what_was_expected_and_what_could_show(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lift", "Spring launch"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Spring launch: Acme, Monday 2 to Sunday 8 March 2026 UTC"
    assert lines[1].split()[:3] == ["metric", "seen", "expected"]
    assert lines[2].startswith("mentions ")
    assert "forecast from 56 days before it" in lines[5]
    assert lines[6].startswith("mentions: more than chance explains; beside globex; 0 of 5 placebos")
    assert lines[8].startswith("share of voice: more than chance explains; from its own past alone; ")
    assert lines[9].startswith("cost per incremental mention: ")
    assert lines[9].count("EUR") == 1


def test_another_brand_can_be_asked_about_and_has_no_price_without_a_rise(capsys: pytest.CaptureFixture[str]) -> None:
    told = document(capsys, "Spring launch", "--brand", "Globex")
    assert (told["brand"], told["metrics"][0]["controls"]) == ("globex", [])
    assert not told["metrics"][0]["significant"]
    assert told["cost_per_incremental_mention"] is None
    assert run(["lift", "Spring launch", "--brand", "globex"]) == 0
    out = capsys.readouterr().out
    assert "cost per incremental mention: n/a (no rise of mentions beyond chance)" in out
    assert "note: no competitor to compare with" in out


def test_what_cannot_be_measured_is_refused_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    told = document(capsys, "Too early")
    assert told["metrics"] == []
    assert told["refused"].startswith("the history is too short: 1 days before the window were heard")
    assert run(["lift", "Too early"]) == 0
    out = capsys.readouterr().out
    assert "refused: the history is too short" in out
    assert "cost" not in out


def test_a_campaign_that_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lift", "Autumn"]) == 2
    assert "no campaign 'Autumn' in the config or among imported results; there are" in capsys.readouterr().err
