"""Document types that make an XML parser work for ever or read what it should not, found before any parser runs."""

from __future__ import annotations

import re
from html import unescape

_MAX_VALUES = 8 * 1024  # characters of all entity values together
_ENTITY = re.compile(
    r"""<!ENTITY\s+(%\s+)?[^\s"'<>]{1,200}\s+(?:"([^"]*)"|'([^']*)'|(SYSTEM|PUBLIC)\b)""", re.IGNORECASE
)
_REFERENCE = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)")
_PROLOG = 256 * 1024  # bytes in which a document type stands; more of them are refused
_BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DOCTYPE = re.compile(rb"<!DOCTYPE[^<>\[]{0,2000}(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_TYPE = re.compile(r"<!DOCTYPE(?!\s+html)", re.IGNORECASE)
_ELEMENT = re.compile(rb"<[A-Za-z_]")


def dangerous_doctype(body: bytes) -> str | None:
    """Say why this document's type must not reach a parser; None when there is none or it is harmless.

    Harmless are entities that stand for a few plain characters, such as the HTML ones. Entities made of other
    entities (they can multiply), parameter entities and external ones are not.
    """
    prolog = _prolog(body)
    capitals = prolog.upper()
    start = capitals.find("<!DOCTYPE")
    if start < 0 or capitals.find("<!ENTITY", start) < 0:
        return None
    declared = prolog[start:]
    count, size = 0, 0
    for entity in _ENTITY.finditer(declared):
        count += 1
        value = entity[2] if entity[2] is not None else entity[3] or ""
        size += len(value)
        if entity[1] or entity[4]:
            return "refused: its document type declares external or parameter entities"
        if _REFERENCE.search(value) or "%" in value:
            return "refused: its document type declares entities that could multiply"
    if size > _MAX_VALUES or count != declared.upper().count("<!ENTITY"):
        return "refused: its document type declares entities that are too long or cannot be read"
    return None


def declared_entities(body: bytes) -> dict[str, str]:
    """Give the texts that a harmless document type lets entities stand for, by name."""
    declared = _prolog(body)
    if "<!" not in declared:
        return {}
    return {entity[0].split()[1]: unescape(entity[2] or entity[3] or "") for entity in _ENTITY.finditer(declared)}


def without_doctype(body: bytes) -> bytes:
    """Give the body without its document type: a parser keeps silent about entities that a type might declare."""
    found = _DOCTYPE.search(body, 0, _PROLOG) if has_doctype(body) else None
    if found is None or _ELEMENT.search(body, 0, found.start()):  # behind an element it is what somebody quotes
        return body
    return body[: found.start()] + body[found.end() :]


def has_doctype(body: bytes) -> bool:
    """Tell whether a document type, other than that of a page, stands before the root element."""
    return _TYPE.search(_prolog(body)) is not None


def _prolog(body: bytes) -> str:
    """The document type and what follows it, in the encoding that the first bytes show; nothing where there is none."""
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in body[:4]:
        little = body[:2] == b"\xff\xfe" or (body[1:2] == b"\x00" and body[:1] != b"\x00")
        return body[:_PROLOG].decode("utf-16-le" if little else "utf-16-be", "replace").replace("\x00", "")
    before = _BEFORE.match(body)
    place = before.end() if before else 0
    if _ELEMENT.match(body, place):  # the root element already: a document type behind it is none
        return ""
    declared = body[place : place + _PROLOG]
    return declared.decode("latin-1") if b"<!" in declared else ""
