"""History from elsewhere: a CSV, JSON or JSON Lines file, its columns mapped to ours."""

from __future__ import annotations

import html
import os
import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b, sha256
from pathlib import Path
from typing import ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import field_validator, model_validator

from config.frozen import Frozen
from config.settings import SourceSettings
from config.values import Zone
from listener.clean import http_url, shorten, tidy
from listener.contract import CollectError, CollectorResult, Equipment, Query, Skipped
from listener.rounded_ids import EXACT_DIGITS, EXPONENT
from listener.tables import GZIP, MAX_BYTES, Format, Row, TableError, decode, guess_format, rows, unpack
from listener.written_dates import read_date
from storage.records import Cursor, Json, Kind, Mention, Reason, Span

_FLOAT = re.compile(r"\d+[.,]\d+")
_LONG = re.compile(r"\d{16,}")
_COLUMNS_TOLD = 20  # of a file whose columns have other names
_SPREADSHEETS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")
_A_DAY = datetime(2013, 8, 5, 14, 30, tzinfo=UTC)
_LANGUAGE = re.compile(r"[a-z]{2}")


class Columns(Frozen):
    """Which column of the file holds what. In JSON a dot leads into an object: "user.name"."""

    native_id: str | None = None
    """The item's id at its source; its link or its content identify it when left out."""
    title: str | None = None
    """Headline."""
    text: str | None = None
    """What was written."""
    author: str | None = None
    """Who wrote it."""
    published_at: str | None = None
    """When it was published."""
    url: str | None = None
    """Where it stands."""
    language: str | None = None
    """Its language, as ISO 639-1."""
    engagement: str | None = None
    """Likes, shares, comments: one number."""
    kind: str | None = None
    """post, comment, article or review."""

    def mapped(self) -> dict[str, str]:
        """Give our name -> the file's name, of what is mapped."""
        return {name: column for name, column in self if column is not None}


class FileSettings(SourceSettings):
    """A file of mentions; it is read again when it changes."""

    type: Literal["file"] = "file"
    path: str
    """The file, .gz or not; a relative path counts from the folder of the config."""
    columns: Columns = Columns()
    """Which column holds what; left out: the columns are called native_id, text, published_at and so on."""
    format: Format | None = None
    """csv, jsonl or json; guessed by name and content when left out."""
    date_format: str | None = None
    """How dates are written, as in "%d-%m-%Y %H:%M"; ISO, RFC 2822 and epoch numbers need none."""
    timezone: Zone = ZoneInfo("UTC")
    """Zone of times that are written without one."""

    @model_validator(mode="after")
    def _something_to_read(self) -> FileSettings:
        mapped = self.columns.mapped()
        if mapped and "text" not in mapped and "title" not in mapped:
            raise ValueError('maps neither text nor title; add text = "name of the column"')
        return self

    @field_validator("path")
    @classmethod
    def _a_table_of_text(cls, path: str) -> str:
        if path.lower().endswith(_SPREADSHEETS):
            raise ValueError("a spreadsheet, not a table of text; save it as CSV and name that file")
        return path

    @field_validator("date_format")
    @classmethod
    def _tells_a_date(cls, form: str | None) -> str | None:
        try:
            told = form is None or datetime.strptime(_A_DAY.strftime(form), form).date() == _A_DAY.date()  # noqa: DTZ007  # only its day is looked at
        except ValueError:
            told = False
        if not told:
            raise ValueError('does not tell day, month and year; write them as in "%d.%m.%Y %H:%M"')
        return form


class FileCollector:
    """Reads one file."""

    Settings: ClassVar[type[SourceSettings]] = FileSettings

    def __init__(self, settings: FileSettings, equipment: Equipment) -> None:
        self._settings = settings
        self._clock = equipment.clock
        self._folder = equipment.folder
        self._source = settings.name or settings.type  # of the mentions: ids of two files may be the same
        self._mapped = settings.columns.mapped()
        # Read with other eyes, the same file says something else.
        eyes = settings.model_dump_json(include={"columns", "format", "date_format", "timezone", "language", "name"})
        self._eyes = _digest(eyes.encode())

    def queries(self) -> Sequence[Query]:
        """Give the file, as its only query. Its key holds the path as written, the same wherever we are started."""
        settings = self._settings
        return (Query(f"{self._source}:{settings.path}", self._source, settings.path, settings),)

    def collect(self, query: Query, cursor: Cursor) -> CollectorResult:
        """Give the file's mentions when it has changed since, those of appended lines alone where that is possible."""
        path = self._folder / Path(query.target).expanduser()
        known = cursor if cursor.get("eyes") == self._eyes else {}
        try:
            status = _status(path)
            if (known.get("size"), known.get("changed")) == (status.st_size, status.st_mtime_ns):
                return self._nothing_new(known)
            content = self._read(path, known, status.st_mtime_ns)
            if content.text is None:
                return self._nothing_new({**known, **content.place})
            return self._mentions(content, known)
        # The query's key names the file in front of what is said here.
        except FileNotFoundError:
            at = "" if query.target.startswith(("/", "~")) else f" in {self._folder.absolute()}"
            detail = f"does not exist{at}; correct `path`, or put the file there"
            raise CollectError(self._source, Reason.NOT_FOUND, detail) from None
        except OSError as problem:
            detail = f"{problem.strerror}; make it readable for overheard"
            raise CollectError(self._source, Reason.MISCONFIGURED, detail) from None
        except TableError as problem:
            raise CollectError(self._source, Reason.MISCONFIGURED, str(problem)) from None

    def _read(self, path: Path, known: Cursor, changed: int) -> _Content:
        """Give the file's text, without what is known of it already; the bytes are let go before rows are made."""
        raw = path.read_bytes()
        place: dict[str, Json] = {"eyes": self._eyes, "size": len(raw), "changed": changed, "digest": _digest(raw)}
        if known.get("digest") == place["digest"]:
            return _Content(None, "csv", 0, place)
        text = decode(unpack(raw))
        form = self._settings.format or guess_format(path.name, text)
        # Lines that were complete last time and stand unchanged need not be read again.
        size, lines = known.get("whole_lines_size"), known.get("whole_lines")
        grown = isinstance(size, int) and _digest(raw[:size]) == known.get("whole_lines_digest")
        if form == "jsonl" and raw[:2] != GZIP:
            whole = raw[: raw.rfind(b"\n") + 1]
            place |= {
                "whole_lines": whole.count(b"\n"),
                "whole_lines_size": len(whole),
                "whole_lines_digest": _digest(whole),
            }
        return _Content(text, form, lines if grown and isinstance(lines, int) else 0, place)

    def _nothing_new(self, known: Cursor) -> CollectorResult:
        """A file covers the same stretch of time, however often it is looked at."""
        return CollectorResult((), known, covered=_span(known) or self._no_span())

    def _no_span(self) -> Span:
        now = self._clock()
        return Span(now, now)

    def _mentions(self, content: _Content, known: Cursor) -> CollectorResult:
        mentions, skipped = self._convert(content)
        covered = _covered(mentions, _span(known) if content.skip else None)
        place = dict(content.place)
        if covered is not None:
            place["span"] = [covered.start.isoformat(), covered.end.isoformat()]
        return CollectorResult(tuple(mentions), place, covered=covered or self._no_span(), skipped=tuple(skipped))

    def _convert(self, content: _Content) -> tuple[list[Mention], list[Skipped]]:
        """Give mentions row by row, so that the rows of a large file never stand in memory together."""
        columns = self._mapped or {ours: ours for ours in Columns.model_fields}
        mentions: list[Mention] = []
        skipped: list[Skipped] = []
        ids: list[str] = []
        found: list[str] = []
        for row in rows(content.text or "", content.form, self._mapped.values()):
            if row.number <= content.skip:
                continue
            found = found or [str(name) for name in row.cells]
            if native_id := _cell(row, columns.get("native_id")):
                ids.append(native_id)
            try:
                if row.problem is not None:
                    raise ValueError(row.problem)  # noqa: TRY301  # one way out for all that is wrong with a row
                mentions.append(self._mention(row, columns, skipped))
            except ValueError as problem:
                skipped.append(Skipped(f"row {row.number}", str(problem)))
        _refuse_damaged_ids(ids)
        if skipped and not mentions:
            raise TableError(f"no row can be used; {skipped[0].item}: {skipped[0].problem}{self._unmapped(found)}")
        return mentions, skipped

    def _unmapped(self, found: Sequence[str]) -> str:
        """Tell the columns of a file in which neither the text nor the title was looked for in one of them."""
        asked = {self._mapped.get(name) for name in ("text", "title")} if self._mapped else {"text", "title"}
        if not found or any(name and name.partition(".")[0] in found for name in asked):
            return ""
        shown = ", ".join(shorten(tidy(name), 40) for name in found[:_COLUMNS_TOLD])
        more = ", ..." if len(found) > _COLUMNS_TOLD else ""
        return f'; the columns are {shown}{more}; name the one that holds the text, for example columns.text = "body"'

    def _mention(self, row: Row, columns: Mapping[str, str], skipped: list[Skipped]) -> Mention:
        """Give the mention of a row; what is wrong with a lesser cell is noted and the row kept without it."""
        cells = {name: _cell(row, column) for name, column in columns.items()}
        title = _prose(cells.get("title", "")) or None
        text = _prose(cells.get("text", ""))
        if not text and not title:
            raise ValueError("neither text nor title")
        if EXPONENT.fullmatch(cells.get("native_id", "")):
            raise ValueError(f"the id {cells['native_id']!r} was rounded by a spreadsheet")
        url = http_url(cells.get("url", ""))
        written = cells.get("published_at", "")
        zone = self._settings.timezone
        notes = _Notes(row.number, skipped)
        return Mention(
            source=self._source,
            native_id=cells.get("native_id") or url or _content_id(cells),
            url=url,
            title=title,
            text=text,
            author=_prose(cells.get("author", "")) or None,
            published_at=read_date(written, self._settings.date_format, zone) if written else None,
            language=_language(cells.get("language", "")) or self._settings.language,
            engagement=notes.number("engagement", cells.get("engagement", "")),
            kind=notes.kind(cells.get("kind", "")),
        )


@dataclass(frozen=True, slots=True)
class _Content:
    """What a file says, and what the cursor shall remember of it."""

    text: str | None  # None: the same as last time
    form: Format
    skip: int  # so many lines are known
    place: dict[str, Json]


@dataclass(frozen=True, slots=True)
class _Notes:
    """Reads the lesser cells of a row and notes what is wrong with them."""

    row: int
    skipped: list[Skipped]

    def number(self, name: str, written: str) -> int | None:
        """Give a whole number, None for an empty cell or what is no number."""
        if not written:
            return None
        try:
            return int(float(written.replace(",", "").replace(" ", "")))
        except (ValueError, OverflowError):
            self._note(f"{name} {written!r} is not a number; kept without it")
            return None

    def kind(self, written: str) -> Kind:
        """Give the kind; a post where nothing or nothing known is written."""
        try:
            return Kind(written.lower()) if written else Kind.POST
        except ValueError:
            self._note(f"kind {written!r} is none of {', '.join(Kind)}; kept as post")
            return Kind.POST

    def _note(self, problem: str) -> None:
        self.skipped.append(Skipped(f"row {self.row}", problem))


def _refuse_damaged_ids(ids: Sequence[str]) -> None:
    """Raise TableError when a spreadsheet has rounded the ids: they no longer tell one item from another.

    That is when numbers with an exponent, or with a fraction, are most of the ids, or when some of them are the same;
    or when most of several long ids end in zeros.
    """
    long = [each for each in ids if _LONG.fullmatch(each)]
    rounded = [each for each in long if not each[EXACT_DIGITS:].strip("0")]
    exponents = [each for each in ids if EXPONENT.fullmatch(each)]
    floats = [each for each in ids if _FLOAT.fullmatch(each)]
    damaged: list[str] = []
    if len(exponents) * 2 > len(ids) or len(set(exponents)) < len(exponents):
        damaged = exponents
    elif len(rounded) * 2 > len(long) and len(long) > 1:
        damaged = rounded
    elif len(floats) * 2 > len(ids) and len(set(ids)) < len(ids):
        damaged = floats
    if damaged:
        raise TableError(
            f"the ids were rounded by a spreadsheet ({damaged[0]!r}; {len(set(ids))} distinct ids in {len(ids)} rows), "
            "so that items can no longer be told apart; export the file again and use it as it comes, or import its id "
            "column as text"
        )


def _status(path: Path) -> os.stat_result:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise TableError("not a file; give the path of a CSV, JSON or JSON Lines file")
    if status.st_size > MAX_BYTES:
        raise TableError(f"larger than {MAX_BYTES // 1024**2} MB; split it")
    return status


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _cell(row: Row, column: str | None) -> str:
    """Give a cell as text; empty when it is missing, null or holds no single value."""
    if column is None:
        return ""
    found: object = row.cells
    for name in [column] if column in row.cells else column.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return str(found).strip() if isinstance(found, (str, int, float)) else ""


def _prose(written: str) -> str:
    return shorten(tidy(html.unescape(written)))


def _language(written: str) -> str | None:
    code = written.lower().replace("_", "-").partition("-")[0]
    return code if _LANGUAGE.fullmatch(code) else None


def _content_id(cells: Mapping[str, str]) -> str:
    told = "\0".join(cells.get(name, "") for name in ("author", "published_at", "title", "text"))
    return blake2b(told.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _covered(mentions: Sequence[Mention], before: Span | None) -> Span | None:
    """Give the time from the first to the last dated mention, and what was covered before."""
    moments = [mention.published_at for mention in mentions if mention.published_at is not None]
    if not moments:
        return before
    first, end = min(moments), max(moments) + timedelta(seconds=1)
    return Span(first, end) if before is None else Span(min(first, before.start), max(end, before.end))


def _span(known: Cursor) -> Span | None:
    """Give the stretch that was covered last time, as the cursor remembers it."""
    edges = known.get("span")
    if not isinstance(edges, list):
        return None
    start, end = (datetime.fromisoformat(str(edge)) for edge in edges)
    return Span(start, end)
