"""The lift of a campaign: whether it can be measured at all, and if so what came of it in each metric."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from config.settings import Brand
from scoring.day import Day
from scoring.lift.days import METRICS, Metric
from scoring.lift.forecast import Effect
from scoring.lift.measure import ENOUGH, HISTORY, Measure

HEARD: Final = 0.9  # of a day, over all queries, for the day to count
UNEQUAL: Final = 0.2  # by how much the coverage of one query may differ between history and window
HIT: Final = 0.01  # p-value below which a control left its own path in the window
MOST_CONTROLS: Final = 5  # the most talked about
DISTRUST: Final = 0.2  # part of placebos that found an effect, from which the interval is not believed ...
ENOUGH_PLACEBOS: Final = 5  # ... where there are so many


@dataclass(frozen=True, slots=True)
class MetricLift:
    """What became of one metric. Mentions are added up over the window; ratios are the difference of the window's."""

    metric: Metric
    effect: Effect | None  # None: `reason` tells why
    reason: str | None
    controls: tuple[str, ...]
    placebos: int  # windows and brands without a campaign that were measured likewise
    false_alarms: int  # of them, called significant

    @property
    def false_alarm_rate(self) -> float | None:
        """The part of placebos that were called significant; 5 % are to be expected. None without placebos."""
        return self.false_alarms / self.placebos if self.placebos else None

    @property
    def relative(self) -> tuple[float | None, float | None, float | None]:
        """The effect against what was to be expected, with the ends of its interval, as fractions.

        None of net sentiment, which goes through zero, and where an end would stand against nothing or less.
        """
        if self.effect is None or self.metric == "net_sentiment":
            return None, None, None
        seen = self.effect.observed
        ends = (self.effect.effect, self.effect.low, self.effect.high)
        middle, low, high = (seen / (seen - end) - 1 if seen - end > 0 else None for end in ends)
        return middle, low, high


@dataclass(frozen=True, slots=True)
class LiftReport:
    """What a campaign did, or why nobody can say."""

    refused: str | None
    metrics: tuple[MetricLift, ...] = ()
    notes: tuple[str, ...] = ()
    history: tuple[date, ...] = ()  # the days that it was forecast from, at most


@dataclass(frozen=True, slots=True)
class Setting:
    """What is asked: whose window it was, beside whom, from which day to which, both included, and seen from when."""

    brand: Brand
    competitors: tuple[Brand, ...]
    first: date
    last: date
    today: date


def lift(days: Sequence[Day], setting: Setting) -> LiftReport:
    """Measure what happened to a brand in a window. `days`: all that are known, in order.

    Refused: a window that is not over, too long, or was heard badly; a history of too few days that were heard; a query
    that was heard in one and not in the other; a brand without mentions; controls that were all hit in the same window.
    """
    window = [day for day in days if setting.first <= day.day <= setting.last]
    before = [day for day in days if day.day < setting.first and day.listened >= HEARD]
    why = next(_refusals(before, window, setting), None)
    if why is not None:
        return LiftReport(why)
    hit = tuple(brand for brand in setting.competitors if _hit(before, window, brand))
    left = [brand for brand in setting.competitors if brand not in hit]
    if hit and not left:
        return LiftReport(
            f"{_names(hit)}, all there is to compare with, left {'its' if len(hit) == 1 else 'their'} own path in the "
            "same window; what hit everybody cannot be told from the campaign"
        )
    controls = _most_talked_about(before, left)
    metrics = tuple(_measured(before, window, Measure(metric, setting.brand.slug, controls)) for metric in METRICS)
    notes = tuple(_notes(before, setting, hit, controls, metrics))
    return LiftReport(None, metrics, notes, tuple(day.day for day in before[-HISTORY:]))


def _refusals(before: Sequence[Day], window: Sequence[Day], setting: Setting) -> Iterator[str]:
    if setting.today <= setting.last:
        yield f"the window is not over: its last day is {setting.last}; ask again on the day after"
    length = (setting.last - setting.first).days + 1
    if length > HISTORY:
        yield f"the window has {length} days; a forecast that reaches farther than {HISTORY} is a guess"
    if not window:
        yield f"nothing is known of the days from {setting.first} to {setting.last}"
    heard = sum(day.listened for day in window) / length
    if heard < HEARD:
        yield f"only {heard:.0%} of the window was heard, {HEARD:.0%} are needed; see `overheard coverage`"
    if len(before) < ENOUGH:
        yield (
            f"the history is too short: {len(before)} days before the window were heard, {ENOUGH} are needed, "
            f"and {HISTORY} are best"
        )
    yield from _unequal(before[-HISTORY:], window)
    if not any(day.of(setting.brand.slug).mentions for day in before[-HISTORY:]):
        yield f"{setting.brand.name} was never mentioned in the {min(len(before), HISTORY)} days before the window"


def _unequal(before: Sequence[Day], window: Sequence[Day]) -> Iterator[str]:
    for query in window[0].heard:
        then, now = (sum(day.heard[query] for day in days) / len(days) for days in (before, window))
        if abs(now - then) > UNEQUAL:
            yield (
                f"coverage is unequal: {query} was heard {now:.0%} of the window and {then:.0%} of the days before; "
                "what one source more or less brings would be taken for an effect"
            )


def _hit(before: Sequence[Day], window: Sequence[Day], brand: Brand) -> bool:
    """Tell whether a brand left its own path in the window: then it cannot say what would have been without."""
    found = Measure("mentions", brand.slug, ()).effect(before, window)
    return isinstance(found, Effect) and found.p_value < HIT


def _most_talked_about(before: Sequence[Day], brands: Sequence[Brand]) -> tuple[str, ...]:
    """Choose controls by volume in the history, not by fit: choosing what fits best would make intervals too narrow."""
    totals = {brand.slug: sum(day.of(brand.slug).mentions for day in before[-HISTORY:]) for brand in brands}
    heard = sorted((slug for slug, total in totals.items() if total), key=lambda slug: (-totals[slug], slug))
    return tuple(heard[:MOST_CONTROLS])


def _measured(before: Sequence[Day], window: Sequence[Day], measure: Measure) -> MetricLift:
    found = measure.effect(before, window)
    controls = measure.controls if measure.metric != "share_of_voice" else ()
    if isinstance(found, str):
        return MetricLift(measure.metric, None, found, controls, 0, 0)
    placebos = [effect.significant for effect in measure.placebos(before, window)]
    return MetricLift(measure.metric, found, None, controls, len(placebos), sum(placebos))


def _notes(
    before: Sequence[Day],
    setting: Setting,
    hit: Sequence[Brand],
    controls: Sequence[str],
    metrics: Sequence[MetricLift],
) -> Iterator[str]:
    if hit:
        yield f"{_names(hit)} left the usual path in the same window and is no control"
    if not controls:
        yield "no competitor to compare with: whatever else happened in the window counts as effect"
    past = before[-HISTORY:]
    daily = sum(day.of(setting.brand.slug).mentions for day in past) / len(past)
    if daily < 1:
        yield f"{daily:.1f} mentions a day before the window: only a large effect could show"
    for each in metrics:
        rate = each.false_alarm_rate
        if rate is not None and rate > DISTRUST and each.placebos >= ENOUGH_PLACEBOS:
            yield (
                f"{each.metric}: {each.false_alarms} of {each.placebos} windows and brands without a campaign came out "
                "significant, where one of twenty should; do not believe its interval"
            )


def _names(brands: Sequence[Brand]) -> str:
    return ", ".join(brand.name for brand in brands)
