"""`overheard sentiment`: learn from labels, and judge by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

import click

from config.load import load
from config.settings import Settings
from notifier import wording
from overheard.calling import as_called
from overheard.cli.described import described_group
from overheard.cli.group import FAILED, PARTLY
from overheard.cli.options import config_option, format_option
from overheard.clock import system_clock
from overheard.errors import WrongUseError
from overheard.kinds import all_kinds
from overheard.logs import setup_logs
from overheard.progress import progress
from overheard.sentiment.labelled import Unread, corrected, read_labelled
from overheard.sentiment.models import ALL, Enabled, enable, enabled_model, model_path, stale
from overheard.sentiment.scorers import gauge_of
from overheard.sentiment.training import LEARNED, Pile, Taught, compare, piles, seen, too_few, train
from overheard.standing import history
from overheard.tables import percent, print_json, print_table
from scoring.learning.agreement import Agreement
from scoring.learning.examples import Example, unseen
from scoring.learning.model import LABELS, Model
from scoring.sentiment import SentimentGauge

_SHOWN = 10  # lines of a file that cannot be used
_HEADINGS = ("language", "scorer", "accuracy", "macro-F1", "order of two", "coverage", "labels")
_NUMBERS = (2, 3, 4, 5, 6)
_TOTAL = "total"

_Command = TypeVar("_Command", bound=Callable[..., object])


@described_group(
    "sentiment",
    "overheard sentiment train --dry-run",
    "overheard sentiment eval --data labelled.jsonl",
)
def command() -> None:
    """Labels are what people said with `overheard label`, and what stands in files named by --data.

    A file holds a line of JSON for each label, such as

    {"text": "I love Acme", "target": "Acme", "label": "pos", "lang": "en"}

    with "pos", "neu" or "neg", and null as target where the whole text is meant. It may add "others" (other brands that
    the text names), "start" (where the target begins) and "group" (the same for lines that say the same).
    """


def _labels(function: _Command) -> _Command:
    """Give the options that say which labels are meant."""
    path = click.Path(path_type=Path)
    data = click.option("--data", "files", type=path, multiple=True, help="Labels from a file, as JSON Lines.")
    group = click.option("--brand-group", default=None, metavar="NAME", help="Only brands of this `group`.")
    language = click.option("--language", default=None, metavar="CODE", help="Only texts in this language.")
    return data(group(language(function)))


@command.command("train")
@config_option
@_labels
@click.option("--dry-run", is_flag=True, help="Only tell what would be enabled.")
@format_option("table", "json")
def train_command(
    *,
    config_path: Path, files: tuple[Path, ...], brand_group: str | None, language: str | None, dry_run: bool,
    output: str,
) -> int:  # fmt: skip
    """Learn from labels, per brand group and language.

    A fifth of the labels is held back: never learned from, and used to judge. A model that does not beat the rules on
    these is not enabled.
    """
    settings, gauge, examples, unread = _start(config_path, files, brand_group, language)
    taught: list[Taught] = []
    refused: list[str] = []
    with progress("learning") as advance:
        everything = piles(examples)
        for done, (pile, labels) in enumerate(everything.items()):
            advance(done, len(everything), ", ".join(pile))
            why = too_few(pile, labels, gauge)
            if why is None:
                taught.append(train(pile, labels, gauge, system_clock()()))
            else:
                refused.append(why)
    settled = [(found, _settled(settings, found, dry_run=dry_run)) for found in taught]
    if output == "json":
        print_json({"trained": [_taught_json(*one) for one in settled], "refused": refused})
    for found, verdict in settled if output == "table" else ():
        _print_taught(found, verdict)
    for why in refused:
        click.echo(as_called(f"not trained: {why}"), err=True)
    if not taught:
        return FAILED
    return PARTLY if unread or refused else 0


@command.command("eval")
@config_option
@_labels
@format_option("table", "json")
def eval_command(
    *, config_path: Path, files: tuple[Path, ...], brand_group: str | None, language: str | None, output: str
) -> int:
    """Tell how well each scorer agrees with people.

    The labels are your corrections or, with --data, those of the files alone. The scorers are VADER, the rules, and
    what was learned; labels that an enabled model was learned from are left out.
    Accuracy, macro-F1 (the mean over the labels) and the order of two differently labelled brands of one text (.5 is
    guessing) are of what is scored; coverage says how much that is.
    """
    settings, gauge, examples, unread = _start(config_path, files, brand_group, language, stored=not files)
    enabled = dict(_enabled(settings, gauge, piles(examples)))
    kept = [
        example
        for pile, labels in piles(examples).items()
        for example in (unseen(labels, enabled[pile].training.texts) if pile in enabled else labels)
    ]
    judged = _by_language(kept, {pile: found.model for pile, found in enabled.items()}, gauge)
    left_out = len(examples) - len(kept)
    if output == "json":
        tables = {spoken: _agreements_json(found) for spoken, found in judged.items()}
        print_json({"labels": len(kept), "left_out": left_out, "languages": tables})
    else:
        print_table(_HEADINGS, [row for spoken, found in judged.items() for row in _rows(spoken, found)], _NUMBERS)
        for (group, spoken), found in enabled.items():
            click.echo(f"{LEARNED}: {found.model.name} for {group}, {spoken}")
        if left_out:
            click.echo(f"left out, as a model was learned from them: {wording.several(left_out, 'label')}")
    return PARTLY if unread else 0


def _start(
    config_path: Path, files: Sequence[Path], group: str | None, language: str | None, *, stored: bool = True
) -> tuple[Settings, SentimentGauge, list[Example], list[Unread]]:
    """Give what both commands begin with: the config, the gauge of the rules, the labels, the lines that are none.

    `stored`: whether the corrections of the database are among the labels. Raises WrongUseError when there are none.
    """
    setup_logs()
    settings = load(config_path, all_kinds())
    gauge = gauge_of(settings)
    with history(settings) as conn:
        examples, left_out = corrected(conn, settings) if conn and stored else ([], Counter[str]())
    for why, number in left_out.items():
        click.echo(f"left out: {wording.several(number, 'correction')} {why}", err=True)
    unread: list[Unread] = []
    for path in files:
        found, bad = read_labelled(path, settings, group or ALL)
        examples += found
        unread += bad
    for line in unread[:_SHOWN]:
        click.echo(f"not read: {line}", err=True)
    if len(unread) > _SHOWN:
        click.echo(f"not read: and {wording.several(len(unread) - _SHOWN, 'line')} more", err=True)
    kept = [one for one in examples if group in {None, one.group} and language in {None, one.language}]
    if not kept:
        raise WrongUseError(
            f"no labels{' but for other groups or languages' if examples else ''}; give some with `overheard label`, "
            "or name a file with --data"
        )
    return settings, gauge, kept, unread


def _settled(settings: Settings, found: Taught, *, dry_run: bool) -> str:
    """Enable what was learned if it is better than the rules, and give a sentence on it."""
    model, training = found.model, found.training
    path = model_path(settings, model.group, model.language)
    if not found.better:
        stays = "; what was enabled before stays" if path.exists() else ""
        return (
            f"{model.name} is not enabled: on the labels held back its macro-F1 is {_figure(training.macro_f1)}, and "
            f"that of the rules {_figure(training.rules_macro_f1)}{stays}"
        )
    if dry_run:
        return f"{model.name} would be enabled as {path}; nothing was written"
    return f"{model.name} is enabled: {enable(settings, model, training)}"


def _enabled(settings: Settings, gauge: SentimentGauge, asked: Iterable[Pile]) -> Iterator[tuple[Pile, Enabled]]:
    """Give the models that can be used; of others it is told why not."""
    for pile in asked:
        found = enabled_model(settings, *pile)
        why = stale(found.model, gauge) if found else None
        if found and why:
            click.echo(as_called(f"{found.path}: not used: {why}"), err=True)
        elif found:
            yield pile, found


def _by_language(
    examples: Sequence[Example], models: Mapping[Pile, Model], gauge: SentimentGauge
) -> dict[str, dict[str, Agreement]]:
    """Give the agreement of each scorer, by language, and in total where there are several."""
    everything = seen(examples, gauge)
    languages = sorted({example.language for example in examples})
    tables = {
        spoken: compare([one for one in everything if one.example.language == spoken], models, gauge)
        for spoken in languages
    }
    return tables if len(languages) == 1 else {**tables, _TOTAL: compare(everything, models, gauge)}


def _print_taught(found: Taught, verdict: str) -> None:
    model, training = found.model, found.training
    counts = ", ".join(f"{training.labels[label]} {label.value}" for label in LABELS)
    click.echo(f"{model.group}, {model.language}: learned from {counts}; judged by {training.held_back} held back")
    print_table(_HEADINGS, _rows(model.language, found.judged), _NUMBERS)
    click.echo(as_called(verdict))


def _rows(language: str, judged: Mapping[str, Agreement]) -> list[tuple[str, ...]]:
    return [
        (
            language,
            scorer,
            _figure(found.accuracy),
            _figure(found.macro_f1),
            _figure(found.order, "no pairs"),
            percent(found.coverage),
            f"{found.n:,}",
        )
        for scorer, found in judged.items()
    ]


def _figure(share: float | None, why_not: str = "nothing scored") -> str:
    return wording.unknown(why_not) if share is None else f"{share:.3f}"


def _taught_json(found: Taught, verdict: str) -> dict[str, object]:
    model, training = found.model, found.training
    return {
        "group": model.group,
        "language": model.language,
        "model": model.name,
        "learned_from": {label.value: count for label, count in training.labels.items()},
        "held_back": training.held_back,
        "better": found.better,
        "verdict": verdict,
        "agreement": _agreements_json(found.judged),
    }


def _agreements_json(judged: Mapping[str, Agreement]) -> dict[str, object]:
    return {scorer: asdict(found) for scorer, found in judged.items()}
