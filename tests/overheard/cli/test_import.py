from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from overheard.cli.import_ import command
from tests.listener.campaigns.exports import MADE

CONFIG = """
timezone = "UTC"

[[brands]]
name = "Acme"
role = "own"

[imports]
mappings = "mappings"
"""
GOOGLE = str(MADE / "google_ads.de.csv")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "overheard.toml"
    path.write_text(CONFIG, encoding="utf-8")
    (tmp_path / "mappings").mkdir()
    return path


def call(config: Path, *arguments: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(command, [*arguments, "--config", str(config)], input=answers, standalone_mode=False)


def written(config: Path, name: str, text: str) -> str:
    path = config.parent / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_json_has_the_documented_shape(config: Path) -> None:
    bad = written(config, "bad.csv", "platform,campaign,day,spend,mood\nads,A,2026-02-30,1,x\nads,B,2026-08-01,2,y\n")

    answer = call(config, GOOGLE, bad, "--format", "json")

    first, second = json.loads(answer.stdout)["files"]
    expected = {
        "file": "google_ads.de.csv",
        "format": "google_ads",
        "rows": 2,
        "imported": 2,
        "updated": 0,
        "unchanged": 0,
        "rejected": [],
        "ignored_columns": [],
        "totals_checked": True,
    }
    assert {key: first[key] for key in expected} == expected
    assert (second["imported"], second["ignored_columns"], second["totals_checked"]) == (1, ["mood"], None)
    assert second["rejected"] == [{"row": 2, "column": "day", "value": "2026-02-30", "problem": "no such day"}]
    assert answer.return_value == 4


def test_the_table_says_what_was_read_what_was_not_and_why(config: Path) -> None:
    answer = call(config, GOOGLE)

    assert answer.return_value == 0
    assert answer.stdout.splitlines()[:2] == [
        "rows  new  changed  same  rejected  totals  format      file",
        "   2    2        0     0         0  match   google_ads  google_ads.de.csv",
    ]
    assert (
        "columns left out, computed anew from sums: Klickrate, Durchschn. CPC, Kosten/Conv., Conv.-Rate"
        in answer.stdout
    )
    assert "rows of totals, left out of the data: 6" in answer.stdout
    assert "days are those of the time zone of the ad account" in answer.stdout


def test_the_same_file_again_is_said_to_be_known(config: Path) -> None:
    call(config, GOOGLE)

    answer = call(config, GOOGLE)

    assert answer.return_value == 0
    assert "imported before, on" in answer.stdout


def test_what_was_imported_can_be_taken_back(config: Path) -> None:
    first = json.loads(call(config, GOOGLE, "--format", "json").stdout)["files"][0]

    answer = call(config, "--undo", first["sha256"][:10], "--format", "json")

    assert json.loads(answer.stdout) == {
        "file": "google_ads.de.csv",
        "sha256": first["sha256"],
        "removed": 2,
        "restored": 0,
    }
    assert "names no file" in str(call(config, "--undo", first["sha256"][:10]).exception)


def test_a_dry_run_says_that_nothing_was_stored(config: Path) -> None:
    dry = call(config, GOOGLE, "--dry-run")

    assert "nothing was stored (--dry-run)" in dry.stderr
    assert "imported before" not in call(config, GOOGLE).stdout


def test_rows_with_the_same_problem_are_told_in_one_line(config: Path) -> None:
    lines = "".join(f"ads,C{place},soon,1\n" for place in range(20))
    path = written(config, "bad.csv", f"platform,campaign,day,spend\nads,A,2026-08-01,1\n{lines}")

    answer = call(config, path)

    told = [line for line in answer.stdout.splitlines() if "rejected, row" in line]
    assert told == ["bad.csv: rejected, rows 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, ...: 'day' is 'soon': not a date"]
    assert answer.return_value == 4


def test_a_file_of_which_nothing_is_taken_fails(config: Path) -> None:
    answer = call(config, written(config, "note.txt", "hello\n"), "nope.csv")

    assert answer.return_value == 1
    assert "refused: note.txt: row 1: no format has these columns" in answer.stderr
    assert "refused: nope.csv: does not exist" in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([], "name the files to import"),
        ([GOOGLE, "--undo", "abcdef"], "name the files to import"),
        ([GOOGLE, "--as", "gogle"], "--as gogle: no such format; known are"),
        ([GOOGLE, "--period", "august"], "--period august: no period"),
        ([GOOGLE, "--period", "2026-08-31..2026-08-01"], "no period"),
        ([GOOGLE, "--currency", "euro"], "--currency euro: not a currency code"),
        ([GOOGLE, "--map"], "--map wants a new name and one file"),
        ([GOOGLE, "--map", "--as", "google_ads"], "--as google_ads: this format is there already"),
    ],
)
def test_wrong_use_is_answered_by_what_to_write(arguments: list[str], problem: str, config: Path) -> None:
    assert problem in str(call(config, *arguments).exception)


def test_a_period_places_rows_in_time(config: Path) -> None:
    path = written(config, "hours.csv", "Hour,Clicks,Impressions,Cost\n00 - 01,0,10,US$0.50\n01 - 02,1,12,US$0.25\n")

    assert call(config, path).return_value == 1
    assert call(config, path, "--period", "2026-02-05").return_value == 0


def test_a_format_is_made_of_answers_and_reads_the_file(config: Path) -> None:
    path = written(config, "spots.csv", "Sender;Woche;Geld;Hörer\nRadio Eins;2026-08-03;1.250,50;12000\n")

    made = call(config, path, "--as", "radio", "--map", answers="radio\ncampaign\nweek\nspend\nreach\n")
    taken = call(config, path, "--currency", "EUR", "--format", "json")

    assert made.exception is None
    assert "mappings/radio.toml: written" in made.stdout
    file = json.loads(taken.stdout)["files"][0]
    assert (file["format"], file["imported"], file["error"]) == ("radio", 1, None)


def test_empty_answers_take_what_is_proposed(config: Path) -> None:
    path = written(config, "spots.tsv", "Campaign name\tDay\tSpend\tWeather\nA\t2026-08-03\t1\tfine\n")

    made = call(config, path, "--as", "spots", "--map", answers="\n\n\n\n\n")

    assert made.exception is None
    text = (config.parent / "mappings" / "spots.toml").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("[")] == [
        "[columns.campaign]", "[columns.day]", "[columns.spend]",
    ]  # fmt: skip


def test_nobody_there_to_answer_is_told_what_to_give(config: Path) -> None:
    path = written(config, "spots.csv", "Sender;Woche\nRadio Eins;2026-08-03\n")

    answer = call(config, path, "--as", "radio", "--map", answers="radio\n")

    assert "nobody is there to answer; give one line for the platform and one for each column" in str(answer.exception)


def test_a_mapping_that_is_wrong_is_told_with_its_place(config: Path) -> None:
    (config.parent / "mappings" / "radio.toml").write_text('name = "radio"\ntitel = "x"\n', encoding="utf-8")

    problem = str(call(config, GOOGLE).exception)

    assert "radio.toml: titel: extra inputs are not permitted" in problem
    assert "radio.toml: needs: field required" in problem
