"""What a person meets first: help, a config that works, the demo, wrong usage."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.scenarios.house import COMMAND, House

pytestmark = pytest.mark.process


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_starter_config_passes_its_own_check(house: House) -> None:
    house.run("init")
    house.run("check")
    assert house.json("sources")["sources"]


def test_command_without_config_says_how_to_make_one(house: House) -> None:
    done = house.run("collect", code=2)
    assert "overheard init" in done.stderr
    assert done.stdout == ""
    assert list(house.folder.iterdir()) == []


def test_reading_before_anything_was_collected_is_explained(house: House) -> None:
    house.run("init")
    done = house.run("sov", code=1)
    assert "overheard" in done.stderr
    assert not (house.folder / "overheard.db").exists()


def test_demo_shows_a_digest_and_names_four_commands_that_answer(house: House) -> None:
    done = house.run("demo")
    folder = house.folder / "overheard-demo"
    assert "Week of Monday 10 to Sunday 16 June 2013" in done.stdout
    messages = json.loads((folder / "slack-messages.json").read_text(encoding="utf-8"))
    assert messages[0]["thread"] is False
    assert all(message["blocks"] for message in messages)
    assert "<html" in (folder / "digest.html").read_text(encoding="utf-8")
    steps = [shlex.split(line) for line in done.stdout.split("Try next:")[1].splitlines() if line.strip()]
    assert len(steps) == 4
    for program, *arguments in steps:
        assert program == str(COMMAND)  # it is not on the PATH here
        answer = house.run(*arguments).stdout
        assert len(answer.splitlines()) > 1, arguments


def test_demo_runs_twice_in_one_folder(house: House) -> None:
    first = house.run("demo", "--out", "twice").stdout
    second = house.run("demo", "--out", "twice").stdout
    assert second == first
    stats = house.json("db", "stats", "--config", "twice/overheard.toml")
    assert stats["mentions"] == 502


def test_a_file_source_is_the_same_from_wherever_it_is_started(house: House) -> None:
    house.run("demo")
    outside = house.json("sources", "--config", "overheard-demo/overheard.toml")
    assert House(house.folder / "overheard-demo").json("sources") == outside


@pytest.mark.parametrize(
    "arguments",
    [
        ["mentions", "--brand", "nobody"],
        ["collect", "--source", "nobody"],
        ["sov", "--since", "soon"],
        ["sov", "--since", "2013-01-02", "--until", "2013-01-01"],
        ["digest", "--at", "yesterday"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_two_and_one_message(house: House, arguments: list[str]) -> None:
    house.run("demo", "--out", ".")
    done = house.run(*arguments, code=2)
    assert done.stdout == ""
    assert done.stderr.strip()


def test_reader_that_goes_away_is_no_error(house: House) -> None:
    house.run("demo", "--out", ".")
    arguments = [str(COMMAND), "mentions", "--format", "jsonl"]
    with subprocess.Popen(
        arguments, cwd=house.folder, env=house.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as reader:
        assert reader.stdout is not None
        assert reader.stderr is not None
        reader.stdout.readline()
        reader.stdout.close()
        assert reader.stderr.read() == b""
    assert reader.returncode in {0, 1}
