"""What the bot and the webhook share on the way to Slack: addresses, waits, and errors without secrets."""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from config.errors import OverheardError
from notifier.contract import SendError
from storage.records import Reason

# The connection was never there, so nothing can have been posted.
REFUSED = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)


def checked_address(url: str, where: str) -> str:
    """Give the address if a secret may be sent there: https, or this very machine. Raises OverheardError."""
    try:
        parts = urlsplit(url)
        local = parts.hostname == "localhost" or ip_address(parts.hostname or "").is_loopback
    except ValueError:
        local = False
    odd = any(character <= " " or character == "\x7f" for character in url)
    if odd or not (url.startswith("https://") or (local and url.startswith("http://"))):
        raise OverheardError(f"{where}: not an https address; a secret would travel in the open. Use https://...")
    return url


def silence() -> logging.Logger:
    """Give a logger that says nothing: the client's own lines at DEBUG would hold texts and webhook addresses."""
    return logging.Logger("slack_sdk.silent", level=logging.CRITICAL + 1)  # noqa: LOG001  # not in the tree: nobody can switch it on


def asked_to_wait(headers: Mapping[str, object]) -> timedelta | None:
    """Give how long Retry-After asks to wait, in seconds or until a date. None: it does not, or it cannot be read."""
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), None)
    text = str(value[0] if isinstance(value, list) and value else value or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:12]), 10**9))
    sent = next((value for name, value in headers.items() if name.lower() == "date"), None)
    try:
        until = parsedate_to_datetime(text)
        start = parsedate_to_datetime(str(sent))
    except (ValueError, TypeError):
        return None
    return max(_aware(until) - _aware(start), timedelta())


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def trouble(channel: str, cause: object, *, uncertain: bool) -> SendError:
    """Give the error for a connection that failed, without anything of the address."""
    if isinstance(cause, TimeoutError):
        return SendError(
            channel, Reason.TIMEOUT, "Slack did not answer in time; it is tried again", uncertain=uncertain
        )
    if isinstance(cause, ssl.SSLCertVerificationError):
        detail = "Slack's certificate is not trusted; check the machine's clock, certificates and proxy"
        return SendError(channel, Reason.NETWORK, detail, uncertain=uncertain)
    known = isinstance(cause, OSError) and cause.strerror
    words = str(cause.strerror) if known and isinstance(cause, OSError) else type(cause).__name__
    return SendError(channel, Reason.NETWORK, f"Slack cannot be reached ({words})", uncertain=uncertain)
