"""What the database says about a stretch of time: the snapshot, and the digest made of it. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from config.local_time import first_instant
from config.settings import Brand, DigestSettings
from notifier.digest.composition import Digest, compose
from notifier.digest.material import Material
from notifier.digest.templates import shortened
from notifier.languages.speech import Speech
from overheard.app import App
from overheard.campaigns.goals import goal_problems
from overheard.campaigns.report import campaign_report
from overheard.digests.daily import days_between
from overheard.digests.heard import coverage_in, voices_in
from overheard.digests.periods import Period
from overheard.digests.topics import Reader, examples, rises
from overheard.stuck import stuck
from scoring.baseline import WINDOWS, Baseline, baseline, earlier_counts
from scoring.day import Day
from scoring.remarks import Remark
from scoring.snapshot import Snapshot
from storage.coverage import last_failures, listening_since
from storage.mentions import story_leads
from storage.quotes import quotable
from storage.records import Span, StoredMention, Story
from storage.states import load_states
from storage.voice import hourly_mentions, mention_total, mentions_of

_RECENT = timedelta(days=7)
_FOUR_WEEKS = timedelta(days=27)  # from the first day to the last
_QUOTED = 20  # brands that are quoted; of a crowd own ones and the first


def snapshot(app: App, conn: Connection, period: Period, brands: Sequence[Brand], now: datetime) -> Snapshot:
    """Give everything that was measured of some brands in a period, and in the one before."""
    window, previous = period.window, period.previous
    return Snapshot(
        at=now,
        window=window,
        previous=previous,
        voices=voices_in(app, conn, window, brands),
        previous_voices=voices_in(app, conn, previous, brands),
        coverage=coverage_in(app, conn, window, now),
        previous_coverage=coverage_in(app, conn, previous, now),
        total=_total(app, conn, window, brands),
        previous_total=_total(app, conn, previous, brands),
        baselines=_baselines(conn, window, brands),
        campaigns=campaign_report(app, conn, _same_dates(window, period.zone, app.zone), now),
        days=_days(app, conn, period, now),
    )


def digest_of(app: App, conn: Connection, period: Period, settings: DigestSettings, now: datetime) -> Digest:
    """Give the digest of a period: of the brands, with the parts and in the language that its settings ask for."""
    brands = group_of(app, settings)
    seen = snapshot(app, conn, period, brands, now)
    told: Mapping[str, list[Story]] = {
        brand.slug: story_leads(conn, period.window, brand.slug, settings.stories) if settings.stories else []
        for brand in brands
    }
    began = listening_since(conn) or now  # before the first poll everything lies before it
    risen = rises(Reader(app), conn, period.window, app.brands)
    digest = compose(
        seen,
        told,
        brands,
        period.zone,
        period.name,
        problems(app, conn, now),
        listening_since=began,
        speech=Speech(settings.language),
        config_zone=app.zone,
        others=len(app.brands) - len(brands),
        material=Material(risen, examples(conn, risen), _quotable(conn, period.window, brands), _late(app, conn, now)),
    )
    return shortened(digest, settings.template)


def _quotable(conn: Connection, window: Span, brands: Sequence[Brand]) -> Mapping[str, Sequence[StoredMention]]:
    asked = sorted(brands, key=lambda brand: brand.role != "own")[:_QUOTED]
    return {brand.slug: quotable(conn, window, brand.slug) for brand in asked}


def _late(app: App, conn: Connection, now: datetime) -> int:
    """Give how many enabled queries should have been polled an interval ago, with those that never were."""
    states, late = load_states(conn, app.keys), 0
    for query in app.queries:
        state = states.get(query.key)
        late += query.settings.enabled and (state is None or now - state.next_due_at > query.settings.every)
    return late


def group_of(app: App, settings: DigestSettings) -> Sequence[Brand]:
    """Give the brands that a digest reports on, in the order of the config."""
    return [brand for brand in app.brands if brand.slug in settings.brands] if settings.brands else app.brands


def problems(app: App, conn: Connection, now: datetime) -> list[str]:
    """Give a sentence for every message that waits for a person, each goal that is none, and each query that fails."""
    found = stuck(conn, app.zone)
    found += [
        Remark("{file}: {where}: {problem}", file=app.path.name, where=where, problem=problem)
        for where, problem in goal_problems(app.settings)
    ]
    failed = last_failures(conn, now - _RECENT)
    for key, state in load_states(conn, app.keys).items():
        if not state.failures:
            continue
        last = failed.get(key)
        why = (
            Remark("{reason}: {detail}", reason=Remark(last.reason.value), detail=last.detail)
            if last and last.reason
            else Remark("no reason kept")
        )
        if state.failures == 1:
            found.append(Remark("{source} failed at its last poll: {why}", source=key, why=why))
        else:
            found.append(
                Remark("{source} failed {number} times in a row: {why}", source=key, number=state.failures, why=why)
            )
    return found


def _total(app: App, conn: Connection, window: Span, brands: Sequence[Brand]) -> int:
    if len(brands) == len(app.brands):
        return mention_total(conn, window)
    return mentions_of(conn, window, [brand.slug for brand in brands])


def _same_dates(window: Span, zone: ZoneInfo, other: ZoneInfo) -> Span:
    """Give the same local dates in another zone: platforms report their results by date."""
    first, after = (edge.astimezone(zone).date() for edge in (window.start, window.end))
    return Span(first_instant(first, time(0), other), first_instant(after, time(0), other))


def _days(app: App, conn: Connection, period: Period, now: datetime) -> Sequence[Day]:
    """Give the four weeks that end with the day on which the window ends, or the month, as far as they are over."""
    zone, window = period.zone, period.window
    last = (window.end - timedelta(microseconds=1)).astimezone(zone).date()
    first = window.start.astimezone(zone).date() if period.name == "month" else last - _FOUR_WEEKS
    return days_between(app, conn, first, last, now, zone)


def _baselines(conn: Connection, window: Span, brands: Sequence[Brand]) -> Mapping[str, Baseline]:
    """Give what each brand's number of mentions usually is; none where the history is too short to say."""
    since = listening_since(conn)
    earlier = Span(window.start - WINDOWS * window.length, window.start)
    found: dict[str, Baseline] = {}
    for brand in brands:
        usual = baseline(earlier_counts(hourly_mentions(conn, earlier, brand.slug), window, since))
        if usual is not None:
            found[brand.slug] = usual
    return found
