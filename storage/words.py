"""How texts become words that can be searched: folded once here, so that both databases find the same.

Case, accents and forms of letters do not count. In scripts that are written without spaces each character is a word of
its own, so that a part of a sentence is found as a run of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

GAP = "|"  # keeps the end of one sentence from joining the start of the next

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_LONGEST = 100  # an index entry has a limit: what is longer is kept as several words in a row
_HALF = (_LONGEST + 2) // 2
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W_{_SPACELESS}]{{1,{_LONGEST}}}")
_ALONE = re.compile(f"[{_SPACELESS}]")
_ASCII_FOLDED = bytes(
    ord(chr(code).lower()) if chr(code).isascii() and chr(code).isalnum() else ord(" ") for code in range(256)
)
_ACCENTS_FROM = 200  # canonical combining classes of accents; lower ones, such as Japanese voicing, make other letters


def words_of(text: str) -> list[str]:
    """Give the folded words of a text in their order, with GAP among them. Emoji and punctuation are none."""
    if text.isascii():
        return _ascii_words(text).split()
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in letters if unicodedata.combining(letter) < _ACCENTS_FROM)
    return list(_with_gaps(unicodedata.normalize("NFC", bare)))


def _ascii_words(text: str) -> str:
    """Give the folded words of an ASCII text with one blank between them."""
    blanked = text.encode().translate(_ASCII_FOLDED)
    words = b" ".join(blanked.split()).decode()
    # A word longer than _LONGEST fills one of these stretches; nearly always none does, and that is quickly seen.
    for start in range(0, len(blanked) - _HALF + 1, _HALF):
        if blanked.find(b" ", start, start + _HALF) < 0:
            return " ".join(_WORD.findall(words))
    return words


def _with_gaps(text: str) -> Iterator[str]:
    """Give the words, and GAP where a blank or a sign stands beside a character that is a word of its own."""
    end, alone = 0, False
    for found in _WORD.finditer(text):
        was_alone, alone = alone, _ALONE.match(found[0]) is not None
        if end and found.start() > end and (alone or was_alone):
            yield GAP
        yield found[0]
        end = found.end()


def folded(title: str | None, text: str) -> str:
    """Give what the full text index keeps of a mention: its words with one blank between them."""
    whole = f"{title}\n{text}" if title else text
    return _ascii_words(whole) if whole.isascii() else " ".join(words_of(whole))
