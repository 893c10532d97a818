"""`overheard add`: one more source, asked for, previewed, then written into the config."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from config.editing import add_brand, add_source
from config.errors import ConfigError, OverheardError
from config.load import load, read_settings
from config.settings import Brand, Settings, SourceSettings
from overheard.asking import questions, read_answers, written
from overheard.calling import as_called
from overheard.cli.described import described
from overheard.cli.group import FAILED
from overheard.cli.options import config_option
from overheard.clock import system_clock
from overheard.errors import WrongUseError
from overheard.kinds import all_kinds
from overheard.logs import setup_logs
from overheard.remedies import told
from overheard.tasting import collector_of, print_taste, taste

_SHOWN = 5  # items of a preview
_PREVIEWED = 3  # queries of a source that are polled for it


_BRAND = "brand"


@described(
    "add",
    "overheard add rss",
    "overheard add rss --yes --set urls=https://example.org/feed.xml --set every=2h",
    'overheard add brand --yes --set name=Initech --set terms="Initech,Initech Labs"',
)
@click.argument("kind", metavar="SOURCE-TYPE|brand")
@config_option
@click.option(
    "--set", "answers", multiple=True, metavar="KEY=VALUE", help="Answer beforehand, for example urls=https://…"
)
@click.option("--yes", is_flag=True, help="Ask nothing, and write when the preview succeeds.")
@click.option("--preview/--no-preview", default=True, help="Poll the source once before writing; nothing is stored.")
def command(*, kind: str, config_path: Path, answers: tuple[str, ...], yes: bool, preview: bool) -> int:
    """It asks for what a source needs, polls it once to show what it gives, and writes it into the config.

    A brand is asked for and written, as a competitor unless role=own is set. Comments and order of the config stay.
    Source types: rss, reddit, hackernews, file.
    """
    setup_logs()
    kinds = all_kinds()
    types = kinds.sources.names
    if kind != _BRAND and kind not in types:
        raise WrongUseError(f"{kind}: not a source type; known are {', '.join(types)}, and {_BRAND}")
    load(config_path, kinds)  # a config that is wrong already is told as it stands
    path = config_path.resolve()
    before = path.read_bytes().decode("utf-8-sig")
    model = Brand if kind == _BRAND else kinds.sources.settings_class(kind)
    given = read_answers(model, answers)
    with _answered(model, kind):
        table = given if yes else _asked(model, given)
    after = add_brand(before, table) if kind == _BRAND else add_source(before, written({"type": kind, **table}))
    settings = _settings(after, config_path)
    polled = preview and kind != _BRAND
    with _answered(model, kind):
        if polled and not _preview(settings.sources[-1], settings) and (yes or not _anyway()):
            click.echo(f"{config_path}: not changed; --no-preview writes without asking the source", err=True)
            return FAILED
        if not yes and not click.confirm(f"Write it into {config_path}?", default=True, err=True):
            return FAILED
    _replace(path, after)
    added = f"sources[{len(settings.sources)}] ({kind})"
    if kind == _BRAND:
        added = f"brands[{len(settings.brands)}] ({settings.brands[-1].name}, {settings.brands[-1].role})"
    click.echo(as_called(f"{config_path}: added {added}; next: overheard collect"))
    return 0


@contextmanager
def _answered(model: type[Brand | SourceSettings], kind: str) -> Iterator[None]:
    """Where nobody answers, as in a script: refuse with the options that do. Ctrl-C and Ctrl-D pass."""
    try:
        yield
    except click.Abort:
        if sys.stdin.isatty():
            raise
        click.echo(err=True)  # the question stands there without its answer
        needed = [f"--set {question.key}=..." for question in questions(model) if question.required]
        raise WrongUseError(
            f"nobody is there to answer; answer beforehand: overheard add {kind} --yes {' '.join(needed)}".rstrip()
        ) from None


def _asked(model: type[Brand | SourceSettings], given: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for what was not given beforehand."""
    found = dict(given)
    for question in questions(model):
        if question.key in found:
            continue
        hint = ", several parted by commas" if question.is_list else ""
        click.echo(f"{question.meaning.removesuffix('.') if hint else question.meaning}{hint}", err=True)
        default = question.example if question.required and question.example else None if question.required else ""
        answer = click.prompt(f"  {question.key}", default=default, show_default=bool(default), err=True).strip()
        if answer:
            found[question.key] = question.read(answer)
    return found


def _settings(text: str, path: Path) -> Settings:
    """Check the config with the new source in it. Raises ConfigError without the line, which is in no file yet."""
    try:
        return read_settings(text.replace("\r\n", "\n"), path, all_kinds())
    except ConfigError as error:
        unwritten = [type(problem)(problem.where, problem.what, problem.remedy) for problem in error.problems]
        raise ConfigError(str(path), unwritten) from None


def _preview(source: SourceSettings, settings: Settings) -> bool:
    """Poll the source once and show what it gives. False: nothing came."""
    try:
        collector = collector_of(source, settings, system_clock())
    except OverheardError as problem:
        click.echo(str(problem), err=True)
        return False
    fine = True
    for query in collector.queries()[:_PREVIEWED]:
        tasted = taste(collector, query)
        click.echo(f"\n{query.key}")
        if tasted.error is not None:
            click.echo(as_called(told(tasted.error.reason, tasted.error.detail)), err=True)
            fine = False
        else:
            print_taste(tasted, settings.model_copy(update={"brands": ()}), _SHOWN)
    return fine


def _anyway() -> bool:
    return click.confirm("The source did not answer. Write it all the same?", default=False, err=True)


def _replace(path: Path, text: str) -> None:
    """Put the new text in the place of the old in one step, with the old file's rights."""
    mode = path.stat().st_mode & 0o777
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except OSError as problem:
        raise WrongUseError(f"{path}: {problem.strerror}; the file must be yours to write") from None
