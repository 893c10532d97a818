"""The nouns of campaigns: what was imported, what it adds up to, and the ways on which people came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CampaignFile:
    """A file that campaign results came from. Known by its content: the same bytes are the same file."""

    sha256: str
    name: str  # as it was called, "reports.zip/july.csv" for one in a zip file
    format: str  # "google_ads"
    mapping: str  # format and its version, "google_ads-1"
    zone: str  # of its days, "UTC" or whose it is; empty when nothing says
    rows: int  # of data
    rejected: int  # of them
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class CampaignResult:
    """What a campaign, or a part of it, brought on a day or in a period that cannot be cut into days.

    Money is in `currency`. Never summed: reach, active_users, interest, and results that differ in result_indicator.
    """

    platform: str
    account: str  # empty when unknown
    campaign_id: str | None
    campaign: str | None
    content: str  # ad, keyword, post: what tells rows of a campaign apart; empty for the whole campaign
    start_day: date
    end_day: date  # the day after the last
    grain: str  # what the row is of: "campaign", "campaign + ad_group + ad"
    file_sha256: str
    file_row: int  # as a spreadsheet counts
    imported_at: datetime
    currency: str | None = None  # ISO 4217; None when the export says none
    content_name: str | None = None  # where ids tell the parts of a campaign apart
    content_type: str | None = None  # "IG reel"
    published_local: datetime | None = None  # of a post: without zone, as its file writes it
    result_indicator: str | None = None  # what `results` counts
    spend: Decimal | None = None
    revenue: Decimal | None = None
    gross_profit: Decimal | None = None
    conversions: Decimal | None = None  # some platforms count parts
    impressions: int | None = None
    reach: int | None = None
    clicks: int | None = None
    engagements: int | None = None
    sessions: int | None = None
    engaged_sessions: int | None = None
    leads: int | None = None
    orders: int | None = None
    new_customers: int | None = None
    active_users: int | None = None
    views: int | None = None
    follows: int | None = None  # new followers
    results: int | None = None
    interest: int | None = None  # 0 to 100, of searches
    utm_source: str | None = None
    utm_medium: str | None = None
    utm_campaign: str | None = None
    utm_term: str | None = None
    utm_content: str | None = None

    @property
    def days(self) -> int:
        """How many days it stands for."""
        return (self.end_day - self.start_day).days


@dataclass(frozen=True, slots=True)
class CampaignSum:
    """Rows that were added up: of one platform and currency, and of one campaign where campaigns are told apart."""

    platform: str
    campaign: str | None  # its latest name, else id; None when the export tells no campaigns apart, or nobody asked
    start_day: date
    end_day: date  # the day after the last of all their days
    currency: str | None  # of its amounts; None when the export says none
    rows: int
    sums: Mapping[str, Decimal]  # by column; without those that no row states
    stated: Mapping[str, int]  # how many rows state each column
    apart: tuple[str | None, ...] = ()  # values of the columns that tell it further apart
    file_rows: tuple[int, int] = (0, 0)  # first and last of their numbers, which count within a file


@dataclass(frozen=True, slots=True)
class ConversionPath:
    """The channels that people met one after another, and how many of these people converted and how many did not."""

    touches: tuple[str, ...]  # channels in order of time, never empty; one may come again
    conversions: float  # 0 or more
    non_conversions: float = 0.0  # 0 or more
    value: Decimal | None = None  # of all its conversions together; None when unknown
    days_before: tuple[float, ...] | None = None  # of each touch, before the conversion, never growing; None: unknown


@dataclass(frozen=True, slots=True)
class CampaignSpend:
    """What one imported row says was spent: on a platform, for a campaign, on the days from `first` to `last`."""

    platform: str
    names: tuple[str, ...]  # by which the campaign may be asked for: its name, its id, its utm_campaign
    first: date
    last: date  # included
    spend: Decimal  # above 0
    currency: str | None  # ISO 4217; None when the export named none
