"""Every catalog holds every sentence of the code, whole; what to do when one does not is told by the message."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from config.values import Language
from docs.languages import FOLDER, Id, forms, fresh, names
from notifier.languages.catalogs import catalog

CODES = sorted(set(get_args(Language)) - {"en"})
SENTENCES = [
    pytest.param(code, each.id, each.string, id=f"{code}-{each.id}")
    for code in CODES
    for each in catalog(code)
    if each.id
]


def test_every_language_of_the_config_has_a_catalog_and_every_catalog_is_one_of_the_config() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.po")) == CODES


@pytest.mark.parametrize("code", CODES)
def test_catalog_holds_the_sentences_of_today(code: str) -> None:
    written = Path(FOLDER, f"{code}.po").read_text(encoding="utf-8")

    assert fresh(code, written) == written, "run `make languages`"


@pytest.mark.parametrize(("code", "english", "translated"), SENTENCES)
def test_sentence_is_translated_in_all_its_plural_forms(code: str, english: Id, translated: Id) -> None:
    wanted = catalog(code).num_plurals if isinstance(english, tuple) else 1

    assert len(forms(translated)) == wanted
    assert all(forms(translated)), f"translate it in {code}.po, or have it done"
    assert not any(each.fuzzy for each in catalog(code)), "look at what is called fuzzy, and take the word away"


@pytest.mark.parametrize(("english", "translated"), [pytest.param(*each.values[1:], id=each.id) for each in SENTENCES])
def test_translation_keeps_the_placeholders(english: Id, translated: Id) -> None:
    assert [names(form) for form in forms(translated)] == [names(english)] * len(forms(translated))
