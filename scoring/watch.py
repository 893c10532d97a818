"""Everything that alert rules look at, as data: taken once at a moment, then read by pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from scoring.campaign_report import CampaignReport
from scoring.habits import Habits
from scoring.heard_hour import HeardHour
from scoring.money import Money
from scoring.rising.topics import Rise
from storage.records import Json, Reason, StoredMention


class Sight(StrEnum):
    """A part of what is known at a moment, which is read when a rule looks at it."""

    HOURS = "hours"  # of the brands
    FRESH = "fresh"
    SOURCES = "sources"
    LOUD = "loud"
    PEAKS = "peaks"
    CAMPAIGNS = "campaigns"
    SPEND = "spend"
    TOPICS = "topics"


@dataclass(frozen=True, slots=True)
class WatchedBrand:
    """One brand and its history, from the oldest hour that is looked at to the one that is running."""

    slug: str
    name: str
    role: Literal["own", "competitor"]
    hours: Sequence[HeardHour]  # without holes; hours in which nothing was said are there with 0; none if not looked at


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """How one query is doing."""

    key: str
    source: str
    every: float  # seconds between two polls
    last_ok_at: datetime | None  # None: it never answered
    failures: int  # in a row
    reason: Reason | None  # of the last failure
    detail: str | None


@dataclass(frozen=True, slots=True)
class PlatformSpend:
    """What a platform charged on single days, as imported exports state it."""

    platform: str
    days: Mapping[date, Money]  # days of which nothing is stated are missing


class Standing(Protocol):
    """What is remembered of an alert that a look before found."""

    @property
    def rule(self) -> str:
        """Give the rule that found it."""
        ...

    @property
    def key(self) -> str:
        """Give what it is of, unique within the rule."""
        ...

    @property
    def brand(self) -> str | None:
        """Give its brand."""
        ...

    @property
    def evidence(self) -> Mapping[str, Json]:
        """Give the numbers and ids that it was last found by."""
        ...


@dataclass(frozen=True, slots=True)
class Watch:
    """What is known at a moment, and nothing that came later: the same for a live look and for one that is replayed.

    What none of the rules looks at is empty.
    """

    at: datetime
    zone: ZoneInfo
    brands: tuple[WatchedBrand, ...]  # in the order of the config
    fresh: Sequence[StoredMention] = ()  # mentions that came since the look before, oldest first
    since: datetime | None = None  # when the look before was; None: this is the first
    sources: Sequence[WatchedSource] = ()
    peaks: Mapping[str, Sequence[int]] = field(
        default_factory=dict
    )  # own brand -> engagement of eight weeks, highest first
    loud: Sequence[StoredMention] = ()  # of the last day, those with the most engagement or reach, oldest first
    campaigns: CampaignReport | None = None  # of the last days of which results can be there
    spend: Sequence[PlatformSpend] = ()  # of the last weeks, by platform
    topics: Mapping[str, Rise] = field(default_factory=dict)  # brand -> what rises in the last day, where it was read
    examples: Mapping[int, StoredMention] = field(default_factory=dict)  # the first mention of each topic, by its id
    standing: Sequence[Standing] = ()  # of the looks before, as last found: by them a rule knows again what has no name
    false_alarms: float = 1.0  # accepted in a month over all brands and statistical rules
    tests: int = 1  # statistical tests of one look, over all brands and rules: what false_alarms is shared by
    every: float = 300.0  # seconds between two looks
    listening_since: datetime | None = None
    terms: Mapping[str, Sequence[str]] = field(default_factory=dict)  # brand -> its terms as configured
    habits: Habits = field(default_factory=Habits, compare=False, repr=False)

    def brand(self, slug: str) -> WatchedBrand | None:
        """Give a brand by its slug; None for one that is not watched."""
        return next((brand for brand in self.brands if brand.slug == slug), None)
