"""The rows of `overheard kpis`: one per slice and KPI, in the shape that scripts rely on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from notifier.amounts import plain
from notifier.digest.kpi_ids import KpiId
from overheard.app import App
from overheard.campaigns.results import Results, Slice, Wish, span_of
from overheard.cli.sov import coverage_json, span_json
from overheard.digests.heard import coverage_in
from overheard.tables import print_csv
from scoring.best import Best, best
from scoring.facts import Facts, Quantity
from scoring.kpi import Kpi, Unit
from scoring.money import Money
from scoring.outcome import Outcome, compute
from scoring.slices import Key, LeftOut, days_of
from scoring.standing import Change, change, ranked
from scoring.variants import METHOD, RATES, Contrast, contrasts
from storage.records import Json


@dataclass(frozen=True, slots=True)
class Row:
    """One KPI of one slice."""

    slice: Slice
    kpi: Kpi
    now: Outcome
    before: Outcome
    change: Change


def rows_of(part: Slice, kpis: Sequence[Kpi]) -> Iterator[Row]:
    """Give the KPIs of a slice, each beside the period before."""
    for kpi in kpis:
        now, before = compute(kpi.id, part.facts), compute(kpi.id, part.before)
        yield Row(part, kpi, now, before, change(kpi, now.value, before.value))


def document(app: App, conn: Connection, found: Results, kpis: Sequence[Kpi]) -> dict[str, Json]:
    """Give the whole answer as JSON."""
    window, before = (span_of(app, days) for days in (found.wish.days, found.before))
    rows: list[Json] = [_row_json(app, found.wish, row) for part in found.slices for row in rows_of(part, kpis)]
    rankings: list[Json] = [
        {"kpi": kpi.id, "among": among, "order": [name for name, _ in order]}
        for kpi in kpis
        for among, order in rankings_of(found, kpi)
    ]
    bests: list[Json] = [_best_json(among, each) for among, each in bests_of(found)]
    tests: list[Json] = [_contrast_json(each) for each in contrasts_of(found)]
    return {
        "window": span_json(window),
        "days": {"first": str(found.wish.days.start), "last": str(found.wish.days.last)},
        "before": {"first": str(found.before.start), "last": str(found.before.last)},
        "by": found.wish.by,
        "currency": app.settings.currency,
        "brand": found.brand,
        "coverage": coverage_json(coverage_in(app, conn, window, app.clock())),
        "coverage_before": coverage_json(coverage_in(app, conn, before, app.clock())),
        "rows": rows,
        "ranking": rankings,
        "best": bests,
        "variants": tests,
        "unstated": {name: list[Json](sorted(platforms)) for name, platforms in found.unstated.items()},
        "left_out": left_out_json(found.left_out),
        "refused": list(found.refused),
    }


def print_rows_csv(app: App, found: Results, kpis: Sequence[Kpi]) -> None:
    """Print the rows as CSV."""
    rows = [_row_json(app, found.wish, row) for part in found.slices for row in rows_of(part, kpis)]
    headings = list(rows[0]) if rows else ["platform", "campaign", "kpi", "value", "unit", "currency"]
    print_csv(headings, ([as_cell(row[heading]) for heading in headings] for row in rows))


def rankings_of(found: Results, kpi: Kpi) -> Iterator[tuple[str, list[tuple[str, Quantity]]]]:
    """Give the slices from best to worst, those of a platform or campaign among themselves; none of fewer than two."""
    if found.wish.by in {"total", "day"}:
        return
    groups: dict[str, dict[str, Quantity | None]] = {}
    for part in found.slices:
        among, name = _places(part, found.wish.by)
        groups.setdefault(among, {})[name] = compute(kpi.id, part.facts).value
    for among, values in groups.items():
        order = ranked(kpi, values)
        if len(order) > 1:
            yield among, order


def bests_of(found: Results) -> Iterator[tuple[str, Best]]:
    """Give the best weekday, hour or type of content of each platform that has posts."""
    if found.wish.by in {"weekday", "hour", "content_type"}:
        for among, parts in _parts(found).items():
            if (one := best(parts)) is not None:
                yield among, one


def contrasts_of(found: Results) -> Iterator[tuple[str, Contrast]]:
    """Give the comparisons of A/B variants, each with the campaign that they are of."""
    if found.wish.by == "variant":
        for among, parts in _parts(found).items():
            for rate in RATES:
                for contrast in contrasts(rate, parts):
                    yield among, contrast


def left_out_json(left_out: Sequence[LeftOut]) -> list[Json]:
    """Give the rows that count nowhere, by platform, as JSON."""
    return [
        {"platform": left.platform, "rows": left.rows, "first": str(left.days.start), "last": str(left.days.last)}
        for left in left_out
    ]


def kpi_id(wish: Wish, key: Key, kpi: Kpi) -> str:
    """Give the id by which `overheard why` answers for a KPI of a slice."""
    platforms = wish.platforms if key.platform is None else (key.platform,)
    campaign = wish.campaign if key.campaign is None else key.campaign
    by = None if key.part is None else wish.by
    return str(KpiId(kpi.id, days_of(key, wish.days), platforms, campaign, by, key.part, wish.brand))


def title(part: Slice) -> str:
    """Give what a slice is called."""
    key = part.key
    part_name = None if key.part is None else part.name
    names = [key.platform, key.campaign, None if key.day is None else str(key.day), part_name]
    return " / ".join(name or "(no name)" for name in names if name is not None) or "all results"


def as_cell(value: Json) -> object:
    """Give a value for CSV: a list as words with blanks between."""
    return " ".join(map(str, value)) if isinstance(value, list) else value


def _row_json(app: App, wish: Wish, row: Row) -> dict[str, Json]:
    key, value = row.slice.key, row.now.value
    currency = value.currency if isinstance(value, Money) else app.settings.currency
    return {
        "platform": key.platform,
        "campaign": key.campaign,
        "day": None if key.day is None else str(key.day),
        "part": key.part,
        "name": row.slice.name or None,
        "kpi": row.kpi.id,
        "value": plain(value),
        "unit": str(row.kpi.unit),
        "currency": currency if row.kpi.unit is Unit.MONEY else None,
        "previous": plain(row.before.value),
        "change": plain(row.change.by),
        "trend": row.change.trend,
        "missing": list(row.now.missing),
        "why": row.now.why or None,
        "partial": list(row.now.partial),
        "rows": row.slice.rows,
        "id": kpi_id(wish, key, row.kpi),
    }


def _parts(found: Results) -> dict[str, dict[str, Facts]]:
    """Give the facts of all parts by what they are parts of: a platform, or one of its campaigns."""
    groups: dict[str, dict[str, Facts]] = {}
    for part in found.slices:
        among, name = _places(part, found.wish.by)
        groups.setdefault(among, {})[name] = part.facts
    return groups


def _best_json(among: str, one: Best) -> dict[str, Json]:
    places: dict[str, Json] = {
        name: None if place is None else {"part": place.part, "value": plain(place.value), "posts": place.posts}
        for name, place in (("first", one.first), ("second", one.second))
    }
    return {"platform": among, "kpi": one.kpi, **places, "why": one.why or None}


def _contrast_json(named: tuple[str, Contrast]) -> dict[str, Json]:
    among, contrast = named
    return {
        "campaign": among,
        "kpi": contrast.kpi,
        "variant": contrast.variant,
        "against": contrast.against,
        "share": contrast.share,
        "share_against": contrast.share_against,
        "difference": contrast.by,
        "low": contrast.low,
        "high": contrast.high,
        "tried": contrast.tried,
        "tried_against": contrast.tried_against,
        "clear": contrast.clear,
        "method": METHOD,
    }


def _places(part: Slice, by: str) -> tuple[str, str]:
    """Give among what a slice is ranked, and what it is called there."""
    key = part.key
    if key.part is not None:
        return " / ".join(filter(None, (key.platform, key.campaign))), part.name
    return ("platforms", key.platform or "") if by == "platform" else ("campaigns", title(part))
