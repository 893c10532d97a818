"""Alerts of new topics: how many a month a brand gets in which nothing happens, and how soon a topic of 20 is told.

Input: the recorded posts of `rising`, shuffled over two months, so that whatever rises is chance; the second month is
looked at every hour, through the rule and the decisions of a look, with all texts read. A topic is put into one day by
giving 20 posts of six hours, by 20 authors, two words more: either a hashtag that nobody used, or two words that 1 of
200 posts has anyway. The peer is what a script would do: it tells a word that 5 or more of the day's posts have and
that is 3 times as frequent as before, once a day.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bench.figures import Row
from bench.rising import Post, recorded
from config.alert_settings import Alerting
from notifier.alerting.outcome import Memory
from notifier.alerting.pipeline import decide
from notifier.rules.new_topic import NewTopic, NewTopicSettings
from scoring.rising.topics import MANY, Sample, Text, rise
from scoring.rising.words import Term, is_term
from scoring.watch import Watch, WatchedBrand
from storage.alert_records import AlertState, Decision
from storage.records import Span

BEFORE: Final = timedelta(days=28)
MONTH: Final = 30  # days that are looked at
ACCEPTED: Final = (1.0, 10.0)  # false alarms a month
A_DAY: Final = 60
MONTHS: Final = 12
TOPIC: Final = 20  # posts
HOURS: Final = 6  # in which they come
ROUNDS: Final = 50
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_START: Final = datetime(2026, 1, 1, tzinfo=UTC)
_ZONE: Final = ZoneInfo("UTC")
_ACME: Final = WatchedBrand("acme", "Acme", "own", ())
_RULE: Final = NewTopic(NewTopicSettings(rule="new_topic"))


@dataclass(slots=True)
class _Run:
    """One sensitivity on its way through a month."""

    accepted: float
    states: dict[str, AlertState] = field(default_factory=dict)
    told: int = 0

    def look(self, seen: Watch) -> None:
        standing = [state.alert for state in self.states.values()]
        found = _RULE.evaluate(replace(seen, false_alarms=self.accepted, standing=standing))
        settings = Alerting(false_alarms=self.accepted, per_hour=100)
        outcome = decide(found, Memory(self.states), settings, seen.at, _ZONE, 1)
        self.states = {state.alert.id: state for state in outcome.states}
        self.told += sum(one.decision is Decision.TOLD for one in outcome.decided)


def measure() -> list[Row]:
    posts = recorded()
    months = [_quiet_month(stream(posts, seed)) for seed in range(MONTHS)]
    ours, loose, peer = (sum(each) / MONTHS for each in zip(*months, strict=True))
    rows = [
        Row("new topics told a quiet month, 1 accepted", f"{ours:.2f}", f"{peer:.1f} by ratio", ours, 1.0,
            at_most=True),
        Row("new topics told a quiet month, 10 accepted", f"{loose:.2f}", "", loose, 10.0, at_most=True),
    ]  # fmt: skip
    held = Counter(term for post in posts for term in post.terms)
    known = sorted(
        term
        for term, number in held.items()
        if isinstance(term, str) and is_term(term, frozenset()) and 0.004 < number / len(posts) < 0.006
    )
    for name, words in (("a new hashtag", None), ("two words in use", known)):
        delays = [_told_after(stream(posts, seed), seed, words) for seed in range(ROUNDS)]
        share = sum(delay is not None for delay in delays) / ROUNDS
        middle = sorted(HOURS + 1 if delay is None else delay for delay in delays)[ROUNDS // 2]
        rows.append(
            Row(
                f"new topic of {TOPIC} in {HOURS} h told by then: {name}",
                f"{share:.0%}",
                f"middle {middle} h",
                share,
                0.9,
            )
        )
    return rows


def stream(posts: Sequence[Post], seed: int) -> list[Text]:
    """Give two months of posts in random order."""
    number = (BEFORE.days + MONTH) * A_DAY
    step = _DAY / A_DAY
    drawn = random.Random(seed).sample(posts, number)
    return [Text(at, _START + at * step, post.author, "x", "file", at, post.terms) for at, post in enumerate(drawn)]


def seen_at(texts: Sequence[Text], at: datetime, every: timedelta) -> Watch:
    """Give what a look sees, with all texts read."""
    window = Span(at - _DAY, at)
    low, middle, high = (
        bisect_left(texts, moment, key=lambda text: text.at) for moment in (window.start - BEFORE, window.start, at)
    )
    now, before = (Sample(part, len(part)) for part in (texts[middle:high], texts[low:middle]))
    risen = rise(now, before, window, frozenset(), least=MANY)
    return Watch(at, _ZONE, (_ACME,), topics={"acme": risen}, every=every.total_seconds())


def _quiet_month(texts: Sequence[Text]) -> tuple[int, int, int]:
    runs = [_Run(accepted) for accepted in ACCEPTED]
    by_ratio = 0
    for hour in range(24, (MONTH + 1) * 24):
        at = _START + BEFORE + hour * _HOUR
        seen = seen_at(texts, at, _HOUR)
        for run in runs:
            run.look(seen)
        if hour % 24 == 0:
            by_ratio += _by_ratio(seen)
    return runs[0].told, runs[1].told, by_ratio


def _by_ratio(seen: Watch) -> int:
    samples = seen.topics["acme"].now.texts, seen.topics["acme"].before.texts
    recent, past = (Counter(term for text in some for term in text.terms) for some in samples)
    return sum(
        number >= MANY
        and is_term(term, frozenset())
        and number / len(samples[0]) >= 3 * past[term] / len(samples[1])
        for term, number in recent.items()
    )  # fmt: skip


def _told_after(texts: Sequence[Text], seed: int, known: Sequence[Term] | None) -> int | None:
    """Give after how many hours a topic that comes evenly over six is told; None: not by then."""
    dice = random.Random(seed)
    first, second = ("#batterygate", "meltdown") if known is None else dice.sample([str(word) for word in known], 2)
    topic: frozenset[Term] = frozenset([first, second, (first, second)])
    begin = _START + BEFORE + 2 * _DAY
    made = [
        Text(-at - 1, begin + (at + 0.5) * HOURS * _HOUR / TOPIC, -at - 1, "x", "file", -at - 1, topic | post.terms)
        for at, post in enumerate(dice.sample(texts, TOPIC))
    ]
    joined = sorted([*texts, *made], key=lambda text: text.at)
    for hours in range(1, HOURS + 1):
        found = _RULE.evaluate(seen_at(joined, begin + hours * _HOUR, timedelta(minutes=5)))
        if any({first, second, f"{first} {second}"} & set(_words(alert.evidence["words"])) for alert in found):
            return hours
    return None


def _words(listed: object) -> list[object]:
    return listed if isinstance(listed, list) else []
