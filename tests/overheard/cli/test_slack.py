from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from overheard.cli.group import run

CONFIG = """
[[brands]]
name = "Acme"
role = "own"

[slack]
{}
"""
BOT = 'token = "env:NO_SUCH_TOKEN"\nchannel = "C0123456789"'


def scopes(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert run(["slack", "manifest", *arguments]) == 0
    found: list[str] = json.loads(capsys.readouterr().out)["oauth_config"]["scopes"]["bot"]
    return found


def test_manifest_follows_the_config_and_reads_no_secret(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    bot = ["channels:history", "channels:read", "chat:write"]
    assert scopes(capsys) == bot
    (tmp_path / "overheard.toml").write_text(CONFIG.format(f"{BOT}\npictures = true"), encoding="utf-8")
    assert scopes(capsys) == [*bot, "files:write"]
    (tmp_path / "overheard.toml").write_text(CONFIG.format(f"{BOT}\npictures = false"), encoding="utf-8")
    assert scopes(capsys) == bot
    assert scopes(capsys, "--private") == ["chat:write", "groups:history", "groups:read"]
    (tmp_path / "hook.toml").write_text(CONFIG.format('webhook = "env:NO_SUCH_HOOK"'), encoding="utf-8")
    assert scopes(capsys, "--config", "hook.toml") == ["incoming-webhook"]


def test_manifest_of_a_config_that_is_not_there_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["slack", "manifest", "--config", "nothing.toml"]) == 2
    assert "nothing.toml: the file: no such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--channel", "general"], "--channel general: not ID or ID:NAME; write for example C0123456789:listening"),
        (["--fault", "explode"], "--fault explode: write NAME or NAME:TIMES, where NAME is one of drop_before, "),
        (["--fault", "drop_after:often"], "--fault drop_after:often: write NAME or NAME:TIMES"),
    ],
    ids=["channel", "fault", "times"],
)
def test_wrong_option_of_the_local_slack_is_told_with_the_right_one(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["slack", "fake", "--port", "0", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_port_that_is_taken_and_journal_that_cannot_be_written_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert run(["slack", "fake", "--port", port]) == 1
    assert f"--port {port}: Address already in use; choose another one" in capsys.readouterr().err
    assert run(["slack", "fake", "--port", "0", "--journal", str(tmp_path / "no" / "file")]) == 1
    assert "No such file or directory; choose another one" in capsys.readouterr().err
