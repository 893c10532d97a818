"""`overheard correlations` on a history in which sessions follow an e-mail by two days."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from overheard.cli.group import run
from storage.coverage import record_runs
from storage.database import open_database
from storage.mentions import save
from storage.records import Run, Span
from storage.tables import campaign_results
from tests.storage.made import heard

START = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 60
END = START + timedelta(days=DAYS)
CONFIG = """
[[brands]]
name = "Acme"
role = "own"
[[sources]]
type = "rss"
urls = ["https://example.org/feed.xml"]
"""


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("correlations")
    (folder / "overheard.toml").write_text(CONFIG, encoding="utf-8")
    dice = np.random.default_rng(12)
    mails, mentions = dice.poisson(200, DAYS), dice.poisson(8, DAYS)
    rows = [
        {
            "platform": platform, "account": "", "campaign_key": "a", "content": "", "start_day": day,
            "end_day": day + timedelta(days=1),
            "file_sha256": "0", "file_row": 2, "imported_at": END, "clicks": clicks, "sessions": sessions,
        }
        for place in range(DAYS)
        for day in [(START + timedelta(days=place)).date()]
        for platform, clicks, sessions in (
            ("mailer", int(mails[place]), None), ("ga4", None, int(mails[place - 2]) * 3 if place > 1 else 600),
        )
    ]  # fmt: skip
    said = [
        heard(f"{day}-{number}", when=START + timedelta(days=day, minutes=number))
        for day, many in enumerate(mentions)
        for number in range(int(many))
    ]
    database = open_database(f"sqlite:///{folder}/overheard.db")
    with database.write() as conn:
        save(conn, said, END)
        record_runs(conn, [Run("rss:https://example.org/feed.xml", "rss", START, END, Span(START, END))])
        conn.execute(campaign_results.insert(), rows)
    database.close()
    return folder / "overheard.toml"


@pytest.fixture(autouse=True)
def _sixty_days_later(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERHEARD_NOW", END.isoformat())
    monkeypatch.setenv("OVERHEARD_CONFIG", str(config))


def test_what_follows_with_two_days_between_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["correlations", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["series"] == [
        {"channel": "acme", "measure": "mentions", "days": DAYS},
        {"channel": "ga4", "measure": "sessions", "days": DAYS},
        {"channel": "mailer", "measure": "clicks", "days": DAYS},
    ]
    best, *others = told["correlations"]
    assert (best["first"], best["second"]) == (
        {"channel": "ga4", "measure": "sessions"},
        {"channel": "mailer", "measure": "clicks"},
    )
    assert (best["lag_days"], best["beyond_chance"]) == (-2, True)
    assert best["coefficient"] > 0.95
    assert [other["beyond_chance"] for other in others] == [False, False]


def test_people_read_which_comes_first_and_that_it_is_no_effect(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["correlations"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split("  ")[0] == "ga4 sessions"
    assert "2 d before" in lines[1]
    assert lines[2].endswith("within chance")
    assert "a correlation is no effect" in lines[-1]


def test_where_nothing_can_be_compared_what_is_known_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["correlations", "--since", "10d"]) == 0
    assert "two channels with 28 days each are needed; known, with days: acme mentions (10)" in capsys.readouterr().out
