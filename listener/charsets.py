"""Which encoding a feed is written in, and the feed in UTF-8.

Bytes that can be read as UTF-8 are UTF-8, whatever they are called: no other text comes out as valid UTF-8 by chance.
Names are read as the web means them ("gb2312" is GB 18030, "iso-8859-1" is Windows-1252). What fits no name is
Windows-1252.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from functools import lru_cache

_HEAD = 1024  # bytes in which a document declares its encoding
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^<>]{0,200}?\bencoding\s*=\s*[\"']\s*([A-Za-z0-9._:-]{1,40})")
_DECLARATION = re.compile(r"(<\?xml[^<>]{0,200}?\bencoding\s*=\s*[\"'])[^\"'<>]{0,60}(?=[\"'])")
_UTF8_MARK = b"\xef\xbb\xbf"
_MARKS = (  # the longer before the shorter that it begins with
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
_NO_CHARSETS = frozenset({"utf-7", "punycode", "idna", "unicode_escape", "unicode-escape", "raw_unicode_escape"})
_SHIFTED = ("iso2022", "hz", "utf-16", "utf-32")  # not ASCII where their bytes are
_LAST = "cp1252"
_CONTROLS = re.compile("[\x80-\x9f]")
_MIXED = "overheard-windows-1252"
_LARGE = 1 << 20  # bytes; beyond this a document is of one encoding
_BROKEN = "\ufffd"
_MOSTLY = 4  # good characters beyond ASCII for each that cannot be read: less, and the name is wrong


def in_utf8(body: bytes, content_type: str | None) -> bytes:
    """Give the body itself where it says that it is UTF-8, or says nothing; else re-encoded, and declared so.

    Whether it really is UTF-8 is not looked at; see `made_valid`.
    """
    head = body[:_HEAD]
    declared = _codec(found[1].decode("ascii")) if (found := _DECLARED.search(head)) else None
    sent = _codec(charset[1]) if content_type and (charset := _CHARSET.search(content_type)) else None
    marked = next((name for mark, name in _MARKS if body.startswith(mark)), None)
    if marked is not None:
        return _encoded(body.decode(marked, "replace"))
    if not {declared, sent} - {None, "utf-8"}:
        return body
    if body.startswith(_UTF8_MARK):
        return _encoded(_decoded(body, ()))
    names = [name for name in (sent, declared) if name is not None]
    if body.isascii() and not any(name.startswith(_SHIFTED) for name in names):
        return body
    return _encoded(_decoded(body, names))


def made_valid(body: bytes) -> bytes:
    """Give the body as valid UTF-8: itself, with U+FFFD for a few broken characters, or read as Windows-1252."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return _encoded(_decoded(body, ("utf-8",)))
    return body


@lru_cache(maxsize=64)
def _codec(name: str) -> str | None:
    """Give Python's name of the encoding that is meant; None for what is none, or none for documents."""
    try:
        plain = codecs.lookup(name).name
        b"".decode(plain)
    except (LookupError, UnicodeError):
        return None
    plain = _SUPERSETS.get(plain, plain)
    return None if plain in _NO_CHARSETS else plain


def _decoded(body: bytes, names: Sequence[str]) -> str:
    wide = b"\x00" in body[:_HEAD]
    fitting = [name for name in names if wide or not name.startswith(("utf-16", "utf-32"))]
    first = () if any(name.startswith(_SHIFTED) for name in fitting) else ("utf-8",)
    for name in (*first, *fitting):
        if name != _LAST:
            try:
                return _meant(body.decode(name))
            except UnicodeDecodeError:
                continue
    for name in set(fitting) - {_LAST, "utf-8"}:  # nearly right: what is broken is one entry's, not the feed's
        text = body.decode(name, "replace")
        broken = text.count(_BROKEN)
        if sum(not char.isascii() for char in text) > broken * (_MOSTLY + 1):
            return text
    # Feeds that are put together of others hold both: each character is read for itself.
    return body.decode("utf-8", _MIXED) if len(body) <= _LARGE else body.decode(_LAST, "replace")


def _meant(text: str) -> str:
    """Read control characters of ISO 8859, which nobody writes, as the Windows-1252 that was meant."""
    if _CONTROLS.search(text) is None:
        return text
    return _CONTROLS.sub(lambda found: bytes([ord(found[0])]).decode(_LAST, "ignore"), text)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode(_LAST, "replace"), error.end


def _encoded(text: str) -> bytes:
    text = text.removeprefix("\ufeff")
    head = _DECLARATION.sub(r"\1utf-8", text[:_HEAD], count=1)
    return (head + text[_HEAD:]).encode("utf-8", "replace")


codecs.register_error(_MIXED, _as_windows)
