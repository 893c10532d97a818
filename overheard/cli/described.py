"""What a command says of itself: its line of the table, what it does at length, and examples to paste."""

from __future__ import annotations

from collections.abc import Callable
from inspect import cleandoc

import click

from overheard.cli.table import COMMANDS


def described(name: str, *examples: str) -> Callable[[Callable[..., object]], click.Command]:
    """Make a click command of a function; its docstring is the longer half of the help."""

    def decorate(function: Callable[..., object]) -> click.Command:
        return click.command(name, help=_help(name, function, examples))(function)

    return decorate


def described_group(name: str, *examples: str) -> Callable[[Callable[..., object]], click.Group]:
    """Make a click group of a function; likewise."""

    def decorate(function: Callable[..., object]) -> click.Group:
        return click.group(name, help=_help(name, function, examples))(function)

    return decorate


def _help(name: str, function: Callable[..., object], examples: tuple[str, ...]) -> str:
    shown = "\n".join(f"  {example}" for example in examples)
    # \b keeps click from filling the lines of a paragraph.
    return (
        f"{COMMANDS[name][1]}\n\n{cleandoc(function.__doc__ or '')}\n\n\b\nExample{'s' * (len(examples) > 1)}:\n{shown}"
    )
