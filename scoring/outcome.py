"""A KPI of a slice: computed of its facts, or undefined with what is missing, refused or 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.facts import FACTS, Facts, Quantity
from scoring.kpis import KPIS
from scoring.remarks import Remark, Remarks


@dataclass(frozen=True, slots=True)
class Outcome:
    """The value of a KPI, or why there is none."""

    value: Quantity | None  # Money for Unit.MONEY; None is undefined, never 0
    missing: tuple[str, ...] = ()  # facts that are unknown
    why: str = ""  # why it is undefined: "missing clicks", "clicks is 0"; empty where there is a value
    partial: tuple[str, ...] = ()  # facts of it that are known of a part of the slice only


def compute(id_: str, facts: Facts) -> Outcome:
    """Give the value of a KPI, or what is missing, refused or 0. Raises KeyError for an id that is none."""
    found = KPIS[id_]
    if id_ not in found.needs and (stated := _stated(id_, facts)) is not None:
        return stated
    inputs = {name: _input(name, id_, facts) for name in (*found.needs, *found.may_need)}
    lacking = [
        outcome
        for name, outcome in inputs.items()
        if outcome.value is None and (name in found.needs or not outcome.missing)
    ]
    if lacking:
        return _undefined(lacking)
    try:
        value = found.function(**{name: outcome.value for name, outcome in inputs.items() if outcome.value is not None})
    except ZeroDivisionError:
        return Outcome(None, why=Remark("{number} is 0", number=Remark(found.over)))
    return Outcome(value, partial=_each([name for outcome in inputs.values() for name in outcome.partial]))


def inputs_of(id_: str) -> frozenset[str]:
    """Give the facts that a KPI may be computed of, those of the KPIs that it is made of among them."""
    found = KPIS[id_]
    inner = [inputs_of(name) for name in (*found.needs, *found.may_need) if name in KPIS and name != id_]
    own = {name for name in (id_, *found.needs, *found.may_need) if name in FACTS}
    return frozenset(own.union(*inner))


def _input(name: str, asked_for: str, facts: Facts) -> Outcome:
    """Give one input: as stated, or as the KPI of that name computes it."""
    if (stated := _stated(name, facts)) is not None:
        return stated
    if name in KPIS and name != asked_for:
        return compute(name, facts)
    return Outcome(None, (name,), Remark("missing {facts}", facts=name))


def _stated(name: str, facts: Facts) -> Outcome | None:
    if name in facts.known:
        return Outcome(facts.known[name], partial=(name,) if name in facts.partial else ())
    if name in facts.refused:
        return Outcome(None, why=Remark("{fact}: {reason}", fact=name, reason=facts.refused[name]))
    return None


def _undefined(lacking: Sequence[Outcome]) -> Outcome:
    missing = _each([name for outcome in lacking for name in outcome.missing])
    whys = _each([outcome.why for outcome in lacking if not outcome.missing])
    told = (Remark("missing {facts}", facts=", ".join(missing)), *whys) if missing else whys
    return Outcome(None, missing, Remarks(told))


def _each(names: Sequence[str]) -> tuple[str, ...]:
    """Give every name once, in order."""
    return tuple(dict.fromkeys(names))
