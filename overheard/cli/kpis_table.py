"""The table of `overheard kpis`, for marketers: what is known, how it moved, what is missing and how to get it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from shlex import quote
from typing import Final

import click
from sqlalchemy import Connection

from notifier.amounts import changed, shown
from notifier.wording import several, unknown
from overheard.app import App
from overheard.campaigns.results import Results, span_of
from overheard.cli.kpis_rows import Row, bests_of, contrasts_of, kpi_id, rankings_of, rows_of, title
from overheard.digests.heard import coverage_in
from overheard.tables import folded, percent, print_table
from scoring.best import Best
from scoring.facts import FACTS, Quantity, Sort
from scoring.kpi import Kpi
from scoring.kpis import KPIS
from scoring.variants import METHOD
from storage.campaign_sums import days_with_results

_HEADINGS = ("KPI", "value", "before", "change", "", "id")
_NUMBERS = (1, 2, 3)
_ENDS = 5  # of a long ranking that are shown at either end
_RANKED = ("roas", "roi", "cac", "cpa", "cpl", "cpc", "ctr", "conversion_rate", "engagement_rate_impressions")


def print_slices(app: App, conn: Connection, found: Results, kpis: Sequence[Kpi], *, asked: bool) -> None:
    """Print each slice with its KPIs; undefined ones stand among them when they were asked for by name, else below."""
    days = found.wish.days
    heard, heard_before = (
        percent(coverage_in(app, conn, span_of(app, some), app.clock()).share, "no source listens")
        for some in (days, found.before)
    )
    click.echo(
        f"{days} ({several(days.count, 'day')}, {app.zone.key}), before: {found.before}, in {app.settings.currency}"
    )
    click.echo(f"mentions of {found.brand}, heard: {heard}, before: {heard_before}")
    undefined: list[Row] = []
    partial: dict[str, set[str]] = {}  # by fact: the platforms of which rows lack it
    for part in found.slices:
        rows = list(rows_of(part, kpis))
        known = [row for row in rows if asked or row.now.value is not None]
        click.echo(f"\n{title(part)} ({several(part.rows, 'row')})" if found.wish.by != "total" else "")
        print_table(_HEADINGS, [_row(row) for row in known], right=_NUMBERS)
        for name in {name for row in known for name in row.now.partial}:
            lacking = found.unstated.get(name, frozenset())
            partial.setdefault(name, set()).update(lacking if part.key.platform is None else {part.key.platform})
        undefined += [row for row in rows if row.now.value is None]
    _print_bests(found)
    _print_rankings(found, kpis, asked=asked)
    _print_contrasts(found)
    _print_gaps(found, undefined, partial, asked=asked)
    _print_hint(conn, found)
    _print_trace(found, kpis)


def _row(row: Row) -> tuple[str, ...]:
    why = row.now.why.partition("; ")[0]  # remedies are told below the tables, once
    now = unknown(why) if row.now.value is None else shown(row.now.value, row.kpi.unit)
    before = "n/a" if row.before.value is None else shown(row.before.value, row.kpi.unit)
    mark = " *" if row.now.partial else ""
    return row.kpi.name, f"{now}{mark}", before, changed(row.change, row.kpi.unit), row.change.trend or "", row.kpi.id


def _print_bests(found: Results) -> None:
    what = found.wish.by.replace("_", " ")
    lines = [f"best {what} of {among}, by {one.kpi}: {_best(one)}" for among, one in bests_of(found)]
    if lines:
        click.echo()
        click.echo("\n".join(map(folded, lines)))


def _best(one: Best) -> str:
    """Write the best and the next best with their samples, or why there is none."""
    if one.first is None or one.second is None:
        return unknown(one.why)
    first, second = (
        f"{place.part}, {shown(place.value, KPIS[one.kpi].unit)} of {several(place.posts, 'post')}"
        for place in (one.first, one.second)
    )
    return f"{first}; next {second}"


def _print_rankings(found: Results, kpis: Sequence[Kpi], *, asked: bool) -> None:
    lines = [
        f"  {kpi.id} ({among}): {_ranking(kpi, order)}"
        for kpi in kpis
        if asked or kpi.id in _RANKED
        for among, order in rankings_of(found, kpi)
    ]
    if lines:
        click.echo("\nfrom best to worst")
        click.echo("\n".join(lines))


def _ranking(kpi: Kpi, order: Sequence[tuple[str, Quantity]]) -> str:
    """Write the best and the worst, and how many lie between."""
    names = [f"{name} {shown(value, kpi.unit)}" for name, value in order]
    if len(names) > 2 * _ENDS:
        names[_ENDS:-_ENDS] = [f"({len(names) - 2 * _ENDS} between)"]
    return ", ".join(names)


def _print_contrasts(found: Results) -> None:
    lines = [
        f"  {among}, {each.kpi}: {each.variant} {percent(each.share)} of {each.tried}, {each.against} "
        f"{percent(each.share_against)} of {each.tried_against}; difference {each.low * 100:+.2f} to "
        f"{each.high * 100:+.2f} points: {'more than chance explains' if each.clear else 'within the range of chance'}"
        for among, each in contrasts_of(found)
    ]
    if lines:
        click.echo()
        click.echo(folded(f"variants: {METHOD}"))
        click.echo("\n".join(lines))


def _print_gaps(found: Results, undefined: Sequence[Row], partial: Mapping[str, set[str]], *, asked: bool) -> None:
    """Tell what is partial, what is undefined and why, and which rows count nowhere."""
    if partial:
        lacking = "; ".join(f"{name} of {', '.join(sorted(partial[name]))}" for name in sorted(partial))
        click.echo()
        click.echo(folded(f"* partial: what is known was added up, but rows do not state {lacking}"))
    if asked:
        _print_sources(undefined)
    elif any(part.rows for part in found.slices):  # else everything is missing, and where results are is told instead
        count = len({row.kpi.id for row in undefined})
        click.echo(f"\n{several(count, 'KPI')} n/a; --kpi ID tells what one lacks")
        _print_sources(undefined)
        _print_reasons(undefined)
    for left in found.left_out:
        click.echo(f"left out: {several(left.rows, 'row')} of {left.platform}, {left.days}: {WHY_LEFT[found.wish.by]}")


def _print_sources(undefined: Sequence[Row]) -> None:
    """Tell where the missing facts would come from, each with how many KPIs want it."""
    wanting: dict[str, dict[str, set[str]]] = {}
    for row in undefined:
        for name in row.now.missing:
            wanting.setdefault(FACTS[name].source, {}).setdefault(name, set()).add(row.kpi.id)
    for source, facts in wanting.items():
        names = ", ".join(f"{name} (for {len(ids)})" for name, ids in facts.items())
        click.echo(folded(f"missing from {source}: {names}"))


def _print_reasons(undefined: Sequence[Row]) -> None:
    """Tell what is 0 or cannot be added up; amounts without currency or rate are told by themselves."""
    ids: dict[tuple[str, str], list[str]] = {}  # by what is the matter, and with which slice
    for row in undefined:
        refused = row.slice.facts.refused
        amounts = {why for name, why in refused.items() if FACTS[name].sort is Sort.MONEY}
        if not row.now.missing and not any(why in row.now.why for why in amounts):
            ids.setdefault((row.now.why, title(row.slice)), []).append(row.kpi.id)
    slices: dict[tuple[str, str], list[str]] = {}  # by what is the matter, and which KPIs it costs
    for (why, name), some in ids.items():
        slices.setdefault((why, ", ".join(some)), []).append(name)
    for (why, lost), names in slices.items():
        more = f" and {len(names) - _ENDS} more" if len(names) > _ENDS else ""
        click.echo(folded(f"n/a, {why}: {lost} ({', '.join(names[:_ENDS])}{more})"))


_REACH_OUT = "not all of their days lie within the window"
WHY_LEFT: Final[Mapping[str, str]] = {
    "total": _REACH_OUT,
    "platform": _REACH_OUT,
    "campaign": _REACH_OUT,
    "day": "they stand for several days, which cannot be cut into single ones",
    "variant": f"they name no variant, or {_REACH_OUT}",
    "content_type": f"they name no type of content, or {_REACH_OUT}",
    "weekday": f"they are no posts, or {_REACH_OUT}",
    "hour": f"they are no posts, or {_REACH_OUT}",
}


def _print_trace(found: Results, kpis: Sequence[Kpi]) -> None:
    """Tell how to find out what a number was made of, with the id of one that is there."""
    for part in found.slices:
        for row in rows_of(part, kpis):
            if row.now.value is not None and part.rows:
                click.echo(f"\nwhere a number comes from: overheard why {quote(kpi_id(found.wish, part.key, row.kpi))}")
                return


def _print_hint(conn: Connection, found: Results) -> None:
    """Tell where results are, when the window has none."""
    if any(part.rows for part in found.slices):
        return
    click.echo(f"\n{where_results_are(conn)}")


def where_results_are(conn: Connection) -> str:
    """Tell of which days there are results, to whom a window has shown none."""
    there = days_with_results(conn)
    if there is None:
        return "no campaign results yet; overheard import FILE takes in what platforms export"
    return f"no results of these days; there are some: --since {there[0]} --until {there[1]}"
