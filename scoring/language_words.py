"""How much the small words and rare letters of a text speak for each language.

Where a letter model has only forty characters to go by, two or three such words say more than all its letters. They
stand in lexicons/languages.txt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Final

FILE: Final = "languages.txt"

# Letters that few languages write.
_LETTERS: Final[Mapping[str, str]] = {
    "de": "\u00df",
    "es": "\u00f1\u00bf\u00a1",
    "pt": "\u00e3\u00f5",
    "ro": "\u0103\u0219\u021b",
    "da": "\u00f8\u00e6",
    "no": "\u00f8\u00e6",
    "pl": "\u0142\u017c\u017a\u015b\u0144\u0119",
    "cs": "\u0159\u011b\u016f",
    "hu": "\u0151\u0171",
    "tr": "\u011f\u0131",
    "vi": "\u01a1\u01b0\u0111\u1ea1\u1ea3\u1ea5\u1ead\u1ebf\u1ec7\u1ed9\u1edd\u1edb",
}

_SECTION = re.compile(r"^\[(\w\w)\]$([^\[]*)", re.MULTILINE)
_HELD = re.compile(r"([^\W\d_])\1{2,}")  # for emphasis: "graaaande"
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def _voices(table: Mapping[str, Iterable[str]]) -> dict[str, tuple[tuple[str, float], ...]]:
    """Give which languages each word or letter speaks for, and how much: 1 alone, 1 / sqrt(n) among n."""
    found: dict[str, list[str]] = {}
    for language, members in table.items():
        for member in members:
            found.setdefault(member, []).append(language)
    return {
        member: tuple((language, 1 / sqrt(len(languages))) for language in languages)
        for member, languages in found.items()
    }


@cache
def _words() -> dict[str, frozenset[str]]:
    """Give the words that tell languages apart, by language, read at the first call."""
    text = files("scoring").joinpath("lexicons", FILE).read_text(encoding="utf-8")
    return {section[1]: frozenset(section[2].split()) for section in _SECTION.finditer(text)}


@cache
def _of_words() -> dict[str, tuple[tuple[str, float], ...]]:
    return _voices(_words())


def small_words(language: str) -> frozenset[str]:
    """Give the small words of a language, in lower case; none of one that is not listed."""
    return _words().get(language, frozenset())


_OF_LETTERS: Final = _voices(_LETTERS)
_RARE: Final = re.compile(f"[{''.join(_OF_LETTERS)}]")


def evidence(text: str) -> dict[str, float]:
    """Give how much the words and letters of a text speak for each language; each different one counts once.

    A word that one language has counts 1, one that n share 1 / sqrt(n) for each. `text` is in lower case, with plain
    apostrophes.
    """
    found: dict[str, float] = {}
    text = _HELD.sub(r"\1", text)
    table = _of_words()
    for word in table.keys() & _TOKEN.findall(text):
        for language, weight in table[word]:
            found[language] = found.get(language, 0.0) + weight
    if not text.isascii():
        for letter in {*_RARE.findall(text)}:
            for language, weight in _OF_LETTERS[letter]:
                found[language] = found.get(language, 0.0) + weight
    return found
