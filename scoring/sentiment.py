"""What a text says: on the whole, and of one brand. "Unscored" is an answer; it is never counted as neutral."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import partial
from types import MappingProxyType
from typing import Final

from config.settings import Sentiment as Settings
from scoring.contract import AnyScorer, Scorer, ScorerError, TextScorer
from scoring.english.events import events_of
from scoring.english.opinions import of_brands
from scoring.language import language_of, normal_tag
from scoring.learning.features import Features
from scoring.learning.model import Model
from scoring.lexicons.file import Lexicon
from scoring.lexicons.scorer import shipped
from scoring.names import PLAIN, TYPOGRAPHIC, places_of
from scoring.sentences import Place, has_words
from scoring.toward import bear_out, evidence, seen, toward
from scoring.vader import vader
from storage.records import Label, Match, Sentiment

# One line per language that can be scored. The scorer is made when the first text of its language comes.
SCORERS: Final[dict[str, Callable[[], Scorer]]] = {
    "en": vader,
    "de": partial(shipped, "de"),
    "es": partial(shipped, "es"),
    "fr": partial(shipped, "fr"),
    "it": partial(shipped, "it"),
    "ko": partial(shipped, "ko"),
    "pt": partial(shipped, "pt"),
    "ro": partial(shipped, "ro"),
}
ENGLISH: Final = "en"
FAVOURED: Final = (ENGLISH,)  # where nothing is configured: another language has to be clearly likelier
UNSCORED: Final = "unscored"  # method, and first word of the reason
NO_WORDS: Final = f"{UNSCORED}: no words"
FAILED: Final = f"{UNSCORED}: model failed"
TARGETED: Final = "targeted-3"  # how a brand's own words are read, with the version of rules and opinions
WINDOWS: Final = "windows-1"  # the same for scorers of whole texts


def score_text(text: str, target: str | None = None, language: str | None = None) -> float | None:
    """Give the compound of a text, -1 to 1; None where no scorer knows its language.

    Without `target`: the text as it stands; for English exactly vaderSentiment's compound. With `target`: as
    `SentimentGauge.toward`, of the sentences that name it; of the whole text when none does. `language` (ISO 639-1 or a
    tag such as "en-US") is detected when left out.
    """
    spoken = normal_tag(language) or language_of(text, None, FAVOURED)
    scorer = _scorer(spoken)
    if scorer is None:
        return None
    if target is None:
        return scorer.score(text)
    compound, _ = toward(of_brands(scorer), text, places_of(text, target), (), events_of(spoken))
    return compound


class SentimentGauge:
    """Scores texts and labels them by the configured thresholds. Threads may share it."""

    def __init__(
        self,
        settings: Settings,
        languages: Sequence[str],
        own: Mapping[str, AnyScorer] = MappingProxyType({}),
        own_events: Mapping[str, Lexicon] = MappingProxyType({}),
    ) -> None:
        self._settings = settings
        self._languages = tuple(languages)  # that texts may be in; those in others stay unscored
        self._own = own  # scorers of the user, by language, before what comes with us
        self._own_events = own_events  # of the user, by language, beside what comes with us
        self._events = {code: events_of(code, own_events.get(code), shipped=settings.events) for code in languages}
        self._models: Mapping[tuple[str, str], Model] = MappingProxyType({})  # by brand and language

    def taught(self, models: Mapping[tuple[str, str], Model]) -> SentimentGauge:
        """Give a gauge that scores a brand in a language by what was learned of them; all others as before.

        A model that was fitted on other rules than these is left aside: see `rules`.
        """
        taught = copy(self)
        taught._models = {at: model for at, model in models.items() if model.rules == self.rules(at[1])}  # noqa: SLF001  # its own, on a fresh copy
        return taught

    def rules(self, language: str) -> str | None:
        """Give the method by which the rules score a brand in a language; None where nothing scores it."""
        scorer = self._scorer(language)
        return None if scorer is None else self._method(scorer, language)

    @property
    def methods(self) -> tuple[str, ...]:
        """Names and versions of all that can enter a score, whatever the text: another one, another score."""
        rules = filter(None, map(self.rules, self._languages))
        events = [events.name for events in self._events.values() if events is not None]
        return (*rules, *events, *sorted({model.name for model in self._models.values()}))

    def whole(self, body: str, language: str | None) -> Sentiment:
        """Give what a text says, no brand in mind. `language` is the source's tag, None when it gave none."""
        spoken = language_of(body, language, self._languages)
        scorer = self._scorer(spoken)
        wordless = isinstance(scorer, TextScorer) and not has_words(body)  # a model has a say on a mere link too
        if scorer is None or wordless:
            return self._unscored(body, spoken)
        try:
            compound = scorer.score(body.replace(TYPOGRAPHIC, PLAIN))
        except ScorerError:
            return _failed(spoken)
        if compound == 0 and not has_words(body):
            return self._unscored(body, spoken)
        method = f"{scorer.name}/apostrophes" if TYPOGRAPHIC in body else scorer.name
        return Sentiment(compound, self.label(compound), method, (0, len(body)), spoken)

    def toward(
        self, body: str, matches: Sequence[Match], language: str | None, others: Sequence[Match] = ()
    ) -> Sentiment:
        """Give what a text says of one brand: in the sentences that name it and those that go on about it.

        `matches` are the places of the brand, `others` those of all other brands in the text, which tell where a
        contrast changes the subject. Names say nothing themselves: neither "Best Buy" nor "United" is praise.
        `evidence` is the sentence or clause that speaks most for the label; of a neutral one, that names the brand.
        """
        spoken = language_of(body, language, self._languages)
        scorer = self._scorer(spoken)
        if scorer is None or not has_words(body):
            whole = self.whole(body, language)
            return self._unscored(body, spoken) if whole.compound is None else whole
        named, rivals = _spans(matches), _spans(others)
        model = self._models.get((matches[0].brand, spoken or "")) if self._models and matches else None
        reader = self._reader(scorer)
        try:
            compound, parts = toward(reader, body, named, rivals, self._events.get(spoken or ""))
            features = None if model is None else seen(reader, body, named, rivals, compound)
        except ScorerError:
            return _failed(spoken)
        method = self._method(scorer, spoken)
        if model is not None and features is not None:
            compound, method = model.compound(features), f"{method}/{model.name}"
            parts = parts if bear_out(parts, self.label(compound)) else model.strengths(features)
        label = self.label(compound)
        return Sentiment(compound, label, method, evidence(parts, named, label), spoken)

    def features(
        self, body: str, matches: Sequence[Match], language: str | None, others: Sequence[Match] = ()
    ) -> Features | None:
        """Give what a model learns of a text and a brand, arguments as of `toward`; None where that is unscored."""
        spoken = language_of(body, language, self._languages)
        scorer = self._scorer(spoken)
        if scorer is None or not has_words(body):
            return None
        named, rivals = _spans(matches), _spans(others)
        reader = self._reader(scorer)
        try:
            compound, _ = toward(reader, body, named, rivals, self._events.get(spoken or ""))
            return seen(reader, body, named, rivals, compound)
        except ScorerError:
            return None

    def _reader(self, scorer: AnyScorer) -> AnyScorer:
        """Give what reads the words of a brand."""
        return of_brands(scorer) if self._settings.opinions else scorer

    def _method(self, scorer: AnyScorer, language: str | None) -> str:
        """Give how the rules score a brand: the scorer, and how the brand's own words are read."""
        if isinstance(scorer, TextScorer):
            return f"{scorer.name}/{WINDOWS}"
        switched = "" if language != ENGLISH or self._settings.events else "-events"
        switched += "" if language != ENGLISH or self._settings.opinions else "-opinions"
        own = self._own_events.get(language or "")
        return f"{scorer.name}/{TARGETED}{switched}{f'+events-{own.version}' if own else ''}"

    def _scorer(self, spoken: str | None) -> AnyScorer | None:
        """Give the scorer of a language that is configured; None when there is none."""
        return self._own.get(spoken) or _scorer(spoken) if spoken in self._languages else None

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


def _failed(language: str | None) -> Sentiment:
    return Sentiment(None, Label.UNSCORED, UNSCORED, None, language, FAILED)


def _spans(matches: Sequence[Match]) -> list[Place]:
    return sorted((at.start, at.end) for at in matches)
