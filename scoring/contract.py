"""The contracts of scorers: what a language needs to have its texts scored.

Two sorts can do it. A `Scorer` knows which words carry a text's compound, so that those near a brand's name can be
weighed more. A `TextScorer` only tells what a whole text says, as neural models do: it reads a brand's own sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from config.errors import OverheardError

REMEMBERED: Final = 64  # texts: the brands of a mention share sentences, and its only sentence is the whole of it


class ScorerError(OverheardError):
    """A text could not be scored, though its language has a scorer. The next text may well be."""


class Scorer(Protocol):
    """Gives texts of its languages a compound. Every stored score names the scorer and its version."""

    def __hash__(self) -> int:
        """Any hash: what a scorer found in a text is remembered for the next brand."""
        ...

    @property
    def name(self) -> str:
        """Name and version, e.g. "vader-3.3.2"."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that it can read (ISO 639-1)."""
        ...

    def valences(self, pieces: Sequence[str]) -> list[tuple[int, float]]:
        """Give which blank-separated pieces of a text carry a valence, and how much, after all rules, in order."""
        ...

    def speaks(self, name: str) -> bool:
        """Tell whether the name of a brand could count as a word that means something ("Best Buy"): it is masked then.

        In doubt yes: masking costs time, and nothing else.
        """
        ...

    def score(self, text: str) -> float:
        """Give the compound of a text in one of its languages, -1 to 1. Pure: the same text, the same number."""
        ...


class TextScorer:
    """Gives texts a compound and does not tell which words decided. Threads may share it.

    `read` gives the compounds of texts, in order, or raises ScorerError. `blanks`: names of brands are to be blanked
    before, as to a lexicon "Bon Marché" is praise; a model that reads words in their context takes a name for a name.
    """

    def __init__(self, name: str, read: Callable[[Sequence[str]], Sequence[float]], *, blanks: bool) -> None:
        self.name = name  # and version, as a Scorer's
        self.blanks = blanks
        self._read = read
        self._known: dict[str, float] = {}

    def score(self, text: str) -> float:
        """Give the compound of a text, -1 to 1. Raises ScorerError."""
        return self.scores((text,))[0]

    def speaks(self, name: str) -> bool:
        """Tell that the name of a brand could count as a word that means something: any may."""
        del name
        return True

    def scores(self, texts: Sequence[str]) -> list[float]:
        """Give the compounds of texts, in order. Those not read lately are read together. Raises ScorerError."""
        known = self._known  # never changed, only replaced: another thread may be reading it
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            kept = (
                known if len(known) + len(new) <= REMEMBERED else {text: known[text] for text in texts if text in known}
            )
            self._known = known = {**kept, **dict(zip(new, self._read(new), strict=True))}
        return [known[text] for text in texts]


AnyScorer = Scorer | TextScorer
