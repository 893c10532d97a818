"""The one sentence on top of a digest, and the one that tells silence from failure."""

from __future__ import annotations

from collections.abc import Sequence

from notifier import wording
from notifier.contents import BrandLine, Change, CoverageLine, Period

_ALL = 0.995  # of the window heard: called all of it


def of(lines: Sequence[BrandLine], period: Period, total: int) -> str:
    """Give the own brand's share of voice with its change, in plain words; the leader's where no brand is own."""
    own = next((line for line in lines if line.role == "own"), None)
    line = own or max(lines, key=lambda each: each.share or 0.0, default=None)
    if line is None:
        return "No brand is listened for."
    if line.share is None:
        return f"{line.name}'s share of voice is {wording.unknown('nobody was mentioned')}."
    span = ""
    if line.share_low is not None and line.share_high is not None:
        span = f" (95 % interval {wording.interval(line.share_low, line.share_high)})"
    basis = f"{wording.count(line.mentions)} of {wording.several(total, 'mention')}"
    return (
        f"{line.name} had {wording.percent(line.share)} of the voice{span}, {basis}{_moved(line.share_change, period)}."
    )


def _moved(change: Change, period: Period) -> str:
    past = wording.PERIOD_BEFORE[period]
    if change.by is None:
        return f"; {past} gives nothing to compare with"
    if not round(change.by, 3):
        return f", the same as {past}"
    direction = "up" if change.by > 0 else "down"
    size = wording.points(abs(change.by)).lstrip("+")
    certainty = "more than chance explains" if change.clear else "which chance alone may explain"
    return f", {direction} {size} on {past}, {certainty}"


def quiet(period: Period, total: int, brands: int, coverage: CoverageLine, *, before_ears: bool = False) -> str | None:
    """Say what it means that nothing was heard: silence, or deaf ears. None when something was.

    `before_ears`: listening began only after the window.
    """
    if total:
        return None
    if coverage.share is None:
        return "Nothing was heard, because nothing listens: no source is configured or enabled."
    if before_ears and coverage.share == 0:
        return f"Nothing was heard, because nobody was listening yet: listening began after this {period}."
    if coverage.share == 0:
        return "Nothing was heard, because no source could be heard: this is a failure, not silence."
    if coverage.share < _ALL:
        heard = wording.rough_percent(coverage.share)
        return f"Nothing was heard in the {heard} of the {period} that could be heard; the rest is unknown."
    named = wording.several(brands, "brand")
    return (
        f"A quiet {period}: nobody named any of the {named}. Every source was heard, so this is silence, not failure."
    )
