"""What a digest leaves out on purpose, and the sentence that says so; programs find all of it in the JSON."""

from __future__ import annotations

from notifier import wording
from notifier.digest.contents import Digest
from notifier.languages.speech import to_say

MAX_NAMES = 10  # brands without a line named; the rest is counted
_UNNAMED = {
    "day": to_say("Named neither on the day nor on the day before, and without a line here: {brands}."),
    "week": to_say("Named neither in the week nor in the week before, and without a line here: {brands}."),
    "month": to_say("Named neither in the month nor in the month before, and without a line here: {brands}."),
}
_TEMPLATES = {
    "short": to_say("This digest is a short one, without mentions a day, top stories, quotes and campaigns."),
    "executive": to_say("This digest is one for executives, without mentions a day, top stories and quotes."),
}
_OF_SHARES = frozenset({"share of voice", "interval"})  # formulas that one brand alone has no use for


def left_out(digest: Digest) -> str | None:
    """Give what a reader would miss. None: everything has a line.

    That is brands that the digest is not about, the share of one brand among itself, brands of a crowd that nobody
    named, and the parts that its template leaves out.
    """
    told = [part for part in (_others(digest), _unnamed(digest), _rivals(digest), _parts(digest)) if part]
    return " ".join(told) or None


def _others(digest: Digest) -> str | None:
    if not digest.others:
        return None
    return digest.speech.plural(
        "It is about these brands alone; {number} more is listened for.",
        "It is about these brands alone; {number} more are listened for.",
        digest.others,
    )


def _rivals(digest: Digest) -> str | None:
    if digest.competition is not None or not digest.brands:
        return None
    return digest.speech.say("Competitor moves are left out: no brand here is a competitor.")


def _parts(digest: Digest) -> str | None:
    return digest.speech.say(_TEMPLATES[digest.template]) if digest.template in _TEMPLATES else None


def _unnamed(digest: Digest) -> str | None:
    speech, told = digest.speech, {line.slug for line in digest.told}
    if digest.alone:
        return speech.say("There is no share of voice: it needs a second brand to compare with.")
    names = [line.name for line in digest.brands if line.slug not in told]
    if not names:
        return None
    listed, more = ", ".join(names[:MAX_NAMES]), len(names) - MAX_NAMES
    if more > 0:
        listed = speech.say("{names} and {count} more", names=listed, count=wording.count(more, speech))
    return speech.say(_UNNAMED[digest.period], brands=listed)


def formulas(digest: Digest) -> list[str]:
    """Give how the numbers that are shown are made."""
    skipped = _OF_SHARES if digest.alone else frozenset()
    if not digest.rising:
        skipped |= {"rising words"}
    return [digest.speech.tell(formula.text) for formula in digest.formulas if formula.name not in skipped]
