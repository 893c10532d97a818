"""The shape of what the config says about campaigns: rates, constants of the business, costs, goals, estimates."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from config.frozen import Frozen
from config.values import Amount, Currency, Day, Fraction, NotNegative, Positive


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


class Business(Constants):
    """Constants of the business."""

    periods: tuple[BusinessPeriod, ...] = ()
    """Days on which other constants held, as [[business.periods]] with `from`, `to` (first and last day)."""


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
    earned_adjustment: NotNegative = Decimal(1)
    """Factor for how good the placement was."""
    ave_share: Fraction = Decimal("0.025")
    """Fraction of the reach that is taken to have looked."""
    ave_price: NotNegative = Decimal("0.37")
    """What each of them would have cost."""
