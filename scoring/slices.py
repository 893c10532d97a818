"""Campaign results cut into slices: everything, by platform, campaign or day, by variant, sort or time of posting.

A row that stands for several days enters a slice only when all of them lie within it, and a single day never. What is
left out is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Literal

from config.campaign_settings import Cost
from scoring.campaign_facts import costs_for, costs_of, facts_of, social_part
from scoring.days import Days
from scoring.facts import FACTS, OF_POSTS, Facts, Sort
from scoring.rates import Rates
from storage.campaign_records import CampaignSum

By = Literal["total", "platform", "campaign", "day", "variant", "content_type", "weekday", "hour"]
# Which columns tell rows further apart than campaign and days.
APART: Final[Mapping[str, tuple[str, ...]]] = {
    "variant": ("utm_content", "content"),  # the first that is stated
    "content_type": ("content_type",),
    "weekday": ("published_local",),
    "hour": ("published_local",),
}
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Key:
    """What a slice is of; None where it is of all."""

    platform: str | None = None
    campaign: str | None = None
    day: date | None = None
    part: str | None = None  # variant, sort of content, weekday or hour


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that belong to no slice: not all of their days lie within one, or they do not say which."""

    platform: str
    rows: int
    days: Days  # from the first to the last of theirs


@dataclass(frozen=True, slots=True)
class Cut:
    """Results cut into slices, and what was left out."""

    slices: Mapping[Key, Facts] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    unstated: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by fact: platforms with rows that lack it
    refused: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by reason: platforms whose amounts it costs


@dataclass(frozen=True, slots=True)
class Ledger:
    """What amounts are turned into, and what was paid beside them."""

    currency: str  # ISO 4217
    rates: Rates
    costs: Sequence[Cost] = ()
    social: frozenset[str] = frozenset()  # platforms


def cut(results: Iterable[CampaignSum], by: By, days: Days, ledger: Ledger) -> Cut:
    """Give the facts of every slice of these days in which there are results; other costs are not among them."""
    slices: dict[Key, Facts] = {}
    left: dict[str, LeftOut] = {}
    told = Told()
    for result in results:
        own = Days(result.start_day, result.end_day)
        key = key_of(result, by)
        if key is None or not days.holds(own) or (by == "day" and own.count > 1):
            left[result.platform] = _joined(left.get(result.platform), result, own)
        else:
            facts = facts_of(result, ledger.rates, ledger.currency)
            facts |= social_part(facts, ledger.currency, social=result.platform in ledger.social)
            slices[key] = slices.get(key, Facts()) + facts
            told.add(result, facts)
    in_order = {key: _of_posts(facts) for key, facts in sorted(slices.items(), key=_in_order)}
    return Cut(in_order, tuple(left.values()), told.unstated, told.refused)


def key_of(result: CampaignSum, by: By) -> Key | None:
    """Give the slice that rows belong to, whatever their days; None when they do not say."""
    if by in APART:
        part = _part(result, by)
        campaign = (result.campaign or "") if by == "variant" else None
        return None if part is None else Key(result.platform, campaign, part=part)
    if by == "platform":
        return Key(result.platform)
    if by == "campaign":
        return Key(result.platform, result.campaign or "")
    return Key(day=result.start_day) if by == "day" else Key()


def days_of(key: Key, days: Days) -> Days:
    """Give the days of a slice: its own, or all of them."""
    return days if key.day is None else Days(key.day, key.day + timedelta(days=1))


def costs_in(key: Key, days: Days, ledger: Ledger) -> Facts:
    """Give the other costs of a slice, and those of social platforms; of parts of a campaign none are known."""
    costs = costs_for(ledger.costs, key.platform, key.campaign) if key.part is None else ()
    own = days_of(key, days)
    social = [cost for cost in costs if key.platform in ledger.social or cost.platform in ledger.social]
    found, of_social = (costs_of(some, own, ledger.rates, ledger.currency) for some in (costs, social))
    return found | of_social.named({"other_costs": "social_costs"})


class Told:
    """What is to be told of the results that count: which facts rows lack, and which amounts are refused."""

    def __init__(self) -> None:
        self._unstated: dict[str, set[str]] = {}
        self._refused: dict[str | None, tuple[date, str, set[str]]] = {}  # by currency, as one rate serves all of it

    def add(self, result: CampaignSum, facts: Facts) -> None:
        """Take in rows and the facts that were made of them."""
        for name, stated in result.stated.items():
            if stated < result.rows:
                self._unstated.setdefault(name, set()).add(result.platform)
        for name, why in facts.refused.items():
            if FACTS[name].sort is Sort.MONEY:
                first = self._refused.setdefault(result.currency, (result.end_day, why, set()))
                first[2].add(result.platform)
                if result.end_day < first[0]:  # a rate of the earliest day serves the later ones
                    self._refused[result.currency] = (result.end_day, why, first[2])

    @property
    def unstated(self) -> dict[str, frozenset[str]]:
        """Give by fact the platforms with rows that lack it."""
        return {name: frozenset(platforms) for name, platforms in self._unstated.items()}

    @property
    def refused(self) -> dict[str, frozenset[str]]:
        """Give by reason the platforms whose amounts it costs."""
        return {why: frozenset(platforms) for _, why, platforms in self._refused.values()}


def _of_posts(facts: Facts) -> Facts:
    """Give the facts without those of posts, where there is no post: nothing is to be told of them."""
    return facts if facts.known.get("posts") else facts.without(OF_POSTS)


def _part(result: CampaignSum, by: By) -> str | None:
    stated = next((text for text in result.apart if text), None)
    if stated is None or by in {"variant", "content_type"}:
        return stated
    published = datetime.fromisoformat(stated)
    return _WEEKDAYS[published.weekday()] if by == "weekday" else f"{published.hour:02d}:00"


def _joined(before: LeftOut | None, result: CampaignSum, own: Days) -> LeftOut:
    if before is None:
        return LeftOut(result.platform, result.rows, own)
    days = Days(min(before.days.start, own.start), max(before.days.end, own.end))
    return LeftOut(result.platform, before.rows + result.rows, days)


def _in_order(item: tuple[Key, Facts]) -> tuple[str, str, date, int, str]:
    key = item[0]
    weekday = _WEEKDAYS.index(key.part) if key.part in _WEEKDAYS else -1
    return key.platform or "", key.campaign or "", key.day or date.min, weekday, key.part or ""
