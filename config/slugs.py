"""Short ASCII ids made of names."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def slug_of(name: str) -> str:
    """Make a slug of a name: "Café Zürich" becomes "cafe-zurich".

    A name without a Latin letter or digit gets "brand-" and eight hex digits of its SHA-256: the same on every machine.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", name).casefold().translate(_LETTERS))
    kept = "".join(letter for letter in folded if not unicodedata.combining(letter))
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['\u2019]", "", kept)).strip("-")[:63].strip("-")
    lost = sum(letter.isalnum() and not letter.isascii() for letter in kept)
    if slug and not lost:
        return slug
    digest = hashlib.sha256(unicodedata.normalize("NFC", name).casefold().encode()).hexdigest()[:8]
    return f"{slug[:54].strip('-')}-{digest}" if slug else f"brand-{digest}"
