"""What a text says of one brand: by comparisons, by the brand's own sentences, by the words near its name."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Final

from scoring.contract import AnyScorer, TextScorer
from scoring.english.events import Events
from scoring.english.targeted import compared, flattened, outright, weigh
from scoring.learning.features import Features, features
from scoring.lexicons.grammar import Grammar
from scoring.lexicons.scorer import LexiconScorer
from scoring.names import readable
from scoring.sentences import Place, naming, windows
from storage.records import Label

Parts = Sequence[tuple[float, Place]]  # what each place adds

MOST_WINDOWS: Final = 16  # of a brand's places, as many as a scorer of whole texts is asked about


def toward(
    scorer: AnyScorer, text: str, named: Sequence[Place], rivals: Sequence[Place], events: Events | None = None
) -> tuple[float, Parts]:
    """Give what is said of a brand, -1 to 1, and how much each place that speaks of it adds. Never without a place.

    `named`: places of the brand; `rivals`: of others. Raises ScorerError.

    A comparison decides alone. A post addressed to the one brand ("@acme ...") is about it, word for word; in other
    texts the words near the name count most.
    """
    words = readable(scorer, text, [*named, *rivals], events)
    grammar = _grammar(scorer)
    judge = grammar.compared if grammar else compared
    standings = [(float(judge(words, sentence, named)), sentence) for sentence in naming(text, named)]
    standing = sum(direction for direction, _ in standings)
    if standing:
        return outright(standing), standings
    places = _own_places(scorer, text, named, rivals)
    if isinstance(scorer, TextScorer):
        plain = words if scorer.blanks else readable(scorer, text, ())
        return _together(scorer, plain, places[:MOST_WINDOWS])
    if grammar:
        words, named = grammar.heard(words, places), grammar.joined(words, named)
    if not rivals and "@" in text and any("@" in text[max(0, start - 1) : start + 1] for start, _ in named):
        pieces = [words[start:end] for start, end in places]
        strengths = [scorer.score(piece) for piece in pieces]
        return scorer.score(" ".join(pieces)), list(zip(strengths, places, strict=True))
    strengths = weigh(scorer, words, places, named, rivals, events)
    if grammar:
        strengths = grammar.earnest(words, places, strengths)
    return flattened(sum(strengths)), list(zip(strengths, places, strict=True))


def _together(scorer: TextScorer, text: str, places: Sequence[Place]) -> tuple[float, Parts]:
    """Give what places of a text say together, as one text, and what each says by itself."""
    pieces = [text[start:end] for start, end in places]
    compound, *strengths = scorer.scores([" ".join(pieces), *pieces])
    return compound, list(zip(strengths, places, strict=True))


def seen(scorer: AnyScorer, text: str, named: Sequence[Place], rivals: Sequence[Place], compound: float) -> Features:
    """Give what a model sees of a text and a brand. `compound`: what the rules say of it. Raises ScorerError."""
    in_context = isinstance(scorer, TextScorer) and not scorer.blanks
    words = readable(scorer, text, () if in_context else [*named, *rivals])
    valences = None if isinstance(scorer, TextScorer) else scorer.valences
    places = _own_places(scorer, text, named, rivals)
    return features(words, places, named, rivals, (compound, scorer.score(words)), valences)


def _own_places(scorer: AnyScorer, text: str, named: Sequence[Place], rivals: Sequence[Place]) -> list[Place]:
    """Give the sentences and clauses that speak of the brand; the whole text where none does."""
    grammar = _grammar(scorer)
    return windows(text, named, rivals, grammar.halves if grammar else None) or [(0, len(text))]


def _grammar(scorer: AnyScorer) -> Grammar | None:
    """Give what a lexicon knows of sentences. None: the rules for English."""
    return scorer.grammar if isinstance(scorer, LexiconScorer) else None


def evidence(parts: Parts, named: Sequence[Place], label: Label) -> Place:
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


def bear_out(parts: Parts, label: Label) -> bool:
    """Tell whether a place speaks for the label; a neutral one needs none."""
    direction = {Label.POSITIVE: 1, Label.NEGATIVE: -1}.get(label, 0)
    return not direction or any(direction * strength > 0 for strength, _ in parts)


def _overlaps(place: Place, named: Sequence[Place]) -> bool:
    return any(start < place[1] and end > place[0] for start, end in named)
