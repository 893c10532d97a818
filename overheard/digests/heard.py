"""What was heard in a window: the voice of each brand, and how much of the window it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from config.settings import Brand
from overheard.app import App
from scoring.share_of_voice import BrandVoice, share_of_voice
from storage.coverage import coverage
from storage.records import Coverage, Span
from storage.voice import voice


def voices_in(
    app: App, conn: Connection, window: Span, brands: Sequence[Brand] | None = None
) -> tuple[BrandVoice, ...]:
    """Give the share of voice and sentiment of some brands among themselves in a window; of all when left out."""
    asked = app.brands if brands is None else brands
    return share_of_voice(voice(conn, window, [brand.slug for brand in asked]), asked)


def coverage_in(app: App, conn: Connection, window: Span, now: datetime) -> Coverage:
    """Give how much of a window was heard, of what can have been heard by `now`."""
    end = min(window.end, now)
    return coverage(conn, Span(min(window.start, end), end), app.keys)
