"""The shape of what the config says about campaigns: rates, constants of the business, costs, goals, estimates."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import Field

from config.frozen import Frozen
from config.values import Amount, Currency, Day, Fraction, NotNegative, Positive

# What the formats that come along call the platforms that are social, and how people write them in generic exports.
SOCIAL: Final = (
    "meta_ads", "meta_business_suite", "linkedin_ads", "linkedin_page", "x_ads", "x_analytics", "tiktok_ads", "youtube",
    "hootsuite", "sprout", "buffer", "meta", "facebook", "instagram", "linkedin", "x", "twitter", "tiktok", "pinterest",
    "reddit", "snapchat",
)  # fmt: skip


class Rate(Frozen):
    """What one unit of a currency was worth in another. It holds from its day until the next one of the same pair."""

    day: Day
    """Day of the rate."""
    from_currency: Currency = Field(alias="from")
    """Currency of the results (ISO 4217)."""
    to_currency: Currency = Field(alias="to")
    """Currency that they are reported in."""
    rate: Annotated[Positive, Field(examples=[0.92])]
    """How much of `to` one unit of `from` is."""


class Constants(Frozen):
    """What no export carries, and KPIs need."""

    gross_margin: Fraction | None = None
    """Gross profit as a fraction of revenue, 0 to 1."""
    churn: Fraction | None = None
    """Fraction of customers lost in a month, 0 to 1."""
    purchase_frequency: NotNegative | None = None
    """Orders of a customer in a year."""
    lifespan: NotNegative | None = None
    """Years that a customer stays."""
    discount_rate: NotNegative | None = None
    """Interest per month, as a fraction."""
    followers: NotNegative | None = None
    """Followers of your accounts."""
    market_share: Fraction | None = None
    """Your fraction of the market, 0 to 1."""


class BusinessPeriod(Constants):
    """Days on which other constants held."""

    start: Day = Field(alias="from")
    """The first day."""
    last: Day = Field(alias="to")
    """The last day."""
    customers_at_start: NotNegative | None = None
    """Customers when the period began. Counts for KPIs of exactly these days."""
    customers_lost: NotNegative | None = None
    """How many of them were lost in it. Likewise."""
    paying_users: NotNegative | None = None
    """Users who paid in it. Likewise."""
    shares: NotNegative | None = None
    """How often your posts were shared in it. Likewise."""


class Business(Constants):
    """Constants of the business."""

    periods: tuple[BusinessPeriod, ...] = ()
    """Days on which other constants held, as [[business.periods]] with `from`, `to` (first and last day)."""
    social_platforms: tuple[str, ...] = SOCIAL
    """Platforms whose results make `roi_social`, as their rows name them."""


class TrafficSource(Frozen):
    """A source of visitors under one name, however tags, analytics and the CRM write it."""

    name: Annotated[str, Field(examples=["newsletter"], json_schema_extra={"pattern": r"\S"})]
    """What it is called. A name that comes along, such as google, takes more spellings."""
    spellings: tuple[str, ...] = ()
    """How it is written besides. Case, hyphens and underscores do not count; a domain stands for those below it."""


class Cost(Frozen):
    """What was paid beside the platforms' own charges, spread evenly over its days."""

    name: str
    """What it was for."""
    kind: Literal["people", "tools", "agency", "other"] = "other"
    """What sort of cost it is."""
    amount: Annotated[NotNegative, Field(examples=[3000])]
    """The whole of it."""
    currency: Currency | None = None
    """Its currency (ISO 4217); the one at the top of the file when left out."""
    start: Day = Field(alias="from")
    """First day that it is spread over."""
    last: Day = Field(alias="to")
    """Last day that it is spread over."""
    platform: str | None = None
    """Platform that it belongs to; all of them when left out."""
    campaign: str | None = None
    """Campaign that it belongs to; all of them when left out."""


class Goal(Frozen):
    """What is to be reached, of what, by when, from where, and why."""

    kpi: Annotated[str, Field(examples=["leads"])]
    """Id of the KPI, as in `overheard kpis --list`."""
    target: Annotated[Amount, Field(examples=[500])]
    """Value to reach, in the unit of the KPI: 25 is 25 %."""
    baseline: Annotated[Amount, Field(examples=[320])]
    """Value that it starts from; 0 for a count of the goal's own days."""
    start: Day
    """The first day."""
    end: Day
    """The last day."""
    why: Annotated[str, Field(examples=["fills the sales team's calendar"], json_schema_extra={"pattern": r"\S"})]
    """What it is good for."""
    platform: str | None = None
    """Platform whose results count; all of them when left out."""
    campaign: str | None = None
    """Campaign whose results count; all of them when left out."""
    brand: str | None = None
    """Slug of the brand, for KPIs of mentions; your first own one when left out."""


class Estimates(Frozen):
    """Earned media value and advertising equivalents: guesses, which are shown only when you want them."""

    show: bool = False
    """Show them among the KPIs."""
    earned_cpm: NotNegative | None = None
    """What a thousand impressions would have cost."""
    earned_cpe: NotNegative | None = None
    """What an engagement would have cost."""
    earned_cpc: NotNegative | None = None
    """What a click would have cost."""
    earned_multiplier: NotNegative | None = None
    """How many clicks a reaction is worth."""
    earned_adjustment: NotNegative = Decimal(1)
    """Factor for how good the placement was."""
    ave_share: Fraction = Decimal("0.025")
    """Fraction of the reach that is taken to have looked."""
    ave_price: NotNegative = Decimal("0.37")
    """What each of them would have cost."""
    pr_online_cpm: NotNegative | None = None
    """What a thousand impressions of articles would have cost, for the PR value; published with 10 dollars."""
    pr_social_cpm: NotNegative | None = None
    """Likewise of posts; published with 20 dollars."""
    pr_factor: NotNegative = Decimal(3)
    """How much more what others write is taken to be worth than what you say yourself."""
    median_followers: NotNegative | None = None
    """Followers of a usual account that shares your posts."""
    reach_coefficient: Fraction | None = None
    """Fraction of impressions that is taken for reach; Radarly's lie between 0.04 and 0.15, by network."""
    site_views: NotNegative | None = None
    """Page views in a month of a site that writes about you."""
    site_articles: NotNegative | None = None
    """Articles that it publishes in a month."""
    funnel_reach: NotNegative | None = None
    """Plan of a funnel: people that it reaches."""
    funnel_engagement_rate: Fraction | None = None
    """Fraction of them that engages."""
    funnel_click_rate: Fraction | None = None
    """Fraction of those that clicks."""
    funnel_conversion_rate: Fraction | None = None
    """Fraction of those that buys."""
    funnel_order_value: NotNegative | None = None
    """What each of those spends."""
    funnel_spend: NotNegative | None = None
    """What the plan costs."""
