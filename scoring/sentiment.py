"""What a text says: on the whole, and of one brand. "Unscored" is an answer; it is never counted as neutral."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from config.settings import Sentiment as Thresholds
from scoring.contract import Scorer
from scoring.language import language_of, normal_tag
from scoring.sentences import Place, has_words, windows
from scoring.vader import vader
from storage.records import Label, Match, Sentiment

# One line per language that can be scored. The scorer is made when the first text of its language comes.
SCORERS: Final[dict[str, Callable[[], Scorer]]] = {
    "en": vader,
}
UNSCORED: Final = "unscored"  # method, and first word of the reason
NO_WORDS: Final = f"{UNSCORED}: no words"


def score_text(text: str, target: str | None = None, language: str | None = None) -> float | None:
    """Give the compound of a text, -1 to 1; None where no scorer knows its language.

    Without `target`: the whole text; for English exactly vaderSentiment's compound. With `target`: of the
    sentences that name it; the whole text when none does. `language` (ISO 639-1 or a tag such as "en-US") is detected
    when left out.
    """
    scorer = _scorer(normal_tag(language) or language_of(text, None, tuple(SCORERS)))
    if scorer is None:
        return None
    if target is None:
        return scorer.score(text)
    compound, _ = _toward(scorer, text, windows(text, _places(text, target)))
    return compound


class SentimentGauge:
    """Scores texts and labels them by the configured thresholds. Threads may share it."""

    def __init__(self, settings: Thresholds, languages: Sequence[str]) -> None:
        self._settings = settings
        self._languages = tuple(languages)  # that texts may be in

    def whole(self, body: str, language: str | None) -> Sentiment:
        """Give what a text says, no brand in mind. `language` is the source's tag, None when it gave none."""
        spoken = language_of(body, language, self._languages)
        scorer = _scorer(spoken)
        if scorer is None:
            return self._unscored(body, spoken)
        compound = scorer.score(body)
        if compound == 0 and not has_words(body):
            return self._unscored(body, spoken)
        return Sentiment(compound, self.label(compound), scorer.name, (0, len(body)), spoken)

    def toward(
        self, body: str, matches: Sequence[Match], language: str | None, others: Sequence[Match] = ()
    ) -> Sentiment:
        """Give what a text says of one brand: in the sentences that name it and those that go on about it.

        `matches` are the places of the brand, `others` those of all other brands in the text, which tell where a
        contrast changes the subject. `evidence` is the sentence or clause with the strongest score.
        """
        spoken = language_of(body, language, self._languages)
        scorer = _scorer(spoken)
        if scorer is None or not has_words(body):
            whole = self.whole(body, language)
            return self._unscored(body, spoken) if whole.compound is None else whole
        places = windows(body, [(at.start, at.end) for at in matches], [(at.start, at.end) for at in others])
        compound, evidence = _toward(scorer, body, places)
        return Sentiment(compound, self.label(compound), f"{scorer.name}/sentences", evidence, spoken)

    def label(self, compound: float) -> Label:
        """Give what a compound is called under the configured thresholds."""
        if compound >= self._settings.positive_from:
            return Label.POSITIVE
        if compound <= self._settings.negative_from:
            return Label.NEGATIVE
        return Label.NEUTRAL

    @staticmethod
    def _unscored(body: str, language: str | None) -> Sentiment:
        reason = f"{UNSCORED}:{language or 'unknown'}" if has_words(body) else NO_WORDS
        return Sentiment(None, Label.UNSCORED, UNSCORED, None, language, reason)


def _scorer(language: str | None) -> Scorer | None:
    """Give the scorer of a language; None when there is none."""
    make = SCORERS.get(language) if language else None
    return make() if make else None


def _toward(scorer: Scorer, text: str, places: Sequence[Place]) -> tuple[float, Place]:
    """Give the compound of the places read together, and the strongest of them. No places: the whole text."""
    if len(places) <= 1:
        start, end = places[0] if places else (0, len(text))
        return scorer.score(text[start:end]), (start, end)
    strongest = max(places, key=lambda place: abs(scorer.score(text[place[0] : place[1]])))
    return scorer.score(" ".join(text[start:end] for start, end in places)), strongest


def _places(text: str, target: str) -> list[Place]:
    """Give where a target is named, in any case, as words of its own."""
    return [found.span() for found in _naming(target).finditer(text)] if target.strip() else []


@lru_cache(maxsize=1024)
def _naming(target: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(target.strip())}(?!\w)", re.IGNORECASE)
