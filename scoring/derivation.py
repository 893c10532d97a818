"""How a KPI came about: its formula, the KPIs within it, and the facts at the bottom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scoring.facts import FACTS, Facts, Quantity
from scoring.kpis import KPIS
from scoring.money import Money
from scoring.outcome import Outcome, compute
from scoring.remarks import Remark


@dataclass(frozen=True, slots=True)
class Step:
    """One number on the way to a KPI: a KPI with its formula, or a fact with its source."""

    name: str
    outcome: Outcome
    formula: str | None = None  # None: a fact
    source: str | None = None  # where a fact comes from; None: a KPI


def derivation(id_: str, facts: Facts) -> list[Step]:
    """Give the KPI, then what it is computed of, each number once, those that are looked at first in front.

    An input that the facts state is a fact, even where a KPI of that name would compute it. Raises KeyError.
    """
    found = list(_walk(id_, facts))
    return list({(step.name, step.formula is None): step for step in reversed(found)}.values())[::-1]


def exact(value: Quantity | None) -> str:
    """Write a value with all its digits, and the currency of money: what was computed of the same facts is the same."""
    if value is None:
        return "n/a"
    amount = value.amount if isinstance(value, Money) else value
    digits = f"{amount.normalize():f}"
    return f"{digits} {value.currency}" if isinstance(value, Money) else digits


def facts_told(steps: Sequence[Step]) -> dict[str, str]:
    """Give the facts at the bottom of a derivation, each with all its digits or as n/a."""
    return {step.name: exact(step.outcome.value) for step in steps if step.formula is None}


def differences(then: Mapping[str, str], steps: Sequence[Step]) -> list[str]:
    """Say which facts are others than those that were told when the number was shown."""
    now = facts_told(steps)
    return [
        f"{name} was {then.get(name, 'not counted')} then, is {now.get(name, 'not counted')} now"
        for name in dict.fromkeys((*then, *now))
        if then.get(name) != now.get(name)
    ]


def _walk(id_: str, facts: Facts) -> Iterator[Step]:
    kpi = KPIS[id_]
    yield Step(id_, compute(id_, facts), kpi.formula)
    if id_ not in kpi.needs and _is_stated(id_, facts):
        yield _fact(id_, facts)
        return
    for name in (*kpi.needs, *kpi.may_need):
        if name in KPIS and name != id_ and not _is_stated(name, facts):
            yield from _walk(name, facts)
        else:
            yield _fact(name, facts)


def _is_stated(name: str, facts: Facts) -> bool:
    return name in facts.known or name in facts.refused


def _fact(name: str, facts: Facts) -> Step:
    if name in facts.known:
        outcome = Outcome(facts.known[name], partial=(name,) if name in facts.partial else ())
    elif name in facts.refused:
        outcome = Outcome(None, why=facts.refused[name])
    else:
        outcome = Outcome(None, (name,), Remark("missing {facts}", facts=name))
    return Step(name, outcome, source=FACTS[name].source)
