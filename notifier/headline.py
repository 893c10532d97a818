"""The one sentence on top of a digest, and the one that tells silence from failure."""

from __future__ import annotations

from collections.abc import Sequence

from notifier import wording
from notifier.contents import BrandLine, CoverageLine, Period
from notifier.languages.speech import ENGLISH, Speech, to_say

_ALL = 0.995  # of the window heard: called all of it
_LEVEL = 95  # percent, of intervals
_NOT_YET = {
    "day": to_say("Nothing was heard, because nobody was listening yet: listening began after this day."),
    "week": to_say("Nothing was heard, because nobody was listening yet: listening began after this week."),
}
_PARTLY = {
    "day": to_say("Nothing was heard in the {part} of the day that could be heard; the rest is unknown."),
    "week": to_say("Nothing was heard in the {part} of the week that could be heard; the rest is unknown."),
}
_QUIET = {
    "day": to_say(
        "A quiet day: nobody named any of the {brands}. Every source was heard, so this is silence, not failure."
    ),
    "week": to_say(
        "A quiet week: nobody named any of the {brands}. Every source was heard, so this is silence, not failure."
    ),
}


def of(lines: Sequence[BrandLine], period: Period, total: int, speech: Speech = ENGLISH) -> str:
    """Give the own brand's share of voice with its change, in plain words; the leader's where no brand is own."""
    own = next((line for line in lines if line.role == "own"), None)
    line = own or max(lines, key=lambda each: each.share or 0.0, default=None)
    if line is None:
        return speech.say("No brand is listened for.")
    if line.share is None:
        nothing = wording.unknown(speech.say("nobody was mentioned"), speech)
        return speech.say("{brand}'s share of voice is {nothing}.", brand=line.name, nothing=nothing)
    share = wording.percent(line.share, speech)
    if line.share_low is not None and line.share_high is not None:
        level, ends = speech.formats.percent(_LEVEL), wording.interval(line.share_low, line.share_high, speech)
        share = speech.say("{share} of the voice ({level} interval {ends})", share=share, level=level, ends=ends)
    else:
        share = speech.say("{share} of the voice", share=share)
    told = {
        "brand": line.name,
        "share_of_voice": share,
        "count": wording.count(line.mentions, speech),
        "mentions": wording.mentions(total, speech),
    }
    past = wording.before(period, speech)
    if line.share_change.by is None:
        return speech.say(
            "{brand} had {share_of_voice}, {count} of {mentions}; {past} gives nothing to compare with.",
            past=past,
            **told,
        )
    change = _moved(line.share_change.by, past, speech, clear=line.share_change.clear)
    return speech.say("{brand} had {share_of_voice}, {count} of {mentions}, {change}.", change=change, **told)


def _moved(by: float, past: str, speech: Speech, *, clear: bool) -> str:
    if not round(by, 3):
        return speech.say("the same as {past}", past=past)
    size = wording.points(abs(by), speech=speech).lstrip("+")
    if by > 0 and clear:
        return speech.say("up {size} on {past}, more than chance explains", size=size, past=past)
    if by > 0:
        return speech.say("up {size} on {past}, which chance alone may explain", size=size, past=past)
    if clear:
        return speech.say("down {size} on {past}, more than chance explains", size=size, past=past)
    return speech.say("down {size} on {past}, which chance alone may explain", size=size, past=past)


def quiet(
    period: Period,
    total: int,
    brands: int,
    coverage: CoverageLine,
    speech: Speech = ENGLISH,
    *,
    before_ears: bool = False,
) -> str | None:
    """Say what it means that nothing was heard: silence, or deaf ears. None when something was.

    `before_ears`: listening began only after the window.
    """
    if total:
        return None
    if coverage.share is None:
        return speech.say("Nothing was heard, because nothing listens: no source is configured or enabled.")
    if before_ears and coverage.share == 0:
        return speech.say(_NOT_YET[period])
    if coverage.share == 0:
        return speech.say("Nothing was heard, because no source could be heard: this is a failure, not silence.")
    if coverage.share < _ALL:
        return speech.say(_PARTLY[period], part=wording.rough_percent(coverage.share, speech))
    return speech.say(_QUIET[period], brands=speech.plural("{number} brand", "{number} brands", brands))
