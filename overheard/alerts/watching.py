"""What alert rules look at, read from the store as it was known at a moment.

Nothing that came later is in it. A mention counts from when it was collected, and what a poll heard from when it was
polled. Only what was published before the first poll of all counts by its time of publication: it is history that was
read back, and there was nobody whom it could have surprised.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import product

from sqlalchemy import Connection

from notifier.contract import AlertRule, FocusedRule, ReadingRule, StatisticalRule
from notifier.registry import rules_for
from overheard.alerts.history import History
from overheard.alerts.topics import Topics
from overheard.app import App
from overheard.campaigns.report import campaign_report
from scoring.campaign_report import CampaignReport
from scoring.counts.hours import HOUR, hour_of
from scoring.days import Days
from scoring.habits import Habits, Measure
from scoring.heard_hour import HeardHour
from scoring.money import Money
from scoring.watch import PlatformSpend, Sight, Watch, WatchedBrand, WatchedSource
from storage import heard_hours
from storage.alerts import last_look
from storage.campaign_sums import campaign_sums, days_with_results
from storage.coverage import last_failures, listening_since
from storage.heard_hours import Arrival, HeardStretch
from storage.records import Span, VoiceCount
from storage.spans import touching
from storage.states import load_states

LIVE = timedelta(minutes=5)  # between two looks of `overheard run`
WEEKS = timedelta(weeks=8)  # of history that a look sees
FRESH = timedelta(days=2)  # what was published earlier is no news, whenever it came
_LOUD = timedelta(days=1)
_FAILURES = timedelta(days=7)  # of which failures are told with their reason
_PEAKS = 56  # mentions that were the most engaged: one a day
_DAY = timedelta(days=1)
_RESULTS = 7  # days that campaigns are judged by
_SPEND = 63  # days of spend


def watch(
    app: App, conn: Connection, now: datetime, since: datetime | None = None, topics: Topics | None = None
) -> Watch:
    """Give what is known at a moment. Reads only. `since`: when the look before was; the last one noted if left out.

    `topics` keeps what was read of topics for the next look.
    The state of sources is the one of today, whatever the moment: the store keeps no other.
    """
    return Looking(app, conn, Span(now, now), topics=topics).at(now, since or last_look(conn))


class Looking:
    """Looks from one moment to the next, within a span: history is read once for all of them."""

    def __init__(
        self, app: App, conn: Connection, span: Span, rules: Sequence[AlertRule] | None = None,
        every: timedelta = LIVE, topics: Topics | None = None,
    ) -> None:  # fmt: skip
        """`rules`: that share in the false alarms; those of the config when left out. `every`: between two looks."""
        self._app, self._conn, self._every = app, conn, every
        self._began = listening_since(conn)
        window = Span(hour_of(span.start) - WEEKS, hour_of(span.end) + HOUR)
        rules = rules_for(app.settings) if rules is None else rules
        self._sights = sights_of(rules)
        self._habits = Habits()
        self._history: History | None = None
        if Sight.HOURS in self._sights:
            read = _read(app, conn, window, self._began, span.start)
            self._history = History(window, read.counts, read.late, read.heard, len(app.keys))
            if span.length:  # learn once what is usual, of which each look is shown what was known then
                whole = History(window, read.counts, (), read.heard, len(app.keys)).at(window.end, window.length)
                for brand, measure in product(app.slugs, Measure):
                    self._habits.learn(brand, whole[brand], measure, app.zone)
        self._topics = topics or Topics(app)
        self._readers = [rule for rule in rules if isinstance(rule, ReadingRule)]
        self._judges = [rule for rule in rules if isinstance(rule, StatisticalRule)]
        self._peaks_of: tuple[datetime, Mapping[str, Sequence[int]]] | None = None
        self._campaigns: tuple[date, CampaignReport | None, Sequence[PlatformSpend]] | None = None

    def at(self, now: datetime, since: datetime | None) -> Watch:
        """Give what was known at a moment, which is none before the one of the look before."""
        app, conn, began = self._app, self._conn, self._began
        sights = self._sights
        campaigns, spend = self._results(now)
        span = Span(since, now) if since is not None else None
        seen = Watch(
            at=now,
            zone=app.zone,
            brands=self._brands(now),
            fresh=heard_hours.came(conn, span, now - FRESH, began) if span and Sight.FRESH in sights else (),
            since=since,
            sources=_sources(app, conn, now) if Sight.SOURCES in sights else (),
            loud=heard_hours.loudest(conn, Span(now - _LOUD, now), began) if Sight.LOUD in sights else (),
            peaks=self._peaks(now) if Sight.PEAKS in sights else {},
            campaigns=campaigns,
            spend=spend,
            false_alarms=app.settings.alerting.false_alarms,
            every=self._every.total_seconds(),
            listening_since=began,
            terms={brand.slug: brand.terms for brand in app.brands},
            habits=self._habits,
        )
        if Sight.TOPICS in sights:
            asked = {brand.slug for rule in self._readers for brand in rule.reads(seen)}
            topics, examples = self._topics.at(conn, now, began, asked)
            seen = replace(seen, topics=topics, examples=examples)
        return replace(seen, tests=max(1, sum(rule.tests(seen) for rule in self._judges)))

    def _brands(self, now: datetime) -> tuple[WatchedBrand, ...]:
        if self._history is None:
            return tuple(WatchedBrand(brand.slug, brand.name, brand.role, ()) for brand in self._app.brands)
        hours = self._history.at(now, WEEKS)
        running: Mapping[str, VoiceCount] = {}
        if now != (start := hour_of(now)):
            running = heard_hours.running(self._conn, Span(start, now), self._app.slugs, self._began)
        return tuple(
            WatchedBrand(
                brand.slug,
                brand.name,
                brand.role,
                _ended(hours[brand.slug], running.get(brand.slug), start, brand.slug),
            )
            for brand in self._app.brands
        )

    def _peaks(self, now: datetime) -> Mapping[str, Sequence[int]]:
        """Give the engagement that the most engaged mentions of own brands had in the weeks before the last day."""
        end = now.replace(hour=0, minute=0, second=0, microsecond=0) - _LOUD
        if self._peaks_of is None or self._peaks_of[0] != end:
            span, own = Span(end - WEEKS, end), [brand.slug for brand in self._app.brands if brand.role == "own"]
            self._peaks_of = end, {slug: heard_hours.peaks(self._conn, span, slug, _PEAKS) for slug in own}
        return self._peaks_of[1]

    def _results(self, now: datetime) -> tuple[CampaignReport | None, Sequence[PlatformSpend]]:
        """Give what is known of campaigns; it changes with the local day."""
        today = now.astimezone(self._app.zone).date()
        if self._campaigns is None or self._campaigns[0] != today:
            report = _report(self._app, self._conn, now, today) if Sight.CAMPAIGNS in self._sights else None
            spend = _spend(self._app, self._conn, today) if Sight.SPEND in self._sights else ()
            self._campaigns = today, report, spend
        return self._campaigns[1:]


def sights_of(rules: Sequence[AlertRule]) -> frozenset[Sight]:
    """Give what rules look at, all of them together."""
    return frozenset().union(*(rule.looks_at if isinstance(rule, FocusedRule) else Sight for rule in rules))


@dataclass(frozen=True, slots=True)
class _Read:
    """What a history is made of."""

    counts: Mapping[str, Mapping[datetime, VoiceCount]]
    late: Sequence[Arrival]
    heard: Sequence[HeardStretch]


def _read(app: App, conn: Connection, window: Span, began: datetime | None, first_look: datetime) -> _Read:
    counts = heard_hours.hours_of(conn, window, app.slugs)
    newest = heard_hours.newest(conn)
    if began is None or newest is None or newest <= first_look:  # nothing came later than any look
        known = touching(conn, app.keys, window)
        return _Read(
            counts, (), [HeardStretch(key, one.span, one.span.start) for key, spans in known.items() for one in spans]
        )
    heard = [part for one in heard_hours.polled(conn, window, app.keys) for part in _parts(one, began)]
    return _Read(counts, list(heard_hours.arrivals(conn, window, app.slugs, began)), heard)


def _parts(one: HeardStretch, began: datetime) -> Iterator[HeardStretch]:
    """Give a stretch as what lies before the first poll of all, known from its start on, and what lies after it."""
    if one.span.start < began:
        yield HeardStretch(one.key, Span(one.span.start, min(one.span.end, began)), one.span.start)
    if one.span.end > began:
        yield replace(one, span=Span(max(one.span.start, began), one.span.end))


def _ended(hours: Sequence[HeardHour], running: VoiceCount | None, start: datetime, slug: str) -> Sequence[HeardHour]:
    """Give hours of which the running one, if it is among them, holds what is there already."""
    if not hours or hours[-1].start != start:
        return hours
    return [*hours[:-1], replace(hours[-1], count=running or VoiceCount(slug))]


def _report(app: App, conn: Connection, now: datetime, today: date) -> CampaignReport | None:
    """Give the report of the last seven days of which results can be there; of none when those are long past."""
    there = days_with_results(conn)
    end = today if there is None else min(today, there[1])
    if today - end > _RESULTS * _DAY:
        end = today
    start = end - _RESULTS * _DAY
    return campaign_report(app, conn, Days(start, end).span(app.zone), now)


def _spend(app: App, conn: Connection, today: date) -> Sequence[PlatformSpend]:
    """Give what each platform charged on each day before today; what is stated of longer periods is left out."""
    days: defaultdict[str, dict[date, Money]] = defaultdict(dict)
    refused = set()
    for row in campaign_sums(conn, today - _SPEND * _DAY, today, app.settings.currency, daily=True):
        spend = row.sums.get("spend")
        if spend is None or row.end_day - row.start_day != _DAY:
            continue
        before = days[row.platform].get(row.start_day, Money(Decimal(0), row.currency or app.settings.currency))
        if row.currency not in {None, before.currency}:
            refused.add(row.platform)  # in two currencies
            continue
        days[row.platform][row.start_day] = before + Money(spend, before.currency)
    return [PlatformSpend(platform, of) for platform, of in sorted(days.items()) if platform not in refused]


def _sources(app: App, conn: Connection, now: datetime) -> list[WatchedSource]:
    states = load_states(conn, app.keys)
    failed = last_failures(conn, now - _FAILURES)
    found = []
    for query in app.queries:
        state, last = states.get(query.key), failed.get(query.key)
        failing = state is not None and state.failures > 0
        found.append(
            WatchedSource(
                key=query.key,
                source=query.source,
                every=query.settings.every.total_seconds(),
                last_ok_at=state.last_ok_at if state else None,
                failures=state.failures if state else 0,
                reason=last.reason if failing and last else None,
                detail=last.detail if failing and last else None,
            )
        )
    return found
