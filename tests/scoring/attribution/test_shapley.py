from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given

from scoring.attribution.chain import chain_of
from scoring.attribution.journeys import journeys
from scoring.attribution.shapley import EXACT, MOST, shapley
from storage.campaign_records import ConversionPath
from tests.scoring.attribution.walks import KNOWN, any_paths


def values(paths: list[ConversionPath]) -> dict[str, float]:
    chain = chain_of(journeys(paths))
    found = shapley(chain)
    assert found is not None
    return dict(zip(chain.channels, found.parts[:, 0].tolist(), strict=True))


def ring(size: int) -> list[ConversionPath]:
    """Paths round a ring of so many channels, from each to the next and to the one after: all channels are alike."""
    names = [f"c{place:03}" for place in range(size)]
    return [
        ConversionPath((names[at], names[(at + step) % size]), 1.0, 4.0) for at, step in product(range(size), (1, 2))
    ]


def test_the_known_paths_worked_out_by_hand() -> None:
    # 23 people start with reddit 13, linkedin 5, search 5. From reddit 5/13 go to search and 3/13 to linkedin; from
    # linkedin 3/8 go to search and 1/8 convert; from search 7/13 convert.
    search, linkedin = Fraction(7, 13), Fraction(1, 8)
    start = {"r": Fraction(13, 23), "l": Fraction(5, 23), "s": Fraction(5, 23)}
    worth = {
        "": Fraction(0),
        "r": Fraction(0),
        "l": start["l"] * linkedin,
        "s": start["s"] * search,
        "lr": (start["l"] + start["r"] * Fraction(3, 13)) * linkedin,
        "rs": (start["s"] + start["r"] * Fraction(5, 13)) * search,
        "ls": start["s"] * search + start["l"] * (linkedin + Fraction(3, 8) * search),
        "lrs": Fraction(8, 23),
    }
    by_hand = {
        name: sum(
            worth["".join(sorted(order[: order.index(name) + 1]))] - worth["".join(sorted(order[: order.index(name)]))]
            for order in permutations("rls")
        )
        / 6
        for name in "rls"
    }
    assert values(list(KNOWN)) == pytest.approx(
        {"reddit": float(by_hand["r"]), "linkedin": float(by_hand["l"]), "search": float(by_hand["s"])}
    )


def test_two_channels_that_only_work_together_share_evenly() -> None:
    assert values([ConversionPath(("a", "b"), 1, 1)]) == pytest.approx({"a": 0.25, "b": 0.25})


@given(any_paths)
def test_no_channel_gets_less_than_nothing_and_all_get_everything(paths: list[ConversionPath]) -> None:
    people = sum(path.conversions + path.non_conversions for path in paths)
    found = values(paths)
    assert all(part >= -1e-12 for part in found.values())
    assert sum(found.values()) == pytest.approx(sum(path.conversions for path in paths) / people if people else 0)


def test_drawn_orders_come_near_to_the_value_and_tell_their_error() -> None:
    chain = chain_of(journeys(ring(EXACT + 6)))
    drawn = shapley(chain)
    assert drawn is not None
    assert drawn.error is not None
    assert drawn.parts.sum(axis=0) == pytest.approx(chain.worth)
    alike = 0.2 / (EXACT + 6)  # one of five converts, and no channel is better than another
    off = np.abs(drawn.parts[:, 0] - alike) / drawn.error[:, 0]
    assert off.max() < 4
    assert 0 < drawn.error[:, 0].max() < alike / 10


def test_drawn_orders_leave_no_error_where_channels_do_not_meet() -> None:
    paths = [ConversionPath((f"c{place:03}",), float(place), 1.0) for place in range(EXACT + 1)]
    people = sum(place + 1 for place in range(EXACT + 1))
    assert values(paths) == pytest.approx({f"c{place:03}": place / people for place in range(EXACT + 1)})


def test_the_same_draw_gives_the_same_numbers() -> None:
    assert values(ring(EXACT + 1)) == values(ring(EXACT + 1))


def test_too_many_channels_have_no_value_by_rate() -> None:
    assert shapley(chain_of(journeys(ring(MOST + 1)))) is None
