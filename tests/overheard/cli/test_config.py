from __future__ import annotations

import json
from pathlib import Path

import pytest

from config.schema import json_schema
from overheard.cli.group import run
from overheard.kinds import all_kinds

CONFIG = """
[[brands]]
name = "Acme"
role = "own"
[[sources]]
type = "rss"
urls = ["https://example.org/feed.xml"]
[slack]
token = "env:TOKEN"
channel = "C0123456789"
[[digests]]
period = "day"
[[alerts]]
rule = "source_silent"
"""


def test_schema_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "schema"]) == 0

    assert json.loads(capsys.readouterr().out) == json_schema(all_kinds())


def test_show_fills_in_defaults_and_leaves_secrets_where_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "overheard.toml"
    path.write_text(CONFIG, encoding="utf-8")
    monkeypatch.setenv("TOKEN", "canary")

    assert run(["config", "show", "--config", str(path)]) == 0

    shown = json.loads(capsys.readouterr().out)
    assert shown["slack"]["token"] == "env:TOKEN"
    assert shown["sources"][0]["urls"] == ["https://example.org/feed.xml"]
    assert (shown["timezone"], shown["network"]["deadline"], shown["digests"][0]["at"]) == ("UTC", "30s", "08:30")
    assert shown["brands"][0]["terms"] == ["Acme"]
    assert (shown["alerts"][0]["after"], shown["alerting"]["over_after"]) == ("1h", "30m")


def test_wrong_config_ends_with_2_and_every_problem_on_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "overheard.toml"
    path.write_text(CONFIG.replace("urls", "url").replace("day", "year"), encoding="utf-8")

    assert run(["config", "show", "--config", str(path)]) == 2

    assert capsys.readouterr().err.splitlines() == [
        f'{path}:5: sources[1].urls: missing; add it, for example urls = ["https://example.org/feed.xml"]',
        f'{path}:7: sources[1].url: unknown key; did you mean "urls"?',
        f'{path}:12: digests[1].period: "year" is not known; write one of "day", "week", "month"',
    ]
    assert list(tmp_path.iterdir()) == [path]
