from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.slugs import SLUG, slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Acme", "acme"),
        ("Café Zürich", "cafe-zurich"),
        ("  AT&T  ", "at-t"),
        ("Łódź Straße", "lodz-strasse"),
        ("O'Reilly", "oreilly"),
        ("7-Eleven", "7-eleven"),
        ("ＦＵＬＬ", "full"),  # noqa: RUF001  # full-width letters are the case
    ],
)
def test_latin_name_becomes_its_plain_letters(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_name_in_another_script_gets_a_slug_that_stays() -> None:
    assert slug_of("삼성전자") == "brand-73b47d67"
    assert slug_of("삼성전자") != slug_of("현대자동차")


def test_letters_that_are_lost_make_two_names_differ_all_the_same() -> None:
    assert slug_of("LG 전자") != slug_of("LG 화학")
    assert slug_of("LG 전자").startswith("lg-")


@given(st.text())
def test_slug_of_anything_is_usable_and_its_own_slug(name: str) -> None:
    slug = slug_of(name)
    assert SLUG.fullmatch(slug)
    assert slug_of(slug) == slug
