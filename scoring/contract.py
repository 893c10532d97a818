"""The contract of a scorer: what a language needs to have its texts scored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


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
