"""The scorers that a config may choose by name, one line each. Their libraries are imported when they are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from scoring.contract import AnyScorer
from scoring.french import french_scorer


class Choice(NamedTuple):
    """A scorer that a user may choose."""

    make: Callable[[], AnyScorer]  # raises ImportError when its library is not installed
    languages: tuple[str, ...]  # that it can read (ISO 639-1)
    extra: str  # of the package: what installs its library


CHOICES: Final[dict[str, Choice]] = {
    "vadersentiment-fr": Choice(french_scorer, ("fr",), "french"),
}
