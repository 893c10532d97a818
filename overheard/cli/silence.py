"""`overheard silence`: hear nothing of some alerts for a while."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from config.findings import nearest
from config.values import parse_duration
from notifier.registry import RULES
from overheard.answers.mentions import slug_of
from overheard.app import App, open_app
from overheard.cli.described import described
from overheard.cli.options import config_option
from overheard.errors import WrongUseError
from overheard.tables import clean, local, print_table
from storage import silences
from storage.alert_records import Silence
from storage.alerts import load_states

# What each way of calling it takes beside --config: anything else was meant for another way.
_TAKES = {
    "silence": {"id", "rule", "brand", "length", "by", "note"},
    "list": set[str](),
    "end": {"end"},
}
_SPELLED = {"id": "ID", "length": "--for"}


class Length(click.ParamType[timedelta]):
    """A duration as the config spells it."""

    name = "duration"

    def convert(self, value: str | timedelta, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Give the length, else refuse the text with the spelling to use."""
        try:
            length = parse_duration(value)
        except ValueError as problem:
            self.fail(str(problem), param, ctx)
        if length <= timedelta(0):
            self.fail("no time at all; write for example 2h", param, ctx)
        return length


@described(
    "silence",
    "overheard silence volume_spike:acme --for 2h",
    'overheard silence --brand Acme --for 1d --note "launch day"',
    "overheard silence --list",
    "overheard silence --end 3",
)
@config_option
@click.argument("id", required=False)
@click.option("--rule", default=None, help="Of everything that this rule finds.")
@click.option("--brand", default=None, help="Of everything about this brand.")
@click.option("--for", "length", type=Length(), default=None, help="For how long, for example 30m, 2h or 1d.")
@click.option("--by", default=None, help="Who wants it, to be kept with it.")
@click.option("--note", default=None, help="Why, to be kept with it.")
@click.option("--list", "listed", is_flag=True, help="List the silences that stand.")
@click.option("--end", type=int, default=None, help="End the silence of this number now.")
def command(config_path: Path, *, listed: bool, **asked: Any) -> None:  # noqa: ANN401  # of the options' own types
    """It keeps an alert to itself for as long as you say; the message of an alert names its ID.

    Instead of an ID give a rule, a brand or both; give neither, and nothing at all is told. What still stands when the
    silence ends is told then. It may be used beside a running `overheard run`.
    """
    way = "list" if listed else "end" if asked["end"] is not None else "silence"
    _check(way, asked)
    with open_app(config_path, create=False) as app:
        if way == "list":
            _list(app)
        elif way == "end":
            _end(app, asked["end"])
        else:
            _silence(app, asked)


def _check(way: str, asked: Mapping[str, object]) -> None:
    """Raise UsageError for what this way of calling it does not take, and for what it lacks."""
    given = {name for name, value in asked.items() if value is not None}
    if extra := given - _TAKES[way]:
        words = ", ".join(_SPELLED.get(name, f"--{name}") for name in sorted(extra))
        raise click.UsageError(f"{words} does not go with --{way}")
    if way == "silence" and "length" not in given:
        raise click.UsageError("say for how long, for example --for 2h; --list shows the silences that stand")
    if "id" in given and given & {"rule", "brand"}:
        raise click.UsageError("an ID is of one rule and one brand already; leave --rule and --brand out")


def _silence(app: App, asked: Mapping[str, Any]) -> None:
    name, rule, brand, key = asked["id"], asked["rule"], asked["brand"], None
    if name is not None:
        rule, _, key = name.partition(":")
        if not key:
            raise WrongUseError(f"{name!r} is not the id of an alert; write it as its message does, volume_spike:acme")
    if rule is not None:
        _known(rule)
    slug = slug_of(app, brand) if brand is not None else None
    now = app.clock()
    wish = Silence(0, now, now + asked["length"], rule, slug, key, asked["by"], asked["note"] or "")
    with app.database.write() as conn:
        kept = silences.add(conn, wish)
        stands = name is None or name in load_states(conn)
    until = local(kept.until, app.zone)
    click.echo(
        clean(f"silence {kept.id}: {_covered(kept)}, until {until}; to end it: overheard silence --end {kept.id}")
    )
    if not stands:
        click.echo(clean(f"no alert {name} stands now; it is not heard of if it comes before {until}"), err=True)


def _known(rule: str) -> None:
    if rule in RULES:
        return
    meant = nearest(rule, RULES)
    remedy = f"did you mean {meant!r}?" if meant else f"known are {', '.join(RULES)}"
    raise WrongUseError(f"no rule {rule!r}; {remedy}")


def _list(app: App) -> None:
    with app.database.read() as conn:
        standing = silences.standing(conn, app.clock())
    if not standing:
        click.echo("no silence stands; everything is told", err=True)
        return
    rows = [
        (str(one.id), local(one.since, app.zone), local(one.until, app.zone), one.by or "-", _covered(one), one.note)
        for one in standing
    ]
    print_table(("number", "since", "until", "by", "of", "note"), rows, right=(0,))


def _end(app: App, number: int) -> None:
    with app.database.write() as conn:
        ended = silences.end(conn, number, app.clock())
    if not ended:
        raise WrongUseError(f"no silence {number} stands; `overheard silence --list` shows those that do")
    click.echo(f"silence {number} is over")


def _covered(silence: Silence) -> str:
    """Say what a silence is of."""
    if silence.key is not None:
        return f"{silence.rule}:{silence.key}"
    parts = [f"{what} {name}" for what, name in (("rule", silence.rule), ("brand", silence.brand)) if name is not None]
    return " and ".join(parts) or "everything"
