"""What was heard in a window: the voice of each brand, and how much of the window it was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from overheard.app import App
from scoring.share_of_voice import BrandVoice, share_of_voice
from storage.coverage import coverage
from storage.records import Coverage, Span
from storage.voice import voice


def voices_in(app: App, conn: Connection, window: Span) -> tuple[BrandVoice, ...]:
    """Give the share of voice and sentiment of every brand of the config in a window."""
    return share_of_voice(voice(conn, window, app.slugs), app.brands)


def coverage_in(app: App, conn: Connection, window: Span, now: datetime) -> Coverage:
    """Give how much of a window was heard, of what can have been heard by `now`."""
    end = min(window.end, now)
    return coverage(conn, Span(min(window.start, end), end), app.keys)
