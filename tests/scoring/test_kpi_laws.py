"""What holds of every KPI, whatever the numbers: scale, zero denominators, missing facts, sums over partitions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.facts import FACTS, SUMMED, Facts, Quantity, Sort, total
from scoring.kpi import Unit
from scoring.kpis import KPIS
from scoring.money import Money
from scoring.outcome import compute, inputs_of
from scoring.standing import number
from tests.scoring.kpi_facts import NUMBERS, euros, facts

NEARLY = Decimal("1e-20")
amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10) ** 9, places=2)
counts = st.integers(min_value=1, max_value=10**9).map(Decimal)
GROWING = {name for name, fact in FACTS.items() if fact.sort is not Sort.CONSTANT} - {
    "best_positive_share",  # ratios stay as they are
    "best_engagement",
}
OPTIONAL = {name for found in KPIS.values() for name in found.may_need}
every_kpi = pytest.mark.parametrize("id_", KPIS)


def nearly(found: Decimal, expected: Decimal, loss: Decimal = Decimal(1)) -> bool:
    return abs(found - expected) <= loss * NEARLY * max(abs(found), abs(expected), Decimal(1))


def loss_of(id_: str) -> Decimal:
    """How much less exact a KPI may be: what is left of a subtraction is as exact as its larger term."""
    return Decimal(10) ** 15 if KPIS[id_].unit is Unit.PERCENT else Decimal(1)


def measured(id_: str, of: Facts) -> Decimal:
    found = compute(id_, of)
    assert found.value is not None, found.why
    return number(found.value)


def divides(id_: str) -> bool:
    """Tell whether a KPI, or one that it is made of, has a denominator."""
    return bool(KPIS[id_].over) or any(divides(name) for name in KPIS[id_].needs if name in KPIS and name not in FACTS)


@st.composite
def slices(draw: st.DrawFn) -> Facts:
    """The month with other sums; its constants stay."""
    known: dict[str, Quantity] = dict(facts().known)
    for name in SUMMED:
        known[name] = Money(draw(amounts), "EUR") if isinstance(known[name], Money) else draw(counts)
    return Facts(known, parts=1)


@every_kpi
@settings(max_examples=25, deadline=None)
@given(of=slices(), factor=st.decimals(min_value=Decimal("0.01"), max_value=Decimal(1000), places=2))
def test_money_scales_with_money_and_ratios_stay(id_: str, of: Facts, factor: Decimal) -> None:
    scaled = Facts(
        {name: value * factor if isinstance(value, Money) else value for name, value in of.known.items()}, parts=1
    )
    expected = measured(id_, of) * (factor if KPIS[id_].unit is Unit.MONEY else 1)

    assert nearly(measured(id_, scaled), expected, loss_of(id_))


@every_kpi
@settings(max_examples=25, deadline=None)
@given(of=slices(), factor=st.decimals(min_value=Decimal("0.01"), max_value=Decimal(1000), places=2))
def test_more_of_everything_is_more_of_it_or_changes_nothing(id_: str, of: Facts, factor: Decimal) -> None:
    kept = {name: value for name, value in of.known.items() if name in GROWING or name not in OPTIONAL}
    scaled = {name: value * factor if name in GROWING else value for name, value in kept.items()}
    value, found = (measured(id_, Facts(known, parts=1)) for known in (kept, scaled))

    assert nearly(found, value, loss_of(id_)) or nearly(found, value * factor, loss_of(id_))


@every_kpi
def test_zero_denominators_give_undefined_and_name_what_is_zero(id_: str) -> None:
    nothing = Facts(
        {name: euros(0) if isinstance(value, Money) else Decimal(0) for name, value in facts().known.items()}, parts=1
    )
    if id_ in FACTS:  # stated, so there is nothing to divide
        assert compute(id_, nothing).value is not None
        return

    found = compute(id_, nothing)

    if divides(id_):
        assert (found.value, found.missing) == (None, ())
        assert " is 0" in found.why
    else:
        assert found.value is not None
        assert number(found.value) == 0


@every_kpi
def test_a_missing_fact_is_named(id_: str) -> None:
    for name in inputs_of(id_):
        found = compute(id_, Facts({other: value for other, value in facts().known.items() if other != name}, parts=1))
        if found.value is None:
            assert found.missing == (name,)
            assert found.why == f"missing {name}"
        else:
            stated_otherwise = name == "gross_profit" or id_ in FACTS
            assert stated_otherwise or name not in KPIS[id_].needs, "computed without what it needs"


@every_kpi
def test_without_any_fact_it_is_undefined_and_says_what_it_needs(id_: str) -> None:
    found = compute(id_, Facts())

    assert found.value is None
    assert set(found.missing) <= inputs_of(id_)
    assert found.missing


@every_kpi
@settings(max_examples=25, deadline=None)
@given(shares=st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=6).filter(any))
def test_sums_over_a_partition_give_the_same_as_the_whole(id_: str, shares: list[int]) -> None:
    parts = [
        Facts(
            {name: euros(share * 3) if isinstance(facts().known[name], Money) else Decimal(share) for name in SUMMED},
            parts=1,
        )
        for share in shares
    ]
    beside = Facts({name: value for name, value in facts().known.items() if name not in SUMMED})
    whole = Facts(
        {
            name: euros(sum(shares) * 3) if isinstance(facts().known[name], Money) else Decimal(sum(shares))
            for name in SUMMED
        },
        parts=1,
    )

    assert nearly(measured(id_, total(parts) | beside), measured(id_, whole | beside))


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 10**6))
def test_both_net_sentiments_differ_by_the_share_that_is_not_neutral(
    positive: int, negative: int, neutral: int
) -> None:
    of = facts(positive=str(positive), negative=str(negative), neutral=str(neutral))
    everything = Decimal(positive + negative + neutral)

    assert nearly(
        measured("net_sentiment", of) * everything / (positive + negative), measured("net_sentiment_polar", of)
    )


def test_laws_are_tried_on_every_number_there_is() -> None:
    assert facts().known.keys() == FACTS.keys()
    assert NUMBERS.keys() < FACTS.keys()
