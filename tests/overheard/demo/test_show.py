"""The demo runs on what ships with the package, the same way every time."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from config.errors import OverheardError
from overheard.demo.show import NOW, alert_text, lay_out, next_steps, run
from scoring.money import Money

POSTS = Path(__file__).parents[3] / "overheard" / "demo" / "posts"
RESULTS = POSTS.with_name("results")


def test_posts_are_of_the_summer_of_2013_and_carry_links() -> None:
    rows = [
        row
        for path in sorted(POSTS.glob("*.csv"))
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    ]
    times = [datetime.fromisoformat(row["published_at"]) for row in rows]
    assert len(rows) == 660
    assert len({row["id"] for row in rows}) == 660
    assert min(times) >= datetime(2013, 6, 1, tzinfo=UTC)
    assert max(times) < NOW
    assert all(row["url"].startswith("https://www.reddit.com/r/") for row in rows)


def test_digest_tells_of_the_week_in_which_apple_was_everywhere(tmp_path: Path) -> None:
    digest = run(tmp_path / "out").digest
    apple, *others = digest.brands
    assert digest.title == "Week of Monday 10 to Sunday 16 June 2013"
    assert apple.share is not None
    assert apple.share > 0.5
    assert apple.share_change.clear
    assert all(line.mentions > 0 and line.net_sentiment is not None for line in others)
    assert all(group.stories for group in digest.stories)
    assert digest.coverage.share == pytest.approx(1.0)


def test_one_alert_tells_of_the_keynote_in_the_hours_after_it_began(tmp_path: Path) -> None:
    shown = run(tmp_path)
    keynote = datetime(2013, 6, 10, 17, 0, tzinfo=UTC)  # 10:00 in San Francisco
    (alert,) = shown.alerts
    window = alert.alert.window
    rows = [
        row
        for path in POSTS.glob("*.csv")
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    ]
    within = [row for row in rows if window.start <= datetime.fromisoformat(row["published_at"]) < window.end]
    named = [
        row
        for row in within
        if re.search(r"\b(apple|ios|os x|mac|wwdc|iphone)\b", row["title"] + row["text"], re.IGNORECASE)
    ]

    assert alert.alert.id == "volume_spike:apple"
    assert window.start == keynote
    assert keynote < alert.at <= keynote.replace(hour=20)
    assert alert_text(shown, alert).startswith(f"Overheard alert: Warning: Apple: {len(named)} mentions in 3 h")


def test_steps_name_the_config_and_a_number_of_the_digest(tmp_path: Path) -> None:
    digest = run(tmp_path).digest
    steps = next_steps(tmp_path / "overheard.toml", digest)
    assert len(steps) == 4
    assert all(step.endswith(f"--config {tmp_path}/overheard.toml") for step in steps)
    assert digest.brands[0].share_id in steps[2]
    assert "overheard why kpi.roi.all.20130610-20130617" in steps[3]


def test_digest_tells_of_campaigns_with_the_sums_of_the_files(tmp_path: Path) -> None:
    digest = run(tmp_path).digest
    week = [f"2013-06-{day}" for day in range(10, 17)]
    spent = Decimal(0)
    for name, column in (("google-ads.csv", 4), ("meta-ads.csv", 3)):
        lines = (RESULTS / name).read_text(encoding="utf-8").splitlines()
        spent += sum(Decimal(line.split(",")[column]) for line in lines if line[:10] in week)

    assert digest.campaigns is not None
    assert [line.name for line in digest.campaigns.platforms] == ["google_ads", "meta_ads", "all platforms"]
    assert digest.campaigns.platforms[-1].numbers[0].outcome.value == Money(spent, "USD")
    assert [goal.kpi.id for goal in digest.campaigns.goals] == ["revenue"]


def test_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OverheardError, match="name a folder that can be written"):
        lay_out(tmp_path / "file")
