from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.facts import FACTS, NOT_SUMMED, Facts, Quantity, Sort, total
from scoring.money import CurrencyMismatchError, Money
from scoring.outcome import compute
from tests.scoring.kpi_facts import euros, only

NAMES = ("spend", "clicks", "reach")


@st.composite
def parts(draw: st.DrawFn) -> Facts:
    """A slice that knows some facts, refuses some, and may know others in part."""
    known: dict[str, Quantity] = {}
    refused: dict[str, str] = {}
    for name in NAMES:
        state = draw(st.sampled_from(["known", "unknown", "refused"]))
        if state == "known":
            amount = draw(st.integers(0, 1000))
            known[name] = euros(amount) if name == "spend" else Decimal(amount)
        elif state == "refused":
            refused[name] = draw(st.sampled_from(["no rate", "no currency"]))
    partial = frozenset(name for name in known if draw(st.booleans()))
    return Facts(known, partial, refused, draw(st.integers(1, 3)))


def test_what_all_parts_know_is_their_sum() -> None:
    found = only(spend="1.10", clicks="3") + only(spend="2.20", clicks="4")

    assert found == Facts({"spend": euros("3.30"), "clicks": Decimal(7)}, parts=2)


def test_what_one_part_does_not_know_is_told_as_partial_and_never_taken_for_nothing() -> None:
    found = only(spend="5", clicks="3") + only(spend="5")

    assert found.known["clicks"] == 3
    assert found.partial == {"clicks"}
    assert compute("cpc", found).partial == ("clicks",)
    assert compute("spend", found).partial == ()


def test_what_no_part_knows_stays_unknown() -> None:
    found = only(spend="5") + only(spend="5")

    assert "clicks" not in found.known
    assert found.partial == frozenset()


def test_a_measured_zero_is_known() -> None:
    assert (only(clicks="0") + only(clicks="2")).partial == frozenset()


def test_an_empty_slice_changes_nothing() -> None:
    some = only(spend="5")

    assert (some + Facts(), Facts() + some, total([])) == (some, some, Facts())


@pytest.mark.parametrize("name", [name for name, fact in FACTS.items() if fact.sort is Sort.PEOPLE])
def test_people_of_two_parts_are_refused_and_of_one_are_known(name: str) -> None:
    assert only(**{name: "10"}).known[name] == 10
    assert (only(**{name: "10"}) + only(**{name: "10"})).refused == {name: NOT_SUMMED}
    assert (only(**{name: "10"}) + only(spend="1")).known[name] == 10


def test_a_fact_that_one_part_refuses_is_refused_of_all() -> None:
    found = only(spend="5") + Facts(refused={"spend": "no rate"}, parts=1)

    assert found.refused == {"spend": "no rate"}
    assert compute("cpc", found | only(clicks="1")).why == "spend: no rate"


def test_other_costs_that_cannot_be_had_are_not_left_out_of_the_total() -> None:
    assert compute("total_cost", only(spend="5") | Facts(refused={"other_costs": "no rate"})).value is None


def test_two_currencies_are_an_error() -> None:
    with pytest.raises(CurrencyMismatchError):
        only(spend="5") + Facts({"spend": Money(Decimal(5), "USD")}, parts=1)


def test_other_facts_of_the_same_slice_stand_beside() -> None:
    found = only(spend="5") | only(clicks="2")

    assert found == Facts({"spend": euros(5), "clicks": Decimal(2)}, parts=1)
    with pytest.raises(ValueError, match="stated twice: spend"):
        found | only(spend="5")


def test_a_name_that_is_no_fact_is_an_error() -> None:
    with pytest.raises(ValueError, match="not facts: spent"):
        Facts({"spent": Decimal(1)})


@settings(deadline=None)
@given(parts(), parts(), parts())
def test_the_order_of_parts_does_not_matter(one: Facts, two: Facts, three: Facts) -> None:
    assert (one + two) + three == one + (two + three)
    assert one + two == two + one


def test_facts_can_be_called_otherwise_and_left_out() -> None:
    some = Facts({"spend": euros(5), "clicks": Decimal(2)}, frozenset({"spend"}), {"revenue": "no rate"}, 3)

    assert some.named({"spend": "social_spend", "revenue": "social_revenue", "leads": "orders"}) == Facts(
        {"social_spend": euros(5)}, frozenset({"social_spend"}), {"social_revenue": "no rate"}, 3
    )
    assert some.without({"spend", "leads"}) == Facts({"clicks": Decimal(2)}, frozenset(), {"revenue": "no rate"}, 3)
