from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.facts import Quantity
from scoring.kpis import KPIS
from scoring.standing import Change, change, ranked
from tests.scoring.kpi_facts import euros


@pytest.mark.parametrize(
    ("id_", "now", "before", "expected"),
    [
        ("cac", euros(90), euros(100), Change(euros(-10), Decimal("-0.1"), "better")),
        ("cac", euros(110), euros(100), Change(euros(10), Decimal("0.1"), "worse")),
        ("roas", Decimal(3), Decimal(2), Change(Decimal(1), Decimal("0.5"), "better")),
        ("roas", Decimal(2), Decimal(2), Change(Decimal(0), Decimal(0), "same")),
        ("roi", Decimal(10), Decimal(-20), Change(Decimal(30), Decimal("1.5"), "better")),
        ("leads", Decimal(5), Decimal(0), Change(Decimal(5), None, "better")),
        ("spend", euros(90), euros(100), Change(euros(-10), Decimal("-0.1"), None)),
        ("roas", None, Decimal(2), Change(None, None, None)),
        ("roas", Decimal(2), None, Change(None, None, None)),
    ],
    ids=[
        "cheaper",
        "dearer",
        "more",
        "same",
        "from a loss",
        "from nothing",
        "neither",
        "undefined",
        "undefined before",
    ],
)
def test_a_change_is_better_or_worse_by_what_the_kpi_is_for(
    id_: str, now: Quantity | None, before: Quantity | None, expected: Change
) -> None:
    assert change(KPIS[id_], now, before) == expected


def test_the_best_comes_first_and_undefined_ones_are_left_out() -> None:
    values = {"meta": Decimal(2), "x": None, "google": Decimal(3), "bing": Decimal(2)}

    assert [name for name, _ in ranked(KPIS["roas"], values)] == ["google", "bing", "meta"]
    assert [name for name, _ in ranked(KPIS["cpc"], {"meta": euros(2), "google": euros(3)})] == ["meta", "google"]
    assert ranked(KPIS["spend"], {"meta": euros(2), "google": euros(3)}) == []
