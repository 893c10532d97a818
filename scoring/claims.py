"""What one row of results claims: on whose side it speaks, of which source, and whether the visit was paid for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from scoring.campaign_facts import facts_of
from scoring.facts import Facts, Quantity
from scoring.money import Money
from scoring.rates import Rates
from scoring.traffic_sources import DIRECT, OFFLINE, PAID, Sources, campaign_name
from storage.campaign_records import CampaignSum

By = Literal["source", "medium", "campaign"]
Side = Literal["analytics", "ads", "crm"]

# Columns that tell rows apart, in the order of `CampaignSum.apart`. Rows of one grain state the same columns.
APART: Final = ("utm_source", "utm_medium", "utm_campaign", "content_type", "channel", "grain")
MEASURES: Final[Mapping[Side, tuple[str, ...]]] = {
    "analytics": ("sessions", "conversions"),
    "ads": ("clicks", "leads", "conversions"),
    "crm": ("leads", "new_customers", "orders", "revenue"),
}
SIDES: Final[Mapping[Side, str]] = {"analytics": "web analytics", "ads": "ad platforms", "crm": "the CRM"}
_ADS_ALONE: Final = ("spend", "impressions", "clicks")


class Measure(NamedTuple):
    """One figure of one side."""

    side: Side
    name: str

    def __str__(self) -> str:
        return f"{self.side}.{self.name}"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a platform is."""

    role: str  # a Side, or "posts" for what is none
    source: str = ""  # of ads: the source that their visitors come from


@dataclass(frozen=True, slots=True)
class Claim:
    """What rows claim, of whom."""

    side: Side
    name: str | None  # of a source, medium or campaign; None: they do not say
    paid: bool | None  # None: they do not say
    facts: Facts


@dataclass(frozen=True, slots=True)
class Figure:
    """What one side says of a source; without a value, why not."""

    value: Quantity | None
    why: str = ""
    partial: bool = False  # the sum of rows that state it, beside others that do not


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms rows are read."""

    by: By
    speakers: Mapping[str, Speaker]  # by platform; one that is not there is told by its columns
    sources: Sources
    currency: str  # ISO 4217
    rates: Rates


def sides_of(rows: Sequence[CampaignSum], speakers: Mapping[str, Speaker]) -> dict[str, Side | None]:
    """Give on which side each platform speaks, as declared, else by all that its rows state; None for no side."""
    stated: dict[str, set[str]] = {}
    for row in rows:
        stated.setdefault(row.platform, set()).update(name for name, count in row.stated.items() if count)
    return {
        platform: _declared(speakers[platform]) if platform in speakers else _by_columns(columns)
        for platform, columns in stated.items()
    }


def claim_of(row: CampaignSum, side: Side, terms: Terms) -> Claim:
    """Give what rows claim. Ads that say no source are of their platform's own, and paid for."""
    written, medium, campaign, sort, channel, _ = row.apart
    if side == "ads" and written is None:
        speaker = terms.speakers.get(row.platform)
        written = (speaker.source if speaker else "") or row.platform
    source = terms.sources.source(written)
    group = terms.sources.group(written, sort if side == "crm" else None, channel)
    found = terms.sources.medium(source, medium or group or channel or ("cpc" if side == "ads" else None))
    names: Mapping[By, str | None] = {
        "source": source or (found if found in {DIRECT, OFFLINE} else None),
        "medium": found,
        "campaign": campaign_name(campaign, row.campaign),
    }
    paid = True if side == "ads" else None if found is None else found in PAID
    return Claim(side, names[terms.by], paid, _of_side(facts_of(row, terms.rates, terms.currency), side))


def figure(measure: Measure, claims: Iterable[Claim], silent: str) -> Figure:
    """Give the sum of a measure over claims; `silent` is why there is none where no row is of that side."""
    parts = [claim.facts for claim in claims if claim.side == measure.side]
    name, who = measure.name, SIDES[measure.side]
    if not parts:
        return Figure(None, silent)
    refused = sorted({part.refused[name] for part in parts if name in part.refused})
    if refused:
        return Figure(None, refused[0])
    known = [part.known[name] for part in parts if name in part.known]
    if not known:
        return Figure(None, f"no row of {who} states {name}")
    return Figure(_sum(known), partial=any(name in part.partial for part in parts))


def _declared(speaker: Speaker) -> Side | None:
    return next((side for side in MEASURES if side == speaker.role), None)


def _by_columns(columns: set[str]) -> Side | None:
    """Tell who speaks by what is stated: visits are told by analytics, costs and clicks by ads."""
    if "sessions" in columns:
        return "analytics"
    if columns.intersection(_ADS_ALONE):
        return "ads"
    return "crm" if columns.intersection(MEASURES["crm"]) else None


def _of_side(facts: Facts, side: Side) -> Facts:
    """Give the facts that count on a side, and no others."""
    names = MEASURES[side]
    return Facts(
        {name: facts.known[name] for name in names if name in facts.known},
        facts.partial.intersection(names),
        {name: facts.refused[name] for name in names if name in facts.refused},
        facts.parts,
    )


def _sum(values: Sequence[Quantity]) -> Quantity:
    first = values[0]
    if isinstance(first, Money):
        amounts = (value.amount for value in values if isinstance(value, Money))
        return Money(sum(amounts, Decimal(0)), first.currency)
    return sum((value for value in values if isinstance(value, Decimal)), Decimal(0))
