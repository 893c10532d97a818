"""What people speak of now, and did not before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Annotated, ClassVar, Final

import numpy as np
from pydantic import Field

from config.alert_settings import AlertSettings
from notifier.outside import safe_url, shown
from notifier.rules.usual import Role, brands_of, often
from notifier.wording import clock, count, several
from scoring.counts.alarms import a_month
from scoring.rising.topics import DAYS, MANY, TELLINGS, Rise, Topic
from scoring.watch import Sight, Standing, Watch, WatchedBrand
from storage.alert_records import Alert, Severity
from storage.records import Json, Span

_DAY: Final = timedelta(days=1)
_ROLES: Final[frozenset[Role]] = frozenset({"own"})
_MOST: Final = 5  # topics of a brand, the least likely first
_TERM: Final = 60  # letters of a word that are shown
_TITLE: Final = 100  # and of an example
_WORDS: Final = 10  # of a topic that are kept and shown
_KEPT: Final = 50  # mentions of it by which it is known again


class NewTopicSettings(AlertSettings):
    """How many make a topic."""

    least: Annotated[int, Field(ge=MANY)] = MANY
    """People who must use the word in 24 hours: authors, or sites where a source names no authors."""


class NewTopic:
    """Finds words and phrases of own brands that more people use in the last 24 hours than in the four weeks before.

    Beyond chance, and at least twice as frequent as before. A story counts once, however often it is copied, and an
    author once a day. Words that stand in the same mentions are one topic, told once while it lasts whichever of them
    leads; it is told again when twice as many people use it. 7 of the 28 days before must have mentions.
    """

    Settings = NewTopicSettings
    looks_at: ClassVar = frozenset({Sight.TOPICS})

    def __init__(self, settings: NewTopicSettings) -> None:
        self._settings = settings

    def reads(self, seen: Watch) -> Sequence[WatchedBrand]:
        """Give the brands that are judged."""
        return brands_of(self._settings, seen, _ROLES)

    def tests(self, seen: Watch) -> int:
        """Give how many brands are judged: the words of each share in its part."""
        return len(self.reads(seen))

    def unready(self, seen: Watch) -> Sequence[str]:
        """Say of which brands nothing can be said, and why."""
        return [
            f"{self._settings.rule} says nothing of {brand.name}: {why}"
            for brand in self.reads(seen)
            if (why := _why_nothing(seen.topics.get(brand.slug))) is not None
        ]

    def evaluate(self, seen: Watch) -> Sequence[Alert]:
        """Give an alert per brand and topic."""
        found: dict[str, Alert] = {}
        for brand in self.reads(seen):
            rise = seen.topics.get(brand.slug)
            if rise is None:
                continue
            for topic in rise.topics[:_MOST]:
                rate = _by_chance(seen, topic.chance, rise.tests)
                if topic.people < self._settings.least or rate > seen.false_alarms:
                    continue
                key = _key(brand.slug, topic, [one for one in seen.standing if one.rule == self._settings.rule])
                if key not in found:  # two parts of what was one topic stay one
                    found[key] = self._alert(seen, brand, rise, topic, key, rate)
        return list(found.values())

    def _alert(self, seen: Watch, brand: WatchedBrand, rise: Rise, topic: Topic, key: str, rate: float) -> Alert:
        span = Span(seen.at - _DAY, seen.at)
        example = seen.examples.get(topic.examples[0])
        title = shown(example.mention.title or example.mention.text, _TITLE) if example else ""
        term, others = shown(topic.term, _TERM), [shown(other, _TERM) for other in topic.others[:_WORDS]]
        whole = rise.now.whole and rise.before.whole
        return Alert(
            rule=self._settings.rule,
            key=key,
            brand=brand.slug,
            severity=Severity(self._settings.severity or Severity.INFO),
            title=f'{brand.name}: new topic "{term}": {_people(topic.people)} in 24 h, {count(topic.before)} before'
            + ("" if whole else ", in the part that was read"),
            body=f"{count(topic.now)} of {count(rise.of_now)} who wrote since {clock(span.start, seen.zone)} say it, "
            f"and {count(topic.before)} of {count(rise.of_before)} in the four weeks before, a person once a day."
            + ("" if whole else f" {_read(rise)}")
            + (f" With it: {', '.join(others)}." if others else "")
            + (f' The first: "{title}".' if title else "")
            + f" Chance alone does this {often(rate)}.",
            window=span,
            strength=float(topic.people),
            by_chance=rate,
            until=seen.at + _DAY,
            evidence={
                "term": term,
                "words": [term, *others],
                "people": topic.people,
                "now": topic.now,
                "of_now": rise.of_now,
                "before": topic.before,
                "of_before": rise.of_before,
                "p_value": float(f"{topic.chance:.3g}"),
                "words_tested": rise.tests,
                "false_alarms_a_month": float(f"{rate:.3g}"),
                "url": safe_url(example.mention.url) if example else None,
                "title": title or None,
                "mention": f"{example.mention.source}:{example.mention.native_id}" if example else None,
                "mention_ids": list(topic.examples[-_KEPT:]),
            },
        )


def _by_chance(seen: Watch, chance: float, tests: int) -> float:
    """Give how often a month chance brings some word of the brand as far up, over looks that slide over the day."""
    every = timedelta(seconds=seen.every)
    return float(a_month(np.array([chance]), _DAY, every)[0]) * tests


def _why_nothing(rise: Rise | None) -> str | None:
    if rise is None:
        return "of so many brands not all texts are read; name fewer in `brands`"
    if rise.days < DAYS:
        return f"{several(rise.days, 'day')} of the four weeks before have mentions, {DAYS} are needed"
    if rise.of_before < TELLINGS:
        return f"{several(rise.of_before, 'person', 'people')} wrote in the four weeks before, {TELLINGS} are needed"
    return None


def _key(brand: str, topic: Topic, standing: Sequence[Standing]) -> str:
    """Give the key of the standing topic that this one goes on, which shares its mentions or its words; else a new one.

    The one with which it has most mentions in common goes before others.
    """
    words = {shown(word, _TERM) for word in (topic.term, *topic.others)}
    known = [
        (len(mine & set(topic.examples)), one.key)
        for one in standing
        if one.brand == brand
        for mine in [_ids(one)]
        if 2 * len(mine & set(topic.examples)) >= min(len(mine), len(topic.examples)) > 0 or words & _words(one)
    ]
    return max(known)[1] if known else f"{brand}/{shown(topic.term, _TERM)}"


def _ids(alert: Standing) -> set[int]:
    return {id_ for id_ in _listed(alert, "mention_ids") if isinstance(id_, int)}


def _words(alert: Standing) -> set[str]:
    return {alert.key.partition("/")[2], *(word for word in _listed(alert, "words") if isinstance(word, str))}


def _listed(alert: Standing, name: str) -> Collection[Json]:
    found = alert.evidence.get(name)
    return found if isinstance(found, list) else []


def _people(number: int) -> str:
    return several(number, "person", "people")


def _read(rise: Rise) -> str:
    now, before = (f"{count(len(one.texts))} of {count(one.there)} mentions" for one in (rise.now, rise.before))
    return f"Read were {now}, and before {before}."
