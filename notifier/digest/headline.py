"""The one sentence on top of a digest, and the one that tells silence from failure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notifier import wording
from notifier.digest import phrases
from notifier.digest.contents import BrandLine, CoverageLine, Period
from notifier.digest.headline_causes import Behind, told_causes
from notifier.languages.speech import ENGLISH, Speech, to_say
from scoring.moves import count_strength, is_clear

LONGEST = 240  # characters of a headline with a cause, in English
_LONGEST_ELSEWHERE = 300  # the same sentence takes a quarter more in French or Romanian
_ALL = 0.995  # of the window heard: called all of it
_ENOUGH = 0.95  # of the window heard: below it a reader is told before the first number
_NOT_YET = {
    "day": to_say("Nothing was heard, because nobody was listening yet: listening began after this day."),
    "week": to_say("Nothing was heard, because nobody was listening yet: listening began after this week."),
    "month": to_say("Nothing was heard, because nobody was listening yet: listening began after this month."),
}
_PARTLY = {
    "day": to_say("Nothing was heard in the {part} of the day that could be heard; the rest is unknown."),
    "week": to_say("Nothing was heard in the {part} of the week that could be heard; the rest is unknown."),
    "month": to_say("Nothing was heard in the {part} of the month that could be heard; the rest is unknown."),
}
_QUIET = {
    "day": to_say(
        "A quiet day: nobody named any of the {brands}. Every source was heard, so this is silence, not failure."
    ),
    "week": to_say(
        "A quiet week: nobody named any of the {brands}. Every source was heard, so this is silence, not failure."
    ),
    "month": to_say(
        "A quiet month: nobody named any of the {brands}. Every source was heard, so this is silence, not failure."
    ),
}

_QUIET_ALONE = {
    "day": to_say("A quiet day: nobody named the brand. Every source was heard, so this is silence, not failure."),
    "week": to_say("A quiet week: nobody named the brand. Every source was heard, so this is silence, not failure."),
    "month": to_say("A quiet month: nobody named the brand. Every source was heard, so this is silence, not failure."),
}
_FELL = to_say("Shares rest on what was heard, and counts may have fallen for that alone: {part} of {past} was heard.")
_ONLY = {
    "day": to_say("Only {part} of the day was heard."),
    "week": to_say("Only {part} of the week was heard."),
    "month": to_say("Only {part} of the month was heard."),
}


def of(
    lines: Sequence[BrandLine],
    period: Period,
    total: int,
    speech: Speech = ENGLISH,
    *,
    stretch: float = 1.0,
    behind: Behind | None = None,
) -> str:
    """Give the own brand's share of voice with its change, in plain words; the leader's where no brand is own.

    Of one brand alone it gives the mentions: a share among itself would say nothing. `stretch`: length of the window
    over that of the one before, by which its counts are compared. `behind`: what changed beyond chance and may be the
    cause, of which it tells what has room; None: counts are not to be trusted with one.
    """
    own = next((line for line in lines if line.role == "own"), None)
    line = own or max(lines, key=lambda each: each.share or 0.0, default=None)
    if line is None:
        return speech.say("No brand is listened for.")
    if len(lines) == 1:
        alone = _alone(line, period, speech, stretch)
        return alone if line.mentions_change.before is None else _with_cause(alone, line, lines, behind, speech)
    if line.share is None:
        nothing = wording.unknown(speech.say(line.share_reason or to_say("unknown")), speech)
        return speech.say("{brand}'s share of voice is {nothing}.", brand=line.name, nothing=nothing)
    share = wording.percent(line.share, speech)
    if line.share_low is not None and line.share_high is not None:
        level, ends = wording.level(speech), wording.interval(line.share_low, line.share_high, speech)
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
    sentence = speech.say("{brand} had {share_of_voice}, {count} of {mentions}, {change}.", change=change, **told)
    return _with_cause(sentence, line, lines, behind, speech)


def _with_cause(
    sentence: str, line: BrandLine, lines: Sequence[BrandLine], behind: Behind | None, speech: Speech
) -> str:
    """Give the sentence with the first cause for which there is room; else as it is."""
    if behind is None:
        return sentence
    begun = sentence.removesuffix(".")
    whole = (
        speech.say("{told}; {cause}.", told=begun, cause=each) for each in told_causes(line, lines, behind, speech)
    )
    longest = LONGEST if speech.language == "en" else _LONGEST_ELSEWHERE
    return next((each for each in whole if len(each) <= longest), sentence)


def _alone(line: BrandLine, period: Period, speech: Speech, stretch: float) -> str:
    told = speech.plural(
        "{brand} was mentioned {number} time", "{brand} was mentioned {number} times", line.mentions, brand=line.name
    )
    past, before = wording.before(period, speech), line.mentions_change.before
    if before is None:
        return speech.say("{told}; {past} gives nothing to compare with.", told=told, past=past)
    change = _counted(line.mentions, round(before), past, speech, stretch)
    return speech.say("{told}, {change}.", told=told, change=change)


def _counted(now: int, then: int, past: str, speech: Speech, stretch: float) -> str:
    if now == then:
        return speech.say("as often as {past}", past=past)
    strength, count = count_strength(now, then, stretch), wording.count(then, speech)
    clear = strength is not None and is_clear(strength)
    if now > then and clear:
        return speech.say("up from {count} {past}, more than chance explains", count=count, past=past)
    if now > then:
        return speech.say("up from {count} {past}, which chance alone may explain", count=count, past=past)
    if clear:
        return speech.say("down from {count} {past}, more than chance explains", count=count, past=past)
    return speech.say("down from {count} {past}, which chance alone may explain", count=count, past=past)


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
    sentence = (_QUIET_ALONE if brands == 1 else _QUIET)[period]
    return speech.say(sentence, brands=speech.plural("{number} brand", "{number} brands", brands))


def caution(
    period: Period, total: int, coverage: CoverageLine, speech: Speech = ENGLISH, *, began: str | None = None
) -> str | None:
    """Say who was deaf, how long and why, and what that does to the numbers. None: enough was heard, or nothing.

    `began`: the moment at which listening began, where that is within the window.
    """
    heard, before = coverage.share, coverage.before
    if not total or heard is None or heard >= _ENOUGH:
        return None
    told = [speech.say(_ONLY[period], part=wording.rough_percent(heard, speech))]
    told += _deaf(coverage, speech) if began is None else [speech.say("Listening began on {moment}.", moment=began)]
    if before is None or before <= heard:
        told.append(speech.say("Shares rest on what was heard, and counts are too low."))
    else:
        part, past = wording.rough_percent(before, speech), wording.before(period, speech)
        told.append(speech.say(_FELL, part=part, past=past))
    return " ".join(told)


def _deaf(coverage: CoverageLine, speech: Speech) -> Iterator[str]:
    if not coverage.deaf:
        return
    longest, *others = coverage.deaf
    told = {
        "source": longest.key,
        "length": wording.length(longest.length, speech),
        "reason": phrases.reason(longest, speech),
    }
    if others:
        yield speech.plural(
            "{source} was deaf for {length} ({reason}), and there is {number} more gap.",
            "{source} was deaf for {length} ({reason}), and there are {number} more gaps.",
            len(others),
            **told,
        )
    else:
        yield speech.say("{source} was deaf for {length} ({reason}).", **told)
