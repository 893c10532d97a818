"""The click group: finds a command's module when it is asked for, and turns every end into an exit code.

0 fine | 1 failed | 2 wrong usage or config | 3 another instance holds the lease | 4 done, but some sources failed
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module

import click

from config.errors import ConfigError, LeaseHeldError, OverheardError, SecretError
from overheard.calling import as_called
from overheard.cli.table import ABOUT, COMMANDS, NAME, VERSION, help_text
from overheard.errors import WrongUseError

FAILED = 1
WRONG = 2
HELD = 3
PARTLY = 4
INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports a module only when its command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command; None for a name that is not in the table."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        found = getattr(import_module(module), attribute)
        if not isinstance(found, click.Command):
            raise TypeError(f"{module}:{attribute} is no click command")
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for; one that does not exist is refused with the nearest that does."""
        near = get_close_matches(args[0], COMMANDS, 1)
        if args[0] not in COMMANDS and near and not args[0].startswith("-"):
            ctx.fail(f"No such command {args[0]!r}; did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the text of the table, so that help never imports fifteen modules."""
        del ctx
        formatter.write(help_text())


def make_group(kind: type[click.Group] = LazyGroup) -> click.Group:
    """Give the group `overheard`."""
    group = kind(NAME, help=ABOUT, context_settings={"help_option_names": ["--help"]}, no_args_is_help=True)
    return click.version_option(VERSION, prog_name=NAME, message="%(prog)s %(version)s")(group)


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code; what we can explain is told in a line, without a traceback."""
    try:
        ended = make_group().main(args=list(arguments), prog_name=NAME, standalone_mode=False)
    except click.exceptions.Exit as ended_early:
        return ended_early.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _tell("interrupted", INTERRUPTED)
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except BrokenPipeError:
        # The reader (head, less) went away; let the interpreter's last flush go nowhere, quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OverheardError as problem:
        return _tell(str(problem), exit_code(problem))
    return ended if isinstance(ended, int) else 0


def exit_code(problem: OverheardError) -> int:
    """Give the exit code of an error that ends a command."""
    if isinstance(problem, LeaseHeldError):
        return HELD
    if isinstance(problem, ConfigError | SecretError | WrongUseError):
        return WRONG
    return FAILED


def _tell(text: str, code: int) -> int:
    click.echo(as_called(text), err=True)
    return code
