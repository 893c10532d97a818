"""What a digest says of campaigns: what each platform cost and brought, how goals stand, and what is missing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from notifier.digest.kpi_ids import KpiId
from notifier.languages.speech import Speech
from notifier.outside import shown
from scoring.campaign_report import CampaignReport, PlatformFacts
from scoring.days import Days, through
from scoring.derivation import derivation, facts_told
from scoring.facts import FACTS
from scoring.goals import Standing
from scoring.kpi import Kpi
from scoring.kpis import KPIS
from scoring.outcome import Outcome, compute
from scoring.remarks import first
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


def section(report: CampaignReport, speech: Speech) -> CampaignSection:
    """Give the section of a digest."""
    single = [each for each in report.platforms if each.platform is not None]
    told = report.platforms if len(single) > 1 else single
    lines = tuple(_line(report, each, speech) for each in told)
    return CampaignSection(
        report.currency,
        report.days,
        lines,
        tuple(_goal(standing, speech) for standing in report.goals),
        None if single else _quiet(report, speech),
        tuple(_missing(report, lines, speech)),
    )


def _line(report: CampaignReport, part: PlatformFacts, speech: Speech) -> PlatformLine:
    platforms = () if part.platform is None else (part.platform,)
    name = speech.say("all platforms") if part.platform is None else shown(part.platform, _MAX_NAME)
    return PlatformLine(name, tuple(_number(id_, part, report.days, platforms) for id_ in NUMBERS))


def _number(id_: str, part: PlatformFacts, days: Days, platforms: tuple[str, ...]) -> CampaignNumber:
    kpi, now, before = KPIS[id_], compute(id_, part.facts), compute(id_, part.before)
    moved = change(kpi, now.value, before.value)
    facts = facts_told(derivation(id_, part.facts))
    return CampaignNumber(kpi, now, before, moved, str(KpiId(id_, days, platforms)), facts)


def _goal(standing: Standing, speech: Speech) -> GoalLine:
    goal, kpi = standing.goal, KPIS[standing.goal.kpi]
    name = speech.say(kpi.name)
    where = " / ".join(shown(name, _MAX_NAME) for name in (goal.platform, goal.campaign, goal.brand) if name)
    platforms = () if goal.platform is None else (goal.platform,)
    named = KpiId(goal.kpi, standing.seen, platforms, goal.campaign, brand=goal.brand) if standing.seen.count else None
    return GoalLine(
        speech.say("{kpi} of {where}", kpi=name, where=where) if where else name,
        shown(goal.why, _MAX_REASON),
        standing,
        kpi,
        None if named is None else str(named),
    )


def _quiet(report: CampaignReport, speech: Speech) -> str:
    if report.until is None:
        return speech.say("No campaign results were imported yet.")
    return speech.say(
        "No campaign results of {days} were imported; the last ones are of {day}.",
        days=_days(report.days, speech),
        day=_days(through(report.until, report.until), speech),
    )


def _days(days: Days, speech: Speech) -> str:
    return speech.formats.dates(days.start, days.last)


def _missing(report: CampaignReport, lines: Sequence[PlatformLine], speech: Speech) -> Iterator[str]:
    for why in report.refused:
        yield shown(speech.say("Amounts are missing: {why}", why=speech.tell(why)), _MAX_REASON)
    yield from _undefined(lines, speech)
    yield from _partial(lines, speech)
    for left in report.left_out:
        yield speech.say(
            "Left out: {rows} of {platform} on {days}, not all within {window}.",
            rows=speech.plural("{number} row", "{number} rows", left.rows),
            platform=shown(left.platform, _MAX_NAME),
            days=_days(left.days, speech),
            window=_days(report.days, speech),
        )
    claiming = [each for each in report.platforms if each.platform and each.facts.known.keys() & _CLAIMED]
    if len(claiming) > 1:
        yield speech.say("All platforms together count a sale twice where two of them claim it.")


def _undefined(lines: Sequence[PlatformLine], speech: Speech) -> Iterator[str]:
    """Say once for each reason which numbers of which platforms cannot be had."""
    why: dict[str, dict[str, list[str]]] = {}
    for line in lines:
        for number in line.numbers:
            if number.outcome.value is None:
                of_name = why.setdefault(_reason(number.outcome, speech), {})
                of_name.setdefault(speech.say(number.kpi.name), []).append(line.name)
    for reason, numbers in why.items():
        told = ", ".join(
            speech.say("{kpi} of {where}", kpi=name, where=", ".join(platforms)) for name, platforms in numbers.items()
        )
        yield speech.say("n/a: {numbers} ({reason}).", numbers=told, reason=shown(reason, _MAX_REASON))


def _reason(outcome: Outcome, speech: Speech) -> str:
    if not outcome.missing:
        return speech.tell(first(outcome.why))
    sources = dict.fromkeys(speech.say(FACTS[name].source) for name in outcome.missing)
    facts = ", ".join(outcome.missing)
    return speech.say("missing {facts}: {sources}", facts=facts, sources=speech.chained(sources))


def _partial(lines: Sequence[PlatformLine], speech: Speech) -> Iterator[str]:
    facts: dict[str, list[str]] = {}
    for line in lines:
        for name in dict.fromkeys(name for number in line.numbers for name in number.outcome.partial):
            facts.setdefault(name, []).append(line.name)
    for name, platforms in facts.items():
        yield speech.say(
            "Marked *: rows of {platforms} do not all state {fact}; what is known was added up.",
            platforms=", ".join(platforms),
            fact=name,
        )
