"""What web analytics, ad platforms and the CRM claim of the same visitors, side by side and with the differences.

Rows are given to a source, a medium or a campaign by what they say of it; what they do not say stands under None, so
that the parts always add up to everything. A side that says nothing of a source is unknown there, not 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, NamedTuple

from scoring.claims import MEASURES, SIDES, By, Claim, Figure, Measure, Side, Terms, claim_of, figure, sides_of
from scoring.days import Days
from scoring.slices import Told
from storage.campaign_records import CampaignSum


class Compared(NamedTuple):
    """Two figures that would be alike if both sides counted the same; differences are the first less the second."""

    first: Measure
    second: Measure

    def paid(self, measure: Measure) -> bool:
        """Tell whether visits alone that were paid for count on this side, because the other one knows no others."""
        return measure.side != "ads" and any(each.side == "ads" for each in self)


COMPARISONS: Final = (
    Compared(Measure("crm", "leads"), Measure("analytics", "conversions")),
    Compared(Measure("crm", "leads"), Measure("ads", "leads")),
    Compared(Measure("ads", "conversions"), Measure("analytics", "conversions")),
    Compared(Measure("analytics", "sessions"), Measure("ads", "clicks")),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two figures compared. Differences are None where one is unknown, ratios also where the second is 0."""

    compared: Compared
    first: Figure
    second: Figure
    absolute: Decimal | None  # first - second
    relative: Decimal | None  # absolute / second, a fraction
    rate: Decimal | None  # first / second, a fraction
    why: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One source, medium or campaign, or everything."""

    name: str | None  # None: rows that do not say; "": everything
    sides: tuple[Side, ...]  # that say anything of it
    figures: Mapping[Measure, Figure]
    differences: tuple[Difference, ...]  # one for each of COMPARISONS


@dataclass(frozen=True, slots=True)
class Rows:
    """So many rows of a platform, and from which day to which."""

    platform: str
    rows: int
    days: Days
    side: Side | None  # None where it is none


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Everything that is to be told."""

    lines: tuple[Line, ...]  # by name, the one without name last
    total: Line
    sides: Mapping[Side, tuple[str, ...]]  # platforms of each side with rows in the window
    unsaid: tuple[Rows, ...]  # rows that do not say the source, medium or campaign
    longer: tuple[Rows, ...]  # rows that reach over the window, left out
    no_side: tuple[Rows, ...]  # rows of platforms that are no side, left out
    refused: tuple[str, ...]  # which amounts cannot be had for want of a currency or a rate, with the remedy


def reconciled(results: Iterable[CampaignSum], days: Days, terms: Terms) -> Reconciliation:
    """Give what each side says of each source, medium or campaign. `results`: told apart by APART, and by campaign."""
    rows = list(results)
    sides = sides_of(rows, terms.speakers)
    claims: dict[str | None, list[Claim]] = {}
    platforms: dict[Side, set[str]] = {}
    unsaid, longer, no_side = _Counted(), _Counted(), _Counted()
    told = Told()
    for row in rows:
        side = sides[row.platform]
        if side is None:
            no_side.add(row, None)
        elif not days.holds(Days(row.start_day, row.end_day)):
            longer.add(row, side)
        else:
            claim = claim_of(row, side, terms)
            claims.setdefault(claim.name, []).append(claim)
            platforms.setdefault(side, set()).add(row.platform)
            told.add(row, claim.facts)
            if claim.name is None:
                unsaid.add(row, side)
    silent = _Silent(terms.by, frozenset(platforms))
    return Reconciliation(
        lines=tuple(_line(name, claims[name], silent) for name in sorted(claims, key=_in_order)),
        total=_line("", [claim for some in claims.values() for claim in some], silent),
        sides={side: tuple(sorted(platforms[side])) for side in MEASURES if side in platforms},
        unsaid=unsaid.told,
        longer=longer.told,
        no_side=no_side.told,
        refused=tuple(f"{', '.join(sorted(names))}: {why}" for why, names in told.refused.items()),
    )


@dataclass(frozen=True, slots=True)
class _Silent:
    """Why a side says nothing of a source, medium or campaign."""

    by: By
    heard: frozenset[Side]  # sides with rows in the window

    def why(self, side: Side) -> str:
        return f"no row of {SIDES[side]} says this {self.by}" if side in self.heard else f"nothing of {SIDES[side]}"


def _line(name: str | None, claims: Sequence[Claim], silent: _Silent) -> Line:
    sides = {claim.side for claim in claims}
    return Line(
        name,
        tuple(side for side in MEASURES if side in sides),
        {
            measure: figure(measure, claims, silent.why(measure.side))
            for side, names in MEASURES.items()
            for measure in (Measure(side, each) for each in names)
        },
        tuple(_difference(compared, claims, name, silent) for compared in COMPARISONS),
    )


def _difference(compared: Compared, claims: Sequence[Claim], name: str | None, silent: _Silent) -> Difference:
    first, second = (
        _paid(measure, claims, silent) if compared.paid(measure) else figure(measure, claims, silent.why(measure.side))
        for measure in compared
    )
    if name is None:
        return Difference(compared, first, second, None, None, None, f"what says no {silent.by} may be of any")
    if not isinstance(first.value, Decimal) or not isinstance(second.value, Decimal):
        return Difference(compared, first, second, None, None, None, first.why or second.why)
    absolute = first.value - second.value
    if not second.value:
        return Difference(compared, first, second, absolute, None, None, f"{compared.second} is 0")
    return Difference(compared, first, second, absolute, absolute / second.value, first.value / second.value)


def _paid(measure: Measure, claims: Sequence[Claim], silent: _Silent) -> Figure:
    """Give a figure of visits that were paid for; a campaign that does not say is taken for one of ads."""
    mine = [claim for claim in claims if claim.side == measure.side]
    known = [claim for claim in mine if claim.paid or (claim.paid is None and silent.by == "campaign")]
    open_ = [claim for claim in mine if claim.paid is None and silent.by != "campaign"]
    if known:
        found = figure(measure, known, "")
        return replace(found, partial=found.partial or bool(open_)) if found.value is not None else found
    if open_:
        return Figure(None, f"{SIDES[measure.side]} does not say which visits were paid for")
    if mine:
        return Figure(None, f"no row of {SIDES[measure.side]} is of paid visits")
    return Figure(None, silent.why(measure.side))


def _in_order(name: str | None) -> tuple[bool, str]:
    return name is None, name or ""


class _Counted:
    """Rows that are told about, by platform."""

    def __init__(self) -> None:
        self._rows: dict[str, Rows] = {}

    def add(self, row: CampaignSum, side: Side | None) -> None:
        before = self._rows.get(row.platform)
        days = Days(row.start_day, row.end_day)
        if before is not None:
            days = Days(min(days.start, before.days.start), max(days.end, before.days.end))
        counted = row.rows + (before.rows if before else 0)
        self._rows[row.platform] = Rows(row.platform, counted, days, side)

    @property
    def told(self) -> tuple[Rows, ...]:
        return tuple(self._rows[platform] for platform in sorted(self._rows))
