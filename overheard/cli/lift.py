"""`overheard lift`: what a campaign did to the mentions, the sentiment and the share of voice of a brand."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from pathlib import Path

import click

from config.local_time import first_instant
from notifier import wording
from overheard.app import App, open_app
from overheard.campaigns.window import CampaignWindow, campaign_window
from overheard.cli.described import described
from overheard.cli.options import config_option, format_option
from overheard.cli.sov import span_json
from overheard.digests.daily import days_between
from overheard.tables import clean, print_json, print_table
from scoring.lift.days import Metric
from scoring.lift.forecast import Effect
from scoring.lift.measure import HISTORY, PLACEBO_WINDOWS
from scoring.lift.report import LiftReport, MetricLift, Setting, lift
from storage.records import Json, Span
from storage.spend import spend

_DAY = timedelta(days=1)
_HEADINGS = ("metric", "seen", "expected", "effect", "95 % interval", "relative", "p", "could show")
_NAMES: dict[Metric, str] = {
    "mentions": "mentions",
    "net_sentiment": "net sentiment",
    "share_of_voice": "share of voice",
}
_NO_NUMBERS: dict[str, Json] = dict.fromkeys(
    ("effect", "effect_low", "effect_high", "p_value", "significant", "observed", "expected", "detectable")
)


@described("lift", 'overheard lift "Spring launch"', "overheard lift spring-26 --brand acme --format json")
@config_option
@click.argument("campaign")
@click.option(
    "--brand", default=None, help="Whose campaign it was, where neither the config nor a single own brand tells."
)
@format_option("table", "json")
def command(config_path: Path, campaign: str, brand: str | None, output: str) -> None:
    """It compares what was heard in the window of CAMPAIGN with a forecast from the days before and the competitors.

    CAMPAIGN is the name of a [[campaigns]] table, or a campaign of imported results: then its window reaches from the
    first to the last day with spend. It prints effect, interval and p-value, what could have shown, and how often the
    same sum finds an effect where there was no campaign; or why nothing can be said.
    """
    with open_app(config_path, create=False) as app:
        now = app.clock()
        today = now.astimezone(app.zone).date()
        with app.database.read() as conn:
            asked = campaign_window(app.settings, spend(conn), campaign, brand)
            length = min((asked.last - asked.first).days + 1, HISTORY)
            start = asked.first - (HISTORY + PLACEBO_WINDOWS * length) * _DAY
            days = days_between(app, conn, start, asked.last, now)
        competitors = tuple(other for other in app.brands if other.role == "competitor" and other != asked.brand)
        report = lift(days, Setting(asked.brand, competitors, asked.first, asked.last, today))
        if output == "json":
            print_json(_document(app, asked, report))
        else:
            _print(app, asked, report)


def _document(app: App, asked: CampaignWindow, report: LiftReport) -> dict[str, Json]:
    cost = _cost_of_one(asked, report)
    return {
        "campaign": asked.name,
        "brand": asked.brand.slug,
        "window": span_json(_window(app, asked)),
        "refused": report.refused,
        "metrics": [_metric(each) for each in report.metrics],
        "spend": None if asked.spend is None else float(asked.spend),
        "currency": asked.currency,
        "cost_per_incremental_mention": None if cost is None else float(cost[0]),
        "cost_per_incremental_mention_low": None if cost is None else float(cost[1]),
        "cost_per_incremental_mention_high": None if cost is None else float(cost[2]),
        "history_days": len(report.history),
        "notes": [*asked.notes, *report.notes],
    }


def _metric(each: MetricLift) -> dict[str, Json]:
    relative, low, high = each.relative
    numbers = _NO_NUMBERS if each.effect is None else _numbers(each.effect)
    expected = each.effect.expected if each.effect and each.metric != "net_sentiment" else None
    return {
        "metric": each.metric,
        **numbers,
        "relative": relative,
        "relative_low": low,
        "relative_high": high,
        "detectable_relative": each.effect.detectable / expected if each.effect and expected else None,
        "controls": list(each.controls),
        "placebo_false_alarm_rate": each.false_alarm_rate,
        "placebos": each.placebos,
        "reason": each.reason,
    }


def _numbers(found: Effect) -> dict[str, Json]:
    return {
        "effect": found.effect,
        "effect_low": found.low,
        "effect_high": found.high,
        "p_value": found.p_value,
        "significant": found.significant,
        "observed": found.observed,
        "expected": found.expected,
        "detectable": found.detectable,
    }


def _print(app: App, asked: CampaignWindow, report: LiftReport) -> None:
    window = wording.window(_window(app, asked), app.zone)
    click.echo(clean(f"{asked.name}: {asked.brand.name}, {window} {app.zone.key}"))
    for note in asked.notes:
        click.echo(clean(f"note: {note}"))
    if report.refused is not None:
        click.echo(clean(f"refused: {report.refused}"))
        return
    print_table(_HEADINGS, [_row(each) for each in report.metrics], right=(1, 2, 3, 4, 5, 6, 7))
    click.echo(
        f"forecast from {wording.several(len(report.history), 'day')} before it; "
        "could show: the smallest effect that would have come out significant with a chance of 80 %"
    )
    for each in report.metrics:
        click.echo(clean(f"{_NAMES[each.metric]}: {_said(each)}"))
    click.echo(_cost_line(asked, report))
    for note in report.notes:
        click.echo(clean(f"note: {note}"))


def _row(each: MetricLift) -> tuple[str, ...]:
    found = each.effect
    if found is None:
        return (_NAMES[each.metric], *["n/a"] * (len(_HEADINGS) - 1))
    relative = each.relative[0]
    ends = (found.low, found.high)
    return (
        _NAMES[each.metric],
        _level(each.metric, found.observed),
        _level(each.metric, found.expected),
        _change(each.metric, found.effect),
        " to ".join(_change(each.metric, end) for end in ends),
        "n/a" if relative is None else f"{relative * 100:+.0f} %",
        "<0.001" if found.p_value < 0.001 else f"{found.p_value:.3f}",  # noqa: PLR2004  # digits that are shown
        _change(each.metric, found.detectable).replace("+", "±"),
    )


def _said(each: MetricLift) -> str:
    if each.effect is None:
        return wording.unknown(each.reason or "")
    verdict = "more than chance explains" if each.effect.significant else "within the range of chance"
    beside = f"beside {', '.join(each.controls)}" if each.controls else "from its own past alone"
    if not each.placebos:
        return f"{verdict}; {beside}; no placebo to try it on"
    placebos = wording.several(each.placebos, "placebo")
    return f"{verdict}; {beside}; {each.false_alarms} of {placebos} came out significant"


def _level(metric: Metric, value: float) -> str:
    return f"{value:,.0f}" if metric == "mentions" else f"{value * 100:.1f} %"


def _change(metric: Metric, value: float) -> str:
    return f"{value:+,.0f}" if metric == "mentions" else f"{value * 100:+.1f}"


def _cost_of_one(asked: CampaignWindow, report: LiftReport) -> tuple[Decimal, Decimal, Decimal] | None:
    """Give what one more mention cost, and the range; None where the effect may be nothing, or the spend is unknown."""
    found = _mentions(report)
    if asked.spend is None or found is None or not found.significant or found.low <= 0:
        return None
    middle, low, high = (asked.spend / Decimal(number) for number in (found.effect, found.high, found.low))
    return middle, low, high


def _cost_line(asked: CampaignWindow, report: LiftReport) -> str:
    if asked.spend is None:
        return "cost per incremental mention: n/a (spend unknown)"
    cost = _cost_of_one(asked, report)
    if cost is None:
        return "cost per incremental mention: n/a (no rise of mentions beyond chance)"
    middle, low, high = cost
    return f"cost per incremental mention: {middle:,.2f} {asked.currency} ({low:,.2f} to {high:,.2f})"


def _mentions(report: LiftReport) -> Effect | None:
    return next((each.effect for each in report.metrics if each.metric == "mentions"), None)


def _window(app: App, asked: CampaignWindow) -> Span:
    ends = (first_instant(day, time(0), app.zone) for day in (asked.first, asked.last + _DAY))
    return Span(*ends)
