"""`overheard rescore` on a small history: what it prints, and what `why` says of older numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from overheard.cli.group import HELD, run
from storage.database import open_database
from storage.lease import hold
from tests.overheard.home import at, listened, write_posts

POSTS = [(at(6, 1), "Acme is great"), (at(6, 2), "Acme is awful"), (at(6, 3), "Acme est super")]
WINDOW = ["--since", "2026-07-06", "--until", "2026-07-07"]
STRICT = "[sentiment]\npositive_from = 0.9\n"
NUMBER = "sentiment.acme.20260706-20260707"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    listened(tmp_path, POSTS, at(7))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OVERHEARD_NOW", at(8).isoformat())
    return tmp_path


def stricter(folder: Path) -> None:
    config = folder / "overheard.toml"
    config.write_text(config.read_text(encoding="utf-8") + STRICT, encoding="utf-8")


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run(arguments) == code
    captured = capsys.readouterr()
    return captured.out if code == 0 else captured.err


def test_the_change_is_told_per_brand(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stricter(folder)
    document = json.loads(said(capsys, "rescore", *WINDOW, "--format", "json"))
    acme, globex = document.pop("brands")
    assert len(document.pop("rules")) == 12
    assert document == {
        "window": {"start": "2026-07-06T00:00:00Z", "end": "2026-07-07T00:00:00Z"},
        "dry_run": False,
        "finished": True,
        "mentions": 3,
        "failed": 0,
    }
    assert acme == {
        "brand": "acme",
        "name": "Acme",
        "mentions": 3,
        "changed": 1,
        "corrected": 0,
        "before": {"positive": 1, "neutral": 0, "negative": 1, "unscored": 1},
        "after": {"positive": 0, "neutral": 1, "negative": 1, "unscored": 1},
        "net_sentiment_before": 0.0,
        "net_sentiment_after": -0.5,
    }
    assert (globex["mentions"], globex["net_sentiment_before"]) == (0, None)


def test_the_table_says_what_was_and_what_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stricter(folder)
    dry = said(capsys, "rescore", *WINDOW, "--dry-run").splitlines()
    assert dry[1].split() == ["Acme", "3", "1", "0", "0", "%", "-50", "%"]
    assert dry[2] == "  positive 1 -> 0, neutral 0 -> 1, negative 1 -> 1, unscored 1 -> 1"
    assert "n/a (nothing scored)" in dry[3]
    assert dry[5] == "3 mentions looked at, nothing written"
    assert dry[6].startswith("net sentiment = (positive - negative)")
    done = said(capsys, "rescore", *WINDOW).splitlines()
    assert (done[:5], done[5]) == (dry[:5], "3 mentions scored")
    assert said(capsys, "rescore", *WINDOW).splitlines()[1].split()[2] == "0"


def test_shares_follow(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stricter(folder)
    said(capsys, "rescore", "--since", "2026-07-06")
    acme = json.loads(said(capsys, "sov", *WINDOW, "--format", "json"))["brands"][0]
    assert (acme["positive"], acme["neutral"], acme["negative"], acme["unscored"]) == (0, 1, 1, 1)


def test_why_tells_that_scores_and_rules_changed_since(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERHEARD_NOW", at(7, 9).isoformat())
    said(capsys, "digest", "--send")
    assert "differs now" not in said(capsys, "why", NUMBER)
    stricter(folder)
    monkeypatch.setenv("OVERHEARD_NOW", at(8).isoformat())
    said(capsys, "rescore", *WINDOW)
    said(capsys, "label", "file:1", "positive")
    [shown] = json.loads(said(capsys, "why", NUMBER, "--format", "json"))["shown"]
    *counted, rules = shown["differs_because"]
    assert counted == [
        "1 mentions of the window were scored again after it was shown",
        "1 mentions of the window were corrected by people after it was shown",
    ]
    assert rules.startswith("brands, labels, languages or scorers changed (rules ")


def test_no_share_is_said_to_hang_on_scores(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERHEARD_NOW", at(7, 9).isoformat())
    said(capsys, "digest", "--send")
    write_posts(folder, [*POSTS, (at(6, 5), "Globex arrived late")])
    monkeypatch.setenv("OVERHEARD_NOW", at(8).isoformat())
    said(capsys, "collect", "--all")
    said(capsys, "label", "file:1", "positive")
    [shown] = json.loads(said(capsys, "why", NUMBER.replace("sentiment", "sov"), "--format", "json"))["shown"]
    assert shown["differs_because"][0] == "1 mentions of the window arrived after it was shown"
    assert not [reason for reason in shown["differs_because"] if "corrected" in reason]


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ([], "Missing option '--since'"),
        (["--since", "2027-01-01"], "nothing lies between"),
        (["--since", "yesterday"], "is not a time"),
    ],
    ids=["no window", "the future", "no time"],
)
def test_what_is_no_window_is_refused(arguments: list[str], what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert what in said(capsys, "rescore", *arguments, code=2)


def test_it_waits_for_nobody_who_collects_but_a_dry_run_may(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = open_database(f"sqlite:///{folder}/overheard.db")
    with hold(database, "overheard run", at(7)):
        assert "overheard run" in said(capsys, "rescore", *WINDOW, code=HELD)
        assert "3 mentions looked at" in said(capsys, "rescore", *WINDOW, "--dry-run")
    database.close()
