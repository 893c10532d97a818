"""The command line: the table of commands, and the way from a command's name to its code.

    main()  --help, --version, nothing   answered here, from the table alone, before anything is imported
            anything else                overheard.cli.group imports click and the one module that is asked for

A command is a click command called `command` in a module of its own; it takes `--config` by the
`config_option` of `overheard.cli.options`.
Nothing but the standard library's `sys` may be imported at the top of this file: `overheard --help` stays as fast as a
bare interpreter allows.
"""

from __future__ import annotations

import sys

VERSION = "0.1.0"
NAME = "overheard"
ABOUT = "Listen to what is said about your brands, and post a digest that you can trace."

# name -> (where its click command stands, what it does in one line of at most 60 characters)
COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("overheard.cli.init:command", "Write a commented config that works at once."),
    "try": ("overheard.cli.try_:command", "Taste a feed or file: fetch, match, score, print."),
    "add": ("overheard.cli.add:command", "Ask for a source, preview it, write it into the config."),
    "check": ("overheard.cli.check:command", "Say what is wrong with the config, and the remedy."),
    "config": ("overheard.cli.config:command", "Show the config, or its JSON Schema for editors."),
    "sources": ("overheard.cli.sources:command", "List the sources and where each of them stands."),
    "collect": ("overheard.cli.collect:command", "Poll the sources that are due, once."),
    "run": ("overheard.cli.run:command", "Collect, score and post digests until stopped."),
    "demo": ("overheard.cli.demo:command", "Run the whole job offline, on real recorded posts."),
    "digest": ("overheard.cli.digest:command", "Print a digest, or post it with --send."),
    "mentions": ("overheard.cli.mentions:command", "Search the history of mentions."),
    "sov": ("overheard.cli.sov:command", "Compute share of voice and sentiment per brand."),
    "coverage": ("overheard.cli.coverage:command", "Show what was heard, and when we were deaf."),
    "db": ("overheard.cli.db:command", "Upgrade, measure, back up or compact the database."),
    "why": ("overheard.cli.why:command", "Show what a number in a digest was made of."),
}

_OPTIONS = (
    ("--version", "Show the version and exit."),
    ("--help", "Show this message and exit."),
)


def help_text() -> str:
    """Give what `overheard --help` prints at 80 columns: the same as click would make of the same table."""
    lines = [f"Usage: {NAME} [OPTIONS] COMMAND [ARGS]...", "", f"  {ABOUT}", "", "Options:"]
    lines += _columns(_OPTIONS)
    lines += ["", "Commands:"]
    lines += _columns(tuple((name, about) for name, (_, about) in COMMANDS.items()))
    return "\n".join(lines) + "\n"


def version_text() -> str:
    """Give what `overheard --version` prints."""
    return f"{NAME} {VERSION}\n"


def main() -> int:
    """Run the command that the arguments name. Gives the exit code: 0, 1, 2, 3, 4, or 130 when interrupted."""
    asked = sys.argv[1:]
    if not asked or asked == ["--help"]:
        return _say(help_text())
    if asked == ["--version"]:
        return _say(version_text())
    from overheard.guard import foreign_room  # noqa: PLC0415  # nothing may come before the fast answers above

    stranger = foreign_room()
    if stranger is not None:
        sys.stderr.write(f"{NAME}: {stranger}\n")
        return 1
    from overheard.cli.group import run  # noqa: PLC0415  # click costs three bare interpreters

    return run(asked)


def _columns(rows: tuple[tuple[str, str], ...]) -> list[str]:
    width = max(len(name) for name, _ in rows)
    return [f"  {name:<{width}}  {about}" for name, about in rows]


def _say(text: str) -> int:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()  # whoever read us went away: nothing more to say
        return 1
    return 0
