from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.attribution.costs import returns
from scoring.attribution.models import MODELS, attribute
from storage.campaign_records import ConversionPath
from tests.scoring.attribution.walks import KNOWN

PRICED = (
    ConversionPath(("search",), 4, 0, Decimal(400)),
    ConversionPath(("tv", "search"), 2, 2, Decimal(100)),
    ConversionPath(("mail",), 0, 3),
)


def test_cost_per_conversion_reaches_from_the_friendliest_model_to_the_hardest() -> None:
    search = returns(attribute(KNOWN), {"search": Decimal(84), "radio": Decimal(5)})
    assert list(search) == ["search"]
    assert search["search"].cac["last"] == Decimal(12)
    assert search["search"].cac_range == (Decimal(12), Decimal(42))
    assert search["search"].roi_range == (None, None)


def test_return_is_what_came_above_the_cost_against_the_cost() -> None:
    tv = returns(attribute(PRICED), {"tv": Decimal(40)})["tv"]
    # first gives tv all 100 of its path, last gives it nothing
    assert (tv.roi["first"], tv.roi["last"], tv.roi["linear"]) == (Decimal("1.5"), Decimal(-1), Decimal("0.25"))
    # markov forgets whence people came: search brings 500 / 8 whoever comes. Without tv 4 of 8 are lost, without search
    # all, so tv has a third of 500: (166.67 - 40) / 40
    assert list(tv.roi_range) == [Decimal(-1), pytest.approx(Decimal("3.1667"), abs=Decimal("0.0001"))]


def test_a_model_that_credits_nothing_leaves_no_highest_cost() -> None:
    earned = returns(attribute(PRICED), {"tv": Decimal(40), "mail": Decimal(7)})
    assert earned["tv"].cac["last"] is None
    assert earned["tv"].cac_range == (Decimal(20), None)
    assert earned["mail"].cac_range == (None, None)


def test_what_cost_nothing_has_no_return_and_costs_nothing_per_conversion() -> None:
    search = returns(attribute(PRICED), {"search": Decimal(0)})["search"]
    assert search.cac_range == (Decimal(0), Decimal(0))
    assert search.roi_range == (None, None)


def test_a_model_that_cannot_be_had_has_no_say() -> None:
    many = attribute([ConversionPath((f"c{place:03}",), 2) for place in range(101)])
    earned = returns(many, {"c000": Decimal(10)})["c000"]
    assert set(earned.cac) == set(MODELS) - {"shapley_rate"}
    assert list(earned.cac_range) == [pytest.approx(Decimal(5)), pytest.approx(Decimal(5))]
