"""Which language a text is in: as its source says, else by its script, else by its small words and its letters.

Measured on real tweets, posts and reviews: see docs/sentiment.md. A text in a language that the user did not name must
not be taken for one that they did, so detection always knows a set of other languages beside the configured ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cache, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from scoring.language_words import evidence

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Languages of Latin script that are told apart from the configured ones.
BACKGROUND: Final = tuple("en de es fr it pt nl ro pl sv da no fi tr id cs hu vi tl hr ca".split())  # noqa: SIM905  # a table
# Ranges of characters that only one language writes (or nearly: texts of its kin are as unreadable to our scorers).
SCRIPTS: Final = {
    "ko": "\uac00-\ud7af\u1100-\u11ff\u3130-\u318f",
    "ja": "\u3040-\u30ff\uff66-\uff9f",
    "zh": "\u3400-\u4dbf\u4e00-\u9fff",
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "he": "\u0590-\u05ff",
    "hy": "\u0530-\u058f",
    "ka": "\u10a0-\u10ff",
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "km": "\u1780-\u17ff",
    "my": "\u1000-\u109f",
    "si": "\u0d80-\u0dff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cff",
    "ml": "\u0d00-\u0d7f",
    "gu": "\u0a80-\u0aff",
    "pa": "\u0a00-\u0a7f",
}
# Scripts that several languages share, and which ones are told apart.
SHARED_SCRIPTS: Final = {
    "cyrillic": ("\u0400-\u052f", ("ru", "uk", "bg", "sr", "mk", "be")),
    "arabic": ("\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff", ("ar", "fa", "ur")),
    "devanagari": ("\u0900-\u097f", ("hi", "mr", "ne")),
    "bengali": ("\u0980-\u09ff", ("bn", "as")),
}
# One such character weighs as much as these many Latin letters: they write a syllable or a word with it.
WEIGHTS: Final = {"ko": 2.5, "ja": 2.5, "zh": 4.0}
FOREIGN_SHARE: Final = 0.4  # of the letters; a brand's name in Latin letters does not make a Korean post English
ENOUGH_LETTERS: Final = 3  # with fewer there is nothing to tell a language by
TYPOGRAPHIC: Final = "\u2019"
# How much likelier (natural log) a language that was not configured has to be. The more languages a user names, the
# likelier a text is in one of them. Both numbers measured on short texts.
MARGIN: Final = 3.0
MOST_MARGIN: Final = 9.0
WINDOW: Final = 600  # characters that are looked at; more tell nothing new
OLD_CODES: Final = {"iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no"}
# How much likelier (natural log) a text's language becomes by a word that it alone has.
PER_WORD: Final = 6.0
# By so many more such words than any other language has there is no doubt, where they make up a fair share of a text.
UNDOUBTED: Final = 1.5
MOST_OTHERS: Final = 12  # words for each of them

_NOISE = re.compile(r"\bhttps?\b\S*|www\.\S+|[@#]\S+|&\w+;|\bRT\b")
_TAG = re.compile(r"\s*([A-Za-z]{2})(?:[-_].*|\s*)")
_LETTER = re.compile(r"[^\W\d_]")
_ENOUGH = re.compile(rf"(?:[^\W\d_][\W\d_]*){{{ENOUGH_LETTERS}}}")
_RANGES: Final = {**SCRIPTS, **{name: ranges for name, (ranges, _) in SHARED_SCRIPTS.items()}}
_FOREIGN = re.compile("|".join(f"(?P<{name}>[{ranges}]+)" for name, ranges in _RANGES.items()))
_ANY_FOREIGN = re.compile(f"[{''.join(_RANGES.values())}]")  # found much faster than which of them it is


def language_of(text: str, tagged: str | None, allowed: Sequence[str]) -> str | None:
    """Give a text's language (ISO 639-1): one of `allowed`, or another that it clearly is in.

    `tagged` is what the source says; it is believed unless the text's script denies it. A text that holds next to no
    words (handles, links, emoji) is taken for the one language of `allowed`, as a user who listens in one language
    would take it; with several allowed it is None: unknown.
    """
    return _told(text[:WINDOW], tagged, tuple(allowed))


@lru_cache(maxsize=2048)  # the whole text and each brand of it ask for the same
def _told(start: str, tagged: str | None, allowed: tuple[str, ...]) -> str | None:
    """Give the language by the beginning of a text."""
    script = None if start.isascii() else _script(start)
    if script in SCRIPTS:
        return _settled(script, tagged)
    tag = normal_tag(tagged)
    if tag is not None and not (script and tag not in SHARED_SCRIPTS[script][1]):
        return tag
    return _detected(start, script, allowed)


@lru_cache(maxsize=256)  # sources have few
def normal_tag(tagged: str | None) -> str | None:
    """Give the ISO 639-1 code of a source's language tag ("en-US" is "en"); None when it names no language."""
    match = _TAG.fullmatch(tagged) if tagged else None
    if match is None:
        return None
    code = match[1].lower()
    return OLD_CODES.get(code, code)


def _settled(script: str, tagged: str | None) -> str:
    """Give the language of a script, but for Han characters, which a Japanese text may consist of alone."""
    return "ja" if script == "zh" and normal_tag(tagged) == "ja" else script


def _script(text: str) -> str | None:
    """Give the script, other than Latin, that makes up a good part of the text; None when none does."""
    weights: dict[str, float] = {}
    if _ANY_FOREIGN.search(text) is None:
        return None
    for run in _FOREIGN.finditer(text):
        name = run.lastgroup or ""
        weights[name] = weights.get(name, 0.0) + len(run[0]) * WEIGHTS.get(name, 1.0)
    if "ja" in weights:  # Japanese writes with Han characters too, Chinese never with kana
        weights["ja"] += weights.pop("zh", 0.0)
    name, weight = max(weights.items(), key=itemgetter(1))
    latin = len(_LETTER.findall(_FOREIGN.sub("", _NOISE.sub(" ", text))))
    return name if weight >= FOREIGN_SHARE * (latin + sum(weights.values())) else None


def _detected(text: str, script: str | None, allowed: tuple[str, ...]) -> str | None:
    """Give the language by its small words, where they leave no doubt, else by them and its sequences of letters."""
    words = _NOISE.sub(" ", text).strip()
    if not _ENOUGH.search(words):
        return allowed[0] if len(allowed) == 1 else None
    spoken = {} if script else evidence(words.lower().replace(TYPOGRAPHIC, "'"))
    undoubted = _undoubted(spoken, len(words.split()))
    if undoubted is not None:
        return undoubted
    candidates = SHARED_SCRIPTS[script][1] if script else tuple(sorted({*BACKGROUND, *allowed}))
    ranked: dict[str, float] = {
        language: likelihood + PER_WORD * spoken.get(language, 0.0)
        for language, likelihood in _identifier(candidates).rank(words)
    }
    best = max(ranked, key=ranked.__getitem__)
    if best in allowed:
        return best
    favoured = max((language for language in ranked if language in allowed), key=ranked.__getitem__, default=best)
    return favoured if ranked[best] - ranked[favoured] <= min(MARGIN * len(allowed), MOST_MARGIN) else best


def _undoubted(spoken: Mapping[str, float], words: int) -> str | None:
    """Give the language that the small words leave no doubt about; None when they do."""
    if not spoken:
        return None
    best = max(spoken, key=spoken.__getitem__)
    most = spoken[best]
    second = max((found for language, found in spoken.items() if language != best), default=0.0)
    return best if most - second >= UNDOUBTED and most * MOST_OTHERS >= words else None


@cache
def _identifier(candidates: tuple[str, ...]) -> LanguageIdentifier:
    """Give an identifier that knows these languages alone, as far as its model has them."""
    identifier = copy(_whole_identifier())
    identifier.set_languages(set(candidates) & set(identifier.labels))
    identifier.nb_ptc = identifier.nb_ptc.astype("float32")  # half the time of the half precision that it is kept in
    return identifier


@cache
def _whole_identifier() -> LanguageIdentifier:
    # Imported here: numpy and the model take over half a second, and many commands score nothing.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  # see above

    return LanguageIdentifier.from_model_file(MODEL_FILE)
