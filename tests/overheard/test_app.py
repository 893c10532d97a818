"""Secrets of the config are known to the logs; the rules' fingerprint changes when what decides scores does."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.load import read_settings
from overheard.app import App, known_secrets, open_app
from overheard.kinds import all_kinds
from overheard.logs import tell_of_bug
from storage.database import Database
from tests.overheard.home import CONFIG, at, home

SLACK = """
[slack]
token = "env:A_TOKEN"
channel = "C0123456789"
"""


def test_every_secret_that_can_be_resolved_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_TOKEN", "xoxb-canary")
    monkeypatch.setenv("AN_ID", "id-canary")
    reddit = (
        '[[sources]]\ntype = "reddit"\nsubreddits = ["SaaS"]\nclient_id = "env:AN_ID"\nclient_secret = "env:NOT_SET"\n'
    )
    settings = read_settings(CONFIG + reddit + SLACK, Path("overheard.toml"), all_kinds())
    assert sorted(known_secrets(settings)) == ["id-canary", "xoxb-canary"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # a file has no password
def test_password_of_the_database_is_in_no_report(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address = database_url.replace("overheard@", "overheard:hunter%2Bcanary@").replace(":@", ":hunter%2Bcanary@")
    path = tmp_path / "overheard.toml"
    monkeypatch.setenv("A_DATABASE", address)
    path.write_text('database = "env:A_DATABASE"\n' + CONFIG, encoding="utf-8")
    (tmp_path / "posts.csv").write_text("native_id,text\n", encoding="utf-8")
    with open_app(path) as app:
        assert "canary" not in app.database.address
    tell_of_bug(ValueError, ValueError("with hunter+canary"), None)
    assert "canary" not in capsys.readouterr().err


def test_rules_change_with_what_decides_scores(sqlite_database: Database, tmp_path: Path) -> None:
    def rules(extra: str) -> str:
        app: App = home(sqlite_database, tmp_path, at(6), extra)[0]
        return app.rules

    assert rules("") == rules("[network]\nworkers = 2\n")
    assert rules("") != rules("[sentiment]\npositive_from = 0.2\n")
    initech = '[[brands]]\nname = "Initech"\n'
    assert rules(initech) == rules(f'{initech}colour = "#123456"\n')


def test_rules_change_with_the_words_of_an_own_lexicon(sqlite_database: Database, tmp_path: Path) -> None:
    own = '[sentiment]\nlexicons = { en = "en.txt" }\n'
    seen = set()
    for text in ("language: en\nversion: 1\n[words]\ngood\t2\n", "language: en\nversion: 1\n[words]\ngood\t3\n"):
        (tmp_path / "en.txt").write_text(text, encoding="utf-8")
        seen.add(home(sqlite_database, tmp_path, at(6), own)[0].rules)
    assert len(seen) == 2


def test_rules_are_told_where_a_lexicon_is_missing(sqlite_database: Database, tmp_path: Path) -> None:
    missing = home(sqlite_database, tmp_path, at(6), '[sentiment]\nlexicons = { en = "missing.txt" }\n')[0]
    assert missing.rules != home(sqlite_database, tmp_path, at(6))[0].rules


def test_terminal_waits_for_nothing_and_slack_for_its_grace(sqlite_database: Database, tmp_path: Path) -> None:
    terminal = home(sqlite_database, tmp_path, at(6))[0]
    slack = home(sqlite_database, tmp_path, at(6), SLACK)[0]
    assert (terminal.channel_name, terminal.grace.total_seconds()) == ("console", 0)
    assert (slack.channel_name, slack.grace.total_seconds()) == ("slack", 60)
