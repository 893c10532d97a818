"""The tables that a file on disk holds: itself, or what a gzip or zip file packs. Sizes are looked at first."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from listener.campaigns.refusal import ImportRefusedError
from listener.tables import GZIP, MAX_BYTES, TableError, unpack
from storage.types import storable

MAX_FILE = 50 << 20  # bytes on disk
MAX_RATIO = 100  # unpacked bytes per packed byte
_RATIO_FLOOR = 1 << 20  # small files of blanks pack better than that, and harm nobody
_MAX_MEMBERS = 1000
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_NOT_FILES = ("__MACOSX/", ".")


@dataclass(frozen=True, slots=True)
class Part:
    """One table file: what is read, and what it is known by."""

    name: str  # as the user knows it: "report.csv", "reports.zip/report.csv"
    content: bytes
    sha256: str  # of the content, 64 hex digits
    workbook: bool


def parts(path: Path) -> Iterator[Part]:
    """Give what is in the file, one after the other. Raises ImportRefusedError."""
    raw = _bytes_of(path)
    if raw.startswith(_OLD_OFFICE):
        raise ImportRefusedError(
            "an old Excel file, or one with a password; save it as .xlsx or CSV without a password"
        )
    if raw.startswith((_ZIP, _EMPTY_ZIP)):
        yield from _zipped(path.name, raw)
        return
    if raw.startswith(GZIP):
        yield _part(path.name, _gunzipped(raw), workbook=False)
        return
    yield _part(path.name, raw, workbook=False)


def _bytes_of(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ImportRefusedError("not a file; name the export itself")
        if status.st_size > MAX_FILE:
            raise ImportRefusedError(f"larger than {MAX_FILE >> 20} MB; export a shorter period")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ImportRefusedError("does not exist; see how it is spelled") from None
    except OSError as problem:
        raise ImportRefusedError(f"{problem.strerror}; make it readable for this user") from None
    except ValueError:
        raise ImportRefusedError("not a path; see how it is spelled") from None
    if not raw.strip():
        raise ImportRefusedError("empty; export it again")
    return raw


def _part(name: str, content: bytes, *, workbook: bool) -> Part:
    return Part(storable(name), content, sha256(content).hexdigest(), workbook)


def _gunzipped(raw: bytes) -> bytes:
    try:
        content = unpack(raw)
    except TableError as problem:
        raise ImportRefusedError(str(problem)) from None
    _check_ratio(len(content), len(raw))
    return content


def _zipped(name: str, raw: bytes) -> Iterator[Part]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            _check_sizes(members, len(raw))
            names = {member.filename for member in members}
            if "xl/workbook.xml" in names:
                _check_workbook(names)
                yield _part(name, raw, workbook=True)
                return
            yield from _members(name, archive, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, OSError):
        raise ImportRefusedError("the zip file is damaged; download it again") from None


def _members(name: str, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[Part]:
    tables = [each for each in members if not each.is_dir() and not _hidden(each.filename)]
    if not tables:
        raise ImportRefusedError("the zip file holds no file; download it again")
    for member in tables:
        content = archive.read(member)
        if content.startswith((GZIP, _OLD_OFFICE)):
            raise ImportRefusedError(f"{member.filename}: packed in the packed file; unpack it first")
        workbook = content.startswith(_ZIP)
        if workbook:
            with zipfile.ZipFile(io.BytesIO(content)) as inner:
                inside = {each.filename for each in inner.infolist()}
                _check_sizes(inner.infolist(), len(content))
            if "xl/workbook.xml" not in inside:
                raise ImportRefusedError(f"{member.filename}: a zip file in a zip file; unpack it first")
            _check_workbook(inside)
        yield _part(f"{name}/{member.filename}", content, workbook=workbook)


def _hidden(name: str) -> bool:
    return name.startswith(_NOT_FILES) or "/." in name


def _check_sizes(members: list[zipfile.ZipInfo], packed: int) -> None:
    if len(members) > _MAX_MEMBERS:
        raise ImportRefusedError(f"the zip file holds more than {_MAX_MEMBERS} files; import them a few at a time")
    if any(member.flag_bits & 1 for member in members):
        raise ImportRefusedError("the zip file wants a password; unpack it first")
    size = sum(member.file_size for member in members)
    if size > MAX_BYTES:
        raise ImportRefusedError(f"more than {MAX_BYTES >> 20} MB when unpacked; export a shorter period")
    _check_ratio(size, packed)


def _check_ratio(size: int, packed: int) -> None:
    if size > _RATIO_FLOOR and size > MAX_RATIO * packed:
        raise ImportRefusedError(f"unpacks to more than {MAX_RATIO} times its size, which no export does; not opened")


def _check_workbook(names: set[str]) -> None:
    if any(name.endswith("vbaProject.bin") for name in names):
        raise ImportRefusedError("the workbook holds macros; save it as .xlsx or CSV")
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise ImportRefusedError("the workbook takes cells from other files; save it as CSV")
