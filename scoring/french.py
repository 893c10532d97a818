"""French by vaderSentiment-fr, for whoever installs it: VADER's rules with a French lexicon.

It stays apart, as it brings libraries under the GPL: see docs/decisions/0018-engines-that-a-user-brings.md.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from importlib.metadata import version
from typing import Final

from scoring.contract import TextScorer

MOST_CHARACTERS: Final = 2_000  # of a text: for each word that it knows, it lowers all words of the text again


def french_scorer() -> TextScorer:
    """Give the scorer of the library that is installed; its lexicon is read, in some 60 ms. Raises ImportError."""
    path = sys.path.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a part we do not use could be faster
        from vaderSentiment_fr.vaderSentiment import (  # noqa: PLC0415  # a library that the user installs, or not
            SentimentIntensityAnalyzer,
        )
    sys.path[:] = path  # it adds "/", from where nothing should be imported
    analyser = SentimentIntensityAnalyzer()

    def read(texts: Sequence[str]) -> list[float]:
        return [analyser.polarity_scores(text[:MOST_CHARACTERS])["compound"] for text in texts]

    return TextScorer(f"vadersentiment-fr-{version('vaderSentiment-fr')}", read, blanks=True)
