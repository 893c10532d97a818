"""KPIs of recorded exports, against what the exports themselves say at their foot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from overheard.cli.group import run

pytestmark = pytest.mark.recordings
CONFIG = '{currency}\n[[brands]]\nname = "Acme"\nrole = "own"\n[[brands]]\nname = "Globex"\n'


def computed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], export: Path, currency: str
) -> dict[str, Any]:
    monkeypatch.chdir(folder)
    (folder / "overheard.toml").write_text(CONFIG.format(currency=f'currency = "{currency}"'), encoding="utf-8")
    assert run(["import", str(export)]) == 0
    capsys.readouterr()
    assert run(["kpis", "--since", "2025-01-01", "--until", "2026-11-01", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    return {row["kpi"]: row["value"] for row in found["rows"] if row["value"] is not None}


def test_google_ads_is_counted_once_and_its_ratios_come_from_sums(
    recordings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = computed(tmp_path, monkeypatch, capsys, recordings / "campaigns" / "google-ads-campaign.csv", "INR")

    assert found["spend"] == pytest.approx(2565.92, abs=0.01)  # the foot was added up before it was rounded
    assert found["impressions"] == 46168
    assert found["conversions"] == 15
    assert round(found["cpa"], 2) == 171.06
    assert round(found["cpm"], 2) == 55.58
