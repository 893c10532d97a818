"""Which format a row of headers belongs to, by the headers alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import lru_cache

from listener.campaigns.headings import Heading, folded, heading
from listener.campaigns.mapping import Column, Format
from listener.campaigns.refusal import ImportRefusedError, listed
from storage.types import storable

_NEAREST = 3  # formats that a refusal names
_ALIKE = 2  # headers that a format has to know to come near: "id" alone says nothing
_WIDE = "wide"
RATIO = "computed anew from sums"
NOT_NEEDED = "no figure needs it"
PERSONAL = "data of persons"
SECOND = "another column means the same"
WITHOUT = "the column that says what it is of is missing"


@dataclass(frozen=True, slots=True)
class Place:
    """One column of a file that is read."""

    index: int
    heading: Heading
    key: str  # the format's name for it
    column: Column


@dataclass(frozen=True, slots=True)
class Mapped:
    """A row of headers, understood."""

    form: Format
    places: tuple[Place, ...]
    items: tuple[tuple[int, str], ...]  # of a wide table: (index, name of the thing)
    unknown: tuple[str, ...]  # headers that nothing is known of
    aside: tuple[tuple[str, str], ...]  # (header, why) of those that are known and not read
    known: int  # header cells that are understood, read or not

    def place(self, key: str) -> Place | None:
        """Give the column that the format calls so; None when the file has none."""
        return next((each for each in self.places if each.key == key), None)


class Detector:
    """Recognises headers among a number of formats."""

    def __init__(self, formats: Sequence[Format]) -> None:
        self._readers = [_Reader(form) for form in formats]

    def mapped(self, cells: Sequence[object]) -> Mapped | None:
        """Give the one format that understands most of the headers; None when it is none of them.

        Raises ImportRefusedError where two formats understand as much.
        """
        headings = [heading(str(cell)) for cell in cells]
        found = [mapped for reader in self._readers if (mapped := reader.mapped(headings)) is not None]
        if not found:
            return None
        best = max(each.known for each in found)
        first, *others = [each for each in found if each.known == best]
        if others:
            names = ", ".join(each.form.name for each in (first, *others))
            raise ImportRefusedError(f"the columns fit {names} alike; say which it is with --as {first.form.name}")
        return first

    def nearest(self, cells: Sequence[object]) -> str:
        """Say which formats come nearest to headers that none understands, and what they lack."""
        headings = [heading(str(cell)) for cell in cells if str(cell).strip()]
        ranked = sorted(self._readers, key=lambda reader: (-reader.closeness(headings), reader.form.name))
        near = [each for each in ranked if each.share(headings) >= min(_ALIKE, len(headings))][:_NEAREST]
        if near:
            return f"nearest: {'; '.join(f'{each.form.name} ({each.lack(headings)})' for each in near)}"
        known = any(each.share(headings) for each in ranked)
        return "no format knows more than one of them" if known else "no format knows any of them"


class _Reader:
    """One format, ready to be compared with headers."""

    def __init__(self, form: Format) -> None:
        self.form = form
        self._meaning = {header: key for header, key in form.meanings() if "*" not in header}
        self._rank = {folded(name): rank for column in form.columns.values()
                      for names in column.names.values() for rank, name in enumerate(names)}  # fmt: skip
        self._aside = [
            (_any_of(names), why)
            for names, why in ((form.ratios, RATIO), (form.left_out, NOT_NEEDED), (form.personal, PERSONAL))
            if names
        ]
        self._wide = re.compile(form.wide.pattern) if form.wide else None

    def mapped(self, headings: Sequence[Heading]) -> Mapped | None:
        best: dict[str, int] = {}
        items: list[tuple[int, str]] = []
        unknown: list[str] = []
        aside: list[tuple[str, str]] = []
        for index, each in enumerate(headings):
            key = self._meaning.get(each.key)
            if key is not None:
                aside += [(each.written, SECOND)] * (key in best)
                self._take(key, index, headings, best)
            elif each.key and (why := self._why_aside(each.key)):
                aside.append((each.written, why))
            elif self._wide is not None and (found := self._wide.fullmatch(each.written)):
                items.append((index, storable(found[1].strip())))
            elif each.key:
                unknown.append(each.written)
        present = set(best) | ({_WIDE} if items else set())
        if not all(present & set(group) for group in self.form.needs):
            return None
        for key, why in self._needless(best):
            aside.append((headings[best.pop(key)].written, why))
        taken = sorted((index, key) for key, index in best.items())
        places = tuple(Place(index, headings[index], key, self._column(key, best)) for index, key in taken)
        known = len(places) + len(items) + len(aside)
        if known < self.form.least * sum(bool(each.key) for each in headings):
            return None
        return Mapped(self.form, places, tuple(items), tuple(unknown), tuple(aside), known)

    def _why_aside(self, key: str) -> str | None:
        return next((why for pattern, why in self._aside if pattern.fullmatch(key)), None)

    def _take(self, key: str, index: int, headings: Sequence[Heading], best: dict[str, int]) -> None:
        """Of two columns that mean the same the better one is read."""
        if key not in best or self._rank[headings[index].key] < self._rank[headings[best[key]].key]:
            best[key] = index

    def _needless(self, present: Collection[str]) -> list[tuple[str, str]]:
        """Give the columns that are not read beside the others, or not without them, and why."""
        columns = self.form.columns
        doubled = [(key, SECOND) for key in present if columns[key].unless in present and columns[key].kind != "part"]
        alone = [(key, WITHOUT) for key in present if columns[key].of and columns[key].of not in present]
        return doubled + alone

    def _column(self, key: str, present: Collection[str]) -> Column:
        """Give what a column means: a part that another one tells better is the name of the thing, and no more."""
        column = self.form.columns[key]
        return column.model_copy(update={"kind": "name"}) if column.unless in present else column

    def share(self, headings: Sequence[Heading]) -> int:
        return sum(each.key in self._meaning for each in headings)

    def closeness(self, headings: Sequence[Heading]) -> int:
        present = {self._meaning.get(each.key) for each in headings}
        return self.share(headings) - sum(not present & set(group) for group in self.form.needs)

    def lack(self, headings: Sequence[Heading]) -> str:
        present = {self._meaning.get(each.key) for each in headings}
        lacking = [group for group in self.form.needs if not present & set(group)]
        names = [" or ".join(repr(self._example(key)) for key in group[:3]) for group in lacking]
        return f"it lacks {', '.join(names)}" if names else "it knows too few of the columns"

    def _example(self, key: str) -> str:
        column = self.form.columns.get(key)
        return next(iter(column.names.values()))[0] if column else key


@lru_cache(maxsize=256)  # every file is compared with every format, whose names stay the same
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(translate(folded(name)) for name in names))


def unknown_table(detector: Detector, row: int, cells: Sequence[object], known: Sequence[str]) -> str:
    """Say that the columns in a row are unknown, and what is nearest."""
    names = [str(cell).strip() for cell in cells if str(cell).strip()]
    return (
        f"row {row}: no format has these columns: {listed(names)}; {detector.nearest(cells)}; "
        "choose one with --as, or describe the file with --as NEW --map; known formats: " + ", ".join(known)
    )
