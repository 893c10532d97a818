"""No secret reaches a log line: neither known values nor what looks like one, in any field, from any logger."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from config.errors import OverheardError
from config.settings import Network
from listener.http import SafeFetcher
from overheard.logs import setup_logs, tell_of_bug
from overheard.redaction import Redactor
from overheard.scheduler import Job, run_until
from tests.doubles.web import Web, raw

CANARY = "k4n4r1-s3cr3t/with+odd=chars"
WEBHOOK = "https://hooks.slack.com/services/T000/B000/abcdefCANARY"


@pytest.fixture(autouse=True)
def _quiet_afterwards() -> Iterator[None]:
    yield
    root = logging.getLogger()
    for handler in list(root.handlers):
        if getattr(handler, "is_ours", False):
            root.removeHandler(handler)
    root.setLevel(logging.WARNING)
    structlog.reset_defaults()


@pytest.mark.parametrize(
    ("text", "hidden", "kept"),
    [
        ("token xoxb-1234-abcd leaked", "xoxb-1234", "token [redacted] leaked"),
        ("xapp-1-A0-123-abc", "xapp-1", "[redacted]"),
        (f"POST {WEBHOOK} failed", "abcdefCANARY", "POST https://hooks.slack.com/[redacted] failed"),
        ("Authorization: Bearer abcDEF123456", "abcDEF123456", "Authorization: Bearer [redacted]"),
        ("authorization: basic dXNlcjpwYXNz", "dXNlcjpwYXNz", "authorization: basic [redacted]"),
        ("postgresql://me:hunter22@db/x", "hunter22", "postgresql://[redacted]@db/x"),
        (f"value {CANARY}!", CANARY, "value [redacted]!"),
        ("q=k4n4r1-s3cr3t%2Fwith%2Bodd%3Dchars", "k4n4r1", "q=[redacted]"),
    ],
    ids=["bot token", "app token", "webhook", "bearer", "basic", "userinfo", "known", "known, percent-encoded"],
)
def test_secret_is_hidden_and_the_rest_is_kept(text: str, hidden: str, kept: str) -> None:
    safe = Redactor([CANARY]).text(text)
    assert hidden not in safe
    assert safe == kept


@pytest.mark.parametrize("text", ["basic research matters", "the bearer of news", "see https://example.org/a@b", "x"])
def test_harmless_text_stays(text: str) -> None:
    assert Redactor([CANARY, "abc"]).text(text) == text


def test_secrets_are_hidden_inside_structures() -> None:
    value = {"a": [f"x {CANARY}", 1, None, True], CANARY: (b"bytes", 2.5)}
    assert Redactor([CANARY]).value(value) == {
        "a": ["x [redacted]", 1, None, True],
        "[redacted]": ["b'bytes'", 2.5],
    }


@pytest.mark.parametrize("style", ["console", "json"])
def test_no_logger_leaks(style: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("OVERHEARD_LOG", "debug")
    monkeypatch.setenv("OVERHEARD_LOG_FORMAT", style)
    setup_logs("warning", [CANARY])
    structlog.get_logger("ours").info("event", url=WEBHOOK, inner={"token": CANARY})
    for name in ("slack_sdk.webhook.client", "prawcore", "urllib3.connectionpool", "anything"):
        logging.getLogger(name).debug("sending to %s with %s", WEBHOOK, CANARY)
    _raise_and_log(CANARY)
    written = capsys.readouterr().err
    assert "Traceback" in written
    assert "local_variable" not in written.replace("local_variable =", "").replace("{local_variable}", "")
    for secret in ("abcdefCANARY", CANARY):
        assert secret not in written


def _break(text: str) -> None:
    raise OverheardError(text)


def _raise_and_log(local_variable: str) -> None:
    try:
        _break(f"cannot use {local_variable}")
    except OverheardError:
        structlog.get_logger("ours").exception("broke")


def test_what_nobody_expected_is_told_as_a_bug_without_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    setup_logs("warning", [CANARY])
    try:
        _break_badly(CANARY)
    except ZeroDivisionError as problem:
        tell_of_bug(type(problem), problem, problem.__traceback__)
    written = capsys.readouterr().err
    assert written.splitlines()[0] == (
        "this is a bug in overheard, not your mistake: ZeroDivisionError: nothing with [redacted]"
    )
    assert written.splitlines()[2] == "Traceback (most recent call last):"
    assert "report it" in written
    assert CANARY not in written


def _break_badly(local_variable: str) -> None:
    raise ZeroDivisionError(f"nothing with {local_variable}\nand a second line")


def test_job_that_takes_its_time_is_no_warning(capsys: pytest.CaptureFixture[str]) -> None:
    setup_logs("info")
    stop = threading.Event()
    looks: list[str] = []

    def look() -> None:
        looks.append("look")
        if len(looks) == 5:
            stop.set()

    # By the fifth look the slow job has been due, and passed over, several times.
    run_until(stop, [Job("slow", lambda: stop.wait(30), 0.05), Job("look", look, 0.05)])
    assert capsys.readouterr().err == ""


def test_header_that_cannot_be_parsed_writes_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    setup_logs("info")
    answer = b"HTTP/1.1 200 OK\r\nA: b\r\nno colon here\r\nContent-Length: 5\r\n\r\nhello"
    network = Network(allow_private=True, deadline=timedelta(seconds=5))
    with Web({"/a": raw(answer)}) as web:
        fetcher = SafeFetcher(network, lambda: datetime(2026, 11, 20, tzinfo=UTC))
        try:
            assert fetcher.get(web.url("/a"), source="rss").body.endswith(b"hello")
        finally:
            fetcher.close()
    assert capsys.readouterr().err == ""


def test_json_lines_are_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("OVERHEARD_LOG_FORMAT", "json")
    setup_logs("info")
    structlog.get_logger("ours").info("poll", key="rss:x", new=3)
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["key"], line["new"], line["level"], line["logger"]) == (
        "poll",
        "rss:x",
        3,
        "info",
        "ours",
    )


def test_unknown_level_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERHEARD_LOG", "loud")
    with pytest.raises(OverheardError, match="OVERHEARD_LOG: 'loud' is not known; write one of debug"):
        setup_logs()
