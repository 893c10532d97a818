from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from listener.campaigns.importing import import_file
from listener.campaigns.mapping import shipped
from listener.campaigns.refusal import ImportRefusedError
from listener.campaigns.unpacking import MAX_FILE, parts
from storage.database import Database
from tests.listener.campaigns.exports import MADE, NOTHING_SAID, NOW

CSV = b"platform,campaign,day,spend\nads,A,2026-08-01,1\n"
BOOK = (MADE / "tiktok_ads.en.xlsx").read_bytes()


def zipped(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def book_with(name: str, content: bytes) -> bytes:
    """Put one more part into a workbook, or another one in the place of its own."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return stream.getvalue()


def with_password(content: bytes) -> bytes:
    """Set the bit by which a zip file says that its first member is encrypted, in both places."""
    central = content.index(b"PK\x01\x02")
    damaged = bytearray(content)
    damaged[6] |= 1
    damaged[central + 8] |= 1
    return bytes(damaged)


def swollen(content: bytes) -> bytes:
    """Let a zip file say that its first member is of 300 MB."""
    place = content.index(b"PK\x01\x02") + 24
    return content[:place] + (300 << 20).to_bytes(4, "little") + content[place + 4 :]


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData>&a;</sheetData></worksheet>'

HOSTILE = {
    "nothing": (b"", "empty"),
    "blanks": (b" \n \n", "empty"),
    "old Excel": (b"\xd0\xcf\x11\xe0" + bytes(600), "an old Excel file, or one with a password"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "not a table of text"),
    "a cut zip": (zipped(("a.csv", CSV * 50))[:-30], "the zip file is damaged"),
    "a zip of nothing": (zipped(), "holds no file"),
    "a zip in a zip": (zipped(("inner.zip", zipped(("a.csv", CSV)))), "a zip file in a zip file"),
    "a gzip in a zip": (zipped(("a.csv.gz", gzip.compress(CSV, mtime=0))), "packed in the packed file"),
    "a zip bomb": (zipped(("a.csv", b"0" * 40_000_000)), "more than 100 times its size"),
    "a gzip bomb": (gzip.compress(b"0" * 40_000_000, mtime=0), "more than 100 times its size"),
    "a broken gzip": (gzip.compress(CSV * 100, mtime=0)[:-12], "gzip file is damaged"),
    "a giant": (swollen(zipped(("a.csv", CSV))), "more than 200 MB when unpacked"),
    "too many members": (zipped(*((f"{place}.csv", b"x") for place in range(1001))), "more than 1000 files"),
    "a password": (with_password(zipped(("a.csv", CSV))), "wants a password"),
    "macros": (book_with("xl/vbaProject.bin", b"x"), "holds macros"),
    "external links": (book_with("xl/externalLinks/externalLink1.xml", b"<x/>"), "takes cells from other files"),
    "entities": (book_with("xl/worksheets/sheet1.xml", ENTITY), "defines entities of its own"),
    "a broken sheet": (book_with("xl/worksheets/sheet1.xml", b"<worksheet"), "the workbook is damaged"),
    "a padded sheet": (book_with("xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 30_000_000), "100 times its size"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_file_is_refused_with_its_reason(name: str, tmp_path: Path, sqlite_database: Database) -> None:
    content, reason = HOSTILE[name]
    path = tmp_path / "export"
    path.write_bytes(content)

    (outcome,) = import_file(path, shipped(), NOTHING_SAID, sqlite_database, NOW)

    assert outcome.error is not None
    assert reason in outcome.error


def test_a_file_beyond_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(MAX_FILE + 1)

    with pytest.raises(ImportRefusedError, match="larger than 50 MB"):
        list(parts(path))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match="not a file"):
        list(parts(tmp_path))
    with pytest.raises(ImportRefusedError, match="does not exist"):
        list(parts(tmp_path / "nope.csv"))
    with pytest.raises(ImportRefusedError, match="not a path"):
        list(parts(Path("a\0b")))


def test_gzip_and_plain_text_are_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(CSV)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(CSV))

    (plain,), (packed,) = (list(parts(tmp_path / name)) for name in ("a.csv", "a.csv.gz"))
    assert plain.sha256 == packed.sha256


def test_a_workbook_in_a_zip_is_read_as_one(tmp_path: Path, sqlite_database: Database) -> None:
    path = tmp_path / "reports.zip"
    path.write_bytes(zipped(("__MACOSX/._a", b"x"), ("a.xlsx", BOOK)))

    (outcome,) = import_file(path, shipped(), NOTHING_SAID, sqlite_database, NOW)

    assert (outcome.name, outcome.counts.imported) == ("reports.zip/a.xlsx", 2)
