"""A format made from a file and a person's answers: which of its columns means what."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from listener.campaigns import texts
from listener.campaigns.headings import heading
from listener.campaigns.layout import header_like
from listener.campaigns.mapping import FIGURES, Format, read_format, target
from listener.campaigns.refusal import ImportRefusedError, shown
from listener.campaigns.unpacking import Part
from storage.campaign_rows import AMOUNTS, COUNTS, MONEY, TAGS

_ROWS = 60  # that are looked at
_SAMPLES = 3
_DAYS = ("day", "start", "end", "week", "month")
_NAMES = ("campaign", "campaign_id", "content")
# What a column can be called, with how it is read.
MEANINGS: Mapping[str, str] = {
    **{name: name for name in _DAYS},
    "account": "id",
    "campaign": "text",
    "campaign_id": "id",
    "content": "part",
    "currency": "currency",
    **dict.fromkeys(MONEY, "money"),
    **dict.fromkeys(AMOUNTS, "amount"),
    **dict.fromkeys(COUNTS, "count"),
    **dict.fromkeys(TAGS, "text"),
}


@dataclass(frozen=True, slots=True)
class Sketched:
    """One column of a file that nobody knows yet."""

    header: str
    samples: tuple[str, ...]  # some of its cells
    guess: str | None  # what a known format would take it for


def sketch(part: Part, formats: Sequence[Format]) -> list[Sketched]:
    """Give the columns of the first table of a file. Raises ImportRefusedError where none is seen."""
    rows = [cells for _, cells in _rows(part)]
    place = next((place for place, cells in enumerate(rows) if header_like(cells)), None)
    if place is None:
        raise ImportRefusedError("no row of headers is seen; put it into the first row")
    guesses = {name: key for form in formats for name, key in _guesses(form)}
    found = []
    for index, cell in enumerate(rows[place]):
        below = [str(cells[index]).strip() for cells in rows[place + 1 :] if index < len(cells)]
        samples = tuple(shown(each) for each in dict.fromkeys(below) if each)[:_SAMPLES]
        if header := str(cell).strip():
            found.append(Sketched(header, samples, guesses.get(heading(header).key)))
    return found


def _rows(part: Part) -> list[tuple[int, Sequence[object]]]:
    if part.workbook:
        from listener.campaigns import workbooks  # noqa: PLC0415  # openpyxl costs 150 ms, which text files do without

        with workbooks.opened(part.content) as book:
            sheet = workbooks.sheet_names(book)[0]
            return [row for row, _ in zip(workbooks.rows(book, sheet), range(_ROWS), strict=False)]
    widest: list[tuple[int, Sequence[object]]] = []
    for spelling in texts.spellings(part.content):
        rows: list[tuple[int, Sequence[object]]] = list(texts.rows(part.content, spelling, _ROWS))
        if max((len(cells) for _, cells in rows), default=0) > max((len(cells) for _, cells in widest), default=0):
            widest = rows
    return widest


def _guesses(form: Format) -> list[tuple[str, str]]:
    return [
        (name, meant)
        for name, key in form.meanings()
        if (meant := target(key, form.columns[key])) in MEANINGS or (meant := form.columns[key].kind) in MEANINGS
    ]


def written(name: str, platform: str, answers: Mapping[str, str]) -> str:
    """Give the TOML of a format whose columns are `answers`: header -> meaning. Raises ImportRefusedError.

    The text has been read once more before it is given.
    """
    meant = {meaning: header for header, meaning in answers.items()}
    figures = [each for each in FIGURES if each in meant]
    days = [each for each in _DAYS if each in meant and each != "end"]
    names = [each for each in _NAMES if each in meant]
    if not figures:
        raise ImportRefusedError(f"no figure: say of one column at least that it is one of {', '.join(FIGURES)}")
    needs = [group for group in (figures, days, names) if group]
    lines = [
        f"name = {json.dumps(name)}",
        f"title = {json.dumps(name)}",
        f"platform = {json.dumps(platform)}",
        "version = 1",
        f"needs = {json.dumps(needs)}",
        'totals = { labels = ["Total", "Totals", "Total:*"] }',
    ]
    for meaning, header in meant.items():
        spelled = json.dumps([header], ensure_ascii=False)
        lines += ["", f"[columns.{meaning}]", f"kind = {json.dumps(MEANINGS[meaning])}", f"names.en = {spelled}"]
    text = "\n".join(lines) + "\n"
    read_format(text, f"{name}.toml")
    return text
