"""What counts as a word or a phrase of a text, in any language, without a list of stop words.

Words that are always there rise nowhere, so that none has to be known as a function word. Scripts that are written
without spaces are cut cheaply: Han letters into pairs, kana by kind (runs of katakana are names and borrowed words, and
hiragana is mostly grammar, which is left out), Thai, Lao, Khmer and Burmese into runs of four. Parts that overlap are
joined again where they are shown. Of Korean words the commonest particles are taken off.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import Final, TypeAlias

Term: TypeAlias = str | tuple[str, str]  # a word, or two that follow each other

HAN_LENGTH: Final = 2
RUN_LENGTH: Final = 4
_HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KATAKANA: Final = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
_HIRAGANA: Final = "\u3041-\u309f"
_RUNS: Final = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ecd\u1000-\u103f\u1050-\u109d\u1780-\u17d3"
# Marks that belong to the letter before them, which \w leaves out: accents, vowel points, vowel signs of India.
_MARKS: Final = (
    "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0981-\u09e3"
    "\u0a01-\u0a75\u0a81-\u0ae3\u0b01-\u0b63\u0b82-\u0be5\u0c00-\u0c63\u0c81-\u0ce3\u0d00-\u0d63\u0d81-\u0de5\u0df2\u0df3"
)
_LETTER: Final = rf"(?:(?![{_HAN}{_KATAKANA}{_HIRAGANA}{_RUNS}_])[\w{_MARKS}])"
_ELSEWHERE: Final = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]*@[\w.-]+|/?\b[ur]/\w+", re.IGNORECASE
)  # addresses and handles are nobody's words
_ASCII: Final = re.compile(r"#\w+|[a-z0-9]+(?:'[a-z]{1,2}\b)?|[.,;:!?()\[\]\"\n|]")
_ANY: Final = re.compile(
    rf"#[\w{_MARKS}]+|[{_HAN}]+|[{_KATAKANA}]+|[{_RUNS}]+|{_LETTER}+(?:['\u2019]{_LETTER}{{1,2}}(?!\w))?"
    r"|[^\w\s'\u2019#-]|\n"
)
_IS_HAN, _IS_RUN = re.compile(f"[{_HAN}]"), re.compile(f"[{_RUNS}]")
_IS_HANGUL: Final = re.compile("[\uac00-\ud7a3]{3,}")
_PARTICLES: Final = re.compile(
    "(?<=[\uac00-\ud7a3]{2})(?:에서는|에게서|으로는|에서|에게|에는|으로|까지|부터|보다|처럼|한테|께서|이나|이라|라고|이랑|"
    "은|는|이|가|을|를|의|에|로|와|과|도|만|랑)$"
)


def words(text: str) -> list[str]:
    """Give the words of a text in their order, in lower case, with the signs that end a phrase among them.

    A hashtag keeps its sign. Addresses, handles and the 's of a genitive are left out.
    """
    if "/" in text or "@" in text or "www." in text:
        text = _ELSEWHERE.sub(" \n ", text)
    if text.isascii():
        found = _ASCII.findall(text.lower())
        return [_bare(word) if "'" in word else word for word in found] if "'" in text else found
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [part for word in _ANY.findall(folded) for part in _parts(word)]


def terms(text: str) -> frozenset[Term]:
    """Give the words of a text, and each two that follow each other, all once; `is_term` tells which of them count."""
    found = words(text)
    return frozenset(chain(found, pairwise(found)))


def is_term(term: Term, own: frozenset[str]) -> bool:
    """Tell whether a word or phrase can be told as one: it has letters, no number, and is not how a brand is called."""
    if isinstance(term, str):
        return len(term) > 1 and _is_word(term) and term not in own
    first, second = term
    # Parts of a run overlap with the next one: that they follow each other says nothing.
    return (
        _is_word(first)
        and _is_word(second)
        and first != second
        and first not in own
        and second not in own
        and not _overlaps(first, second)
    )


def own_words(called: Iterable[str]) -> frozenset[str]:
    """Give the words that brands are called by, as `words` writes them: of their names, terms, handles and domains."""
    return frozenset(
        form
        for name in called
        for word in words(name.lstrip("@").replace(".", " "))
        if _is_word(word)
        for form in (word, f"#{word}")
    )


def written(term: Term) -> str:
    """Give a word or phrase as it is shown."""
    return term if isinstance(term, str) else " ".join(term)


def joined(first: str, second: str) -> str | None:
    """Give what two parts of a run make together: "电池" and "池起" make "电池起". None: they do not overlap."""
    if not (_IS_HAN.match(first) or _IS_RUN.match(first)):
        return None
    overlap = (HAN_LENGTH if _IS_HAN.match(first) else RUN_LENGTH) - 1
    return first + second[overlap:] if len(second) > overlap and first.endswith(second[:overlap]) else None


def _parts(word: str) -> Iterator[str]:
    if _IS_HAN.match(word):
        yield from _grams(word, HAN_LENGTH)
    elif _IS_RUN.match(word):
        yield from _grams(word, RUN_LENGTH)
    elif _IS_HANGUL.search(word):
        yield _PARTICLES.sub("", word)
    else:
        yield _bare(word)


def _grams(run: str, length: int) -> Iterator[str]:
    yield from (run[at : at + length] for at in range(max(len(run) - length + 1, 1)))


def _bare(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "\u2019s")) else word


def _is_word(word: str) -> bool:
    return not word.isdigit() and (word[0].isalnum() or (word[0] == "#" and len(word) > 1))


def _overlaps(first: str, second: str) -> bool:
    return joined(first, second) is not None
