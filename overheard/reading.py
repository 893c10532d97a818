"""What the database says about a stretch of time: the snapshot, and the digest made of it. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection

from config.settings import DigestSettings
from notifier.digest import Digest, compose
from notifier.languages.speech import Speech
from overheard.app import App
from overheard.campaigns.goals import goal_problems
from overheard.campaigns.report import campaign_report
from overheard.daily import days_between
from overheard.heard import coverage_in, voices_in
from overheard.periods import Period
from overheard.stuck import stuck
from scoring.baseline import WINDOWS, Baseline, baseline, earlier_counts
from scoring.day import Day
from scoring.remarks import Remark
from scoring.snapshot import Snapshot
from storage.coverage import last_failures, listening_since
from storage.mentions import story_leads
from storage.records import Span, Story
from storage.states import load_states
from storage.voice import hourly_mentions, mention_total

_RECENT = timedelta(days=7)
_FOUR_WEEKS = timedelta(days=27)  # from the first day to the last


def snapshot(app: App, conn: Connection, window: Span, previous: Span, now: datetime) -> Snapshot:
    """Give everything that was measured in a window and in the one before."""
    return Snapshot(
        at=now,
        window=window,
        previous=previous,
        voices=voices_in(app, conn, window),
        previous_voices=voices_in(app, conn, previous),
        coverage=coverage_in(app, conn, window, now),
        previous_coverage=coverage_in(app, conn, previous, now),
        total=mention_total(conn, window),
        previous_total=mention_total(conn, previous),
        baselines=_baselines(app, conn, window),
        campaigns=campaign_report(app, conn, window, now),
        days=_days(app, conn, window, now),
    )


def digest_of(app: App, conn: Connection, period: Period, settings: DigestSettings, now: datetime) -> Digest:
    """Give the digest of a period, with as many stories per brand and in the language that its settings ask for."""
    seen = snapshot(app, conn, period.window, period.previous, now)
    told: Mapping[str, list[Story]] = {
        slug: story_leads(conn, period.window, slug, settings.stories) if settings.stories else [] for slug in app.slugs
    }
    name: Literal["day", "week"] = "week" if period.name == "week" else "day"
    began = listening_since(conn) or now  # before the first poll everything lies before it
    return compose(
        seen,
        told,
        app.brands,
        app.zone,
        name,
        problems(app, conn, now),
        listening_since=began,
        speech=Speech(settings.language),
    )


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


def _days(app: App, conn: Connection, window: Span, now: datetime) -> Sequence[Day]:
    """Give the four weeks that end with the day on which the window ends, as far as they are over."""
    last = (window.end - timedelta(microseconds=1)).astimezone(app.zone).date()
    return days_between(app, conn, last - _FOUR_WEEKS, last, now)


def _baselines(app: App, conn: Connection, window: Span) -> Mapping[str, Baseline]:
    """Give what each brand's number of mentions usually is; none where the history is too short to say."""
    since = listening_since(conn)
    earlier = Span(window.start - WINDOWS * window.length, window.start)
    found: dict[str, Baseline] = {}
    for slug in app.slugs:
        usual = baseline(earlier_counts(hourly_mentions(conn, earlier, slug), window, since))
        if usual is not None:
            found[slug] = usual
    return found
