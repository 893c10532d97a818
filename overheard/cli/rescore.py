"""`overheard rescore`: history scored again, and what that changes per brand."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from pathlib import Path

import click

from notifier import wording
from overheard.app import App, open_app
from overheard.cli.described import described
from overheard.cli.group import INTERRUPTED, PARTLY
from overheard.cli.options import MOMENT, config_option, format_option, until_option, window_of
from overheard.cli.sov import span_json
from overheard.lease import held
from overheard.progress import progress
from overheard.scheduler import stop_on_signals
from overheard.sentiment.labelling import name_of
from overheard.sentiment.rescoring import Rescoring, Tally, rescore_history
from overheard.tables import print_json, print_table, signed
from scoring.share_of_voice import NET_SENTIMENT
from storage.records import Json, Label, Span


@described("rescore", "overheard rescore --since 30d --dry-run", "overheard rescore --since 2026-01-01")
@config_option
@click.option("--since", type=MOMENT, required=True, help="What was published from this time on.")
@until_option()
@click.option("--dry-run", is_flag=True, help="Tell what would change, and change nothing.")
@format_option("table", "json")
def command(*, config_path: Path, since: str, until: str | None, dry_run: bool, output: str) -> int:
    """It scores stored mentions again, by today's rules, lexicons and thresholds, and brings all shares along.

    Brands are not looked for again: where they were found stays. What a person has corrected stays too. It can be
    stopped at any moment and called again; what has its score of today already is left as it is.
    """
    stop = threading.Event()
    with open_app(config_path, create=False) as app:
        window = window_of(since, until, app.clock(), app.zone)
        with nullcontext() if dry_run else held(app), stop_on_signals(stop), progress("scoring again") as advance:
            done = rescore_history(app, app.gauge, window, advance, dry_run=dry_run, stop=stop)
        if output == "json":
            print_json(_document(app, window, done, dry_run=dry_run))
        else:
            _print(app, done, dry_run=dry_run)
    if not done.finished:
        click.echo(f"stopped after {done.mentions} of {done.total} mentions; call it again to do the rest", err=True)
        return INTERRUPTED
    if done.failed:
        told = f"{wording.several(done.failed, 'mention')} kept their scores: the model could not read them"
        click.echo(f"{told}; see that it works, and call it again", err=True)
        return PARTLY
    return 0


def _document(app: App, window: Span, done: Rescoring, *, dry_run: bool) -> dict[str, Json]:
    return {
        "window": span_json(window),
        "dry_run": dry_run,
        "finished": done.finished,
        "mentions": done.mentions,
        "failed": done.failed,
        "rules": app.rules,
        "brands": [_brand_json(app, tally) for tally in done.tallies.values()],
    }


def _brand_json(app: App, tally: Tally) -> dict[str, Json]:
    return {
        "brand": tally.brand,
        "name": name_of(app, tally.brand),
        "mentions": tally.mentions,
        "changed": tally.changed,
        "corrected": tally.corrected,
        "before": {label.value: tally.before[label] for label in Label},
        "after": {label.value: tally.after[label] for label in Label},
        "net_sentiment_before": tally.net_before,
        "net_sentiment_after": tally.net_after,
    }


def _print(app: App, done: Rescoring, *, dry_run: bool) -> None:
    tallies = list(done.tallies.values())
    print_table(
        ("brand", "mentions", "changed", "by people", "net sentiment", "now"),
        [
            (
                name_of(app, tally.brand),
                str(tally.mentions),
                str(tally.changed),
                str(tally.corrected),
                signed(tally.net_before),
                signed(tally.net_after),
            )
            for tally in tallies
        ],
        right=(1, 2, 3, 4, 5),
        notes=[[_labels(tally)] for tally in tallies],
        yields=0,
    )
    click.echo(f"{wording.several(done.mentions, 'mention')} {'looked at, nothing written' if dry_run else 'scored'}")
    click.echo(NET_SENTIMENT)


def _labels(tally: Tally) -> str:
    return ", ".join(f"{label.value} {tally.before[label]} -> {tally.after[label]}" for label in Label)
