"""How `overheard attribution` tells its answer: tables for people, one document for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import click

from listener.conversion_paths import RejectedCell
from overheard.tables import clean, print_table, terminal_width
from scoring.attribution.costs import ChannelReturn
from scoring.attribution.models import MODELS, Attribution, ChannelCredit
from storage.records import Json

_HEADINGS = {
    "last_non_direct": "non-direct",
    "position_based": "position",
    "time_decay": "decay",
    "shapley_rate": "by rate",
}
_WIDE = 96  # columns from which all models stand in one table
_SHOWN = 20  # rejected rows that are listed for people


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that the command tells."""

    attribution: Attribution
    returns: Mapping[str, ChannelReturn]  # by channel, of those whose cost is known
    currency: str | None
    warnings: tuple[str, ...]
    rejected: Sequence[tuple[str, RejectedCell]]  # each with its file
    ignored_columns: tuple[str, ...]


def document(answer: Answer) -> dict[str, Json]:
    """Give the answer in the shape that scripts rely on."""
    whole = answer.attribution
    return {
        "conversions": whole.conversions,
        "value": _number(whole.value),
        "currency": answer.currency,
        "channels": [_channel(credit, answer.returns.get(credit.channel)) for credit in whole.channels],
        "warnings": list(answer.warnings),
        "rejected": [
            {"file": file, "row": cell.row, "column": cell.column, "value": cell.value, "problem": cell.problem}
            for file, cell in answer.rejected
        ],
        "ignored_columns": list(answer.ignored_columns),
    }


def print_answer(answer: Answer) -> None:
    """Print a table per question: who is credited, with what value, at what cost."""
    whole = answer.attribution
    click.echo(
        f"{whole.conversions:,.10g} conversions, credited to {len(whole.channels)} channels by {len(MODELS)} models"
    )
    _print_credits(whole.channels, lambda credit: credit.conversions)
    if whole.value is not None:
        click.echo(f"\nvalue: {whole.value:,.2f}")
        _print_credits(whole.channels, lambda credit: credit.value)
    if answer.returns:
        click.echo(f"\ncosts{f' in {answer.currency}' if answer.currency else ''}, ranges over the models")
        rows = [_costs_row(each) for each in answer.returns.values()]
        print_table(("channel", "cost", "cost per conversion", "return (ROI)"), rows, right=(1, 2, 3))
    for warning in answer.warnings:
        click.echo(clean(f"warning: {warning}"))
    if answer.ignored_columns:
        click.echo(clean(f"ignored columns: {', '.join(answer.ignored_columns)}"))
    for file, cell in answer.rejected[:_SHOWN]:
        at = f", column {cell.column!r}" if cell.column else ""
        click.echo(clean(f"rejected: {file}, row {cell.row}{at}: {cell.value!r}: {cell.problem}"))
    if len(answer.rejected) > _SHOWN:
        click.echo(f"rejected: {len(answer.rejected) - _SHOWN} more rows; --format json lists them all")


def _channel(credit: ChannelCredit, earned: ChannelReturn | None) -> dict[str, Json]:
    cac: Sequence[Decimal | None] = earned.cac_range if earned else (None, None)
    roi: Sequence[Decimal | None] = earned.roi_range if earned else (None, None)
    return {
        "channel": credit.channel,
        **credit.conversions,
        "removal_effect": credit.removal_effect,
        "value": dict(credit.value),
        "cost": _number(earned.cost) if earned else None,
        "cac_low": _number(cac[0]),
        "cac_high": _number(cac[1]),
        "roi_low": _number(roi[0]),
        "roi_high": _number(roi[1]),
        "cac": {model: _number(amount) for model, amount in earned.cac.items()} if earned else None,
        "roi": {model: _number(ratio) for model, ratio in earned.roi.items()} if earned else None,
    }


def _number(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def _print_credits(
    channels: Sequence[ChannelCredit], of: Callable[[ChannelCredit], Mapping[str, float | None]]
) -> None:
    narrow = 0 < terminal_width() < _WIDE
    for models in (MODELS[:6], MODELS[6:]) if narrow else (MODELS,):
        headings = ["channel", *(_HEADINGS.get(model, model) for model in models)]
        rows = [[credit.channel, *(_credited(of(credit)[model]) for model in models)] for credit in channels]
        print_table(headings, rows, right=range(1, len(headings)))


def _credited(number: float | None) -> str:
    return "n/a" if number is None else f"{number:,.1f}"


def _costs_row(each: ChannelReturn) -> tuple[str, str, str, str]:
    return (
        each.channel,
        f"{each.cost:,.2f}",
        _range(each.cac_range, lambda amount: f"{amount:,.2f}", "some models credit none"),
        _range(each.roi_range, lambda ratio: f"{ratio * 100:+,.0f} %", "no value, or no cost"),
    )


def _range(ends: tuple[Decimal | None, Decimal | None], write: Callable[[Decimal], str], why_not: str) -> str:
    low, high = ends
    if low is None:
        return f"n/a ({why_not})"
    return f"{write(low)} to {write(high)}" if high is not None else f"from {write(low)} ({why_not})"
