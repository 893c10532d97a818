"""The names of brands in a text: where a target stands, and the text with names masked that would count as words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from scoring.contract import AnyScorer
from scoring.english.events import Events
from scoring.english.reading import matters
from scoring.sentences import Place

TYPOGRAPHIC: Final = "\u2019"
PLAIN: Final = "'"

_END = r"(?![^\W\uac00-\ud7a3])"  # Korean glues its particles to a name
_BLANKABLE = re.compile(r"\S")  # marks too: the "!" of a name is no emphasis


def places_of(text: str, target: str) -> list[Place]:
    """Give where a target is named, in any case, as words of its own."""
    return [found.span() for found in _naming(target).finditer(text)] if target.strip() else []


@lru_cache(maxsize=1024)
def _naming(target: str) -> re.Pattern[str]:
    first, rest = target.strip()[0], re.escape(target.strip()[1:])
    if first.isascii() and first.isalpha() and first not in "iksIKS":  # those three have more than two cases
        cases = f"[{first.lower()}{first.upper()}]"  # in front, it is looked for at once, not place by place
        return re.compile(rf"{cases}(?<!\w{cases})(?i:{rest}){_END}")
    return re.compile(rf"(?<!\w){re.escape(first)}{rest}{_END}", re.IGNORECASE)


def readable(scorer: AnyScorer, text: str, names: Sequence[Place], events: Events | None = None) -> str:
    """Give the text as it is scored, character for character as long as it is.

    Apostrophes are plain ("don\u2019t" negates), and names that could mean something are spelled with a letter that no
    lexicon knows, in the same case, as capitals weigh. Where none does, the text is the same for each of its brands,
    and what was found for one serves the next.
    """
    plain = text.replace(TYPOGRAPHIC, PLAIN)
    speaking = [place for place in names if _speaks(scorer, events, plain[slice(*place)])]
    if not speaking:
        return plain
    pieces: list[str] = []
    done = 0
    for start, end in sorted(speaking):
        if end > done:
            pieces += (plain[done:start], _blanked(plain[max(done, start) : end]))
            done = end
    return "".join((*pieces, plain[done:]))


@lru_cache(maxsize=4096)
def _speaks(scorer: AnyScorer, events: Events | None, name: str) -> bool:
    """Tell whether a name could mean something to a scorer, to the events or to a comparison."""
    words = name.lower().split()
    return scorer.speaks(name) or any(map(matters, words)) or (events is not None and any(map(events.knows, words)))


@lru_cache(maxsize=1024)
def _blanked(name: str) -> str:
    return _BLANKABLE.sub(lambda letter: "X" if letter[0].isupper() else "x", name)
