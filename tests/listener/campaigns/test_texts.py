from __future__ import annotations

import pytest

from listener.campaigns.refusal import ImportRefusedError
from listener.campaigns.texts import Spelling, mojibake, rows, spellings
from storage.database import Database
from tests.listener.campaigns.exports import MADE, stored, take

TEXT = "platform{0}campaign{0}day{0}spend\nads{0}Été à Nîmes{0}2026-08-01{0}1\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("first", ["", "sep={0}\n", "sep={0}\r\n"])
def test_encoding_and_separator_are_found_whatever_wrote_the_file(
    encoding: str, delimiter: str, first: str, sqlite_database: Database
) -> None:
    outcome = take(sqlite_database, (first + TEXT).format(delimiter).encode(encoding))

    assert outcome.error is None
    assert [row.campaign for row in stored(sqlite_database)] == ["Été à Nîmes"]


@pytest.mark.parametrize(
    ("garbled", "meant"),
    [
        ("Montant dÃ©pensÃ©", "Montant dépensé"),
        ("Ã\x89tÃ©", "Été"),
        ("Montant dépensé", None),
        ("plain", None),
        ("â\u201a¬", "€"),
    ],
)
def test_utf8_that_was_read_as_windows_1252_is_repaired(garbled: str, meant: str | None) -> None:
    assert mojibake(garbled) == meant


def test_headers_that_are_garbled_in_part_are_refused(sqlite_database: Database) -> None:
    content = (MADE / "meta_ads.fr-garbled.csv").read_text("utf-8")

    outcome = take(sqlite_database, content.replace("PortÃ©e", "Portée"))

    assert outcome.error is not None
    assert "row 1: some headers are garbled" in outcome.error
    assert "'Portée'" in outcome.error


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    content = b'a,b\n"two\nlines",1\n\nc,2\n'

    assert list(rows(content, Spelling("utf-8", ","))) == [
        (1, ["a", "b"]),
        (2, ["two\nlines", "1"]),
        (3, []),
        (4, ["c", "2"]),
    ]


@pytest.mark.parametrize("content", [b'a,b\n"open,1\n', b'a,b\n"x"y,1\n'])
def test_a_broken_quote_is_refused_with_its_row(content: bytes) -> None:
    with pytest.raises(ImportRefusedError, match="row 2: cannot be read as CSV"):
        list(rows(content, Spelling("utf-8", ",")))


@pytest.mark.parametrize("content", [b"\xff\xfea\x00\xd8", b"a\0b,c\x01" * 9, bytes(range(128, 256)) * 2])
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(ImportRefusedError):
        list(spellings(content))
