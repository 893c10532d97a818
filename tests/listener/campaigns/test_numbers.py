from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from listener.campaigns.currencies import stripped
from listener.campaigns.numbers import (
    BadCellError,
    Mark,
    Marks,
    decided,
    hidden,
    millionths,
    proven,
    read_number,
    whole,
)

MONEY = st.decimals(min_value=Decimal(-10) ** 9, max_value=Decimal(10) ** 9, places=2, allow_nan=False)
LOCALES: dict[str, Mark] = {
    "en_US": ".", "en_IN": ".", "ko_KR": ".", "de_DE": ",", "fr_FR": ",", "es_ES": ",", "it_IT": ",",
    "pt_BR": ",", "ro_RO": ",", "pl_PL": ",",
}  # fmt: skip


@given(amount=MONEY, locale=st.sampled_from(sorted(LOCALES)))
def test_what_a_locale_writes_is_read_with_its_decimal_mark(amount: Decimal, locale: str) -> None:
    written = format_decimal(amount, format=None, locale=locale, decimal_quantization=False)

    assert read_number(written, LOCALES[locale]) == amount


@given(amounts=st.lists(MONEY, min_size=3, max_size=8), locale=st.sampled_from(sorted(LOCALES)))
def test_a_column_is_read_right_or_refused_but_never_wrong(amounts: list[Decimal], locale: str) -> None:
    cells = [format_decimal(amount, locale=locale, decimal_quantization=False) for amount in amounts]
    marks = Marks("spend")
    marks.feed(cells, range(len(cells)), cells)
    if not marks.proofs and marks.open is not None:
        return  # undecidable, and refused where it is not said

    mark = decided(marks, (), whole=False)

    assert [read_number(cell, mark) for cell in cells] == amounts


@pytest.mark.parametrize(
    ("bare", "mark"),
    [
        ("1", None), ("1.234", None), ("1,234", None), ("123.456", None), ("1 234", None), ("1.2", "."), ("1,2", ","),
        ("0.123", "."), ("1234.567", "."), ("1.234.567", ","), ("1,234,567", "."), ("1.234,5", ","), ("1,234.5", "."),
        ("1 234,567", ","), ("1'234.567", "."), ("12,34,567", "."),
    ],
)  # fmt: skip
def test_a_number_proves_its_decimal_mark_or_leaves_it_open(bare: str, mark: Mark | None) -> None:
    assert proven(bare) == mark


@pytest.mark.parametrize(
    ("cell", "mark", "expected"),
    [
        ("(1,234.50)", ".", Decimal("-1234.50")),
        ("\u22125.00", ".", Decimal("-5.00")),
        ("-$5.00", ".", Decimal("-5.00")),
        ("R$\u00a01.234,50", ",", Decimal("1234.50")),
        ("1\u202f234,5", ",", Decimal("1234.5")),
        ("12.", ".", Decimal(12)),
        ("1.00E", ".", None),
    ],
)
def test_amounts_are_read_with_sign_and_currency(cell: str, mark: Mark, expected: Decimal | None) -> None:
    if expected is None:
        with pytest.raises(BadCellError, match="not a number"):
            read_number(cell, mark)
    else:
        assert read_number(cell, mark) == expected


@pytest.mark.parametrize(
    ("cell", "mark", "problem"),
    [
        ("12,50", ".", "not a number with a decimal point"),
        ("1,23", ".", "not a number with a decimal point"),
        ("1.234,5", ".", "not a number with a decimal point"),
        ("1.2.3", ",", "not a number with a decimal comma"),
        ("abc", ".", "not a number"),
        ("#ERROR!", ".", "not a number"),
        ("1E+05", ".", "rounded by a spreadsheet"),
        ("=1+1", ".", "a formula"),
        ("XYZ 5", ".", "not a number"),
    ],
)
def test_what_is_no_number_of_its_column_is_told(cell: str, mark: Mark, problem: str) -> None:
    with pytest.raises(BadCellError, match=problem):
        read_number(cell, mark)


def test_a_count_is_whole_and_never_less_than_nothing() -> None:
    assert (whole("12.0", "."), whole("1,200", "."), whole("--", ".")) == (12, 1200, None)
    for cell, problem in (("12.5", "not a whole number"), ("-1", "less than nothing"), ("9" * 20, "larger than any")):
        with pytest.raises(BadCellError, match=problem):
            whole(cell, ".")


def test_money_is_kept_to_the_millionth_and_rounded_beyond() -> None:
    assert millionths("0.0000015", ".") == 2
    assert millionths("0.0000025", ".") == 2
    assert millionths("1234.56", ".") == 1_234_560_000


@pytest.mark.parametrize(("cell", "most"), [("<5", 5), ("< 10", 10), (">90%", 0), ("4", 0), (Decimal(4), 0)])
def test_a_threshold_hides_no_more_than_it_says(cell: object, most: int) -> None:
    assert hidden(cell) == most


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("€1.50", ("1.50", "EUR")), ("1,50 €", ("1,50", "EUR")), ("US$0.00", ("0.00", "USD")), ("$5", ("5", None)),
        ("-R$ 2", ("-2", "BRL")), ("12.5%", ("12.5%", None)), ("Call 5", ("Call 5", None)),
        ("EUR 5 USD", ("EUR 5 USD", None)),
        ("ABC 5", ("ABC 5", None)), ("￦12,500", ("12,500", "KRW")),
    ],
)  # fmt: skip
def test_currencies_are_taken_off_the_number(cell: str, expected: tuple[str, str | None]) -> None:
    assert stripped(cell) == expected
