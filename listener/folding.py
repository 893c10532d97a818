"""One spelling for all the ways to write a word, and the way back to the places in the original text.

Folded alike: letter case (ß and SS too), composed and decomposed accents, full-width, half-width and ligature forms,
dotted and dotless i, straight and typographic apostrophes and hyphens, line breaks and tabs as blanks. Invisible
characters (zero-width, soft hyphen, direction marks) vanish. Accents stay: "Nestle" is not "Nestlé".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_HALF_WIDTH_VOICING = "\uff9e\uff9f"  # joins the kana before it, though it is no mark by category


def fold(text: str) -> str:
    """Give the text in the spelling that is searched. Its length may differ: `places` finds the way back."""
    if text.isascii():
        return text.lower().replace("\n", " ").replace("\t", " ")
    text = _INVISIBLE.sub("", text)
    text = unicodedata.normalize("NFKC", text).casefold()
    # A chain of replacements is several times faster than str.translate, which asks a dict for every character.
    text = text.replace("\n", " ").replace("\t", " ").replace("\u0131", "i").replace("i\u0307", "i")
    text = text.replace("\u2019", "'").replace("\u2018", "'").replace("\u02bc", "'").replace("\u2010", "-")
    return unicodedata.normalize("NFKC", text)


def keeps_places(text: str, folded: str) -> bool:
    """Tell whether character n of `folded` surely comes from character n of `text`."""
    if text.isascii():
        return True
    # Growth by case and loss of something invisible could cancel out, so that equal lengths alone prove nothing.
    return (
        len(text) == len(folded)
        and "\u0307" not in text
        and not _INVISIBLE.search(text)
        and unicodedata.is_normalized("NFKC", text)
        and len(text.casefold()) == len(text)
    )


def places(text: str) -> tuple[Sequence[int], Sequence[int]]:
    """Give for every character of fold(text) where in `text` the letter that it comes from starts and ends.

    A letter is a character with the marks and invisible characters that follow it; its end is half-open and leaves
    trailing invisible characters out.
    """
    starts: list[int] = []
    ends: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _continues(text[end]):
            end += 1
        letter = text[start:end]
        size = len(fold(letter))
        starts += [start] * size
        ends += [start + len(_without_tail(letter))] * size
        start = end
    return starts, ends


def is_mark(character: str) -> bool:
    """Tell whether this is an accent, vowel sign or the like, which belongs to the letter before it."""
    return unicodedata.category(character)[0] == "M"


def _continues(character: str) -> bool:
    """Tell whether folding may join this character with the one before it."""
    if character < "\u0300":
        return character == "\u00ad"
    first = unicodedata.normalize("NFKD", character)[0]
    return (
        is_mark(first)
        or "\u1160" <= first <= "\u11ff"  # vowel and final consonant of a Korean syllable
        or character in _HALF_WIDTH_VOICING
        or _INVISIBLE.match(character) is not None
    )


def _without_tail(letter: str) -> str:
    while len(letter) > 1 and _INVISIBLE.match(letter[-1]):
        letter = letter[:-1]
    return letter
