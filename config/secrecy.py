"""What looks like a secret, so that it is never repeated and never kept in the config; and where one may be sent."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

_SECRETS = {
    "a Slack token": re.compile(r"\bx(?:ox[a-z]|app)-[A-Za-z0-9-]+|\bx(?:oxe)\.[A-Za-z0-9.-]+"),
    "a webhook address": re.compile(r"https?://hooks\.slack(?:-gov)?\.com/\S*", re.IGNORECASE),
    "a password": re.compile(r"(?<=://)[^/\s:@]*:[^/\s]*(?=@)|(?<=[?&]password=)[^&\s]+", re.IGNORECASE),
}


def secret_in(text: str) -> str | None:
    """Say what sort of secret a text holds ("a Slack token"); None when it holds none that can be recognised."""
    return next((kind for kind, pattern in _SECRETS.items() if pattern.search(text)), None)


def hide_secrets(text: str) -> str:
    """Give the text with every recognisable secret replaced by ***."""
    for pattern in _SECRETS.values():
        text = pattern.sub("***", text)
    return text


def travels_safely(url: str) -> bool:
    """Tell whether a secret may be sent to this address: over https, or over http within this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host)
    return parts.scheme == "http" and (host == "localhost" or _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
