"""What the KPIs of one slice are computed from: sums of rows and costs, counts of mentions, constants of the business.

The rule of sums: a fact that no part knows is unknown. One that some parts know is the sum of those, and told as
partial: never is an unknown part silently taken for 0. People (reach, active users) are not summed at all, because one
person may stand in two rows: of more than one row the fact is refused, with the reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import reduce
from types import MappingProxyType
from typing import Final, NamedTuple

from scoring.money import Money
from scoring.remarks import Remark

Quantity = Money | Decimal


class Sort(StrEnum):
    """What sort of number a fact is."""

    MONEY = "money"  # summed
    COUNT = "count"  # summed
    PEOPLE = "people"  # never summed
    LARGEST = "largest"  # among the tracked brands; never summed
    CONSTANT = "constant"  # of the business, for the whole period


class Fact(NamedTuple):
    """One input of KPIs."""

    sort: Sort
    meaning: str
    source: str  # where it comes from, told to whom it is missing


_EXPORT: Final = "an export with this column"
_POSTS: Final = "an export of posts"
_SOCIAL: Final = "an export of one of social_platforms in [business]"
_VOICE: Final = "the mentions that were heard"
_BUSINESS: Final = "[business] in the config"
_ESTIMATES: Final = "[estimates] in the config"
_WINDOW: Final = "the window"

FACTS: Final[Mapping[str, Fact]] = {
    "spend": Fact(Sort.MONEY, "what the platform charged", _EXPORT),
    "revenue": Fact(Sort.MONEY, "value of sales that the export gives to the campaign", _EXPORT),
    "gross_profit": Fact(Sort.MONEY, "revenue less what the goods cost", f"{_EXPORT}, or gross_margin in [business]"),
    "other_costs": Fact(Sort.MONEY, "people, tools, agency, spread evenly over days", "[[costs]] in the config"),
    "impressions": Fact(Sort.COUNT, "times shown", _EXPORT),
    "clicks": Fact(Sort.COUNT, "clicks, of the sort that the export counts", _EXPORT),
    "engagements": Fact(Sort.COUNT, "likes, comments, shares, as the platform counts them", _EXPORT),
    "views": Fact(Sort.COUNT, "video views", _EXPORT),
    "follows": Fact(Sort.COUNT, "new followers", _EXPORT),
    "sessions": Fact(Sort.COUNT, "visits of the site", _EXPORT),
    "engaged_sessions": Fact(Sort.COUNT, "visits that stayed, converted or saw two pages", _EXPORT),
    "key_event_sessions": Fact(Sort.COUNT, "visits with a key event", _EXPORT),
    "leads": Fact(Sort.COUNT, "contacts won", _EXPORT),
    "conversions": Fact(Sort.COUNT, "conversions; some platforms count parts of one", _EXPORT),
    "orders": Fact(Sort.COUNT, "sales", _EXPORT),
    "new_customers": Fact(Sort.COUNT, "customers who bought for the first time", _EXPORT),
    "posts": Fact(Sort.COUNT, "posts of yours", _POSTS),
    "post_engagements": Fact(Sort.COUNT, "engagements of posts", _POSTS),
    "rated_posts": Fact(Sort.COUNT, "posts that state engagements and impressions", _POSTS),
    "post_rates": Fact(Sort.COUNT, "engagements / impressions of each of them, added up", _POSTS),
    "social_spend": Fact(Sort.MONEY, "spend of social platforms", _SOCIAL),
    "social_revenue": Fact(Sort.MONEY, "revenue of social platforms", _SOCIAL),
    "social_costs": Fact(Sort.MONEY, "other_costs of social platforms", "[[costs]] of one of social_platforms"),
    "reach": Fact(Sort.PEOPLE, "people who saw it", "an export of the whole period in one row"),
    "active_users": Fact(Sort.PEOPLE, "people who used the site", "an export of the whole period in one row"),
    "mentions": Fact(Sort.COUNT, "mentions of the brand", _VOICE),
    "credit": Fact(Sort.COUNT, "mentions, one that names k brands gives each 1/k", _VOICE),
    "positive": Fact(Sort.COUNT, "positive mentions of the brand", _VOICE),
    "neutral": Fact(Sort.COUNT, "neutral mentions of the brand", _VOICE),
    "negative": Fact(Sort.COUNT, "negative mentions of the brand", _VOICE),
    "mention_engagement": Fact(Sort.COUNT, "engagement of the brand's mentions", _VOICE),
    "mention_reach": Fact(Sort.COUNT, "people who could see each mention, added up; as sources state it", _VOICE),
    "tracked_credit": Fact(Sort.COUNT, "credit of all tracked brands", _VOICE),
    "tracked_positive": Fact(Sort.COUNT, "positive mentions, over all tracked brands", _VOICE),
    "tracked_neutral": Fact(Sort.COUNT, "neutral mentions, over all tracked brands", _VOICE),
    "tracked_negative": Fact(Sort.COUNT, "negative mentions, over all tracked brands", _VOICE),
    "tracked_engagement": Fact(Sort.COUNT, "engagement of mentions, over all tracked brands", _VOICE),
    "tracked_reach": Fact(Sort.COUNT, "mention_reach, over all tracked brands", _VOICE),
    "best_mentions": Fact(Sort.LARGEST, "mentions of the brand that has most", _VOICE),
    "best_reach": Fact(Sort.LARGEST, "mention_reach of the brand that has most", _VOICE),
    "best_positive_share": Fact(Sort.LARGEST, "positive_share of the brand that has most", _VOICE),
    "best_engagement": Fact(Sort.LARGEST, "engagement_per_mention of the brand that has most", _VOICE),
    "authors_positive": Fact(Sort.PEOPLE, "authors, each once, whose mentions are positive on balance", _VOICE),
    "authors_neutral": Fact(Sort.PEOPLE, "likewise, neither positive nor negative", _VOICE),
    "authors_negative": Fact(Sort.PEOPLE, "likewise, negative", _VOICE),
    "unique_reach": Fact(Sort.PEOPLE, "mention_reach, each profile once: author, or domain without one", _VOICE),
    "domain_reach": Fact(Sort.COUNT, "mention_reach of articles, each domain once a day", _VOICE),
    "online_reach": Fact(Sort.COUNT, "mention_reach of articles", _VOICE),
    "social_reach": Fact(Sort.COUNT, "mention_reach of posts, comments and reviews", _VOICE),
    "days": Fact(Sort.CONSTANT, "days of the window", _WINDOW),
    "months": Fact(Sort.CONSTANT, "months of the window; a part of a month is its share of that month's days", _WINDOW),
    "gross_margin": Fact(Sort.CONSTANT, "gross profit as a fraction of revenue", _BUSINESS),
    "churn": Fact(Sort.CONSTANT, "fraction of customers lost in a month", _BUSINESS),
    "purchase_frequency": Fact(Sort.CONSTANT, "orders of a customer in a year", _BUSINESS),
    "lifespan": Fact(Sort.CONSTANT, "years that a customer stays", _BUSINESS),
    "discount_rate": Fact(Sort.CONSTANT, "interest per month, as a fraction", _BUSINESS),
    "customers_at_start": Fact(Sort.CONSTANT, "customers when the period began", _BUSINESS),
    "customers_lost": Fact(Sort.CONSTANT, "of them, lost in the period", _BUSINESS),
    "paying_users": Fact(Sort.CONSTANT, "users who paid in the period", _BUSINESS),
    "shares": Fact(Sort.CONSTANT, "times that your posts were shared in the period", _BUSINESS),
    "followers": Fact(Sort.CONSTANT, "followers of the brand's accounts", _BUSINESS),
    "market_share": Fact(Sort.CONSTANT, "the brand's fraction of its market", _BUSINESS),
    "earned_cpm": Fact(Sort.CONSTANT, "what a thousand impressions would have cost", _ESTIMATES),
    "earned_cpe": Fact(Sort.CONSTANT, "what an engagement would have cost", _ESTIMATES),
    "earned_cpc": Fact(Sort.CONSTANT, "what a click would have cost", _ESTIMATES),
    "earned_multiplier": Fact(Sort.CONSTANT, "clicks that a reaction is worth", _ESTIMATES),
    "earned_adjustment": Fact(Sort.CONSTANT, "factor for how good the placement was", _ESTIMATES),
    "ave_share": Fact(Sort.CONSTANT, "fraction of the reach that is taken to have looked", _ESTIMATES),
    "ave_price": Fact(Sort.CONSTANT, "what each of them would have cost", _ESTIMATES),
    "pr_online_cpm": Fact(Sort.CONSTANT, "what a thousand impressions of articles would have cost", _ESTIMATES),
    "pr_social_cpm": Fact(Sort.CONSTANT, "what a thousand impressions of posts would have cost", _ESTIMATES),
    "pr_factor": Fact(Sort.CONSTANT, "how much more what others write is taken to be worth", _ESTIMATES),
    "median_followers": Fact(Sort.CONSTANT, "followers of a usual account that shares", _ESTIMATES),
    "reach_coefficient": Fact(Sort.CONSTANT, "fraction of impressions that is taken for reach", _ESTIMATES),
    "site_views": Fact(Sort.CONSTANT, "page views of a site in a month", _ESTIMATES),
    "site_articles": Fact(Sort.CONSTANT, "articles that it publishes in a month", _ESTIMATES),
    "funnel_reach": Fact(Sort.CONSTANT, "people that a plan reaches", _ESTIMATES),
    "funnel_engagement_rate": Fact(Sort.CONSTANT, "fraction of them that engages", _ESTIMATES),
    "funnel_click_rate": Fact(Sort.CONSTANT, "fraction of those that clicks", _ESTIMATES),
    "funnel_conversion_rate": Fact(Sort.CONSTANT, "fraction of those that buys", _ESTIMATES),
    "funnel_order_value": Fact(Sort.CONSTANT, "what each of those spends", _ESTIMATES),
    "funnel_spend": Fact(Sort.CONSTANT, "what the plan costs", _ESTIMATES),
}
SUMMED: Final = frozenset(name for name, fact in FACTS.items() if fact.sort in {Sort.MONEY, Sort.COUNT})
OF_POSTS: Final = frozenset(name for name, fact in FACTS.items() if fact.source == _POSTS)
OF_VOICE: Final = frozenset(name for name, fact in FACTS.items() if fact.source == _VOICE)
FROM_RESULTS: Final = frozenset(name for name, fact in FACTS.items() if fact.source.startswith("an export"))
NOT_SUMMED: Final = Remark("people are not added up, as one of them may stand in two rows")


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one slice. `a + b`: parts of a larger slice. `a | b`: other facts of the same slice."""

    known: Mapping[str, Quantity] = field(default_factory=lambda: MappingProxyType({}))
    partial: frozenset[str] = frozenset()  # sums of known parts, to which unknown ones belong
    refused: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # why it cannot be had
    parts: int = 0  # 0: an empty slice, which leaves sums as they are

    def __post_init__(self) -> None:
        strange = (self.known.keys() | self.refused.keys() | self.partial) - FACTS.keys()
        if strange:
            raise ValueError(f"not facts: {', '.join(sorted(strange))}")

    def __add__(self, other: Facts) -> Facts:
        """Give the facts of both together, by the rule of sums. Raises CurrencyMismatchError."""
        if not self.parts or not other.parts:
            return self if self.parts else other
        known: dict[str, Quantity] = {}
        refused = {name: min(_reasons(name, self, other)) for name in self.refused.keys() | other.refused.keys()}
        for name in (self.known.keys() | other.known.keys()) - refused.keys():
            first, *second = (facts.known[name] for facts in (self, other) if name in facts.known)
            if not second:
                known[name] = first
            elif name in SUMMED:
                known[name] = first + second[0]  # type: ignore[operator]  # of one fact both are money, or neither is
            else:
                refused[name] = NOT_SUMMED
        partial = self.partial | other.partial | (self.known.keys() ^ other.known.keys())
        return Facts(known, frozenset(partial & known.keys()), refused, self.parts + other.parts)

    def __or__(self, other: Facts) -> Facts:
        """Give the facts of both, which are of one slice. Raises ValueError for a fact that both state."""
        twice = self.known.keys() & other.known.keys()
        if twice:
            raise ValueError(f"stated twice: {', '.join(sorted(twice))}")
        return Facts(
            {**self.known, **other.known},
            self.partial | other.partial,
            {**self.refused, **other.refused},
            max(self.parts, other.parts),
        )

    def without(self, names: Collection[str]) -> Facts:
        """Give the facts but for these, which become unknown."""
        return self.named({name: name for name in (self.known.keys() | self.refused.keys()) - set(names)})

    def named(self, names: Mapping[str, str]) -> Facts:
        """Give some of the facts under other names: what each is called now, and what it is to be called."""
        return Facts(
            {new: self.known[old] for old, new in names.items() if old in self.known},
            frozenset(new for old, new in names.items() if old in self.partial),
            {new: self.refused[old] for old, new in names.items() if old in self.refused},
            self.parts,
        )


def total(parts: Iterable[Facts]) -> Facts:
    """Give the facts of all parts together; of none, an empty slice."""
    return reduce(Facts.__add__, parts, Facts())


def _reasons(name: str, *both: Facts) -> list[str]:
    return [facts.refused[name] for facts in both if name in facts.refused]
