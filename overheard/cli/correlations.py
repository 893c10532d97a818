"""`overheard correlations`: which channels, and mentions, go up and down together, and with how many days between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import click

from overheard.app import App, open_app
from overheard.cli.described import described
from overheard.cli.options import config_option, format_option, since_option, until_option, window_of
from overheard.cli.sov import span_json
from overheard.digests.daily import days_between
from overheard.tables import print_json, print_table
from scoring.correlation import ENOUGH, LAGS, Correlation, strongest
from scoring.lift.report import HEARD
from storage.channel_days import channel_days
from storage.records import Json, Span

_SHOWN = 20  # pairs that are listed for people
_CAUTION = "a correlation is no effect: both may follow a third thing, for example a season or a budget"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two series and how they go together."""

    first: tuple[str, str]  # channel, measure
    second: tuple[str, str]
    found: Correlation


@described("correlations", "overheard correlations", "overheard correlations --since 180d --format json")
@config_option
@since_option("90d", "From this time.")
@until_option()
@format_option("table", "json")
def command(config_path: Path, since: str, until: str | None, output: str) -> None:
    """It pairs daily mentions of your own brands with daily counts of imported channels, the strongest pair first.

    Of each pair it gives the lag at which they go together most, up to seven days to either side. Weekdays, and what a
    day has from the day before, are taken out first. Days that were heard badly are left out.
    """
    with open_app(config_path, create=False) as app:
        now = app.clock()
        window = window_of(since, until, now, app.zone)
        edges = (window.start, window.end - timedelta(seconds=1))
        first, last = (moment.astimezone(app.zone).date() for moment in edges)
        with app.database.read() as conn:
            heard = [day for day in days_between(app, conn, first, last, now) if day.listened >= HEARD]
            series = dict(channel_days(conn, first, last))
        for brand in app.brands:
            if brand.role == "own":
                days = {day.day: float(day.of(brand.slug).mentions) for day in heard}
                series = {(brand.slug, "mentions"): days, **series}
        pairs = paired(series)
        if output == "json":
            print_json(_document(window, series, pairs))
        else:
            _print(app, series, pairs)


def paired(series: Mapping[tuple[str, str], Mapping[date, float]]) -> list[Pair]:
    """Give every two series of different channels that can be compared, the strongest correlation first."""
    found = [
        Pair(first, second, together)
        for first, second in combinations(series, 2)
        if first[0] != second[0] and (together := strongest(series[first], series[second])) is not None
    ]
    return sorted(found, key=lambda pair: (not pair.found.beyond_chance, -abs(pair.found.coefficient)))


def _document(
    window: Span, series: Mapping[tuple[str, str], Mapping[date, float]], pairs: Sequence[Pair]
) -> dict[str, Json]:
    return {
        "window": span_json(window),
        "series": [
            {"channel": channel, "measure": measure, "days": len(days)} for (channel, measure), days in series.items()
        ],
        "correlations": [
            {
                "first": {"channel": pair.first[0], "measure": pair.first[1]},
                "second": {"channel": pair.second[0], "measure": pair.second[1]},
                "lag_days": pair.found.lag,
                "coefficient": pair.found.coefficient,
                "low": pair.found.low,
                "high": pair.found.high,
                "days": pair.found.days,
                "beyond_chance": pair.found.beyond_chance,
            }
            for pair in pairs
        ],
        "note": _CAUTION,
    }


def _print(app: App, series: Mapping[tuple[str, str], Mapping[date, float]], pairs: Sequence[Pair]) -> None:
    if not pairs:
        known = ", ".join(f"{channel} {measure} ({len(days)})" for (channel, measure), days in series.items())
        click.echo(f"nothing to compare: two channels with {ENOUGH} days each are needed; known, with days: {known}")
        return
    rows = [
        (
            " ".join(pair.first),
            " ".join(pair.second),
            _lag(pair.found.lag),
            f"{pair.found.coefficient:+.2f}",
            f"{pair.found.low:+.2f} to {pair.found.high:+.2f}",
            str(pair.found.days),
            "" if pair.found.beyond_chance else "within chance",
        )
        for pair in pairs[:_SHOWN]
    ]
    headings = ("first", "second", "second comes", "r", "interval", "days", "")
    print_table(headings, rows, right=(3, 4, 5))
    if len(pairs) > _SHOWN:
        click.echo(f"{len(pairs) - _SHOWN} weaker pairs are left out; --format json lists them all")
    click.echo(f"lags up to {LAGS} days, local to {app.zone.key}; {_CAUTION}")


def _lag(days: int) -> str:
    if not days:
        return "the same day"
    return f"{abs(days)} d {'after' if days > 0 else 'before'}"
