from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from config.settings import Settings
from notifier.console import ConsoleChannel
from notifier.contract import Receipt, SendError
from storage.records import Delivery

ROW = Delivery("k#1", "console", {"text": "hello"}, datetime(2026, 11, 23, tzinfo=UTC))


def test_text_is_printed_as_lines(capsys: pytest.CaptureFixture[str]) -> None:
    receipt = ConsoleChannel.from_settings(Settings(brands=())).send(ROW, None)

    assert receipt == Receipt(None)
    assert capsys.readouterr().out == "hello\n"


def test_line_feed_at_the_end_is_not_doubled() -> None:
    stream = io.StringIO()

    ConsoleChannel(stream).send(Delivery("k#1", "console", {"text": "hello\n"}, ROW.created_at), None)

    assert stream.getvalue() == "hello\n"


def test_closed_output_is_a_failure_to_send() -> None:
    stream = io.StringIO()
    stream.close()

    with pytest.raises(SendError, match="cannot print: the output is closed"):
        ConsoleChannel(stream).send(ROW, None)


def test_what_was_printed_cannot_be_looked_up() -> None:
    assert ConsoleChannel().find(ROW, None) is None


def test_letter_that_the_output_lacks_is_named_with_the_remedy() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")

    with pytest.raises(SendError, match=r"cannot print: ascii has no '\\xeb'; set PYTHONIOENCODING=utf-8"):
        ConsoleChannel(stream).send(Delivery("k#1", "console", {"text": "Zo\xeb"}, ROW.created_at), None)
