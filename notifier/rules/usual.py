"""What the rules about counts share: which brands they watch, and how a count is told beside what is usual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from config.alert_settings import AlertSettings
from notifier.wording import clock, count, length, several
from scoring.counts.alarms import TOGETHER, Direction, Sensitivity
from scoring.counts.hours import HOUR
from scoring.habits import Measure, Question, Surprise, surprising, why_nothing
from scoring.watch import Watch, WatchedBrand
from storage.alert_records import Severity
from storage.records import Json

Role = Literal["own", "competitor"]
_ALL_HEARD = 0.995  # what rounds to all of it


@dataclass(frozen=True, slots=True)
class Watched:
    """What a rule watches: which brands unless the config names some, and what of them."""

    measure: Measure
    roles: frozenset[Role]
    severity: Severity


def brands_of(settings: AlertSettings, seen: Watch, roles: frozenset[Role]) -> list[WatchedBrand]:
    """Give the brands that a rule watches: those that the config names, else those of the rule's roles."""
    return [b for b in seen.brands if (b.slug in settings.brands if settings.brands else b.role in roles)]


def surprises(
    settings: AlertSettings, seen: Watch, watched: Watched, direction: Direction
) -> Iterator[tuple[WatchedBrand, list[Surprise]]]:
    """Give each watched brand with those of its newest windows that are more than chance explains, rarest first."""
    for brand in brands_of(settings, seen, watched.roles):
        yield brand, surprising(_question(brand, seen, watched), seen.habits, direction)


def unready(settings: AlertSettings, seen: Watch, watched: Watched) -> list[str]:
    """Give a sentence for each watched brand of which nothing can be said."""
    asked = [
        (b, why_nothing(_question(b, seen, watched), seen.habits)) for b in brands_of(settings, seen, watched.roles)
    ]
    return [f"{settings.rule} says nothing of {brand.name}: {why}" for brand, why in asked if why is not None]


def _question(brand: WatchedBrand, seen: Watch, watched: Watched) -> Question:
    return Question(
        brand=brand.slug,
        hours=brand.hours,
        measure=watched.measure,
        at=seen.at,
        zone=seen.zone,
        sensitivity=Sensitivity(seen.false_alarms, max(seen.tests, 1)),
        every=timedelta(seconds=seen.every),
    )


def until(one: Surprise) -> datetime:
    """Give how long a surprise stands: surprises within a day of each other are one alarm."""
    return one.window.end + TOGETHER * HOUR


def headline(name: str, what: str, one: Surprise) -> str:
    """Write what is so in one line: "Acme: 40 mentions in 1 h, where about 9 are usual"."""
    return f"{name}: {what} in {length(one.window.end - one.window.start)}, where {about(one.verdict.expected)} usual"


def told(seen: Watch, one: Surprise, what: str) -> str:
    """Say what a count rests on: since when, what is usual, by how much history, how often chance does as much."""
    window, verdict = one.window, one.verdict
    gaps = "" if window.heard > _ALL_HEARD else f" Only {window.heard:.0%} of that time was heard; so much is compared."
    return (
        f"{what} since {clock(window.start, seen.zone)}; {count(verdict.low)} to {count(verdict.high)} are usual at "
        f"these hours of the week, by {several(round(one.history), 'day')} of history.{gaps} "
        f"Chance alone does this {often(verdict.a_month)}."
    )


def about(expected: float) -> str:
    """Write what is expected: "about 12 are", "less than 1 is"."""
    if expected < 1:
        return "less than 1 is"
    return f"about {count(round(expected))} {'is' if round(expected) == 1 else 'are'}"


def often(a_month: float) -> str:
    """Write how often something is met: "3 times a month", "once in 5 months", "less than once in 100 years"."""
    if a_month >= 1.5:  # noqa: PLR2004  # from here on it rounds to two
        return f"{a_month:.0f} times a month"
    months = 1 / max(a_month, 1e-9)
    if months < 1.5:  # noqa: PLR2004  # up to here it rounds to one
        return "once a month"
    if months < 24:  # noqa: PLR2004  # from two years on years read better
        return f"once in {months:.0f} months"
    return f"once in {months / 12:.0f} years" if months < 1200 else "less than once in 100 years"  # noqa: PLR2004  # a century


def evidence(seen: Watch, brand: str, one: Surprise) -> dict[str, Json]:
    """Give the numbers behind a surprise, and up to three mentions that may tell why, the most engaged first."""
    ids: list[Json] = [
        f"{m.mention.source}:{m.mention.native_id}"
        for m in sorted(seen.loud, key=lambda m: -(m.mention.engagement or 0))
        if any(hit.brand == brand for hit in m.hits) and (m.mention.published_at or m.collected_at) >= one.window.start
    ]
    return {
        "count": one.window.count,
        "expected": round(one.verdict.expected, 2),
        "usual_low": one.verdict.low,
        "usual_high": one.verdict.high,
        "false_alarms_a_month": float(f"{one.verdict.a_month:.3g}"),
        "bar": float(f"{one.verdict.bar:.3g}"),
        "heard": round(one.window.heard, 3),
        "days_of_history": round(one.history, 1),
        "mentions": ids[:3],
    }
