"""What a text says: on the whole, and of one brand. "Unscored" is an answer; it is never counted as neutral."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import lru_cache, partial
from operator import itemgetter
from types import MappingProxyType
from typing import Final

from config.settings import Sentiment as Thresholds
from scoring.contract import AnyScorer, Scorer, ScorerError, TextScorer
from scoring.events import Events, shipped_events
from scoring.features import Features, features
from scoring.language import language_of, normal_tag
from scoring.learned import Model
from scoring.lexicon import LexiconScorer, shipped
from scoring.opinions import of_brands
from scoring.reading import matters
from scoring.sentences import Place, has_words, naming, windows
from scoring.targeted import compared, flattened, outright, weigh
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
FAVOURED: Final = ("en",)  # where nothing is configured: another language has to be clearly likelier
UNSCORED: Final = "unscored"  # method, and first word of the reason
NO_WORDS: Final = f"{UNSCORED}: no words"
FAILED: Final = f"{UNSCORED}: model failed"
MOST_WINDOWS: Final = 16  # of a brand's places, as many as a scorer of whole texts is asked about
TARGETED: Final = "targeted-3"  # how a brand's own words are read, with the version of the rules
WINDOWS: Final = "windows-1"  # the same for scorers of whole texts
TYPOGRAPHIC: Final = "\u2019"
PLAIN: Final = "'"

_END = r"(?![^\W\uac00-\ud7a3])"  # Korean glues its particles to a name
_BLANKABLE = re.compile(r"\S")  # marks too: the "!" of a name is no emphasis


def score_text(text: str, target: str | None = None, language: str | None = None) -> float | None:
    """Give the compound of a text, -1 to 1; None where no scorer knows its language.

    Without `target`: the text as it stands; for English exactly vaderSentiment's compound. With `target`: as
    `SentimentGauge.toward`, of the sentences that name it; of the whole text when none does. `language` (ISO 639-1 or a
    tag such as "en-US") is detected when left out.
    """
    scorer = _scorer(normal_tag(language) or language_of(text, None, FAVOURED))
    if scorer is None:
        return None
    if target is None:
        return scorer.score(text)
    compound, _ = _toward(of_brands(scorer), text, places_of(text, target), ())
    return compound


class SentimentGauge:
    """Scores texts and labels them by the configured thresholds. Threads may share it."""

    def __init__(
        self,
        settings: Thresholds,
        languages: Sequence[str],
        own: Mapping[str, AnyScorer] = MappingProxyType({}),
        *,
        events: bool = True,
        opinions: bool = True,
    ) -> None:
        self._settings = settings
        self._languages = tuple(languages)  # that texts may be in; those in others stay unscored
        self._own = own  # scorers of the user, by language, before what comes with us
        self._events = events  # whether "outage" and its like count for a brand
        self._opinions = opinions  # whether "overpriced" and its like do
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
        return None if scorer is None else _method(scorer)

    @property
    def methods(self) -> tuple[str, ...]:
        """Names and versions of all that can enter a score, whatever the text: another one, another score."""
        known = [scorer.name for scorer in map(self._scorer, self._languages) if scorer is not None]
        learned = {model.name for model in self._models.values()}
        return (*known, TARGETED, WINDOWS, *([shipped_events().name] if self._events else []), *sorted(learned))

    def whole(self, body: str, language: str | None) -> Sentiment:
        """Give what a text says, no brand in mind. `language` is the source's tag, None when it gave none."""
        spoken = language_of(body, language, self._languages)
        scorer = self._scorer(spoken)
        if scorer is None or (
            isinstance(scorer, TextScorer) and not has_words(body)
        ):  # a model has a say on a link too
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
        reader = of_brands(scorer) if self._opinions else scorer
        try:
            compound, parts = _toward(reader, body, named, rivals, events=self._events)
            seen = None if model is None else _features(reader, body, named, rivals, compound)
        except ScorerError:
            return _failed(spoken)
        method = _method(scorer)
        if model is not None and seen is not None:
            compound, method = model.compound(seen), f"{method}/{model.name}"
            parts = parts if _bear_out(parts, self.label(compound)) else model.strengths(seen)
        label = self.label(compound)
        return Sentiment(compound, label, method, _evidence(parts, named, label), spoken)

    def features(
        self, body: str, matches: Sequence[Match], language: str | None, others: Sequence[Match] = ()
    ) -> Features | None:
        """Give what a model learns of a text and a brand, arguments as of `toward`; None where that is unscored."""
        scorer = self._scorer(language_of(body, language, self._languages))
        if scorer is None or not has_words(body):
            return None
        named, rivals = _spans(matches), _spans(others)
        reader = of_brands(scorer) if self._opinions else scorer
        try:
            compound, _ = _toward(reader, body, named, rivals, events=self._events)
            return _features(reader, body, named, rivals, compound)
        except ScorerError:
            return None

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


def _method(scorer: AnyScorer) -> str:
    """Give how the rules score a brand: the scorer, and how the brand's own words are read."""
    return f"{scorer.name}/{'windows-1' if isinstance(scorer, TextScorer) else TARGETED}"


def _failed(language: str | None) -> Sentiment:
    return Sentiment(None, Label.UNSCORED, UNSCORED, None, language, FAILED)


def _toward(
    scorer: AnyScorer, text: str, named: Sequence[Place], rivals: Sequence[Place], *, events: bool = True
) -> tuple[float, list[tuple[float, Place]]]:
    """Give what is said of a brand, and how much each place that speaks of it adds. Never without a place.

    A comparison decides alone. A post addressed to the one brand ("@acme ...") is about it, word for word; in other
    texts the words near the name count most.
    """
    readable = _readable(scorer, text, [*named, *rivals])
    grammar = scorer.grammar if isinstance(scorer, LexiconScorer) else None  # None: the rules for English
    judge = grammar.compared if grammar else compared
    standings = [(float(judge(readable, sentence, named)), sentence) for sentence in naming(text, named)]
    standing = sum(direction for direction, _ in standings)
    if standing:
        return outright(standing), standings
    places = windows(text, named, rivals, grammar.halves if grammar else None) or [(0, len(text))]
    if isinstance(scorer, TextScorer):
        plain = readable if scorer.blanks else _readable(scorer, text, ())
        return _together(scorer, plain, places[:MOST_WINDOWS])
    if grammar:
        readable, named = grammar.heard(readable, places), grammar.joined(readable, named)
    if not rivals and "@" in text and any("@" in text[max(0, start - 1) : start + 1] for start, _ in named):
        pieces = [readable[start:end] for start, end in places]
        strengths = [scorer.score(piece) for piece in pieces]
        return scorer.score(" ".join(pieces)), list(zip(strengths, places, strict=True))
    strengths = weigh(scorer, readable, places, named, rivals, _events(scorer) if events else None)
    if grammar:
        strengths = grammar.earnest(readable, places, strengths)
    return flattened(sum(strengths)), list(zip(strengths, places, strict=True))


def _together(scorer: TextScorer, text: str, places: Sequence[Place]) -> tuple[float, list[tuple[float, Place]]]:
    """Give what places of a text say together, as one text, and what each says by itself."""
    pieces = [text[start:end] for start, end in places]
    compound, *strengths = scorer.scores([" ".join(pieces), *pieces])
    return compound, list(zip(strengths, places, strict=True))


def _features(
    scorer: AnyScorer, text: str, named: Sequence[Place], rivals: Sequence[Place], compound: float
) -> Features:
    """Give what a model sees of a text and a brand. `compound`: what the rules say of it. Raises ScorerError."""
    in_context = isinstance(scorer, TextScorer) and not scorer.blanks
    readable = _readable(scorer, text, () if in_context else [*named, *rivals])
    places = windows(text, named, rivals) or [(0, len(text))]
    valences = None if isinstance(scorer, TextScorer) else scorer.valences
    return features(readable, places, named, rivals, (compound, scorer.score(readable)), valences)


def _events(scorer: Scorer) -> Events | None:
    """Give the events of a scorer's language; None when nothing lists them."""
    return shipped_events() if shipped_events().language in scorer.languages else None


def _evidence(parts: Sequence[tuple[float, Place]], named: Sequence[Place], label: Label) -> Place:
    """Give the place that speaks most for the label: no praise is quoted for a negative one.

    Of a neutral label it is the first that names the brand; where only all places together bear the label out, the
    stretch that holds them.
    """
    places = [place for _, place in parts]
    if label is Label.NEUTRAL:
        return next((place for place in places if _overlaps(place, named)), places[0])
    direction = 1 if label is Label.POSITIVE else -1
    strength, best = max(((direction * strength, place) for strength, place in parts), key=itemgetter(0))
    return best if strength > 0 else (places[0][0], places[-1][1])


def _bear_out(parts: Sequence[tuple[float, Place]], label: Label) -> bool:
    """Tell whether a place speaks for the label; a neutral one needs none."""
    direction = {Label.POSITIVE: 1, Label.NEGATIVE: -1}.get(label, 0)
    return not direction or any(direction * strength > 0 for strength, _ in parts)


def _overlaps(place: Place, named: Sequence[Place]) -> bool:
    return any(start < place[1] and end > place[0] for start, end in named)


def _readable(scorer: AnyScorer, text: str, names: Sequence[Place]) -> str:
    """Give the text as it is scored, character for character as long as it is.

    Apostrophes are plain ("don\u2019t" negates), and names that could mean something are spelled with a letter that no
    lexicon knows, in the same case, as capitals weigh. Where none does, the text is the same for each of its brands,
    and what was found for one serves the next.
    """
    plain = text.replace(TYPOGRAPHIC, PLAIN)
    speaking = [place for place in names if _speaks(scorer, plain[slice(*place)])]
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
def _speaks(scorer: AnyScorer, name: str) -> bool:
    """Tell whether a name could mean something to a scorer, to the events or to a comparison."""
    words = name.lower().split()
    return scorer.speaks(name) or any(map(matters, words)) or any(map(shipped_events().knows, words))


@lru_cache(maxsize=1024)
def _blanked(name: str) -> str:
    return _BLANKABLE.sub(lambda letter: "X" if letter[0].isupper() else "x", name)


def _spans(matches: Sequence[Match]) -> list[Place]:
    return sorted((at.start, at.end) for at in matches)


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
