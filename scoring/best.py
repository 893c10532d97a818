"""Which weekday, hour or type of content does best, with how many posts that is seen of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scoring.facts import Facts, Quantity
from scoring.kpis import KPIS
from scoring.outcome import compute
from scoring.standing import number, ranked

ENOUGH: Final = 5  # posts; what fewer did says little of the next ones
BY: Final = ("engagement_rate_impressions", "engagements_per_post")  # the first that is known of two or more


@dataclass(frozen=True, slots=True)
class Place:
    """One part, how well it does and of how many posts that is known."""

    part: str
    value: Quantity
    posts: int


@dataclass(frozen=True, slots=True)
class Best:
    """The best part and the next best one; or why no best one is told."""

    kpi: str  # one of BY
    first: Place | None
    second: Place | None
    why: str = ""  # empty where there is a best one


def best(parts: Mapping[str, Facts]) -> Best | None:
    """Give the best of the parts that have ENOUGH posts, as ratios of sums; None where no part has posts at all."""
    posts = {name: int(number(facts.known["posts"])) for name, facts in parts.items() if "posts" in facts.known}
    if not posts:
        return None
    enough = [name for name, count in posts.items() if count >= ENOUGH]
    if not enough[1:]:
        counts = ", ".join(f"{name} has {count}" for name, count in posts.items())
        return Best(BY[0], None, None, f"two with at least {ENOUGH} posts are needed, {counts}")
    for id_ in BY:
        outcomes = {name: compute(id_, parts[name]) for name in enough}
        order = ranked(KPIS[id_], {name: found.value for name, found in outcomes.items() if not found.partial})
        if len(order) > 1:
            first, second = (Place(name, value, posts[name]) for name, value in order[:2])
            return Best(id_, first, second)
    return Best(BY[0], None, None, "fewer than two state impressions or engagements of every post")
