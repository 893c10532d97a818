"""Writes into docs/campaign-formats.md which headers each format knows: `python -m docs.campaign_formats`.

Each format has a heading and, between two markers, what its TOML file says. What stands outside the markers is written
by people and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from listener.campaigns.mapping import Column, Format, shipped, target

PAGE = Path(__file__).with_name("campaign-formats.md")
_SECTION = re.compile(r"<!-- columns of (?P<name>[a-z0-9_]+) -->\n.*?<!-- end of columns -->", re.DOTALL)
_NAMED = 4  # columns of a group that are named
_KINDS = {
    "day": "day",
    "start": "first day",
    "end": "last day",
    "week": "first day of a week",
    "month": "month",
    "hour": "day, and content",
    "moment": "day and local time",
    "link": "content, where the id was rounded",
    "currency": "currency",
    "series": "the series that the title names",
    "stage": "what counts",
    "tagged": "`utm_` tags of the first link in it that has some",
}


def refreshed(page: str) -> str:
    """Give the page with every marked part as the format says it today."""
    known = {form.name: form for form in shipped()}
    return _SECTION.sub(lambda match: _section(known[match["name"]]), page)


def _section(form: Format) -> str:
    return f"<!-- columns of {form.name} -->\n{''.join(_lines(form))}<!-- end of columns -->"


def _lines(form: Format) -> Iterator[str]:
    yield "| becomes | headers |\n|---|---|\n"
    for key, column in form.columns.items():
        meant = _meaning(key, column)
        headers = "; ".join(f"{language}: {', '.join(names)}" for language, names in column.names.items())
        yield f"| {meant} | {headers.replace('|', '/')} |\n"
    yield f"\n{' '.join(_traits(form))}\n"
    told = (
        ("Computed anew", form.ratios),
        ("Left out, because no figure needs it", form.left_out),
        ("Left out as data of persons", form.personal),
    )
    for what, names in told:
        if names:
            yield f"\n{what}: {', '.join(names)}.\n"


def _traits(form: Format) -> Iterator[str]:
    """Say what a file must have, and what of it is known beforehand."""
    groups = ["a column for each thing" if group == ("wide",) else _either(form, group) for group in form.needs]
    yield f"Needed: {'; '.join(groups)}."
    if form.zone:
        yield f"Days are those of the time zone {form.zone}."
    if form.dates:
        yield f"Where no date of the file tells, 08/09/2026 starts with the {form.dates}."
    if form.totals.loose:
        yield "Rows of totals are left out, and a difference from them is told."
    elif form.totals.labels:
        yield "Rows of totals are left out, and have to match."


def _either(form: Format, group: Sequence[str]) -> str:
    """Name the columns of a group by their first headers; of many the first ones."""
    names = [next(iter(form.columns[key].names.values()))[0] for key in group if key in form.columns]
    if len(names) > _NAMED:
        names[_NAMED:] = ["another of these"]
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _meaning(key: str, column: Column) -> str:
    """Say what a column becomes; one that tells rows apart may be a field or tags as well."""
    fields = [f"`{name}`" for name in (column.to, *column.split, *column.becomes) if name]
    if column.kind == "part":
        return " and ".join(["content", *fields])
    if column.kind == "detail":
        return f"{' or '.join(fields)}, by `{column.of}`"
    return _KINDS.get(column.kind, f"`{target(key, column)}`")


if __name__ == "__main__":
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
