from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.attribution.chain import by_removal, chain_of, removal_effects
from scoring.attribution.journeys import journeys
from storage.campaign_records import ConversionPath
from tests.scoring.attribution.walks import KNOWN


def effects(*paths: ConversionPath) -> dict[str, float]:
    chain = chain_of(journeys(paths))
    return dict(zip(chain.channels, removal_effects(chain)[:, 0].tolist(), strict=True))


def test_the_chain_converts_as_often_as_people_did() -> None:
    assert chain_of(journeys(KNOWN)).worth[0] == pytest.approx(8 / 23)
    assert round(chain_of(journeys(KNOWN)).worth[0], 6) == 0.347826


def test_removal_effects_of_the_known_paths() -> None:
    assert effects(*KNOWN) == pytest.approx({"search": 0.8750, "reddit": 0.4591, "linkedin": 0.3269}, abs=5e-5)


def test_who_stays_in_a_loop_is_counted_once() -> None:
    # a -> a with 1/2, then b or away with 1/4 each, b converts: all of it hangs on both
    loop = effects(ConversionPath(("a", "a", "b"), 1, 0), ConversionPath(("a", "a"), 0, 1))
    assert loop == pytest.approx({"a": 1.0, "b": 1.0})


def test_a_way_round_a_channel_keeps_what_goes_round_it() -> None:
    # a -> b -> a -> c and a -> c: from a to b 1/3, to c 2/3; b leads back to a. Without b, a converts with 2/3 of 1
    assert effects(ConversionPath(("a", "b", "a", "c"), 1, 0), ConversionPath(("a", "c"), 1, 0)) == pytest.approx(
        {"a": 1.0, "b": 1 / 3, "c": 1.0}
    )


def test_a_channel_that_never_leads_to_a_conversion_has_no_effect() -> None:
    assert effects(*KNOWN, ConversionPath(("tv", "tv"), 0, 7))["tv"] == 0.0


def test_value_has_removal_effects_of_its_own() -> None:
    paths = [ConversionPath(("a",), 1, 0, Decimal(90)), ConversionPath(("b",), 1, 0, Decimal(10))]
    conversions, value = by_removal(chain_of(journeys(paths))).T.tolist()
    assert conversions == pytest.approx([0.5, 0.5])
    assert value == pytest.approx([0.9, 0.1])


@pytest.mark.parametrize(
    "paths",
    [
        pytest.param([ConversionPath(("a", "b"), 0, 3)], id="nobody converted"),
        pytest.param([ConversionPath(("a",), 0, 0)], id="nobody at all"),
    ],
)
def test_where_nothing_is_won_nothing_is_lost(paths: list[ConversionPath]) -> None:
    chain = chain_of(journeys(paths))
    assert removal_effects(chain).tolist() == by_removal(chain).tolist() == [[0.0, 0.0]] * len(chain.channels)
