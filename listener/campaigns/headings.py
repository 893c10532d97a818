"""Headers as they are compared: without case, currency, zone, and the marks that programs write in different ways."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from config.codes import CURRENCIES

_SPACES = re.compile(r"\s+")
_CURRENCY = re.compile(r"\s*\(([A-Z]{3})\)\s*$")
_ZONE = re.compile(r"\s*\((?:in\s+)?(UTC|GMT)\)\s*$", re.IGNORECASE)
_ALIKE = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "`": "'",
        "\u2013": "-",
        "—": "-",
        "\u2212": "-",
        "“": '"',
        "”": '"',
        "\ufeff": " ",
        "ş": "ș",
        "Ş": "Ș",
        "ţ": "ț",
        "Ţ": "Ț",
    }
)  # what programs write for one another is the point


@dataclass(frozen=True, slots=True)
class Heading:
    """One header cell."""

    written: str
    key: str  # what it is compared by
    currency: str | None = None  # ISO 4217, when the header names one
    zone: str | None = None  # "UTC", when the header says so


@lru_cache(maxsize=4096)
def heading(written: str) -> Heading:
    """Give a header cell taken apart: "Amount spent (EUR)" is "amount spent" in EUR."""
    text, currency, zone = written, None, None
    while found := _ZONE.search(text):
        text, zone = text[: found.start()], "UTC"
    while (found := _CURRENCY.search(text)) and found[1] in CURRENCIES:
        text, currency = text[: found.start()], found[1]
    return Heading(written.strip().removeprefix("\ufeff"), folded(text), currency, zone)


def folded(text: str) -> str:
    """Give a text as headers are compared."""
    plain = unicodedata.normalize("NFKC", text.translate(_ALIKE))
    return _SPACES.sub(" ", plain).strip().casefold()
