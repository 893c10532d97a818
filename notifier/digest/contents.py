"""The digest as data: every number with its change, what it rests on, and the id by which it can be traced.

Renderers (terminal, slack_blocks, html, digest_json) turn it into what people read; they compute nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from notifier.digest.campaigns import CampaignSection
from notifier.digest.quotes import BrandQuotes
from notifier.digest.rising import RisingLine, RisingWord
from notifier.languages.speech import Speech
from scoring.remarks import Remark
from storage.records import Label, Span

Period = Literal["day", "week", "month"]
Template = Literal["full", "short", "executive"]
CROWD = 8  # brands; of more of them the biggest come first, and only those that somebody named have a line
MAX_MOVERS = 5


@dataclass(frozen=True, slots=True)
class Change:
    """What a number did against the window before. `by` is None when there is nothing to compare with."""

    before: float | None = None
    by: float | None = None
    low: float | None = None  # 95 % interval of `by`, where one can be computed
    high: float | None = None

    @property
    def clear(self) -> bool:
        """Whether chance alone hardly explains it: the interval leaves out zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class BrandLine:
    """One brand's numbers in the window."""

    slug: str
    name: str
    role: Literal["own", "competitor"]
    mentions: int
    mentions_change: Change
    credit: float  # mentions, one that names k brands counting 1/k
    share: float | None  # None: no brand was mentioned at all
    share_low: float | None
    share_high: float | None
    share_reason: str | None  # why there is no share
    share_change: Change
    net_sentiment: float | None  # None: see `sentiment_reason`
    sentiment_change: Change
    sentiment_reason: str | None  # why there is no net sentiment
    scored: float | None  # part of the mentions that have a sentiment; None without mentions
    positive: int
    neutral: int
    negative: int
    unscored: int
    unscored_why: tuple[tuple[str, int], ...]  # reasons as the store keeps them, most frequent first
    authors: int | None  # None: the sources name none
    stories: int
    engagement: int | None  # None: the sources count none
    share_id: str
    sentiment_id: str
    mentions_id: str
    colour: str | None  # "#rrggbb" as the config wants it in pictures; None: one is chosen


@dataclass(frozen=True, slots=True)
class TrendDay:
    """One local day of a brand. All is None when less than half of the day was heard: deafness is no silence."""

    day: date
    mentions: int | None
    share: float | None  # of voice; None too when no brand was mentioned
    net_sentiment: float | None  # None too when nothing was scored
    scored: int | None  # mentions that have a sentiment


@dataclass(frozen=True, slots=True)
class Trend:
    """How a brand went in the four weeks that end with the window; in a month, on the days of the month."""

    slug: str
    name: str
    days: tuple[TrendDay, ...]  # in order; those that are over


@dataclass(frozen=True, slots=True)
class Mover:
    """A brand whose number changed more than chance explains."""

    slug: str
    name: str
    metric: Literal["mentions", "net_sentiment", "share"]  # "share" among moves of competitors alone
    before: float
    after: float
    strength: float  # change in standard errors; the list is sorted by it
    mentions: int  # in the window
    scored: float | None  # part of them that has a sentiment; None without mentions

    @property
    def up(self) -> bool:
        """Whether the number rose."""
        return self.after > self.before


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One story of a brand. Everything from outside is clean text on one line; `url` is encoded http(s)."""

    title: str
    url: str | None
    host: str | None
    source: str
    published_at: datetime
    dated: bool  # False: the time is when it was first seen
    engagement: int | None  # None: the sources count none
    mentions: int
    authors: int | None  # None: the sources name none
    sources: tuple[str, ...]
    label: Label
    quote: str | None  # the words that decided the label
    mention_id: int  # of the member that it is shown by, to be judged


@dataclass(frozen=True, slots=True)
class BrandStories:
    """The biggest stories of one brand, biggest first."""

    slug: str
    name: str
    role: Literal["own", "competitor"]
    stories: tuple[StoryLine, ...]


@dataclass(frozen=True, slots=True)
class CompetitorMove:
    """A competitor that changed beyond chance, what may be behind it, and what that does to the own share."""

    slug: str
    name: str
    moves: tuple[Mover, ...]  # share, mentions, net sentiment: those that changed clearly
    story: StoryLine | None  # its biggest of the window; None: it has none
    word: RisingWord | None  # its first rising one; None: none rises, or none was looked for
    own: str | None  # name of the own brand; None: there is none
    own_share: float | None
    own_share_otherwise: float | None  # with the competitor's mentions of the window before; None: they hardly changed

    @property
    def strength(self) -> float:
        """Its clearest change in standard errors, 0 or more."""
        return max(abs(move.strength) for move in self.moves)


@dataclass(frozen=True, slots=True)
class Competition:
    """The competitors that changed clearly, the clearest first."""

    moves: tuple[CompetitorMove, ...]
    more: int  # that changed clearly too and have no room
    unknown: Literal["unheard", "nothing before"] | None = None  # why it cannot be told whether one changed


@dataclass(frozen=True, slots=True)
class Deaf:
    """One query that was not heard for some part of the window, and why."""

    key: str
    length: timedelta
    reason: str


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """How much of the window was heard, and who was deaf, longest first."""

    share: float | None  # None: nothing listens
    queries: int
    deaf: tuple[Deaf, ...]
    before: float | None  # of the window before
    late: int = 0  # queries whose next poll is overdue by more than an interval as the digest is composed


@dataclass(frozen=True, slots=True)
class Formula:
    """How a number is made, as shown to the user."""

    name: str
    text: Remark


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that one digest says."""

    speech: Speech  # in whose language it is told
    period: Period
    at: datetime  # when it was composed
    window: Span
    previous: Span
    zone: ZoneInfo
    title: str  # "Week of Monday 5 to Sunday 11 August 2013"
    headline: str
    quiet: str | None  # said when nothing was heard, and whether that is silence or failure
    caution: str | None  # said when so much was not heard that every number is to be read with care
    total: int  # distinct mentions that name any brand
    total_change: Change
    credit: float  # sum over brands
    brands: tuple[BrandLine, ...]  # as the config has them; of a crowd, own ones and then the biggest first
    trends: tuple[Trend, ...]  # of the brands, in their order
    movers: tuple[Mover, ...]
    stories: tuple[BrandStories, ...]
    rising: tuple[RisingLine, ...]  # of the brands whose texts were read, in their order
    quotes: tuple[BrandQuotes, ...]  # of the brands that were named and asked about, in their order
    coverage: CoverageLine
    campaigns: CampaignSection | None  # None: no results were ever imported, and no goal is set
    problems: tuple[str, ...]
    formulas: tuple[Formula, ...]
    template: Template = "full"
    competition: Competition | None = None  # None: no brand of it is a competitor
    others: int = 0  # brands of the config that it does not report on: shares are taken among its own alone

    @property
    def lengths(self) -> tuple[int, int]:
        """How many local dates the window and the one before hold."""
        start, end, before = (
            edge.astimezone(self.zone).date() for edge in (self.window.start, self.window.end, self.previous.start)
        )
        return (end - start).days, (start - before).days

    @property
    def alone(self) -> bool:
        """Whether one brand is listened for: its share of voice among itself says nothing."""
        return len(self.brands) == 1

    @property
    def told(self) -> tuple[BrandLine, ...]:
        """The brands that have a line: all but the competitors of a crowd that were named neither now nor before."""
        if len(self.brands) <= CROWD:
            return self.brands
        return tuple(line for line in self.brands if line.role == "own" or line.mentions or line.mentions_change.before)

    @property
    def told_movers(self) -> tuple[Mover, ...]:
        """The changes of own brands; those of competitors stand among their moves."""
        own = {line.slug for line in self.brands if line.role == "own"}
        return tuple(mover for mover in self.movers if mover.slug in own)[:MAX_MOVERS]

    @property
    def told_trends(self) -> tuple[Trend, ...]:
        """The trends of the brands that have a line."""
        told = {line.slug for line in self.told}
        return tuple(trend for trend in self.trends if trend.slug in told)
