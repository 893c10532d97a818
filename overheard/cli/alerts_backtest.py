"""`overheard alerts --backtest`: what rules would have told, at one sensitivity and at others beside it."""

from __future__ import annotations

import click

from config.findings import nearest
from notifier.contract import AlertRule
from notifier.registry import RULES, rule_alone, rules_for
from notifier.wording import several
from overheard.alerts.backtest import Backtest, Replayed, backtest
from overheard.app import App
from overheard.cli.decisions import alert_json, print_decisions
from overheard.cli.sov import span_json
from overheard.progress import progress
from overheard.tables import local, print_json, print_table
from storage.records import Span

_NOT_REPLAYED = "source_silent"


def replay(app: App, window: Span, name: str | None, wanted: tuple[float, ...], output: str) -> None:
    """Replay a window and print what it comes to. Raises UsageError for a rule that cannot be replayed."""
    rules = _rules(app, name)
    own = app.settings.alerting.false_alarms
    with progress("looks") as advance, app.database.read() as conn:
        found = backtest(app, conn, window, rules, list(dict.fromkeys((own, *wanted))), advance)
    if output == "json":
        print_json(
            {
                "window": span_json(found.span),
                "alerts": [alert_json(one) for one in found.replayed[0].told],
                "per_week": _rate(found, found.replayed[0]),
                "sensitivities": [
                    {
                        "false_alarms": each.false_alarms,
                        "told": len(each.told),
                        "messages": each.messages,
                        "per_week": _rate(found, each),
                    }
                    for each in found.replayed
                ],
                "unready": list(found.unready),
            }
        )
        return
    _print(app, found)


def _print(app: App, found: Backtest) -> None:
    own = found.replayed[0]
    if own.told:
        print_decisions(app, own.told)
        click.echo()
    print_table(
        ("false_alarms", "alerts", "messages", "alerts a week"),
        [
            (f"{each.false_alarms:g}", str(len(each.told)), str(each.messages), f"{each.per_week(found.span):.1f}")
            for each in found.replayed
        ],
        right=(0, 1, 2, 3),
    )
    start, end = local(found.span.start, app.zone), local(found.span.end, app.zone)
    click.echo(f"\n{several(len(own.told), 'alert')} would have been told from {start} to {end}; nothing was sent")
    for why in found.unready:
        click.echo(why, err=True)


def _rules(app: App, name: str | None) -> list[AlertRule]:
    """Give the rules that are replayed: those of the config, or of one name, which need not stand in the config."""
    if name is None:
        chosen = [table for table in app.settings.alerts if table.rule != _NOT_REPLAYED]
        if not any(table.enabled for table in chosen):
            raise click.UsageError(f"no rule to replay is switched on in {app.path}; name one: --rule volume_spike")
        return list(rules_for(app.settings.model_copy(update={"alerts": tuple(chosen)})))
    if name == _NOT_REPLAYED:
        raise click.UsageError(f"{name} cannot be replayed: the store keeps no history of how single queries did")
    tables = tuple(t.model_copy(update={"enabled": True}) for t in app.settings.alerts if t.rule == name)
    if tables:
        return list(rules_for(app.settings.model_copy(update={"alerts": tables})))
    try:
        return [rule_alone(name)]
    except KeyError:
        meant = nearest(name, RULES)
        remedy = f"did you mean {meant}?" if meant else f"known are {', '.join(RULES)}"
        raise click.UsageError(f"--rule {name}: not an alert rule; {remedy}") from None
    except ValueError:
        raise click.UsageError(
            f"{name} has keys without a default; write its [[alerts]] table into {app.path}, "
            "with enabled = false as long as you only try it"
        ) from None


def _rate(found: Backtest, each: Replayed) -> float:
    return round(each.per_week(found.span), 2)
