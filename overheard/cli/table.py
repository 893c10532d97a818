"""The table of commands, and the texts that are made of it alone. Imports nothing: it answers `overheard --help`."""

from __future__ import annotations

VERSION = "0.1.0"
NAME = "overheard"
ABOUT = "Listen to what is said of your brands; post a digest that you can trace."

# name -> (where its click command stands, what it does in one line of at most 60 characters)
COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("overheard.cli.init:command", "Write a commented config that works at once."),
    "try": ("overheard.cli.try_:command", "Taste a feed or file: fetch, match, score, print."),
    "add": ("overheard.cli.add:command", "Ask for a source or a brand, and write it into the config."),
    "check": ("overheard.cli.check:command", "Say what is wrong with the config, and the remedy."),
    "config": ("overheard.cli.config:command", "Show the config, or its JSON Schema for editors."),
    "sources": ("overheard.cli.sources:command", "List the sources and where each of them stands."),
    "collect": ("overheard.cli.collect:command", "Poll the sources that are due, once."),
    "run": ("overheard.cli.run:command", "Collect, score, alert and post digests until stopped."),
    "demo": ("overheard.cli.demo:command", "Run the whole job offline, on real recorded posts."),
    "digest": ("overheard.cli.digest:command", "Print a digest, or post it with --send."),
    "alerts": ("overheard.cli.alerts:command", "Show what stands now, or what was told and why."),
    "acknowledge": ("overheard.cli.acknowledge:command", "Take care of an alert, so that it is not told again."),
    "silence": ("overheard.cli.silence:command", "Hear nothing of some alerts for a while."),
    "mentions": ("overheard.cli.mentions:command", "Search the history of mentions."),
    "sov": ("overheard.cli.sov:command", "Compute share of voice and sentiment per brand."),
    "label": ("overheard.cli.label:command", "Correct the sentiment of a mention, or review doubtful ones."),
    "rescore": ("overheard.cli.rescore:command", "Score history again by the rules of today."),
    "sentiment": ("overheard.cli.sentiment:command", "Learn from labels, and judge scorers by them."),
    "import": ("overheard.cli.import_:command", "Take in campaign results that came as files."),
    "attribution": ("overheard.cli.attribution:command", "Share conversions out among channels, by every model."),
    "lift": ("overheard.cli.lift:command", "Estimate what a campaign did to a brand's voice."),
    "kpis": ("overheard.cli.kpis:command", "Compute what campaigns cost and brought."),
    "reconcile": ("overheard.cli.reconcile:command", "Compare analytics, ad platforms and CRM by source."),
    "utm": ("overheard.cli.utm:command", "Check the tags of links, or build a tagged link."),
    "correlations": ("overheard.cli.correlations:command", "Show which channels go up and down together."),
    "coverage": ("overheard.cli.coverage:command", "Show what was heard, and when we were deaf."),
    "db": ("overheard.cli.db:command", "Upgrade, measure, back up or compact the database."),
    "slack": ("overheard.cli.slack:command", "Set up the Slack app, or try things on a local Slack."),
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


def _columns(rows: tuple[tuple[str, str], ...]) -> list[str]:
    width = max(len(name) for name, _ in rows)
    return [f"  {name:<{width}}  {about}" for name, about in rows]
