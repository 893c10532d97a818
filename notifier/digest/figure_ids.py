"""The ids of a brand's numbers, by which `overheard why` finds what they were made of.

sov.acme.20130805-20130812                   a window from midnight to midnight, local dates
mentions.acme.20130805T0830-20130805T0930    any other window
sov.acme+globex+initech.20130805-20130812    a share among some brands alone: acme's, and after it those beside it

Dates are those of the config's zone, so that a number of a window has one id, in whatever zone a digest tells it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal, NamedTuple, get_args
from zoneinfo import ZoneInfo

from config.errors import OverheardError
from storage.records import Span

FigureKind = Literal["sov", "sentiment", "mentions", "rising"]
KINDS: tuple[FigureKind, ...] = get_args(FigureKind)

_ID = re.compile(r"([a-z]+)\.(.+)\.([0-9TZ]+)-([0-9TZ]+)", re.ASCII)
_EDGE = re.compile(r"(\d{8})(?:T(\d{4}|\d{6}|\d{12})(Z?))?", re.ASCII)
_CLOCKS = {4: "%H%M", 6: "%H%M%S", 12: "%H%M%S%f"}


class FigureIdError(OverheardError):
    """What was asked about is not the id of a number."""


class Asked(NamedTuple):
    """What an id asks for."""

    kind: FigureKind
    brand: str  # slug
    window: Span
    group: tuple[str, ...] = ()  # slugs among which the share is taken, that of the brand first; none: all brands


def figure_id(kind: FigureKind, slug: str, window: Span, zone: ZoneInfo, group: Sequence[str] = ()) -> str:
    """Give the id of a brand's number over a window, with local dates (and times where it starts or ends in a day).

    `group`: the slugs among which a share is taken, in any order; none: all brands.
    """
    others = sorted(set(group) - {slug}) or [slug] * bool(group)  # a brand alone is a group too, not all brands
    among = "+".join([slug, *others])
    return f"{kind}.{among}.{_edge(window.start, zone)}-{_edge(window.end, zone)}"


def parse_figure_id(figure: str, zone: ZoneInfo) -> Asked:
    """Give kind, brand slug, window and group of an id. Raises FigureIdError with the form that is understood."""
    match = _ID.fullmatch(figure.strip())
    kind = next((known for known in KINDS if match and match[1] == known), None)
    if match is None or kind is None:
        raise _not_an_id(figure)
    start, end = _moment(match[3], zone), _moment(match[4], zone)
    if start is None or end is None or start >= end:
        raise _not_an_id(figure)
    slug, *others = match[2].split("+")
    return Asked(kind, slug, Span(start, end), (slug, *others) if others else ())


def _not_an_id(figure: str) -> FigureIdError:
    kinds = ", ".join(KINDS)
    return FigureIdError(
        f"{figure[:80]!r} is no number id; copy one from a digest's footer, for example "
        f"sov.acme.20130805-20130812 (kinds: {kinds}; of KPIs: kpi.cac.all.20260701-20260801)"
    )


def _edge(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    # A local time that the clocks show twice, or a shift of the zone's own, would lead back to another moment.
    if local.replace(fold=0).astimezone(UTC) != moment:
        utc = moment.astimezone(UTC)
        return f"{utc.year:04d}{utc:%m%dT%H%M%S%f}Z"
    day = f"{local.year:04d}{local:%m%d}"  # %Y writes early years with fewer digits
    if local.microsecond:
        return f"{day}T{local:%H%M%S%f}"
    if local.second:
        return f"{day}T{local:%H%M%S}"
    if local.hour or local.minute:
        return f"{day}T{local:%H%M}"
    return day


def _moment(text: str, zone: ZoneInfo) -> datetime | None:
    match = _EDGE.fullmatch(text)
    if match is None:
        return None
    digits = match[2] or "0000"
    try:
        naive = datetime.strptime(match[1] + digits, "%Y%m%d" + _CLOCKS[len(digits)])  # noqa: DTZ007  # zone is set below
        return naive.replace(tzinfo=UTC if match[3] else zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
