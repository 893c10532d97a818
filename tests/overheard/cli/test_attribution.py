"""`overheard attribution` on files, as a person calls it."""

from __future__ import annotations

import json
import os
import pty
import termios
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from overheard.cli.group import run
from storage.database import open_database
from storage.tables import campaign_results

KNOWN = """path,conversions,non_conversions,value
reddit > search,3,2,300
linkedin,1,4,50
reddit > linkedin > search,2,1,150
search,2,3,100
reddit,0,5,
"""


@pytest.fixture
def paths(tmp_path: Path) -> Path:
    file = tmp_path / "paths.csv"
    file.write_text(KNOWN, encoding="utf-8")
    return file


def document(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    assert run(["attribution", *arguments, "--format", "json"]) == code
    return json.loads(capsys.readouterr().out)


def test_every_model_stands_beside_the_others(paths: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = document(capsys, str(paths))
    assert (told["conversions"], told["value"]) == (8, 600)
    search = told["channels"][0]
    assert search["channel"] == "search"
    expected = {"first": 2, "last": 7, "last_non_direct": 7, "linear": 25 / 6, "position_based": 4.3}
    expected |= {"time_decay": 25 / 6, "markov": 4.2142, "shapley": 25 / 6, "shapley_rate": 4.7452}
    assert {name: search[name] for name in expected} == pytest.approx(expected, abs=5e-5)
    assert search["value"]["last"] == 550
    assert (search["cost"], search["cac_low"], told["rejected"]) == (None, None, [])


def test_people_see_the_same_as_a_table(paths: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["attribution", str(paths)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "8 conversions, credited to 3 channels by 9 models"
    assert lines[2].split() == ["search", "2.0", "7.0", "7.0", "4.2", "4.3", "4.2", "4.2", "4.2", "4.7"]
    assert "value: 600.00" in lines
    assert any(line.startswith("warning: 8 conversions, below the 2,000") for line in lines)


def test_a_narrow_terminal_gets_two_tables(paths: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = pty.openpty()
    termios.tcsetwinsize(writer, (24, 80))
    with os.fdopen(writer, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr("sys.stdout", terminal)
        assert run(["attribution", str(paths)]) == 0
        terminal.flush()
        shown = b""
        while b"warning" not in shown:
            shown += os.read(reader, 4096)
    os.close(reader)
    assert shown.count(b"channel") == 1 + 4  # the first line, two tables of conversions, two of value


def test_costs_give_a_range_over_the_models(paths: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    costs = tmp_path / "costs.csv"
    costs.write_text("channel,cost\nsearch,84\ntv,5\n", encoding="utf-8")
    told = document(capsys, str(paths), "--costs", str(costs))
    search = told["channels"][0]
    assert (search["cost"], search["cac_low"], search["cac_high"]) == (84, 12, 42)
    assert search["roi_high"] == pytest.approx((550 - 84) / 84)
    assert "costs of channels that are in no path, by that name: tv" in told["warnings"]
    run(["attribution", str(paths), "--costs", str(costs)])
    assert "12.00 to 42.00" in capsys.readouterr().out


def test_rejected_rows_are_named_and_the_rest_is_counted(paths: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with paths.open("a", encoding="utf-8") as file:
        file.write("tv,many,1,\n" + "tv,1,1,1,1\n" * 20)
    told = document(capsys, str(paths), code=4)
    assert told["conversions"] == 8
    assert told["rejected"][0] | {"problem": ""} == {
        "file": str(paths), "row": 7, "column": "conversions", "value": "many", "problem": "",
    }  # fmt: skip
    assert run(["attribution", str(paths)]) == 4
    lines = capsys.readouterr().out.splitlines()
    assert any("row 7, column 'conversions': 'many': not a number" in line for line in lines)
    assert lines[-1] == "rejected: 1 more rows; --format json lists them all"


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        ("a,b\n1,2\n", 1, "neither a column 'path'"),
        ("path,conversions\n>,1\n", 1, "no row can be used; row 2, column 'path': '>': an empty channel"),
    ],
)
def test_a_file_of_no_use_is_refused(
    paths: Path, content: str, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    paths.write_text(content, encoding="utf-8")
    assert run(["attribution", str(paths)]) == code
    error = capsys.readouterr().err
    assert str(paths) in error
    assert told in error


def test_costs_of_no_use_are_refused_and_their_rejected_rows_named(
    paths: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    costs = tmp_path / "costs.csv"
    costs.write_text("name,price\nsearch,84\n", encoding="utf-8")
    assert run(["attribution", str(paths), "--costs", str(costs)]) == 1
    assert "no column 'channel' and 'cost'" in capsys.readouterr().err
    costs.write_text("channel,cost\nsearch,free\n", encoding="utf-8")
    told = document(capsys, str(paths), "--costs", str(costs), code=4)
    assert [(each["file"], each["row"], each["column"]) for each in told["rejected"]] == [(str(costs), 2, "cost")]


@pytest.mark.parametrize(
    "options",
    [
        ["--since", "2026-05-01"],
        ["--costs", "{paths}", "--until", "2026-05-01"],
        ["--since", "2026-05-02", "--until", "2026-05-01"],
    ],
)
def test_costs_come_from_one_place_and_for_days_in_order(
    paths: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["attribution", str(paths), *(option.format(paths=paths) for option in options)]) == 2
    assert "Error: --" in capsys.readouterr().err


def test_costs_come_from_imported_results(paths: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "overheard.toml"
    config.write_text('[[brands]]\nname = "Acme"\nrole = "own"\n', encoding="utf-8")
    database = open_database(f"sqlite:///{tmp_path}/overheard.db")
    row = {
        "platform": "reddit", "account": "", "campaign_key": "spring", "content": "", "start_day": date(2026, 5, 3),
        "end_day": date(2026, 5, 4), "currency": "EUR", "spend_millionths": 60_000_000, "file_sha256": "0",
        "file_row": 2, "imported_at": datetime(2026, 6, 1, tzinfo=UTC),
    }  # fmt: skip
    with database.write() as conn:
        conn.execute(campaign_results.insert(), [row])
    database.close()
    asked = ("--config", str(config), "--since", "2026-05-01", "--until", "2026-05-31")
    told = document(capsys, str(paths), *asked)
    reddit = next(each for each in told["channels"] if each["channel"] == "reddit")
    assert (told["currency"], reddit["cost"], reddit["cac_low"], reddit["cac_high"]) == ("EUR", 60, 12, None)
