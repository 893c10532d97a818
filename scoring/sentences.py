"""Where a text speaks of a brand: its sentences, and the halves of a contrast. Places only, no scores."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple, Protocol

Place = tuple[int, int]  # characters [start, end) of a text


class NamesAnother(Protocol):
    """Tells whether a clause that does not name the brand names another; `first`: it begins its sentence."""

    def __call__(self, text: str, clause: Place, *, first: bool) -> bool: ...  # noqa: D102  # see the class


class Halves(NamedTuple):
    """How a language tells the halves of a contrast."""

    cuts: Callable[[str, Place], Sequence[Place]]  # of a sentence: where one half ends, and where the next begins
    names_another: NamesAnother


# A sentence ends at a line's end or at its mark; after dots ("wait... what") only when no lower case follows.
_CLOSERS: Final = r"[\"')\]\u201d\u2019]*"
_END = re.compile(
    r"[\r\n.!?\u2026\u3002\uff01\uff1f](?:"  # alone in front, it is looked for at once, not place by place
    rf"(?<=[\r\n])\s*|(?<=[^.\u2026][.!?]){_CLOSERS}\s+|(?<=[.\u2026]){_CLOSERS}\s+(?=[^\sa-z])|(?<=[\u3002\uff01\uff1f]))"
)
_ABBREVIATION = re.compile(r"\b(?:[a-z]|mr|mrs|ms|dr|st|inc|ltd|co|corp|vs|approx|jr|sr|prof|etc)\.\s*$", re.IGNORECASE)
_CONTRAST = re.compile(r"(?<!\w)(?:but|while|whereas)(?!\w)", re.IGNORECASE)
_CONCESSION = re.compile(r"\s*(?:while|whereas|although|though)(?!\w)", re.IGNORECASE)
_CONTRASTING: Final = ("but", "while", "whereas", "though")  # a sentence without these letters has no contrast
# Something that looks like a name: a handle, a capital inside a word, a capitalised word.
_NAME = re.compile(r"@\w+|\b(?:[A-Z][a-z]+|[a-z]+[A-Z]|[A-Z]+[a-z])\w*")
_LINK = re.compile(r"https?://\S+|www\.\S+")
_WORD = re.compile(r"[^\W_]{2,}")
# Capitalised only because a sentence begins with them.
_OPENERS: Final = frozenset(
    """
    A After All Also An And Any As At Because Before But Both Can Do Even For From Had Have He Her Here His How However
    If In Is It Its Just Lets Like Maybe Most My No Not Now Of On One Only Or Our She So Some Still Thanks That The
    Their Then There These They This Those Though To Too Was We Well Were What When Where Which While Who Why With Yes
    Yet You Your
    """.split()  # noqa: SIM905  # a list of eighty strings would be eighty lines
)
FOLLOWING: Final = 2  # sentences without a name that still speak of the brand named last; measured on labelled tweets


@lru_cache(maxsize=256)  # each brand of a text asks for the same
def sentences(text: str) -> tuple[Place, ...]:
    """Give the sentences of a text, in order, without the blanks between them."""
    cuts = [0]
    cuts.extend(
        end.end()
        for end in _END.finditer(text)
        if text[end.start()] != "." or not _ABBREVIATION.search(text, max(0, end.start() - 7), end.start() + 1)
    )
    cuts.append(len(text))
    return tuple(trimmed for start, end in pairwise(cuts) if (trimmed := _trim(text, start, end)) is not None)


def windows(
    text: str, named: Sequence[Place], others: Sequence[Place] = (), halves: Halves | None = None
) -> list[Place]:
    """Give the sentences and clauses of a text that speak of a brand, in order.

    These are the sentences that name it, and up to two more behind them, until another brand is named. `named` holds
    the places of the brand, `others` those of other brands. Of a contrast ("X is great but Y is slow") only the brand's
    own half is taken, when the other half names another; where no other brand is known, what looks like a name stands
    for one. `halves` tells them apart, in English when left out.
    """
    found: list[Place] = []
    all_sentences = sentences(text)
    ours = _by_sentence(all_sentences, named)
    theirs = _by_sentence(all_sentences, others)
    following = 0
    for number, sentence in enumerate(all_sentences):
        if number in ours:
            own = _own_clauses(
                text, sentence, ours[number], theirs.get(number, ()), halves or ENGLISH, known=bool(others)
            )
            found.extend(own)
            following = FOLLOWING if own[-1][1] == sentence[1] else 0
        elif number in theirs:
            following = 0
        elif following:
            found.append(sentence)
            following -= 1
    return found


def naming(text: str, named: Sequence[Place]) -> list[Place]:
    """Give the sentences of a text that a brand is named in, in order."""
    all_sentences = sentences(text)
    return [all_sentences[number] for number in sorted(_by_sentence(all_sentences, named))]


@lru_cache(maxsize=64)  # each brand of a text asks for the same
def has_words(text: str) -> bool:
    """Tell whether a text says anything beside links, handles and marks."""
    return _WORD.search(re.sub(r"[@#]\w+", " ", _LINK.sub(" ", text))) is not None


def _trim(text: str, start: int, end: int) -> Place | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    start += len(piece) - len(piece.lstrip())
    return (start, start + len(stripped))


def _by_sentence(places: Sequence[Place], named: Sequence[Place]) -> dict[int, list[Place]]:
    """Give the names that lie in each sentence, by its number. One walk over both, as both are in order."""
    if not named:
        return {}
    if len(places) == 1:
        inside = [name for name in sorted(named) if name[0] < places[0][1]]
        return {0: inside} if inside else {}
    grouped: dict[int, list[Place]] = {}
    number = 0
    for name in sorted(named):
        while number < len(places) and places[number][1] <= name[0]:
            number += 1
        if number == len(places):
            break
        grouped.setdefault(number, []).append(name)
    return grouped


def _own_clauses(
    text: str, sentence: Place, ours: Sequence[Place], theirs: Sequence[Place], halves: Halves, *, known: bool
) -> list[Place]:
    """Give the sentence, or the clauses of it that are the brand's own. Never empty."""
    clauses = _clauses(text, sentence, halves)
    if len(clauses) == 1:
        return [sentence]
    own: list[Place] = []
    foreign = False  # whether the clause before speaks of others alone; one without a name goes on with its subject
    for clause in clauses:
        if holds(clause, ours):
            foreign = False
        elif holds(clause, theirs) or (
            not known and halves.names_another(text, clause, first=clause[0] == sentence[0])
        ):
            foreign = True
        if not foreign:
            own.append(clause)
    return own if own and len(own) < len(clauses) else [sentence]


@lru_cache(maxsize=256)  # each brand of a text asks for the same
def _clauses(text: str, sentence: Place, halves: Halves) -> tuple[Place, ...]:
    """Give the sides of a sentence's contrasts, without the word that contrasts."""
    pieces: list[Place] = []
    start, end = sentence
    for stop, begin in halves.cuts(text, sentence):
        pieces.append((start, stop))
        start = begin
    pieces.append((start, end))
    return tuple(trimmed for piece in pieces if (trimmed := _trim(text, *piece)) is not None)


def _english_cuts(text: str, sentence: Place) -> Sequence[Place]:
    """Give the places of the words that contrast, and of the comma behind a concession."""
    start, end = sentence
    folded = text[start:end].casefold()
    if not any(word in folded for word in _CONTRASTING):
        return ()
    cuts: list[Place] = []
    concession = _CONCESSION.match(text, start, end)
    comma = text.find(",", start, end) if concession else -1
    if comma > 0:  # "While X is great, Y is slow"
        cuts.append((comma, comma + 1))
        start = comma + 1
    cuts.extend(word.span() for word in _CONTRAST.finditer(text, start, end))
    return cuts


def holds(place: Place, names: Sequence[Place]) -> bool:
    """Tell whether a name lies in a place, or in part. `names` are in order and do not overlap."""
    before = bisect_left(names, (place[1],)) - 1
    return before >= 0 and names[before][1] > place[0]


def _names_another(text: str, clause: Place, *, first: bool) -> bool:
    for name in _NAME.finditer(text, *clause):
        if not (first and name.start() == clause[0] and name[0] in _OPENERS) and name[0] not in {"I", "Im", "Ive"}:
            return True
    return False


ENGLISH: Final = Halves(_english_cuts, _names_another)


def names_another(
    text: str, clause: Place, *, first: bool, openers: frozenset[str] = frozenset(), anywhere: bool = True
) -> bool:
    """Tell whether a clause holds what looks like a name.

    A capital at the beginning of a sentence tells something only of a word that is not one of `openers`, in lower case.
    `anywhere`: false for languages that write all nouns with a capital; only the first word of a clause may be a name.
    """
    names = _NAME.finditer(text, *clause)
    return any(
        not (first and name.start() == clause[0] and name[0].lower() in openers)
        for name in names
        if anywhere or name.start() == clause[0]
    )
