from __future__ import annotations

import re
from pathlib import Path

import pytest

from listener.campaigns.detect import Detector
from listener.campaigns.headings import folded, heading
from listener.campaigns.mapping import Format, chosen, of_folder, read_format, shipped
from listener.campaigns.refusal import ImportRefusedError

RADIO = """
name = "radio"
title = "Radio"
platform = "radio"
needs = [["spend"], ["day"]]
[columns]
day = { kind = "day", names.en = ["Day"] }
spend = { kind = "money", names.en = ["Cost"] }
"""


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('name = "radio"', 'name = "Radio 1"', "radio.toml: name: string should match pattern"),
        ('title = "Radio"\n', "", "radio.toml: title: field required"),
        ('platform = "radio"\n', "", "the file: platform: missing"),
        ('["day"]]', '["week"]]', "needs names week, which stands in no [columns.…] table"),
        ('kind = "money"', 'kind = "cash"', "columns.spend.kind: input should be 'text'"),
        ("spend = { kind", "costs = { kind", "columns.costs: costs is no money that is stored; one of spend, revenue"),
        ('["Cost"]', '["Day"]', "'day' means both day and spend; keep one"),
        ('["Cost"]', "[]", "columns.spend.names.en: tuple should have at least 1 item"),
        ('kind = "day"', 'kind = "stage"', "a stage without `when` or `only` decides nothing"),
        ('kind = "day"', 'kind = "link"', "a link without a pattern with a group"),
        ('kind = "day"', 'kind = "part", instead = "link"', "instead names link, which stands in no"),
        ('kind = "day"', 'kind = "detail"', "a detail without `of` and `becomes` says nothing; add both"),
        ('kind = "day"', 'kind = "detail", of = "x", becomes.utm_term = ["y"]', "of names x, which stands in no"),
        (
            'kind = "day"',
            'kind = "detail", of = "spend", becomes.clicks = ["y"]',
            "clicks is no tag; one of utm_source",
        ),
        ('kind = "day"', 'kind = "part", split = ["utm_term", "day"]', "day is no tag; one of utm_source"),
        ('kind = "day"', 'kind = "part", split = ["utm_term"]', "split names 1 tags; name two"),
        ('kind = "day"', 'kind = "part", unless = "x"', "unless names x, which stands in no"),
        ("[columns]", "fixed = { spend = 1 }\n[columns]", "fixed: spend is no count"),
        ("[columns]", "[columns", "not TOML"),
    ],
)
def test_a_mapping_that_is_wrong_is_told_where_what_and_how(old: str, new: str, problem: str) -> None:
    assert old in RADIO

    with pytest.raises(ImportRefusedError) as refusal:
        read_format(RADIO.replace(old, new, 1), "radio.toml")

    assert problem in str(refusal.value)


def test_formats_of_a_folder_are_known_by_their_files(tmp_path: Path) -> None:
    (tmp_path / "radio.toml").write_text(RADIO, encoding="utf-8")
    assert [form.name for form in of_folder(tmp_path)] == ["radio"]

    (tmp_path / "tv.toml").write_text(RADIO, encoding="utf-8")
    with pytest.raises(ImportRefusedError, match=r"tv\.toml: name: 'radio' is not the name of the file"):
        of_folder(tmp_path)


def test_a_shipped_format_is_not_replaced_in_silence(tmp_path: Path) -> None:
    (tmp_path / "ga4.toml").write_text(RADIO.replace('"radio"', '"ga4"', 1), encoding="utf-8")

    with pytest.raises(ImportRefusedError, match="ga4 comes along already"):
        of_folder(tmp_path)


def test_headers_that_two_formats_know_alike_are_refused_with_the_remedy() -> None:
    one = read_format(RADIO, "radio.toml")
    other = one.model_copy(update={"name": "television"})

    with pytest.raises(
        ImportRefusedError, match="the columns fit radio, television alike; say which it is with --as radio"
    ):
        Detector([one, other]).mapped(["Day", "Cost"])


def test_a_name_that_no_format_has_is_refused_with_those_there_are() -> None:
    with pytest.raises(ImportRefusedError, match=r"known are .*ga4"):
        chosen(shipped(), "nope")


@pytest.mark.parametrize("form", shipped(), ids=lambda form: form.name)
def test_no_column_takes_ids_and_names_for_the_same(form: Format) -> None:
    """A thing known by its name in one file and by its id in another would count twice."""
    for key, column in form.columns.items():
        if column.kind == "part":
            english = (*column.names.get("en", ()), *column.names.get("api", ()))
            assert len({bool(re.search(r"(\b|_)id$", name, re.IGNORECASE)) for name in english}) <= 1, key


@pytest.mark.parametrize("form", shipped(), ids=lambda form: form.name)
def test_a_format_recognises_its_own_headers_in_every_language_it_knows(form: Format) -> None:
    languages = {language for column in form.columns.values() for language in column.names}
    detector = Detector(shipped())
    for language in languages:
        named = [names[0] for column in form.columns.values() if (names := column.names.get(language))]
        present = {key for key, column in form.columns.items() if language in column.names}
        if form.wide is None and all(present & set(group) for group in form.needs):
            mapped = detector.mapped(named)
            assert mapped is not None
            assert mapped.form.name == form.name, (form.name, language)


@pytest.mark.parametrize(
    ("written", "key", "currency", "zone"),
    [
        ("Amount spent (EUR)", "amount spent", "EUR", None),
        ("Spend (LKR) (LKR)", "spend", "LKR", None),
        ("Start Date (in UTC)", "start date", None, "UTC"),
        ("Date (GMT)", "date", None, "UTC"),
        ("Clicks (all)", "clicks (all)", None, None),
        ("CPC (all) (USD)", "cpc (all)", "USD", None),
        ("Nom de l\u2019ensemble", "nom de l'ensemble", None, None),
        ("Sitzung \u2013 Quelle", "sitzung - quelle", None, None),
        ("\ufeffTag", "tag", None, None),
        ("Afi\u015f\u0103ri", "afi\u0219\u0103ri", None, None),
    ],
)
def test_headers_are_compared_without_currency_zone_and_typography(
    written: str, key: str, currency: str | None, zone: str | None
) -> None:
    found = heading(written)

    assert (found.key, found.currency, found.zone) == (key, currency, zone)
    assert folded(written.upper()) == folded(written)
