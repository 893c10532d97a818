"""An output that lacks letters gets stand-ins, programs get UTF-8, and colours go only where they are wanted."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from overheard.streams import coloured, data_out, tolerate_letters

COMMAND = str(Path(sys.executable).with_name("overheard"))
JUNE = ["--since", "2013-06-10", "--until", "2013-06-17"]


class Terminal(io.StringIO):
    """A stream that says of itself what the test wants."""

    def isatty(self) -> bool:
        return True


def _plain_out(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    return raw


def test_missing_letters_are_drawn_with_plain_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = _plain_out(monkeypatch)
    tolerate_letters()
    sys.stdout.write("─█▎▲ Zoë … 日 \udcff\n")
    sys.stdout.flush()
    assert raw.getvalue() == b"-# ^ Zo? . ? ?\n"


def test_data_is_utf_8_whatever_the_terminal_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = _plain_out(monkeypatch)
    data_out().write("Zoë 日")
    sys.stdout.flush()
    assert raw.getvalue() == "Zoë 日".encode()


@pytest.mark.parametrize(
    ("environment", "stream", "expected"),
    [
        ({"TERM": "xterm"}, Terminal(), True),
        ({"TERM": "xterm"}, io.StringIO(), False),
        ({"TERM": "dumb"}, Terminal(), False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, Terminal(), False),
        ({"TERM": "xterm", "NO_COLOR": "1", "FORCE_COLOR": "1"}, Terminal(), False),
        ({"TERM": "xterm", "NO_COLOR": ""}, Terminal(), True),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, io.StringIO(), True),
    ],
    ids=["terminal", "pipe", "dumb", "refused", "refused and forced", "set to nothing", "forced"],
)
def test_colours_go_where_they_are_wanted(
    environment: dict[str, str], stream: io.StringIO, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert coloured(stream) is expected


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_every_answer_comes_on_an_output_without_unicode(encoding: str, tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OVERHEARD_")}
    env = kept | {"PYTHONIOENCODING": encoding, "OVERHEARD_CONFIG": str(tmp_path / "overheard.toml")}

    def said(*arguments: str) -> bytes:
        done = subprocess.run([COMMAND, *arguments], env=env, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"" if "--send" not in arguments else done.stderr)
        return done.stdout

    assert b"Week of Monday 10 to Sunday 16 June 2013" in said("demo", "--out", str(tmp_path))
    for asked in (["digest", "--at", "2013-06-17"], ["mentions"], ["sov", *JUNE]):
        said(*asked).decode(encoding)
    sent = said("digest", "--period", "day", "--at", "2013-06-17", "--send")
    assert b"Day of Sunday 16 June 2013" in sent
    rows = list(csv.DictReader(io.StringIO(said("mentions", "--format", "csv").decode("utf-8"), newline="")))
    assert any(not row["text"].isascii() for row in rows)
