from __future__ import annotations

import json
from pathlib import Path

import pytest

from overheard.cli.group import run
from overheard.remedies import REMEDIES
from storage.records import Reason

CONFIG = """
[[brands]]
name = "Acme"
role = "own"
[[sources]]
type = "file"
path = "{here}/x.csv"
[[sources]]
type = "file"
path = "{here}/none.csv"
every = "2h"
[[sources]]
type = "file"
path = "{here}/paused.csv"
enabled = false
"""
CSV = "native_id,text,published_at\n1,Acme is fine,2013-08-05T10:00:00Z\n"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OVERHEARD_NOW", "2013-08-06T12:00:00Z")
    (tmp_path / "x.csv").write_text(CSV, encoding="utf-8")
    path = tmp_path / "overheard.toml"
    path.write_text(CONFIG.format(here=tmp_path), encoding="utf-8")
    return path


def test_sources_are_listed_before_anything_was_collected_and_nothing_is_made(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(config.parent.iterdir())

    assert run(["sources", "--config", str(config)]) == 0

    said = capsys.readouterr().out.splitlines()
    assert said[0].split() == ["last", "ok", "next", "failures", "every", "query", "last", "error"]
    assert [line.split()[:2] for line in said[1:]] == [["never", "now"], ["never", "now"], ["never", "paused"]]
    assert sorted(config.parent.iterdir()) == before


def test_state_of_each_query_is_told_after_a_round(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["collect", "--config", str(config)]) == 4
    failed = capsys.readouterr().err
    assert failed.startswith(f"failed: file:{config.parent}/")
    assert failed.endswith(f"; {REMEDIES[Reason.NOT_FOUND]}\n")

    assert run(["sources", "--config", str(config), "--format", "json"]) == 0

    fine, broken, paused = json.loads(capsys.readouterr().out)["sources"]
    folder = config.parent
    assert (fine["key"], fine["source"], fine["failures"], fine["error"]) == (f"file:{folder}/x.csv", "file", 0, None)
    assert fine["last_ok_at"].startswith("2013-08-06T12:00")  # the clock runs on from there
    assert fine["next_due_at"].startswith("2013-08-06T12:15")
    assert (broken["failures"], broken["last_ok_at"], broken["every"]) == (1, None, "2h")
    assert broken["error"]["reason"] == "not_found"
    assert broken["error"]["remedy"] == REMEDIES[Reason.NOT_FOUND]
    assert (paused["enabled"], paused["next_due_at"]) == (False, None)


def test_last_error_stands_at_the_end_of_its_line(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["collect", "--config", str(config)]) == 4
    capsys.readouterr()

    assert run(["sources", "--config", str(config)]) == 0

    told = capsys.readouterr().out.splitlines()
    assert "not_found: " in told[2]
    assert told[4:] == [f"not_found: {REMEDIES[Reason.NOT_FOUND]}"]  # once, however many fail for it


def test_config_without_sources_says_how_to_add_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "overheard.toml"
    path.write_text('[[brands]]\nname = "Acme"\nrole = "own"\n', encoding="utf-8")

    assert run(["sources", "--config", str(path)]) == 0

    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "no sources; add one with: overheard add rss\n")


def test_every_reason_has_a_remedy_in_one_sentence() -> None:
    assert set(REMEDIES) == set(Reason)
    assert all(0 < len(remedy) < 110 and not remedy.endswith(".") for remedy in REMEDIES.values())


def test_rows_that_cannot_be_read_end_in_4_and_rows_before_since_do_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERHEARD_NOW", "2013-08-06T12:00:00Z")
    path = tmp_path / "overheard.toml"
    path.write_text(
        '[[brands]]\nname = "Acme"\nrole = "own"\n[[sources]]\ntype = "file"\npath = "x.csv"\n', encoding="utf-8"
    )
    (tmp_path / "x.csv").write_text(CSV, encoding="utf-8")
    assert run(["collect", "--config", str(path)]) == 0
    assert run(["collect", "--since", "1d", "--config", str(path)]) == 0
    assert "before --since" in capsys.readouterr().out
    (tmp_path / "x.csv").write_text(CSV + "2,,\n", encoding="utf-8")
    assert run(["collect", "--all", "--config", str(path)]) == 4
    assert "row 3: neither text nor title" in capsys.readouterr().out
    assert run(["collect", "--since", "1d", "--config", str(path)]) == 4
