"""What happens to brands and their customers, and which way it counts: "down again", "data breach", "raised prices".

VADER does not know these words. They stand in lexicons/events.en.txt and count for a brand's score alone, never for a
whole text, which stays the reference's to the last digit.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from scoring.english.comparison import Sentence
from scoring.lexicons.file import Lexicon, read_lexicon

FILE: Final = "events.en.txt"
LANGUAGE: Final = "en"
NEGATION: Final = -0.74  # as VADER's


class Events:
    """Finds the events of a text. Threads may share it."""

    def __init__(self, lexicon: Lexicon, *more: Lexicon) -> None:
        self.name = "+".join(f"events-{each.version}" for each in (lexicon, *more))
        valences = ChainMap({}, *(dict(each.words) for each in (*reversed(more), lexicon)))  # the last one counts
        self._phrases: dict[str, list[tuple[list[str], float]]] = {}  # by first word, longest first
        for phrase in sorted(valences, key=len, reverse=True):
            words = phrase.split()
            self._phrases.setdefault(words[0], []).append((words, valences[phrase]))
        # Without one of these, no search.
        self._single = frozenset(phrase for phrase in valences if " " not in phrase)
        self._openings = frozenset(tuple(phrase.split()[:2]) for phrase in valences if " " in phrase)
        self._words = frozenset(word for phrase in valences for word in phrase.split())

    def knows(self, word: str) -> bool:
        """Tell whether a word in lower case stands in any event."""
        return word in self._words

    def find(self, words: Sequence[str]) -> Mapping[range, float]:
        """Give the places of events among words in lower case, and their valences; of those that overlap, the first."""
        found: dict[range, float] = {}
        if self._single.isdisjoint(words) and self._openings.isdisjoint(pairwise(words)):
            return found
        done = 0
        for at in [at for at, word in enumerate(words) if word in self._phrases]:
            for phrase, valence in self._phrases[words[at]] if at >= done else ():
                if words[at : at + len(phrase)] == phrase:
                    done = at + len(phrase)
                    found[range(at, done)] = valence
                    break
        return found


def with_phrases(
    hits: Sequence[tuple[int, float]], words: Sequence[str], phrases: Mapping[range, float]
) -> list[tuple[int, float]]:
    """Give the places that carry a valence, in order, with phrases among them: each stands for all of its words."""
    found = dict(hits)
    for places, valence in phrases.items():
        for at in places:
            found.pop(at, None)
        if valence:
            found[places[0]] = valence * NEGATION if Sentence(words, ()).denied(places[0]) else valence
    return sorted(found.items())


def events_of(language: str | None, own: Lexicon | None = None, *, shipped: bool = True) -> Events | None:
    """Give the events of a language, a user's own among them, or None. `shipped`: whether ours, in English, count.

    Of an event that both list the user's valence counts; 0 takes ours away.
    """
    ours = shipped and language == LANGUAGE
    if own is None:
        return shipped_events() if ours else None
    return Events(_lexicon(), own) if ours else Events(own)


@cache
def shipped_events() -> Events:
    """Give the events that come with Overheard, read at the first call."""
    return Events(_lexicon())


def _lexicon() -> Lexicon:
    return read_lexicon(files("scoring").joinpath("lexicons", FILE).read_text(encoding="utf-8"), FILE)
