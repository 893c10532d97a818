"""The made exports are in the languages and encodings that their table says, and in two of each at least."""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from pathlib import Path

import pytest

from listener.campaigns.mapping import Format, shipped
from tests.listener.campaigns.exports import MADE

LOCALISED = {"de", "es", "fr", "it", "ko", "pt", "ro"}
ROW = re.compile(r"\| `(?P<file>[^`]+)` \| `(?P<form>\w+)` \| (?P<language>\w{2,3}) \| (?P<encoding>[^|]+) \| .+ \|")
TABLE = {
    found["file"]: found for line in (MADE / "README.md").read_text("utf-8").splitlines() if (found := ROW.match(line))
}
CODE_PAGES = {"CP949": "cp949", "Windows-1250": "cp1250", "Windows-1252": "cp1252"}
OF_LANGUAGE = {"ko": "CP949", "ro": "Windows-1250"}  # the code page in which a language can be written; else 1252


def written_by_programs(form: Format) -> bool:
    """Tell whether a format is of rows of an API, whose headers are the same everywhere."""
    return {language for column in form.columns.values() for language in column.names} == {"api"}


def family(encoding: str) -> str:
    """Give what an encoding is without its mark of order: with it or without it, UTF-8 is one encoding."""
    return encoding.removesuffix(" with BOM")


def test_the_table_names_every_made_export() -> None:
    assert sorted(TABLE) == sorted(path.name for path in MADE.iterdir() if path.suffix != ".md")


@pytest.mark.parametrize("name", TABLE)
def test_a_made_export_is_written_as_its_table_says(name: str) -> None:
    content, encoding = (MADE / name).read_bytes(), TABLE[name]["encoding"]

    assert name.startswith(f"{TABLE[name]['form']}.")
    assert f".{TABLE[name]['language']}" in name
    assert (encoding == "XLSX") == (Path(name).suffix == ".xlsx")
    assert (encoding == "UTF-8 with BOM") == content.startswith(codecs.BOM_UTF8)
    assert (encoding == "UTF-16") == content.startswith(codecs.BOM_UTF16_LE)
    if family(encoding) == "UTF-8":
        assert content.decode()
    if encoding in CODE_PAGES:
        assert encoding == OF_LANGUAGE.get(TABLE[name]["language"], "Windows-1252")
        assert content.decode(CODE_PAGES[encoding]) != content.decode("utf-8", errors="replace")


@pytest.mark.parametrize("form", [form.name for form in shipped() if not written_by_programs(form)])
def test_a_format_is_made_in_two_languages_and_two_encodings(form: str) -> None:
    languages = {row["language"] for row in TABLE.values() if row["form"] == form}
    encodings = {family(row["encoding"]) for row in TABLE.values() if row["form"] == form}

    assert len(languages) > 1
    assert len(encodings) > 1


def test_what_marketers_export_most_is_made_in_every_language() -> None:
    made: dict[str, set[str]] = defaultdict(set)
    for row in TABLE.values():
        made[row["form"]].add(row["language"])

    assert {form: sorted(LOCALISED - made[form]) for form in ("ga4", "google_ads", "meta_ads")} == {
        "ga4": [], "google_ads": [], "meta_ads": [],
    }  # fmt: skip
