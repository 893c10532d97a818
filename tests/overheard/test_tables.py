"""What is printed runs in no spreadsheet and steers no terminal."""

from __future__ import annotations

import csv
import io
import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.tables import cell_of, clean, percent, print_csv, print_table, signed, width_of


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("  =cmd|' /C calc'!A0", "'  =cmd|' /C calc'!A0"),
        ("+49", "'+49"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\uff1d1", "'\uff1d1"),
        ("\u3000@x", "'\u3000@x"),
        ("plain", "plain"),
        ("a=b", "a=b"),
        (-1.5, -1.5),
        (None, ""),
    ],
)
def test_cell_never_starts_a_formula(value: object, expected: object) -> None:
    assert cell_of(value) == expected


@given(st.text())
def test_csv_gives_texts_back_but_for_the_apostrophe(text: str) -> None:
    out = io.StringIO()
    print_csv(["a", "b"], [[text, 1]], out)
    expected = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert rows in ([["a", "b"], [expected, "1"]], [["a", "b"], ["'" + expected, "1"]])


def test_controls_are_taken_out() -> None:
    assert clean("a\x1b[31mb\nc\u2028d") == "a [31mb c d"


def test_wide_letters_take_two_columns() -> None:
    assert [width_of(text) for text in ("abc", "日本", "e\u0301", "")] == [3, 4, 1, 0]


def test_columns_are_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("brand", "n"), [("Acme", "5"), ("日本", "12")], right=(1,))
    assert capsys.readouterr().out == "brand   n\nAcme    5\n日本   12\n"


def test_unknown_is_never_zero() -> None:
    assert (percent(None), percent(0.0), percent(0.1234)) == ("n/a (no mentions)", "0.0 %", "12.3 %")
    assert (signed(None), signed(0.0), signed(-0.5)) == ("n/a (nothing scored)", "0 %", "-50 %")


def test_note_stands_under_its_row(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("brand", "n"), [("Acme", "5"), ("Globex", "12")], right=(1,), notes=["a", "bc"], yields=0)
    assert capsys.readouterr().out == "brand    n\nAcme     5\n  a\nGlobex  12\n  b\n  c\n"


@pytest.mark.parametrize("columns", [50, 60, 80, 120])
def test_number_id_can_be_copied_at_any_width(columns: int, tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("overheard")
    asked = ["--config", str(tmp_path / "overheard.toml"), "--since", "2013-06-10", "--until", "2013-06-17"]
    subprocess.run([command, "demo", "--out", str(tmp_path)], check=True, capture_output=True)
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(ours, (50, columns))
    done = subprocess.run([command, "sov", *asked], stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)
    lines = os.read(ours, 100_000).decode().splitlines()
    os.close(ours)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [line.split()[0] for line in lines if line.startswith("  sov.")] == [
        f"sov.{slug}.20130610-20130617" for slug in ("apple", "google", "microsoft", "netflix")
    ]
    assert max(map(width_of, lines[1:])) <= max(columns, 78)
    assert all(("95 % interval" in line) == (columns >= 76) for line in lines[1:2])
