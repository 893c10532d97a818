"""`overheard config`: the config as it was understood, and its schema."""

from __future__ import annotations

from pathlib import Path

import click

from config.load import load
from config.schema import json_schema
from listener.registry import source_kinds
from overheard.cli import COMMANDS
from overheard.cli.options import config_option
from overheard.cli.tables import print_json


@click.group(help=COMMANDS["config"][1])
def command() -> None:
    """Hold the two commands below."""


@command.command()
@config_option
def show(config_path: Path) -> None:
    """Show the config as understood, defaults filled in, as JSON; secrets stay references."""
    settings = load(config_path, source_kinds())
    sources = [source.model_dump(mode="json") for source in settings.sources]
    print_json({**settings.model_dump(mode="json"), "sources": sources})


@command.command()
@config_option
def schema(config_path: Path) -> None:
    """Print the JSON Schema of the config: editors complete and check with it; no config is read.

    Save it beside the config, and let the config begin with the line: #:schema ./overheard.schema.json
    """
    del config_path  # taken because every command takes it
    print_json(json_schema(source_kinds()))
