"""How a KPI is declared: what it is called, what it needs, what it is in, and which way it should move.

A KPI is one decorated function in scoring/kpis/. Its name is the KPI's id, the first line of its docstring the formula
that users see, the rest a note. Its parameters name what it needs: facts, or other KPIs. One with a default may be
unknown. What the facts state under a KPI's own id is taken as stated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from inspect import Parameter, getdoc, signature
from typing import Final, TypeVar

from scoring.facts import Quantity

Function = TypeVar("Function", bound=Callable[..., Quantity])


class Kind(StrEnum):
    """What a KPI tells of: what was put in, what was done, what came of it, or what it is worth."""

    INPUT = "input"
    PROCESS = "process"
    OUTPUT = "output"
    LEADING = "leading"  # moves before the results do
    LAGGING = "lagging"  # moves after them
    FINANCIAL = "financial"
    ESTIMATE = "estimate"  # nobody measured it; shown only where it is asked for


class Unit(StrEnum):
    """What a value is in."""

    PERCENT = "percent"  # 25 is 25 %
    MONEY = "money"
    RATIO = "ratio"
    COUNT = "count"
    MONTHS = "months"


class Better(StrEnum):
    """Which way a KPI should move."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Kpi:
    """One KPI, as it is told and computed."""

    id: str
    name: str
    kind: Kind
    unit: Unit
    better: Better
    formula: str
    note: str  # what the formula does not say; may be empty
    needs: tuple[str, ...]  # facts or other KPIs
    may_need: tuple[str, ...]  # likewise, computed without them where they are unknown
    over: str  # what it is divided by, in words; empty where nothing is
    function: Callable[..., Quantity]


REGISTERED: Final[dict[str, Kpi]] = {}  # filled by importing scoring.kpis, which gives it to readers


def kpi(
    name: str, kind: Kind, unit: Unit, better: Better = Better.NEITHER, *, over: str = ""
) -> Callable[[Function], Function]:
    """Register the function below as a KPI. `over` names its denominator, for slices in which that is 0."""

    def register(function: Function) -> Function:
        formula, _, note = (getdoc(function) or "").partition("\n")
        parameters = signature(function).parameters.values()
        id_ = function.__name__
        if id_ in REGISTERED:
            raise ValueError(f"two KPIs are called {id_}")
        REGISTERED[id_] = Kpi(
            id=id_,
            name=name,
            kind=kind,
            unit=unit,
            better=better,
            formula=formula.rstrip("."),
            note=" ".join(note.split()),
            needs=tuple(each.name for each in parameters if each.default is Parameter.empty),
            may_need=tuple(each.name for each in parameters if each.default is not Parameter.empty),
            over=over,
            function=function,
        )
        return function

    return register
