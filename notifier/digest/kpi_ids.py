"""The ids of KPIs, by which `overheard why` finds what they were computed of.

kpi.cac.all.20260701-20260801                          all results of these local days, the last one not included
kpi.roas.meta_ads+google_ads.20260701-20260801         results of these platforms
kpi.ctr.meta_ads/Spring%20launch.20260701-20260801     a campaign; "all/..." for one over all platforms
kpi.ctr.meta_ads/Spring~variant:blue.20260701-20260801 a part of it: a variant, a sort of content, a weekday, an hour
kpi.mentions.all@globex.20260701-20260801              with the voice of another brand than the first own one
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, get_args
from urllib.parse import quote, unquote

from notifier.digest.figure_ids import FigureIdError
from scoring.days import Days
from scoring.kpis import KPIS
from scoring.slices import By

PREFIX: Final = "kpi."
_ALL: Final = "all"
_PLAIN: Final = frozenset("-_.:,")
_PARTS: Final = frozenset(get_args(By)) - {"total", "platform", "campaign", "day"}
_ID = re.compile(r"kpi\.(?P<kpi>\w+)\.(?P<what>.+)\.(?P<start>\d{8})-(?P<end>\d{8})", re.ASCII | re.DOTALL)
_WHAT = re.compile(r"(?P<platforms>[^/~@]+)(/(?P<campaign>[^/~@]*))?(~(?P<by>\w+):(?P<part>[^/~@]*))?(@(?P<brand>.+))?")


@dataclass(frozen=True, slots=True)
class KpiId:
    """What a KPI was computed of."""

    kpi: str
    days: Days
    platforms: tuple[str, ...] = ()  # none: all
    campaign: str | None = None  # None: all; empty: rows that name none
    by: By | None = None  # what `part` is of: variant, content_type, weekday, hour
    part: str | None = None
    brand: str | None = None  # slug; None: the first own one

    def __str__(self) -> str:
        what = "+".join(map(_encoded, self.platforms)) or _ALL
        if self.campaign is not None:
            what += f"/{_encoded(self.campaign)}"
        if self.part is not None:
            what += f"~{self.by}:{_encoded(self.part)}"
        if self.brand is not None:
            what += f"@{_encoded(self.brand)}"
        return f"{PREFIX}{self.kpi}.{what}.{_day(self.days.start)}-{_day(self.days.end)}"


def parse_kpi_id(written: str) -> KpiId:
    """Give what an id names. Raises FigureIdError with the form that is understood."""
    found = _ID.fullmatch(written.strip())
    what = _WHAT.fullmatch(found["what"]) if found else None
    if found is None or what is None or found["kpi"] not in KPIS:
        raise _not_an_id(written)
    try:
        days = Days(_date(found["start"]), _date(found["end"]))
    except ValueError:
        raise _not_an_id(written) from None
    by = next((known for known in get_args(By) if known == what["by"]), None)
    if not days.count or days.start > days.end or (what["by"] and by not in _PARTS):
        raise _not_an_id(written)
    platforms = () if what["platforms"] == _ALL else tuple(map(unquote, what["platforms"].split("+")))
    return KpiId(
        found["kpi"], days, platforms, _decoded(what["campaign"]), by, _decoded(what["part"]), _decoded(what["brand"])
    )


def _encoded(name: str) -> str:
    """Give a name as one word: letters and digits of all scripts stay readable, what could mean or do something not."""
    kept = [letter if letter.isalnum() or letter in _PLAIN else quote(letter, safe="") for letter in name]
    whole = "".join(kept).replace("~", "%7E")  # which quote takes for harmless
    return f"%{ord(_ALL[0]):X}{_ALL[1:]}" if whole == _ALL else whole


def _decoded(text: str | None) -> str | None:
    return None if text is None else unquote(text)


def _day(day: date) -> str:
    return f"{day.year:04d}{day:%m%d}"  # %Y writes early years with fewer digits


def _date(text: str) -> date:
    return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007  # a local date, of no time


def _not_an_id(written: str) -> FigureIdError:
    return FigureIdError(
        f"{written[:80]!r} is no id of a KPI; copy one from `overheard kpis` or a digest, for example "
        "kpi.cac.all.20260701-20260801 (KPIs: `overheard kpis --list`)"
    )
