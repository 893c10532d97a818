"""What is known of campaigns in the week of the samples, each number chosen by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from config.campaign_settings import Goal
from scoring.campaign_report import CampaignReport, PlatformFacts
from scoring.days import Days
from scoring.facts import Facts, Quantity
from scoring.goals import Forecast, Standing
from scoring.money import Money
from scoring.outcome import Outcome
from scoring.remarks import Remark
from scoring.slices import LeftOut

DAYS = Days(date(2013, 8, 5), date(2013, 8, 12))
JULY_TO_SEPTEMBER = Days(date(2013, 7, 1), date(2013, 10, 1))


def facts(*partial: str, new_customers: int | None = None, **euros: str) -> Facts:
    """Facts of a platform; amounts as texts of euros."""
    known: dict[str, Quantity] = {name: Money(Decimal(amount), "EUR") for name, amount in euros.items()}
    if new_customers is not None:
        known["new_customers"] = Decimal(new_customers)
    return Facts(known, frozenset(partial), parts=1)


META = PlatformFacts(
    "meta_ads",
    facts(spend="1200", revenue="3000", new_customers=20),
    facts(spend="1000", revenue="3200", new_customers=25),
)
GOOGLE = PlatformFacts(
    "google_ads", facts("revenue", spend="800.50", revenue="1000"), facts(spend="890", revenue="900")
)
TOTAL = PlatformFacts(
    None,
    facts("revenue", "new_customers", spend="2000.50", revenue="4000", new_customers=20),
    facts("new_customers", spend="1890", revenue="4100", new_customers=25),
)


def goal(kpi: str, target: str, *, platform: str | None = None, why: str = "fills the calendar") -> Goal:
    """A goal for the summer."""
    return Goal.model_validate(
        {
            "kpi": kpi,
            "target": Decimal(target),
            "baseline": Decimal(0),
            "start": JULY_TO_SEPTEMBER.start,
            "end": JULY_TO_SEPTEMBER.last,
            "why": why,
            "platform": platform,
        }
    )


SEEN = Days(JULY_TO_SEPTEMBER.start, DAYS.end)  # 42 of 92 days
BEHIND = Standing(
    goal("leads", "500"),
    Outcome(Decimal(150)),
    SEEN,
    Decimal(42) / 92,
    Decimal("0.3"),
    Decimal("0.3") / (Decimal(42) / 92),
    Forecast(Decimal(331), Decimal(290), Decimal(370)),
    "",
)
UNKNOWN = Standing(
    goal("cac", "40", platform="meta_ads"),
    Outcome(None, ("new_customers",), Remark("missing {facts}", facts="new_customers")),
    SEEN,
    Decimal(42) / 92,
    None,
    None,
    None,
    Remark("missing {facts}", facts="new_customers"),
)
LEFT_OUT = LeftOut("linkedin_ads", 3, Days(date(2013, 8, 1), date(2013, 9, 1)))
REPORT = CampaignReport(DAYS, "EUR", (META, GOOGLE, TOTAL), (BEHIND, UNKNOWN), (LEFT_OUT,), (), until=date(2013, 8, 11))
QUIET = CampaignReport(DAYS, "EUR", (), until=date(2013, 7, 28))
