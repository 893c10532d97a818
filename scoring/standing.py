"""Where a KPI stands: beside the period before, and the platforms beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scoring.facts import Quantity
from scoring.kpi import Better, Kpi
from scoring.money import Money

Trend = Literal["better", "worse", "same"]


@dataclass(frozen=True, slots=True)
class Change:
    """How a KPI moved since the period before."""

    by: Quantity | None  # in its unit; None where one of the two is undefined
    relative: Decimal | None  # as a fraction of the value before; None too where that is 0
    trend: Trend | None  # None too where neither way is better


def change(kpi: Kpi, now: Quantity | None, before: Quantity | None) -> Change:
    """Give how far a KPI moved, and whether that is better."""
    if now is None or before is None:
        return Change(None, None, None)
    by = now - before  # type: ignore[operator]  # of one KPI both are money, or neither is
    was, moved = number(before), number(by)
    trend: Trend | None = None
    if kpi.better is not Better.NEITHER:
        trend = "same" if not moved else "better" if (moved > 0) == (kpi.better is Better.UP) else "worse"
    return Change(by, moved / abs(was) if was else None, trend)


def ranked(kpi: Kpi, values: Mapping[str, Quantity | None]) -> list[tuple[str, Quantity]]:
    """Give the names with their values from best to worst, by name among equals.

    Undefined ones are left out; of a KPI that has no better way there is no ranking.
    """
    if kpi.better is Better.NEITHER:
        return []
    known = [(name, value) for name, value in values.items() if value is not None]
    sign = -1 if kpi.better is Better.UP else 1
    return sorted(known, key=lambda each: (sign * number(each[1]), each[0]))


def number(value: Quantity) -> Decimal:
    """Give a value without its currency."""
    return value.amount if isinstance(value, Money) else value
