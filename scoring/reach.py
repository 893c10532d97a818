"""Whom a brand's mentions could reach: added up, each profile once, each domain once a day. All of it is estimated."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import urlsplit

from scoring.facts import Facts
from storage.records import Kind


class Reached(NamedTuple):
    """Whom one mention could reach, as its source states it."""

    published_at: datetime
    author: int | None  # key of the author, per source
    url: str | None
    kind: Kind
    reach: int


def reach_facts(mentions: Iterable[Reached], zone: tzinfo) -> Facts:
    """Give the facts of mentions whose sources state a reach; of none, nothing is known.

    A profile is an author, or the domain where no author is named; of what it could reach at several times the most
    counts. Days are those of `zone`.
    """
    by_kind: dict[str, int] = {}
    by_profile: dict[Hashable, int] = {}
    by_day: dict[Hashable, int] = {}
    for place, mention in enumerate(mentions):
        online = mention.kind is Kind.ARTICLE
        kind = "online_reach" if online else "social_reach"
        by_kind[kind] = by_kind.get(kind, 0) + mention.reach
        site = _domain(mention.url) or place  # of no site at all, each stands for itself
        profile = site if mention.author is None else ("author", mention.author)
        by_profile[profile] = max(by_profile.get(profile, 0), mention.reach)
        if online:
            day = mention.published_at.astimezone(zone).date(), site
            by_day[day] = max(by_day.get(day, 0), mention.reach)
    known = dict(by_kind)
    if by_profile:
        known["unique_reach"] = sum(by_profile.values())
    if by_day:
        known["domain_reach"] = sum(by_day.values())
    return Facts({name: Decimal(value) for name, value in known.items()}, parts=1)


def _domain(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:  # what looks like an address of IPv6, and is none
        return None
