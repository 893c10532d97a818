"""`overheard import --as NEW --map FILE`: a format of one's own, asked for column by column."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from config.settings import Settings
from listener.campaigns.mapping import shipped
from listener.campaigns.refusal import ImportRefusedError
from listener.campaigns.sketching import MEANINGS, Sketched, sketch, written
from listener.campaigns.unpacking import parts
from overheard.calling import as_called
from overheard.campaigns.imports import formats_of, mappings_folder
from overheard.errors import WrongUseError

_SKIP = "skip"


def map_file(settings: Settings, name: str, path: Path) -> int:
    """Show the columns of a file, ask what each is, and write the mapping. Raises WrongUseError."""
    target = mappings_folder(settings) / f"{name}.toml"
    if name in {form.name for form in shipped()} or target.exists():
        raise WrongUseError(f"--as {name}: this format is there already; choose another name")
    try:
        columns = sketch(next(parts(path)), formats_of(settings))
        platform, answers = _asked(name, columns)
        text = written(name, platform, answers)
    except ImportRefusedError as problem:
        raise WrongUseError(f"{path.name}: {problem}") from None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise WrongUseError(f"{target}: {problem.strerror}; the folder must be yours to write to") from None
    click.echo(as_called(f"{target}: written; next: overheard import --as {name} {path}"))
    return 0


def _asked(name: str, columns: list[Sketched]) -> tuple[str, dict[str, str]]:
    """Ask for the platform and for each column; nobody there to answer ends it with what to do."""
    try:
        platform = click.prompt("Platform, as reports shall name it", default=name, err=True).strip()
        click.echo(f"Each column is one of: {', '.join(MEANINGS)}; or {_SKIP}.", err=True)
        answers: dict[str, str] = {}
        for column in columns:
            meaning = _meaning(column, set(answers.values()))
            if meaning != _SKIP:
                answers[column.header] = meaning
    except click.Abort:
        if sys.stdin.isatty():
            raise
        click.echo(err=True)
        raise WrongUseError(
            "nobody is there to answer; give one line for the platform and one for each column, an empty one takes "
            "what is proposed"
        ) from None
    return platform, answers


def _meaning(column: Sketched, taken: set[str]) -> str:
    guess = column.guess if column.guess is not None and column.guess not in taken else _SKIP
    samples = ", ".join(column.samples) or "empty"
    choice = click.Choice([_SKIP, *(meaning for meaning in MEANINGS if meaning not in taken)])
    answer: str = click.prompt(
        f"{column.header}  ({samples})", type=choice, default=guess, show_choices=False, err=True
    )
    return answer
