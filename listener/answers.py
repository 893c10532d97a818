"""What a server's status and headers mean for us: a reason, a wait, a time before which not to come back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from storage.records import Reason

LONGEST_WAIT = timedelta(hours=24)  # whatever a server asks for, it is asked again within a day

_REASONS = {
    401: Reason.AUTH,
    403: Reason.AUTH,
    407: Reason.AUTH,
    404: Reason.NOT_FOUND,
    408: Reason.TIMEOUT,
    410: Reason.GONE,
    413: Reason.TOO_LARGE,
    429: Reason.RATE_LIMITED,
    451: Reason.AUTH,
}
_FAMILIES = {2: None, 3: Reason.MALFORMED, 4: Reason.MISCONFIGURED}


def reason_of(status: int) -> Reason | None:
    """Why an answer with this status is of no use; None when it is (2xx). 3xx that nobody can follow is malformed."""
    if status in _REASONS:
        return _REASONS[status]
    return _FAMILIES.get(status // 100, Reason.SERVER)


def http_date(text: str | None) -> datetime | None:
    """Read an HTTP date, aware UTC. None for none, or for what is not one."""
    if not text:
        return None
    try:
        date = parsedate_to_datetime(text)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the server asks us to wait (Retry-After, seconds or date), at most a day. None: it did not say."""
    text = headers.get("retry-after", "").strip()
    seconds = whole_number(text)
    if seconds is not None:
        return min(timedelta(seconds=seconds), LONGEST_WAIT)
    date = http_date(text)
    return None if date is None else min(max(date - now, timedelta()), LONGEST_WAIT)


def fresh_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Until when a good answer stays the same: the latest of Retry-After, max-age and Expires, at most a day ahead.

    None: the server did not say, or said that it is stale at once.
    """
    waits = [retry_after(headers, now), _max_age(headers)]
    if waits[1] is None:  # max-age outranks Expires, whatever it says
        waits.append(_expires(headers, now))
    longest = max((wait for wait in waits if wait is not None), default=timedelta())
    return now + min(longest, LONGEST_WAIT) if longest > timedelta() else None


def _max_age(headers: Mapping[str, str]) -> timedelta | None:
    found = None
    for part in headers.get("cache-control", "").lower().split(","):
        name, _, value = part.strip().partition("=")
        if name in {"no-cache", "no-store"}:
            return timedelta()
        if name == "max-age":
            found = whole_number(value.strip(' "'))
    if found is None:
        return None
    return timedelta(seconds=max(0, found - (whole_number(headers.get("age", "").strip()) or 0)))


def _expires(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    expires = http_date(headers.get("expires"))
    # Their clock may be wrong: the stretch between their own two dates is what counts.
    return None if expires is None else expires - (http_date(headers.get("date")) or now)


def whole_number(text: str) -> int | None:
    """Read a header's number; None for none, or for what is not one. Longer than ten digits: the first ten."""
    # Ten digits are over three hundred years; more of them would not fit into a timedelta.
    return int(text[:10]) if text.isascii() and text.isdigit() else None
