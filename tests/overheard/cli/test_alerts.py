"""`overheard alerts` and `overheard silence` on a history whose only source has fallen silent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from overheard.cli.group import run
from storage.database import open_database
from storage.records import QueryState, Reason
from storage.states import save_states
from tests.overheard.home import at, home, polled

ALERTS = '[[alerts]]\nrule = "source_silent"\n'
ALL, ONE = "source_silent:all", "source_silent:file:posts.csv"


def moved(monkeypatch: pytest.MonkeyPatch, hour: int, minute: int = 0) -> None:
    monkeypatch.setenv("OVERHEARD_NOW", at(6, hour, minute).isoformat())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A config with a rule, and a file that is gone: every poll of it fails."""
    database = open_database(f"sqlite:///{tmp_path}/overheard.db")
    app, _ = home(database, tmp_path, at(6, 8), ALERTS)
    polled(app, None, Reason.NOT_FOUND, started_at=at(5))
    with database.write() as conn:
        save_states(conn, [QueryState("file:posts.csv", "file", {}, at(6, 8), 3, at(6, 8), None)])
    database.close()
    (tmp_path / "posts.csv").unlink()
    monkeypatch.chdir(tmp_path)
    moved(monkeypatch, 12)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> tuple[str, str]:
    capsys.readouterr()
    assert run(arguments) == code
    captured = capsys.readouterr()
    return captured.out, captured.err


def listed(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said(capsys, "alerts", "--format", "json", *options)[0])
    return found


def test_a_look_shows_what_would_be_done_and_keeps_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        found = listed(capsys)
        assert found["at"] == "2026-07-06T12:00:00Z"
        assert [(one["id"], one["decision"], one["reason"], one["detail"]) for one in found["alerts"]] == [
            (ONE, "dropped", "inhibited", ALL),
            (ALL, "told", "new", None),
        ]
    assert listed(capsys, "--history")["alerts"] == []


def test_an_alert_in_json_has_the_shape_that_scripts_rely_on(capsys: pytest.CaptureFixture[str]) -> None:
    alert = listed(capsys)["alerts"][1]

    assert {key: alert[key] for key in ("rule", "key", "brand", "severity", "at", "window", "title")} == {
        "rule": "source_silent",
        "key": "all",
        "brand": None,
        "severity": "critical",
        "at": "2026-07-06T12:00:00Z",
        "window": {"start": "2026-07-06T08:00:00Z", "end": "2026-07-06T12:00:00Z"},
        "title": "everything is silent: no source has answered for 4 h",
    }


def test_collect_tells_beside_its_data_and_the_history_shows_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, err = said(capsys, "collect", "--all", "--format", "json", code=4)
    moved(monkeypatch, 12, 30)
    again = said(capsys, "collect", "--all", code=4)[1]
    moved(monkeypatch, 13)

    assert json.loads(out)["sources"][0]["error"]["reason"] == "not_found"
    assert "Overheard alert: Critical: everything is silent" in err
    assert "Overheard alert" not in again
    history = listed(capsys, "--history", "--since", "1d")
    assert [(one["id"], one["decision"], one["reason"]) for one in history["alerts"]] == [
        (ALL, "dropped", "unchanged"),
        (ALL, "told", "new"),
        (ONE, "dropped", "inhibited"),
    ]
    assert history["window"] == {"start": "2026-07-05T13:01:00Z", "end": "2026-07-06T13:01:00Z"}
    assert history["per_week"] == 7.0
    table, _ = said(capsys, "alerts", "--history")
    assert "2026-07-06 12:00  critical  told      new        source_silent:all\n" in table
    assert "\n  (inhibited: source_silent:all)\n" in table
    assert table.endswith("\n1 alert told since 2026-07-05 00:00; per week: 4.5\n")


def test_collect_without_alerts_in_the_config_looks_for_none(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    path = folder / "overheard.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(ALERTS, ""), encoding="utf-8")

    assert "Overheard alert" not in said(capsys, "collect", "--all", code=4)[1]
    assert said(capsys, "alerts") == ("", "no rule is switched on; add an [[alerts]] table to overheard.toml\n")


def test_when_nothing_stands_the_look_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moved(monkeypatch, 8, 30)

    assert said(capsys, "alerts") == ("", "no alert stands now\n")
    assert said(capsys, "alerts", "--history")[0] == ("0 alerts told since 2026-07-05 00:00; per week: 0.0\n")


def test_a_history_of_less_than_a_day_tells_no_rate(capsys: pytest.CaptureFixture[str]) -> None:
    assert listed(capsys, "--history", "--since", "5h")["per_week"] is None
    assert said(capsys, "alerts", "--history", "--since", "5h")[0].endswith("per week: n/a (less than a day)\n")


@pytest.mark.parametrize(
    ("arguments", "of", "dropped"),
    [
        (["source_silent:all"], "source_silent:all", True),
        (["--rule", "source_silent"], "rule source_silent", True),
        (["--brand", "Acme"], "brand acme", False),
        (["--brand", "acme", "--rule", "source_silent"], "rule source_silent and brand acme", False),
        ([], "everything", True),
    ],
    ids=["an alert", "a rule", "a brand", "both", "everything"],
)
def test_a_silence_covers_what_was_asked(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    of: str,
    dropped: bool,
) -> None:
    out, _ = said(capsys, "silence", *arguments, "--for", "2h", "--by", "kim", "--note", "launch day")
    moved(monkeypatch, 13)

    assert out == f"silence 1: {of}, until 2026-07-06 14:00; to end it: overheard silence --end 1\n"
    alert = listed(capsys)["alerts"]
    reasons = {one["reason"] for one in alert if one["id"] == ALL}
    assert reasons == ({"silenced"} if dropped else {"new"})
    table, _ = said(capsys, "silence", "--list")
    assert table.splitlines()[1].split() == [
        "1", "2026-07-06", "12:00", "2026-07-06", "14:00", "kim", *of.split(), "launch", "day",
    ]  # fmt: skip


def test_a_silence_can_be_ended_once(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    said(capsys, "silence", "--for", "2h")

    assert said(capsys, "silence", "--end", "1") == ("silence 1 is over\n", "")
    moved(monkeypatch, 13)
    assert said(capsys, "silence", "--list") == ("", "no silence stands; everything is told\n")
    assert said(capsys, "silence", "--end", "1", code=2)[1] == (
        "no silence 1 stands; `overheard silence --list` shows those that do\n"
    )


def test_a_silence_of_an_alert_that_does_not_stand_is_kept_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    out, err = said(capsys, "silence", "source_silent:rss", "--for", "1d")

    assert out.startswith("silence 1: source_silent:rss, until 2026-07-07 12:00;")
    assert err == "no alert source_silent:rss stands now; it is not heard of if it comes before 2026-07-07 12:00\n"


def test_an_alert_that_is_acknowledged_is_shown_with_who_takes_care_of_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(capsys, "collect", "--all", code=4)
    moved(monkeypatch, 12, 10)

    first = said(capsys, "acknowledge", ALL, "--by", "Ann")
    moved(monkeypatch, 12, 20)
    second = said(capsys, "acknowledge", ALL, "--by", "Bob")

    told = "source_silent:all, which stands since 2026-07-06 12:00, is acknowledged by Ann since 2026-07-06 12:10\n"
    assert first == second == (told, "")
    assert [(one["id"], one["reason"], one["detail"]) for one in listed(capsys)["alerts"]] == [
        (ALL, "acknowledged", "by Ann on 6 July 2026, 12:10"),
        (ONE, "inhibited", ALL),
    ]
    mistyped = said(capsys, "acknowledge", "source_silent:al", code=2)[1]
    assert mistyped == "no alert 'source_silent:al' stands; did you mean 'source_silent:all'?\n"
    said(capsys, "collect", "--all", code=4)
    assert listed(capsys, "--history")["alerts"][0]["reason"] == "acknowledged"
    assert "\n  (acknowledged: by Ann on 6 July 2026, 12:10)\n" in said(capsys, "alerts", "--history")[0]


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["acknowledge"], "Missing argument 'ID'"),
        (["acknowledge", "source_silent:all"], "no alert 'source_silent:all' stands; `overheard alerts --history`"),
        (["silence"], "say for how long, for example --for 2h"),
        (["silence", "--for", "soon"], 'not a duration; write a number and a unit, for example "15m"'),
        (["silence", "--for", "0h"], "no time at all; write for example 2h"),
        (["silence", "source_silent", "--for", "2h"], "'source_silent' is not the id of an alert"),
        (["silence", "source_silnt:all", "--for", "2h"], "no rule 'source_silnt'; did you mean 'source_silent'?"),
        (["silence", "--rule", "zodiac", "--for", "2h"], "no rule 'zodiac'; known are volume_spike, "),
        (["silence", "--brand", "Initech", "--for", "2h"], "no brand 'Initech' in overheard.toml; known are acme"),
        (["silence", "a:b", "--rule", "source_silent", "--for", "2h"], "an ID is of one rule and one brand already"),
        (["silence", "--list", "--for", "2h"], "--for does not go with --list"),
        (["silence", "a:b", "--end", "1"], "ID does not go with --end"),
        (["alerts", "--since", "2d"], "--since goes with --history or --backtest"),
        (["alerts", "--rule", "volume_spike"], "--until, --rule and --false-alarms go with --backtest"),
        (["alerts", "--history", "--backtest"], "ask for one of them"),
        (["alerts", "--backtest", "--rule", "volume_spik"], "not an alert rule; did you mean volume_spike?"),
        (["alerts", "--backtest", "--rule", "source_silent"], "source_silent cannot be replayed"),
        (["alerts", "--backtest", "--rule", "keyword_hit"], "keyword_hit has keys without a default"),
        (["alerts", "--backtest", "--false-alarms", "1,many"], "write for example 1,2,4"),
        (["alerts", "--backtest", "--false-alarms", "0"], "write for example 1,2,4"),
    ],
)
def test_wrong_use_is_answered_with_the_remedy(
    capsys: pytest.CaptureFixture[str], arguments: list[str], answer: str
) -> None:
    assert answer in said(capsys, *arguments, code=2)[1]


def test_a_backtest_of_a_rule_tells_what_it_would_have_told(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("alerts", "--backtest", "--since", "2d", "--rule", "volume_spike", "--false-alarms", "4")

    out, err = said(capsys, *asked)
    replayed = json.loads(said(capsys, *asked, "--format", "json")[0])

    assert "0 alerts would have been told" in out
    assert err.startswith("volume_spike says nothing of Acme: ")
    assert replayed["alerts"] == []
    assert [(each["false_alarms"], each["told"]) for each in replayed["sensitivities"]] == [(1.0, 0), (4.0, 0)]
    assert replayed["per_week"] == 0
    assert len(replayed["unready"]) == 1
