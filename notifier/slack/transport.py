"""What the bot and the webhook share on the way to Slack: addresses, waits, and errors without secrets."""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from ipaddress import ip_address
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from config.errors import OverheardError
from notifier.contract import SendError
from storage.records import Reason

_SERVER_ERROR = 500
_ANSWER = 1_000  # bytes of an answer to an upload that are read: it says OK
# The connection was never there, so nothing can have been posted.
REFUSED = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)


def checked_address(url: str, where: str) -> str:
    """Give the address if a secret may be sent there: https, or this very machine. Raises OverheardError."""
    if not _is_plain(url) or not (url.startswith("https://") or _stays_here(url)):
        raise OverheardError(f"{where}: not an https address; a secret would travel in the open. Use https://...")
    return url


def uploadable(url: str, base_url: str) -> bool:
    """Tell whether a file may go to an address that Slack gave: https, or this machine where Slack itself is here."""
    return _is_plain(url) and (url.startswith("https://") or (_stays_here(url) and _stays_here(base_url)))


def upload(channel: str, url: str, content: bytes, timeout: float) -> None:
    """Hand the bytes of a file over, following no redirect. Raises SendError, never uncertain: nothing shows yet."""
    asked = Request(url, content, {"Content-Type": "application/octet-stream"}, method="POST")  # noqa: S310  # checked
    try:
        with build_opener(_NoRedirect).open(asked, timeout=timeout) as answer:
            answer.read(_ANSWER)
    except HTTPError as refused:
        with refused:
            reason = Reason.SERVER if refused.code >= _SERVER_ERROR else Reason.MALFORMED
            detail = f"the upload of a picture was answered with HTTP {refused.code}; it is tried again by itself"
        raise SendError(channel, reason, detail) from None
    except URLError as failure:
        raise trouble(channel, failure.reason, uncertain=False) from None
    except (OSError, HTTPException) as failure:
        raise trouble(channel, failure, uncertain=False) from None


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        """Follow nothing: the address was checked, another one was not."""


def _is_plain(url: str) -> bool:
    return not any(character <= " " or character == "\x7f" for character in url)


def _stays_here(url: str) -> bool:
    try:
        host = urlsplit(url).hostname
        local = host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False
    return local and url.startswith("http://")


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
