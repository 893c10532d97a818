"""How good the data of a digest is, in one line that is there when all is well too."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from notifier import wording
from notifier.digest.contents import Digest


def line(digest: Digest) -> str:
    """Give how many sources were heard throughout or are late, and how much has no sentiment."""
    speech = digest.speech
    return speech.say(
        "Data: {heard}, {late}, {unscored}.", heard=_heard(digest), late=_late(digest), unscored=_unscored(digest)
    )


def _heard(digest: Digest) -> str:
    coverage, speech = digest.coverage, digest.speech
    if not coverage.queries:
        return speech.say("no source listened to")
    blind: defaultdict[str, timedelta] = defaultdict(timedelta)
    for spell in coverage.deaf:
        blind[spell.key] += spell.length
    heard = wording.count(max(coverage.queries - len(blind), 0), speech)
    sources = speech.plural(
        "{heard} of {number} source heard throughout",
        "{heard} of {number} sources heard throughout",
        coverage.queries,
        heard=heard,
    )
    if not blind:
        return sources
    worst = wording.length(max(blind.values()), speech)
    return speech.say("{sources} (blind for {length} at worst)", sources=sources, length=worst)


def _late(digest: Digest) -> str:
    speech, late = digest.speech, digest.coverage.late
    return speech.plural("{number} late", "{number} late", late) if late else speech.say("none late")


def _unscored(digest: Digest) -> str:
    speech = digest.speech
    mentions = sum(each.mentions for each in digest.brands)
    if not mentions:
        return speech.say("no mentions to score")
    part = sum(each.unscored for each in digest.brands) / mentions
    return speech.say("{part} of mentions without sentiment", part=wording.rough_percent(part, speech))
