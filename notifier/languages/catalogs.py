"""Sentences of a language, read from the catalog beside this file.

A catalog is a gettext file as every editor of translations knows it. It is compiled in memory:
nothing that is generated has to be committed, shipped or kept fresh.
"""

from __future__ import annotations

from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def catalog(language: str) -> Catalog:
    """Give the catalog of a language, with its comments. Raises FileNotFoundError for a language without one."""
    with files("notifier.languages").joinpath(f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def translations(language: str) -> GNUTranslations:
    """Give the sentences of a language, by those of English; what it lacks stays English."""
    compiled = BytesIO()
    write_mo(compiled, catalog(language))
    compiled.seek(0)
    return GNUTranslations(compiled)
