"""Writes into docs/commands.md what each command says of itself: `python -m docs.commands`.

Each command has a heading and, between two markers, its real help text. What stands outside the markers is written by
people and stays. A command without a heading gets one at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from overheard.cli import COMMANDS, NAME
from overheard.cli.group import LazyGroup

PAGE = Path(__file__).with_name("commands.md")
WIDTH = 100
_SECTION = re.compile(r"<!-- help of (?P<name>[a-z ]+) -->\n.*?<!-- end of help -->", re.DOTALL)


def helps(name: str) -> Iterator[tuple[str, str]]:
    """Give (command, help text) of a command and of each command below it, e.g. "db" and "db stats"."""
    group = LazyGroup(NAME)
    top = click.Context(group, info_name=NAME, max_content_width=WIDTH, terminal_width=WIDTH)
    command = group.get_command(top, name)
    if command is None:
        raise KeyError(name)
    context = click.Context(command, info_name=name, parent=top, max_content_width=WIDTH, terminal_width=WIDTH)
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            if found is not None:
                inner = click.Context(found, info_name=below, parent=context, terminal_width=WIDTH)
                yield f"{name} {below}", found.get_help(inner)


def section(name: str) -> str:
    """Give the marked part of one command."""
    texts = "\n\n".join(f"```text\n{text.strip()}\n```" for _, text in helps(name))
    return f"<!-- help of {name} -->\n{texts}\n<!-- end of help -->"


def refreshed(page: str) -> str:
    """Give the page with every marked part as the command tells it today, and a heading for each new command."""
    present = {match["name"] for match in _SECTION.finditer(page)}
    for name in COMMANDS:
        if name not in present:
            page = f"{page.rstrip()}\n\n## {NAME} {name}\n\n<!-- help of {name} -->\n<!-- end of help -->\n"
    return _SECTION.sub(lambda match: section(match["name"]), page)


if __name__ == "__main__":
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
