from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.derivation import Step, derivation, differences, exact, facts_told
from scoring.facts import Facts, Quantity
from scoring.kpis import KPIS
from scoring.money import Money


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


FACTS = Facts(
    {"spend": euros("300"), "other_costs": euros("100"), "new_customers": Decimal(8), "revenue": euros("900")},
    partial=frozenset({"new_customers"}),
    refused={"reach": "people are not added up"},
    parts=2,
)


def told(steps: list[Step]) -> list[tuple[str, object, str | None]]:
    return [(step.name, step.outcome.value, step.formula) for step in steps]


def test_a_kpi_is_told_with_the_kpis_within_it_and_the_facts_at_the_bottom() -> None:
    assert told(derivation("cac", FACTS)) == [
        ("cac", euros("50"), "total_cost / new_customers"),
        ("total_cost", euros("400"), "spend + other_costs"),
        ("spend", euros("300"), None),
        ("other_costs", euros("100"), None),
        ("new_customers", Decimal(8), None),
    ]


def test_facts_tell_where_they_come_from_and_whether_they_are_partial() -> None:
    steps = {step.name: step for step in derivation("cac", FACTS)}

    assert steps["other_costs"].source == "[[costs]] in the config"
    assert steps["new_customers"].source == "an export with this column"
    assert steps["new_customers"].outcome.partial == ("new_customers",)
    assert steps["cac"].source is None


def test_what_the_export_states_is_taken_for_what_a_kpi_would_compute() -> None:
    stated = Facts({"gross_profit": euros("77"), "spend": euros("70"), "revenue": euros("900")}, parts=1)
    computed = Facts({"revenue": euros("200"), "gross_margin": Decimal("0.5"), "spend": euros("80")}, parts=1)

    assert told(derivation("poas", stated))[1:] == [("gross_profit", euros("77"), None), ("spend", euros("70"), None)]
    assert [step.name for step in derivation("poas", computed)] == [
        "poas",
        "gross_profit",
        "revenue",
        "gross_margin",
        "spend",
    ]
    assert [step.name for step in derivation("gross_profit", stated)] == ["gross_profit", "gross_profit"]


@pytest.mark.parametrize(
    ("kpi", "fact", "why"),
    [
        ("engagement_rate_reach", "engagements", "missing engagements"),
        ("engagement_rate_reach", "reach", "people are not added up"),
    ],
)
def test_a_fact_that_cannot_be_had_says_why(kpi: str, fact: str, why: str) -> None:
    step = next(step for step in derivation(kpi, FACTS) if step.name == fact)

    assert (step.outcome.value, step.outcome.why) == (None, why)


@pytest.mark.parametrize("kpi", KPIS)
def test_every_kpi_ends_in_facts_and_tells_each_number_once(kpi: str) -> None:
    steps = derivation(kpi, Facts())

    assert steps[0].name == kpi
    assert any(step.formula is None for step in steps)
    assert len({(step.name, step.formula) for step in steps}) == len(steps)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "n/a"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.10"), "0.1"),
        (Decimal(1) / 3, "0.3333333333333333333333333333"),
        (Money(Decimal("12.3400"), "EUR"), "12.34 EUR"),
    ],
)
def test_a_value_is_written_with_all_its_digits(value: Quantity | None, text: str) -> None:
    assert exact(value) == text


def test_facts_that_changed_since_are_told_and_others_are_not() -> None:
    then = {"spend": "250 EUR", "other_costs": "100 EUR", "months": "1"}

    assert differences(then, derivation("cac", FACTS)) == [
        "spend was 250 EUR then, is 300 EUR now",
        "months was 1 then, is not counted now",
        "new_customers was not counted then, is 8 now",
    ]
    assert differences(facts_told(derivation("cac", FACTS)), derivation("cac", FACTS)) == []
