"""Takes secrets out of what is about to be logged or printed: the known values, and everything that looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

HIDDEN = "[redacted]"
_SHORTEST = 6  # a shorter "secret" would blacken half of every line

# Each is linear: no nested repetition. The first group, where there is one, is kept.
_PATTERNS = (
    re.compile(r"()\bx(?:ox[a-z]|app|wfp)-[A-Za-z0-9-]{4,}"),  # Slack tokens
    re.compile(r"((?:https?://)?hooks\.slack(?:-gov)?\.com/)[^\s\"'<>]+"),  # incoming webhooks
    re.compile(r"(?i)(authorization['\"]?\s{0,4}[:=]\s{0,4}['\"]?(?:bearer|basic|token)\s{1,4})[^\s'\"]+"),
    # Elsewhere than in a header, what follows must look like no English word.
    re.compile(r"(\b(?i:bearer|basic)\s{1,4})(?=\S{0,200}?(?:[0-9=+/]|[a-z][A-Z]))[A-Za-z0-9._~+/-]{6,}={0,3}"),
    re.compile(r"([A-Za-z][A-Za-z0-9+.-]{1,30}://)[^\s/@\"'<>]+@"),  # user and password in an address
)


class Redactor:
    """Hides secrets in texts and in whatever is made of texts."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = {form for secret in secrets if len(secret) >= _SHORTEST for form in (secret, quote(secret, safe=""))}
        self._known = re.compile("|".join(re.escape(form) for form in sorted(known, key=len, reverse=True)))
        self._any = bool(known)

    def text(self, text: str) -> str:
        """Give the text without secrets."""
        if self._any:
            text = self._known.sub(HIDDEN, text)
        for pattern in _PATTERNS:
            text = pattern.sub(_hide, text)
        return text

    def value(self, value: object) -> object:
        """Give a value with every text in it made safe; anything that is not plain data becomes safe text."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {self.text(str(key)): self.value(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(inner) for inner in value]
        return self.text(str(value))


def _hide(match: re.Match[str]) -> str:
    tail = "@" if match[0].endswith("@") else ""
    return f"{match[1]}{HIDDEN}{tail}"
