"""What happens to brands and their customers, and which way it counts: "down again", "data breach", "raised prices".

VADER does not know these words. They stand in lexicons/events.en.txt and count for a brand's score alone, never for a
whole text, which stays the reference's to the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from scoring.lexicon_file import Lexicon, read_lexicon

FILE: Final = "events.en.txt"


class Events:
    """Finds the events of a text. Threads may share it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.name = f"events-{lexicon.version}"
        self.language = lexicon.language
        self._phrases: dict[str, list[tuple[list[str], float]]] = {}  # by first word, longest first
        for phrase in sorted(lexicon.words, key=len, reverse=True):
            words = phrase.split()
            self._phrases.setdefault(words[0], []).append((words, lexicon.words[phrase]))
        self._keys = frozenset(max(phrase.split(), key=len) for phrase in lexicon.words)  # without one, no search
        self._words = frozenset(word for phrase in lexicon.words for word in phrase.split())

    def knows(self, word: str) -> bool:
        """Tell whether a word in lower case stands in any event."""
        return word in self._words

    def find(self, words: Sequence[str]) -> Mapping[range, float]:
        """Give the places of events among words in lower case, and their valences; of those that overlap, the first."""
        found: dict[range, float] = {}
        if self._keys.isdisjoint(words):
            return found
        done = 0
        for at, word in enumerate(words):
            for phrase, valence in self._phrases.get(word, ()) if at >= done else ():
                if words[at : at + len(phrase)] == phrase:
                    done = at + len(phrase)
                    found[range(at, done)] = valence
                    break
        return found


@cache
def shipped_events() -> Events:
    """Give the events that come with Overheard, read at the first call."""
    return Events(read_lexicon(files("scoring").joinpath("lexicons", FILE).read_text(encoding="utf-8"), FILE))
