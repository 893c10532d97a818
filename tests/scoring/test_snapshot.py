"""A snapshot answers about brands by their slug."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from config.settings import Brand
from scoring.share_of_voice import share_of_voice
from scoring.snapshot import Snapshot
from storage.records import Coverage, Span, VoiceCount

NOON = datetime(2013, 8, 12, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
BRANDS = [Brand(name="Acme", slug="acme", role="own"), Brand(name="Globex", slug="globex")]


def snapshot() -> Snapshot:
    window, previous = Span(NOON - WEEK, NOON), Span(NOON - 2 * WEEK, NOON - WEEK)
    return Snapshot(
        at=NOON,
        window=window,
        previous=previous,
        voices=share_of_voice([VoiceCount("acme", 300, 300.0), VoiceCount("globex", 100, 100.0)], BRANDS),
        previous_voices=share_of_voice([VoiceCount("acme", 200, 200.0), VoiceCount("globex", 200, 200.0)], BRANDS),
        coverage=Coverage(window, 0, None, ()),
        previous_coverage=Coverage(previous, 0, None, ()),
        total=400,
        previous_total=400,
    )


def test_a_voice_is_found_by_its_brand_in_either_window() -> None:
    seen = snapshot()
    now, before = seen.voice("acme"), seen.previous_voice("acme")
    assert now is not None
    assert before is not None
    assert (now.share, before.share) == (0.75, 0.5)


def test_a_brand_that_was_not_asked_about_has_no_voice() -> None:
    assert (snapshot().voice("initech"), snapshot().previous_voice("initech")) == (None, None)


def test_the_change_is_against_the_window_before() -> None:
    seen = snapshot()
    change = seen.change(seen.voices[0])
    assert change.points == pytest.approx(0.25)
    assert change.within_noise is False


def test_without_baselines_the_mapping_is_empty() -> None:
    assert snapshot().baselines == {}
