"""Share of voice and sentiment per brand, over one window or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from notifier import wording
from notifier.digest.figure_ids import figure_id
from overheard.app import App
from overheard.digests.heard import coverage_in, voices_in
from overheard.tables import folded, local, percent, signed, table_lines
from scoring.share_of_voice import NET_SENTIMENT, BrandVoice
from storage.records import Coverage, Span

_HEADINGS = ("brand", "mentions", "share", "95 % interval", "net sentiment", "+", "0", "-")
_NUMBERS = (1, 2, 3, 4, 5, 6, 7)
_INTERVAL = 3  # the column that stands under the row instead where there is little room
_WIDE = 76  # columns from which it stands in the row


@dataclass(frozen=True, slots=True)
class Stretch:
    """One window with what was heard in it."""

    window: Span
    coverage: Coverage
    voices: tuple[BrandVoice, ...]


def stretch_of(app: App, conn: Connection, window: Span, now: datetime) -> Stretch:
    """Give what was heard in a window."""
    return Stretch(window, coverage_in(app, conn, window, now), voices_in(app, conn, window))


def sov_lines(app: App, stretches: Sequence[Stretch], width: int) -> Iterator[str]:
    """Give a table for each window, with its gaps; `width` in columns, 0: as wide as it gets."""
    for place, part in enumerate(stretches):
        if place:
            yield ""
        heard = percent(part.coverage.share, "no source listens")
        window = f"{local(part.window.start, app.zone)} to {local(part.window.end, app.zone)} {app.zone.key}"
        yield f"{window}, heard: {heard}"
        yield from _brands(app, part, width)
        yield folded(NET_SENTIMENT, limit=width)
        for gap in part.coverage.gaps[:3]:
            if gap.span.length >= timedelta(minutes=1):
                between = f"{local(gap.span.start, app.zone)} to {local(gap.span.end, app.zone)}"
                yield f"deaf: {gap.key} from {between} ({gap.reason})"


def scored(voice: BrandVoice) -> str:
    """Write what the sentiment rests on and leaves out: from 71 % of 412 mentions, 119 unscored (96 Korean ...)."""
    if voice.scored is None:
        return "no mentions"
    count = voice.count
    why = f" ({wording.unscored(count.unscored_why)})" if count.unscored_why else ""
    return f"{wording.basis(voice.scored, count.mentions)}, {count.unscored} unscored{why}"


def _brands(app: App, part: Stretch, width: int) -> Iterator[str]:
    """Give a row per brand, and under it the id of its share, which is never cut before the rest of that line."""
    narrow = 0 < width < _WIDE
    rows, notes = [], []
    for voice in part.voices:
        row = _row(voice)
        under = [figure_id("sov", voice.brand, part.window, app.zone)]
        if narrow:
            under.append(row[_INTERVAL])
            row = (*row[:_INTERVAL], *row[_INTERVAL + 1 :])
        under.append(f"stories {voice.count.stories}")
        rows.append(row)
        notes.append(("  ".join(under), f"sentiment {scored(voice)}"))
    headings = [heading for place, heading in enumerate(_HEADINGS) if not (narrow and place == _INTERVAL)]
    right = [place for place in _NUMBERS if place < len(headings)]
    return table_lines(headings, rows, right=right, notes=notes, yields=0, limit=width)


def _row(voice: BrandVoice) -> tuple[str, ...]:
    count = voice.count
    between = (
        f"{voice.share_low * 100:.1f} to {voice.share_high * 100:.1f} %"
        if voice.share_low is not None and voice.share_high is not None
        else "n/a"
    )
    return (
        f"{voice.name} (own)" if voice.role == "own" else voice.name,
        str(count.mentions),
        percent(voice.share),
        between,
        signed(voice.net_sentiment),
        str(count.positive),
        str(count.neutral),
        str(count.negative),
    )
