"""What a digest leaves out on purpose, and the sentence that says so; programs find all of it in the JSON."""

from __future__ import annotations

from notifier import wording
from notifier.contents import Digest
from notifier.languages.speech import to_say

MAX_NAMES = 10  # brands without a line named; the rest is counted
_UNNAMED = {
    "day": to_say("Named neither on the day nor on the day before, and without a line here: {brands}."),
    "week": to_say("Named neither in the week nor in the week before, and without a line here: {brands}."),
}
_OF_SHARES = frozenset({"share of voice", "interval"})  # formulas that one brand alone has no use for


def left_out(digest: Digest) -> str | None:
    """Give what has no line: the share of one brand among itself, or brands of a crowd that nobody named.

    None: everything has a line.
    """
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
    return [digest.speech.tell(formula.text) for formula in digest.formulas if formula.name not in skipped]
