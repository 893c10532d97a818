"""Brings the catalogs in notifier/languages up to date with the code: `python -m docs.languages`, or `make languages`.

A new sentence stands there with an empty translation, one that is gone is dropped, and what was translated stays.
A new catalog is an empty file, `notifier/languages/<code>.po`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Final, TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from notifier.digest.campaigns import NUMBERS
from scoring.facts import FACTS
from scoring.kpis import KPIS

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "notifier" / "languages"
Id: TypeAlias = str | tuple[str, ...] | list[str]  # English, and the plural form where there is one

_SOURCES: Final = (
    ("python", "notifier/**/*.py"),
    ("jinja2", "notifier/**/*.html"),
    ("python", "overheard/**/*.py"),
    ("python", "scoring/**/*.py"),
)
_KEYWORDS: Final = {"say": None, "to_say": None, "plural": (1, 2), "Remark": None}
_WIDTH: Final = 110
_HEADER: Final = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def messages() -> Iterator[tuple[str, Id]]:
    """Give every sentence that is to be translated, with the file that says it, in the order of files."""
    for method, pattern in _SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            for _, found, _, _ in extract_from_file(method, path, keywords=_KEYWORDS):
                yield str(path.relative_to(ROOT)), found
    told = [kpi.name for kpi in KPIS.values()]
    told += [KPIS[number].formula for number in NUMBERS if KPIS[number].formula != number]
    told += [kpi.over for kpi in KPIS.values() if " of " in kpi.over or " what " in f" {kpi.over}"]
    yield from (("scoring/kpis", each) for each in dict.fromkeys(told))
    yield from (("scoring/facts.py", each) for each in dict.fromkeys(fact.source for fact in FACTS.values()))


def fresh(language: str, written: str) -> str:
    """Give the text of a catalog with the sentences of the code as they are today."""
    catalog = read_po(BytesIO(written.encode()), locale=language)
    template = Catalog()
    for file, found in messages():
        template.add(found, locations=[(file, 1)])
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    for message in catalog:
        # Percent signs are no placeholders here, names in braces are.
        message.flags.discard("python-format")
        if message.id and names(message.id):
            message.flags.add("python-brace-format")
    text = BytesIO()
    write_po(text, catalog, width=_WIDTH, include_lineno=False, omit_header=True)
    return _HEADER.format(language=language, plurals=catalog.plural_forms) + text.getvalue().decode()


def names(message: Id) -> set[str]:
    """Give the placeholders of a sentence, or of all its plural forms."""
    return {name for form in forms(message) for _, name, _, _ in Formatter().parse(form) if name is not None}


def untranslated(language: str, written: str) -> list[Id]:
    """Give the sentences of a catalog of which a translation, or one of its plural forms, is empty or called fuzzy."""
    catalog = read_po(BytesIO(written.encode()), locale=language)
    return [message.id for message in catalog if message.id and (message.fuzzy or not all(forms(message.string or "")))]


def forms(message: Id) -> tuple[str, ...]:
    """Give a sentence as its only form, or all plural forms of it."""
    return (message,) if isinstance(message, str) else tuple(message)


def main() -> None:
    """Write every catalog anew, and tell how many of its sentences wait for a translation."""
    for path in sorted(FOLDER.glob("*.po")):
        text = fresh(path.stem, path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
        sys.stderr.write(f"{path.relative_to(ROOT)}: {len(untranslated(path.stem, text))} to be translated\n")


if __name__ == "__main__":
    main()
