"""How texts become words that can be searched: folded once here, so that both databases find the same.

Case, accents and forms of letters do not count. In scripts that are written without spaces each character is a word of
its own, so that a part of a sentence is found as a run of them.
"""

from __future__ import annotations

import re
import unicodedata

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W_{_SPACELESS}]+")
_ASCII_WORD = re.compile("[a-z0-9]+")
_LONGEST = 100  # letters of one word that count; an index entry has a limit, and no word needs more
_ACCENTS_FROM = 200  # canonical combining classes of accents; lower ones, such as Japanese voicing, make other letters


def words_of(text: str) -> list[str]:
    """Give the folded words of a text in their order. Emoji and punctuation are none."""
    if text.isascii():
        found = _ASCII_WORD.findall(text.lower())
    else:
        letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        bare = "".join(letter for letter in letters if unicodedata.combining(letter) < _ACCENTS_FROM)
        found = _WORD.findall(unicodedata.normalize("NFC", bare))
    return [word[:_LONGEST] for word in found]


def folded(title: str | None, text: str) -> str:
    """Give what the full text index keeps of a mention: its words with one blank between them."""
    return " ".join(words_of(f"{title}\n{text}" if title else text))
