"""XML that its authors broke in small ways, mended before a parser drops what stands behind the damage.

A parser that recovers loses every reference after the first error: "AT&amp;T" becomes "ATT", links lose their "&".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.entities import html5

from listener.doctype import declared_entities, without_doctype

_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r")
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")  # U+FFFE, U+FFFF
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
# What needs a look. A "<" that opens nothing is text; so is "]]>" outside of a section.
_PLACE = re.compile(
    r"<!\[CDATA\[|<!--|<\?|<(?![A-Za-z_:/!\x80-\U0010ffff])|\]\]>"
    r"|(?:&#(?:[0-9]{1,8}|[xX][0-9a-fA-F]{1,7});?)+|&(?:[A-Za-z][A-Za-z0-9]{0,31};)?"
)
_NUMERIC = re.compile(r"&#(?:([0-9]{1,8})|[xX]([0-9a-fA-F]{1,7}));?")
_XML_NAMES = frozenset({"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"})
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"})
_HIGH, _LOW, _AFTER_SURROGATES = 0xD800, 0xDC00, 0xE000
_FIRST_SUPPLEMENTARY, _LAST = 0x10000, 0x10FFFF
_UNKNOWN = 0xFFFD


def mended(body: bytes) -> bytes:
    """Give valid UTF-8 with references, ampersands, angles and characters put right; the same where nothing is wrong.

    Named references become the character that HTML, or the document type, gives them; a stray "&" or "<" is text;
    characters that XML forbids go; halves of a surrogate pair are joined, lone ones become U+FFFD. What stands in CDATA
    sections and comments stays; a section that the end cuts off is closed. Linear.
    """
    names = declared_entities(body)
    body = without_doctype(body).translate(None, _CONTROLS)
    for code in _NONCHARACTERS:
        body = body.replace(code, b"")
    text = body.decode("utf-8", "replace")
    kept: list[str] = []
    place, unclosed = 0, set[str]()
    while (found := _PLACE.search(text, place)) is not None:
        start, what = found.start(), found[0]
        kept.append(text[place:start])
        place = found.end()
        if what in _ENDS:
            end = -1 if what in unclosed else text.find(_ENDS[what], place)
            if end >= 0:
                place = end + len(_ENDS[what])
                what = text[start:place]
            else:
                unclosed.add(what)
        else:
            what = _put_right(what, names)
        kept.append(what)
    kept.append(text[place:])
    if "<![CDATA[" in unclosed:  # the feed was cut off
        kept.append("]]>")
    return "".join(kept).encode()


def _put_right(what: str, names: Mapping[str, str]) -> str:
    if what in _XML_NAMES:
        return what
    if what.startswith("&#"):
        return _characters(what)
    if what.startswith("&") and len(what) > 1:
        meant = names.get(what[1:-1]) or html5.get(what[1:])
        return what.translate(_ESCAPES) if meant is None else meant.translate(_ESCAPES)
    return what.translate(_ESCAPES)


def _characters(references: str) -> str:
    """Read numeric references that follow one another; what is valid stays as it is written."""
    written = [(found[0], int(found[1] or "0") or int(found[2] or "0", 16)) for found in _NUMERIC.finditer(references)]
    kept: list[str] = []
    at = 0
    while at < len(written):
        reference, code = written[at]
        following = written[at + 1][1] if at + 1 < len(written) else 0
        at += 1
        if _HIGH <= code < _LOW <= following < _AFTER_SURROGATES:
            code = _FIRST_SUPPLEMENTARY + ((code - _HIGH) << 10) + (following - _LOW)
            at += 1
            reference = f"&#{code};"
        elif _HIGH <= code < _AFTER_SURROGATES or code > _LAST:
            reference = f"&#{_UNKNOWN};"
        elif not _allowed(code):
            reference = ""
        kept.append(reference if not reference or reference.endswith(";") else f"{reference};")
    return "".join(kept)


def _allowed(code: int) -> bool:
    return code in {0x9, 0xA, 0xD} or (code >= ord(" ") and code not in {0xFFFE, 0xFFFF})
