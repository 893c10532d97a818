"""`overheard init`: a config that works at once."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

import click

from overheard.calling import as_called
from overheard.cli.described import described
from overheard.cli.options import config_option
from overheard.errors import WrongUseError

_NEXT_STEPS = """wrote {path}

It follows two browsers on public sources, so that there is something to see at once. Next:
  1. put your own brands into it (the lines marked EDIT)
  2. overheard check{option} --online
  3. overheard collect{option}
  4. overheard digest{option}
"""


@described("init", "overheard init", "overheard init brands.toml")
@click.argument("path", type=click.Path(path_type=Path), required=False)
@config_option
def command(path: Path | None, config_path: Path) -> None:
    """It goes to PATH, or where --config says, with mode 0600; a file that is there already is never touched.

    What is written works as it stands and prints digests in the terminal; put your own brands into it.
    """
    path = path or config_path
    path = path / "overheard.toml" if path.is_dir() else path
    text = files("config").joinpath("starter.toml").read_bytes()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise WrongUseError(f"{path}: is there already; name another file, or remove it first") from None
    except OSError as problem:
        raise WrongUseError(f"{path}: {problem.strerror}; name a file in a folder that you may write to") from None
    with os.fdopen(handle, "wb") as file:
        file.write(text)
    option = "" if path == Path("overheard.toml") else f" --config {path}"
    click.echo(as_called(_NEXT_STEPS.format(path=path, option=option)))
