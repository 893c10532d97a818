"""What a digest says of campaigns: what each platform cost and brought, how goals stand, and what is missing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from notifier.kpi_ids import KpiId
from notifier.outside import shown
from notifier.wording import several
from scoring.campaign_report import CampaignReport, PlatformFacts
from scoring.days import Days
from scoring.derivation import derivation, facts_told
from scoring.facts import FACTS
from scoring.goals import Standing
from scoring.kpi import Kpi
from scoring.kpis import KPIS
from scoring.outcome import Outcome, compute
from scoring.standing import Change, change

NUMBERS: Final = ("spend", "revenue", "roi", "cac")  # of every platform, in this order
_CLAIMED: Final = frozenset({"revenue", "new_customers"})  # of NUMBERS; two platforms may claim the same one
_MAX_NAME: Final = 40
_MAX_REASON: Final = 160


@dataclass(frozen=True, slots=True)
class CampaignNumber:
    """One KPI of one platform, beside the days before."""

    kpi: Kpi
    outcome: Outcome
    before: Outcome
    change: Change
    id: str
    facts: Mapping[str, str]  # that it was computed of, with all their digits


@dataclass(frozen=True, slots=True)
class PlatformLine:
    """The numbers of one platform, in the order of NUMBERS."""

    name: str
    numbers: tuple[CampaignNumber, ...]


@dataclass(frozen=True, slots=True)
class GoalLine:
    """Where a goal stands. Texts of the config are clean and on one line."""

    name: str  # of the KPI, with the platform, campaign or brand that it is of
    why: str
    standing: Standing
    kpi: Kpi
    id: str | None  # of its current value; None before anything is known


@dataclass(frozen=True, slots=True)
class CampaignSection:
    """What a digest says of campaigns."""

    currency: str
    days: Days
    platforms: tuple[PlatformLine, ...]  # all of them together last, where there are several
    goals: tuple[GoalLine, ...]
    quiet: str | None  # said when no result is of these days
    missing: tuple[str, ...]  # sentences: what cannot be had, is partial or left out, and how to get it


def section(report: CampaignReport) -> CampaignSection:
    """Give the section of a digest."""
    single = [each for each in report.platforms if each.platform is not None]
    told = report.platforms if len(single) > 1 else single
    lines = tuple(_line(report, each) for each in told)
    return CampaignSection(
        report.currency,
        report.days,
        lines,
        tuple(_goal(standing) for standing in report.goals),
        None if single else _quiet(report),
        tuple(_missing(report, lines)),
    )


def _line(report: CampaignReport, part: PlatformFacts) -> PlatformLine:
    platforms = () if part.platform is None else (part.platform,)
    name = "all platforms" if part.platform is None else shown(part.platform, _MAX_NAME)
    return PlatformLine(name, tuple(_number(id_, part, report.days, platforms) for id_ in NUMBERS))


def _number(id_: str, part: PlatformFacts, days: Days, platforms: tuple[str, ...]) -> CampaignNumber:
    kpi, now, before = KPIS[id_], compute(id_, part.facts), compute(id_, part.before)
    moved = change(kpi, now.value, before.value)
    facts = facts_told(derivation(id_, part.facts))
    return CampaignNumber(kpi, now, before, moved, str(KpiId(id_, days, platforms)), facts)


def _goal(standing: Standing) -> GoalLine:
    goal, kpi = standing.goal, KPIS[standing.goal.kpi]
    where = " / ".join(shown(name, _MAX_NAME) for name in (goal.platform, goal.campaign, goal.brand) if name)
    platforms = () if goal.platform is None else (goal.platform,)
    named = KpiId(goal.kpi, standing.seen, platforms, goal.campaign, brand=goal.brand) if standing.seen.count else None
    return GoalLine(
        f"{kpi.name} of {where}" if where else kpi.name,
        shown(goal.why, _MAX_REASON),
        standing,
        kpi,
        None if named is None else str(named),
    )


def _quiet(report: CampaignReport) -> str:
    if report.until is None:
        return "No campaign results were imported yet."
    return f"No campaign results of {report.days} were imported; the last ones are of {report.until}."


def _missing(report: CampaignReport, lines: Sequence[PlatformLine]) -> Iterator[str]:
    yield from (shown(f"Amounts are missing: {why}", _MAX_REASON) for why in report.refused)
    yield from _undefined(lines)
    yield from _partial(lines)
    for left in report.left_out:
        rows = several(left.rows, "row")
        yield f"Left out: {rows} of {shown(left.platform, _MAX_NAME)} on {left.days}, not all within {report.days}."
    claiming = [each for each in report.platforms if each.platform and each.facts.known.keys() & _CLAIMED]
    if len(claiming) > 1:
        yield "All platforms together count a sale twice where two of them claim it."


def _undefined(lines: Sequence[PlatformLine]) -> Iterator[str]:
    """Say once for each reason which numbers of which platforms cannot be had."""
    why: dict[str, dict[str, list[str]]] = {}
    for line in lines:
        for number in line.numbers:
            if number.outcome.missing:
                sources = dict.fromkeys(FACTS[name].source for name in number.outcome.missing)
                reason = f"missing {', '.join(number.outcome.missing)}: {'; '.join(sources)}"
            else:
                reason = number.outcome.why.partition("; ")[0]
            if number.outcome.value is None:
                why.setdefault(reason, {}).setdefault(number.kpi.name, []).append(line.name)
    for reason, numbers in why.items():
        told = ", ".join(f"{name} of {', '.join(platforms)}" for name, platforms in numbers.items())
        yield f"n/a: {told} ({shown(reason, _MAX_REASON)})."


def _partial(lines: Sequence[PlatformLine]) -> Iterator[str]:
    facts: dict[str, list[str]] = {}
    for line in lines:
        for name in dict.fromkeys(name for number in line.numbers for name in number.outcome.partial):
            facts.setdefault(name, []).append(line.name)
    for name, platforms in facts.items():
        yield f"Marked *: rows of {', '.join(platforms)} do not all state {name}; what is known was added up."
