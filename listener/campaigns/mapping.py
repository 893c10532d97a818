"""Formats: which header means what. Each is a TOML file; those of users are written in the same way.

docs/campaign-formats.md shows one with every key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from listener.campaigns.headings import folded
from listener.campaigns.refusal import ImportRefusedError
from storage.campaign_rows import AMOUNTS, COUNTS, MONEY, TAGS, TEXTS

FIGURES = (*MONEY, *AMOUNTS, *COUNTS)
Kind = Literal[
    "text", "id", "part", "day", "start", "end", "week", "month", "hour", "moment", "count", "amount", "money",
    "micros", "currency", "series", "stage", "link", "tagged", "detail", "name",
]  # fmt: skip
APART = ("part", "hour")  # columns that tell the rows of a campaign and day apart
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Names = Annotated[tuple[str, ...], Field(min_length=1)]
_HALVES = 2


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(_Table):
    """What one column of an export means."""

    kind: Kind
    to: str = ""  # the field that it becomes; the column's own name when left out
    names: dict[Language, Names]  # its headers by language, the best one first
    when: dict[str, tuple[str, ...]] = {}  # of a stage: field -> the values for which it counts 1
    only: tuple[str, ...] = ()  # of a stage: rows with another value are left out, and counted
    titles: dict[str, tuple[str, ...]] = {}  # of a series: field -> the titles of the tables that hold it
    add: bool = False  # several columns with the same `to` are added up
    instead: str = ""  # of an id: the link column that tells the thing where a spreadsheet has rounded the id
    pattern: str = ""  # of a link: regular expression whose first group is the id in it
    unless: str = ""  # the column that tells the same better: where the file has it, this one is a name, or not read
    split: tuple[str, ...] = ()  # of a part: the tags that its halves are, "google / cpc"
    of: str = ""  # of a detail: the column whose value says what the detail is
    becomes: dict[str, tuple[str, ...]] = {}  # of a detail: tag -> the values of that column for which it is one


class Totals(_Table):
    """How rows of totals are told from data. The first one in the file is the sum of the rows shown."""

    labels: tuple[str, ...] = ()  # as they begin, in one of the columns that name things
    blank: bool = False  # a row in which nothing is named is one
    loose: bool = False  # the platform's totals also count what it does not show: a difference is told, no more
    lines_of_part: tuple[str, ...] = ()  # lines that say that not all rows are shown, so that they need not sum up


class Wide(_Table):
    """Every column that has no other meaning is one thing's row of the day: a table of terms, side by side."""

    pattern: str  # regular expression of such a header; its first group is the thing's name
    to: str


class Format(_Table):
    """One sort of export."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,40}$")]
    title: str
    role: Literal["", "analytics", "ads", "crm", "posts"] = ""  # who speaks in it; empty: its columns tell
    source: str = ""  # of ads: what web analytics calls the source of the visitors that they bring
    platform: str = ""  # empty: a column says it
    version: int = 1
    zone: str = ""  # of its days, for people: "UTC", "of the ad account"
    account_lines: tuple[str, ...] = ()  # what the line above a table begins with that names the account
    dates: Literal["", "day", "month"] = ""  # what stands first in 08/09/2026, where the file itself does not tell
    needs: tuple[tuple[str, ...], ...]  # one column of each group must be there
    least: float = 0.5  # share of the headers that must be known, so that a foreign table is not taken for one
    columns: dict[str, Column]
    fixed: dict[str, int] = {}  # field -> what every row counts
    totals: Totals = Totals()
    wide: Wide | None = None
    ratios: tuple[str, ...] = ()  # headers that are known and left out: computed anew from sums
    left_out: tuple[str, ...] = ()  # headers that no figure needs
    personal: tuple[str, ...] = ()  # headers with data of persons, never stored

    @property
    def mapping(self) -> str:
        """The mapping and its version, as stored with a file."""
        return f"{self.name}-{self.version}"

    @model_validator(mode="after")
    def _fits_together(self) -> Format:
        for key, column in self.columns.items():
            _check_target(key, column)
        for word in ("instead", "unless", "of"):
            named = {getattr(each, word) for each in self.columns.values()} - {""}
            if lost := named - self.columns.keys():
                raise ValueError(f"{word} names {', '.join(sorted(lost))}, which stands in no [columns.…] table")
        unknown = {name for group in self.needs for name in group} - self.columns.keys() - {"wide"}
        if unknown:
            raise ValueError(f"needs names {', '.join(sorted(unknown))}, which stands in no [columns.…] table")
        if wrong := set(self.fixed) - set(COUNTS):
            raise ValueError(f"fixed: {', '.join(sorted(wrong))} is no count; one of {', '.join(COUNTS)}")
        if not self.platform and "platform" not in self.columns:
            raise ValueError("platform: missing; write it at the top, or give the column that says it")
        seen: dict[str, str] = {}
        for header, use in self.meanings():
            if seen.setdefault(header, use) != use:
                raise ValueError(f"{header!r} means both {seen[header]} and {use}; keep one")
        return self

    def meanings(self) -> Iterator[tuple[str, str]]:
        """Give (folded header, column) of every header that is read."""
        for key, column in self.columns.items():
            for names in column.names.values():
                for name in names:
                    yield folded(name), key


_TARGETS: dict[str, tuple[str, ...]] = {
    "text": TEXTS,
    "id": ("campaign_id", "account"),
    "count": COUNTS,
    "amount": AMOUNTS,
    "money": MONEY,
    "micros": MONEY,
}


def target(key: str, column: Column) -> str:
    """Give the field that a column becomes."""
    return column.to or key


def _check_target(key: str, column: Column) -> None:
    allowed = _TARGETS.get(column.kind)
    if allowed is not None and target(key, column) not in allowed:
        raise ValueError(
            f"columns.{key}: {target(key, column)} is no {column.kind} that is stored; one of {', '.join(allowed)}"
        )
    if column.kind == "stage" and not (column.when or column.only):
        raise ValueError(f"columns.{key}: a stage without `when` or `only` decides nothing; add one")
    if column.kind == "link" and not re.compile(column.pattern).groups:
        raise ValueError(f"columns.{key}: a link without a pattern with a group; write pattern = '/status/([0-9]+)'")
    if column.kind == "detail" and not (column.of and column.becomes):
        raise ValueError(f"columns.{key}: a detail without `of` and `becomes` says nothing; add both")
    if wrong := (set(column.split) | set(column.becomes)) - set(TAGS):
        raise ValueError(f"columns.{key}: {', '.join(sorted(wrong))} is no tag; one of {', '.join(TAGS)}")
    if column.split and len(column.split) != _HALVES:
        raise ValueError(f"columns.{key}: split names {len(column.split)} tags; name two")
    if wrong := (set(column.when) | set(column.titles)) - set(COUNTS):
        raise ValueError(f"columns.{key}: {', '.join(sorted(wrong))} is no count; one of {', '.join(COUNTS)}")


@lru_cache(maxsize=1)
def shipped() -> tuple[Format, ...]:
    """Give the formats that come along, in order of their names: what stands in the folder is known."""
    return _of_folder(Path(__file__).with_name("formats"))


def of_folder(folder: Path) -> tuple[Format, ...]:
    """Give the formats of a user's folder, in order of their names. Raises ImportRefusedError for one that is wrong."""
    try:
        found = _of_folder(folder)
    except (OSError, UnicodeDecodeError) as problem:
        raise ImportRefusedError(f"{folder}: cannot be read ({problem}); make it readable for this user") from None
    taken = {form.name for form in found} & {form.name for form in shipped()}
    if taken:
        raise ImportRefusedError(f"{folder}: {', '.join(sorted(taken))} comes along already; choose another name")
    return found


def _of_folder(folder: Path) -> tuple[Format, ...]:
    return tuple(_named(path) for path in sorted(folder.glob("*.toml")))


def _named(path: Path) -> Format:
    form = read_format(path.read_text("utf-8"), str(path))
    if form.name != path.stem:
        raise ImportRefusedError(f"{path}: name: {form.name!r} is not the name of the file; call both the same")
    return form


def read_format(text: str, where: str) -> Format:
    """Give a format out of its TOML. Raises ImportRefusedError with every mistake: where, what, remedy."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise ImportRefusedError(f"{where}: not TOML: {problem}; correct that line") from None
    try:
        return Format.model_validate(data)
    except ValidationError as error:
        raise ImportRefusedError("\n".join(_told(where, error))) from None


def _told(where: str, error: ValidationError) -> Iterator[str]:
    for each in error.errors(include_url=False):
        at = ".".join(str(part) for part in each["loc"]) or "the file"
        what = each["msg"].removeprefix("Value error, ")
        yield f"{where}: {at}: {what[:1].lower()}{what[1:]}; see docs/campaign-formats.md"


def chosen(formats: Sequence[Format], name: str) -> Format:
    """Give the format of that name. Raises ImportRefusedError with the names that there are."""
    for form in formats:
        if form.name == name:
            return form
    raise ImportRefusedError(f"--as {name}: no such format; known are {', '.join(form.name for form in formats)}")
