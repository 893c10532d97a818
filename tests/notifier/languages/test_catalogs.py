"""Every catalog holds every sentence of the code, whole; what to do when one does not is told by the message."""

from __future__ import annotations

import re
from gettext import c2py
from pathlib import Path
from typing import get_args

import pytest
from babel import Locale

from config.values import Language
from docs.languages import FOLDER, forms, fresh, names, untranslated
from notifier.languages.catalogs import catalog

CODES = sorted(set(get_args(Language)) - {"en"})
EACH = pytest.mark.parametrize("code", CODES)


def test_every_language_of_the_config_has_a_catalog_and_every_catalog_is_one_of_the_config() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.po")) == CODES


@EACH
def test_catalog_holds_the_sentences_of_today(code: str) -> None:
    written = Path(FOLDER, f"{code}.po").read_text(encoding="utf-8")

    assert fresh(code, written) == written, "run `make languages`"


@EACH
def test_every_sentence_is_translated(code: str) -> None:
    written = Path(FOLDER, f"{code}.po").read_text(encoding="utf-8")

    assert untranslated(code, written) == [], f"translate them in notifier/languages/{code}.po"


@EACH
def test_every_sentence_has_all_plural_forms_of_its_language(code: str) -> None:
    found = catalog(code)
    wanted = {True: found.num_plurals, False: 1}
    plural = [(each.id, forms(each.string or "")) for each in found if each.id]

    assert [id_ for id_, told in plural if len(told) != wanted[not isinstance(id_, str)]] == []


@EACH
def test_plural_rule_of_a_catalog_is_the_one_of_the_cldr(code: str) -> None:
    rule = c2py(catalog(code).plural_expr)
    by_cldr: dict[str, set[int]] = {}
    for number in (*range(1_200), 1_000_000):
        by_cldr.setdefault(Locale(code).plural_form(number), set()).add(rule(number))

    assert sorted(by_cldr.values(), key=min) == [{place} for place in range(catalog(code).num_plurals)]


@EACH
def test_translations_keep_the_placeholders(code: str) -> None:
    sentences = [(each.id, form) for each in catalog(code) if each.id for form in forms(each.string or "")]

    assert [(id_, form) for id_, form in sentences if names(form) != names(id_)] == []


def test_no_mark_of_french_can_begin_a_line() -> None:
    """French writes a space before some marks: one that does not break, and a narrow one before the lighter ones."""
    told = [form for message in catalog("fr") if message.id for form in forms(message.string or "")]

    assert [form for form in told if re.search("(?<=[^ ]) [;:!?%»]|« |\u00a0[;!?»]|\u202f:", form)] == []
