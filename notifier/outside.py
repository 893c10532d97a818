"""Text and links that came from outside, made fit to be shown: one line, no tricks, links that say where they lead.

The listener cleans what it stores; this is the last gate before a person's eyes, and trusts nobody.
"""

from __future__ import annotations

import json
import re
import unicodedata
from urllib.parse import quote, urlsplit

from listener.hosts import ascii_host

MAX_URL = 2000  # longer addresses are not linked: no channel takes them without complaint
_ELLIPSIS = "\u2026"
_JOINERS = "\u200c\u200d"  # needed inside emoji and several scripts
# Zero-width, invisible or direction-changing; the rest of categories Cc, Cf, Co, Cs, Cn goes by category.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u034f\u2800")
_ADDRESS = re.compile(r"(?:https?://|\bwww\.)([^\s/:?#|<>\\]+)", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"\s*((?:[\w-]+\.)+[^\W\d]{2,})(?:[/:?#]\S*)?\s*")
_MAX_MARKS = 4  # combining marks on one letter; more of them paint over the lines around


def shown(text: str, limit: int) -> str:
    """Give one clean line of at most `limit` characters, cut at a word where one is near; may be empty."""
    line = " ".join(_visible(text[: limit * 20]).split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    space = cut.rfind(" ")
    if space >= limit * 2 // 3:
        cut = cut[:space]
    return cut.rstrip(_JOINERS + " .,;:-") + _ELLIPSIS


def laid_out(line: str, limit: int) -> str:
    """Give one line of a table, its blanks kept, without what is invisible, and cut at `limit` characters."""
    kept = _visible(line[: limit * 20]).rstrip()
    return kept if len(kept) <= limit else kept[: limit - 1] + _ELLIPSIS


def _visible(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if category[0] == "M":
            marks += 1
            if marks > _MAX_MARKS:
                continue
        else:
            marks = 0
        if character in _FILLERS or category in {"Zl", "Zp"} or (category == "Cc" and character.isspace()):
            kept.append(" ")
        elif category[0] != "C" or character in _JOINERS:
            kept.append(character)
    return "".join(kept)


def escaped(document: str) -> str:
    """Give a JSON document whose invisible characters are escapes: the same data, which steer no terminal."""
    return "".join(_escape(each) if _is_steering(each) else each for each in document)


def _is_steering(character: str) -> bool:
    return not character.isprintable() and character not in "\n " and character not in _JOINERS


def _escape(character: str) -> str:
    return json.dumps(character)[1:-1]


def safe_url(url: str | None) -> str | None:
    """Give the address with everything odd percent-encoded. None: not http(s), hides a login, or is too long."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        name, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not name or "@" in parts.netloc:
        return None
    host = _ascii_host(name)
    if host is None:
        return None
    place = host if port is None else f"{host}:{port}"
    path = _encoded(parts.path, "/:@!$&'()*+,;=~")
    query = f"?{_encoded(parts.query, '/:@!$&()*+,;=~?')}" if parts.query else ""
    fragment = f"#{_encoded(parts.fragment, '/:@!$&()*+,;=~?')}" if parts.fragment else ""
    address = f"{parts.scheme.lower()}://{place}{path}{query}{fragment}"
    return address if len(address) <= MAX_URL else None


def host_of(url: str | None) -> str | None:
    """Give the host of an address as shown beside its link, in ASCII so that look-alikes show. None: no host."""
    try:
        name = urlsplit(url).hostname if url else None
    except ValueError:
        return None
    host = _ascii_host(name) if isinstance(name, str) else None
    return host.removeprefix("www.") if host else None


def labelled(text: str, url: str | None) -> str:
    """Give the words of a link, led by its host where they hold the address of another: no link poses as one."""
    host = host_of(url)
    if host is None:
        return text
    named = [each.casefold().removeprefix("www.") for each in _ADDRESS.findall(text)]
    bare = _BARE_ADDRESS.fullmatch(text)
    named += [bare[1].casefold().removeprefix("www.")] if bare else []
    return text if all(each == host for each in named) else f"{host}: {text}"


def _ascii_host(name: str) -> str | None:
    if ":" in name:  # an IPv6 address, already validated by urlsplit
        return f"[{name}]" if re.fullmatch(r"[0-9a-f:.]+", name) else None
    try:
        host = ascii_host(name).lower()
    except UnicodeError:
        return None
    return host if re.fullmatch(r"[a-z0-9._-]+", host) else None


def _encoded(part: str, safe: str) -> str:
    """Percent-encode what may not stand in an address, leaving escapes that are there as they are."""
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part), safe=safe + "%", errors="replace").replace("'", "%27")
