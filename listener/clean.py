"""Markup from outside as plain text: pure, and linear in the length of its input whatever that input is.

Nothing here is meant to make markup safe for display. There is none left afterwards, and every renderer escapes text.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from listener.hosts import ascii_host

MAX_MARKUP = 64 * 1024  # characters of a field that are looked at
MAX_TEXT = 20_000  # characters of a text that are kept
ELLIPSIS = "…"  # ends a text that was cut
_MAX_URL = 2048
_MAX_ATTRIBUTE = 2000  # how far a quoted attribute is followed over a ">" inside of it

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """address article aside blockquote br caption center dd details dialog div dl dt fieldset figcaption figure
        footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table tbody tfoot thead
        title tr ul""",
    )
)
_CELLS = frozenset({"td", "th"})
_HIDDEN = frozenset({"script", "style", "template", "iframe", "object", "svg", "math", "noscript", "head", "select"})
_TAG_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)")
# A tag that nothing can be said against: closed, its quotes in pairs, no "<" or ">" inside of them.
_SIMPLE_TAG = re.compile(r"""<(/?[a-zA-Z][a-zA-Z0-9]*+)[^<>"']*+(?:"[^"<>]*+"[^<>"']*+|'[^'<>]*+'[^<>"']*+)*+>""")
_ENDS = {name: re.compile(rf"</{name}[^>]*>?", re.IGNORECASE) for name in _HIDDEN}

_LONG_REFERENCE = re.compile(r"&#(?:[0-9]{9,}|[xX][0-9a-fA-F]{9,});?")  # int() refuses what is longer than 4,300 digits
_SURROGATE = "\ud800-\udfff"
_HIDDEN_CHARACTER = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls but white space; U+0085 is a line break
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)
# A joiner belongs into an emoji or a script that is written with joiners; a non-joiner stands inside of a word.
_LOOSE_JOINER = re.compile("(?<![\u0300-\U0010ffff])\u200d+|\u200d+(?=\\s|$)|(?<!\\S)\u200c+|\u200c+(?=\\s|$)")
_BREAK = "\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_SURROGATES = re.compile(f"[{_SURROGATE}]")
_INVISIBLE = re.compile(f"[{_HIDDEN_CHARACTER}]")
_BREAKS = re.compile(f"\r\n?|[{_BREAK}]")
_ODD = re.compile(f"[\r\u200c\u200d{_BREAK}{_SURROGATE}{_HIDDEN_CHARACTER}]")  # most texts hold none of these
_ODD_BLANK = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BLANKS = re.compile(f"[ {_ODD_BLANK}]{{2,}}|[{_ODD_BLANK}]")  # not the single blank between two words
_HOST = re.compile(r"[A-Za-z0-9._:-]+")
_URL_SAFE = "!#$%&'()*+,-./:;=?@[]_~"


def plain_text(html: str) -> str:
    """Give what a reader would see of this markup: tidy, blocks as lines, scripts and styles gone, cut at MAX_TEXT.

    Text without markup passes through `tidy` alone. Broken markup loses as little text as possible.
    """
    text = html[:MAX_MARKUP]
    if "<" in text:
        text = _without_tags(text)
    if "&" in text:
        text = unescape(_LONG_REFERENCE.sub("\ufffd", text))
    return shorten(tidy(text))


def line(html: str) -> str:
    """Give markup as plain text in one line, for titles and names."""
    return plain_text(html).replace("\n", " ")


def _without_tags(html: str) -> str:
    html = html.replace("\r", " ").replace("\n", " ")  # in markup a line break is a blank; breaks are made by blocks
    simple = _without_simple_tags(html)
    if simple is not None:
        return simple
    kept: list[str] = []
    place, end = 0, len(html)
    last_tag = html.rfind(">")
    while place < end:
        opening = html.find("<", place)
        if not 0 <= opening < last_tag:  # what is never closed is text: "a <b and c"
            kept.append(html[place:])
            break
        kept.append(html[place:opening])
        place = _after_tag(html, opening, kept)
    return "".join(kept)


def _without_simple_tags(html: str) -> str | None:
    """Give the text of markup that holds nothing but simple tags, which is nearly all, at once; None for all other."""
    pieces = _SIMPLE_TAG.split(html)  # text, tag, text, tag, ... text
    if any("<" in text for text in pieces[::2]):
        return None
    for place in range(1, len(pieces), 2):
        tag = pieces[place].lower()
        if tag in _HIDDEN:
            return None
        name = tag.removeprefix("/")
        pieces[place] = "\n" if name in _BLOCKS else " " if name in _CELLS else ""
    return "".join(pieces)


def _after_tag(html: str, opening: int, kept: list[str]) -> int:
    """Add what the tag at `opening` leaves in the text to `kept`; give the place behind it."""
    name = _TAG_NAME.match(html, opening + 1)
    if name is None:
        return _after_declaration(html, opening, kept)
    simple = _SIMPLE_TAG.match(html, opening)
    closing = simple.end() if simple else _tag_end(html, name.end())
    tag = name[1].lower()
    if tag in _HIDDEN and html[opening + 1] != "/" and html[closing - 2] != "/":
        hidden_end = _ENDS[tag].search(html, closing)
        return hidden_end.end() if hidden_end else len(html)
    if tag in _BLOCKS:
        kept.append("\n")
    elif tag in _CELLS:
        kept.append(" ")
    return closing


def _after_declaration(html: str, opening: int, kept: list[str]) -> int:
    if html.startswith("<!--", opening):
        end = html.find("-->", opening + 4)
        return len(html) if end < 0 else end + 3
    if html.startswith("<![CDATA[", opening):
        end = html.find("]]>", opening + 9)
        end = len(html) if end < 0 else end
        kept.append(html[opening + 9 : end].replace("<", "&lt;"))
        return end + 3
    if html[opening + 1 : opening + 2] in {"!", "?", "/"}:
        end = html.find(">", opening)
        return len(html) if end < 0 else end + 1
    kept.append("<")  # "a < b" and "<3" are text
    return opening + 1


def _tag_end(html: str, start: int) -> int:
    """Give the place behind the tag whose name ends at `start`. A ">" in a quoted attribute does not end it."""
    end = html.find(">", start)
    quote_mark = _open_quote(html[start:end])
    if quote_mark:
        closing = html.find(quote_mark, end, end + _MAX_ATTRIBUTE)
        behind = html.find(">", closing, closing + _MAX_ATTRIBUTE) if closing >= 0 else -1
        if behind >= 0:
            return behind + 1
    return end + 1


def _open_quote(attributes: str) -> str:
    """Give the quotation mark of an attribute that is still open at the end, or nothing."""
    place = 0
    while True:
        at = min((found for mark in "\"'" if (found := attributes.find(mark, place)) >= 0), default=-1)
        if at < 0:
            return ""
        closing = attributes.find(attributes[at], at + 1)
        if closing < 0:
            # An apostrophe that follows no "=" opens nothing.
            return attributes[at] if attributes[:at].rstrip().endswith("=") else ""
        place = closing + 1


def tidy(text: str) -> str:
    """Give the text composed (NFC), without control, direction and zero-width characters, blanks and breaks single.

    A joiner inside of an emoji stays, as does a non-joiner inside of a word. Characters that a wrong encoding has
    garbled stay garbled: guessing would change what was said.
    """
    if text.isascii() and text.isprintable():  # most titles: nothing to do but blanks
        return (_BLANKS.sub(" ", text) if "  " in text else text).strip()
    if _ODD.search(text):
        text = _BREAKS.sub("\n", _SURROGATES.sub("\ufffd", text))
        text = _LOOSE_JOINER.sub("", _INVISIBLE.sub("", text))
    text = _BLANKS.sub(" ", text)
    text = "\n".join(filter(None, map(str.strip, text.split("\n")))) if "\n" in text else text.strip()
    return unicodedata.normalize("NFC", text)


def shorten(text: str, limit: int = MAX_TEXT) -> str:
    """Give at most `limit` characters; a text that was cut ends in an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def http_url(text: str | None, base: str | None = None) -> str | None:
    """Give an absolute http(s) link, safe to print anywhere; None for javascript:, mailto: and what is no link."""
    if not text or not (found := text.strip()) or len(found) > _MAX_URL:
        return None
    try:
        parts = urlsplit(urljoin(base, found) if base is not None else found)
        host = ascii_host(parts.hostname or "")
        port = parts.port
    except ValueError:  # brackets without an address, a port that is no number, a name that cannot be one
        return None
    if parts.scheme.lower() not in {"http", "https"} or not _HOST.fullmatch(host):
        return None
    # A user name before the host is left out: it is there to look like another host, or a password.
    place = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    tail = urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))
    url = f"{parts.scheme.lower()}://{place}{quote(tail, safe=_URL_SAFE, errors='replace')}"
    return url if len(url) <= _MAX_URL else None
