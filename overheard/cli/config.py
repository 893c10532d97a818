"""`overheard config`: the config as it was understood, and its schema."""

from __future__ import annotations

from pathlib import Path

from config.load import load
from config.schema import CHOSEN, json_schema
from overheard.cli.described import described_group
from overheard.cli.options import config_option
from overheard.kinds import all_kinds
from overheard.tables import print_json


@described_group("config", "overheard config show", "overheard config schema > overheard.schema.json")
def command() -> None:
    """Tell what the program makes of the config, or what a config may hold.

    Nothing is polled and no database is needed.
    """


@command.command()
@config_option
def show(config_path: Path) -> None:
    """Show the config as understood, defaults filled in, as JSON; secrets stay references."""
    settings = load(config_path, all_kinds())
    # Each of these tables has keys of its own kind, which the whole does not know of.
    chosen = {key: [table.model_dump(mode="json") for table in getattr(settings, key)] for key in CHOSEN}
    print_json({**settings.model_dump(mode="json"), **chosen})


@command.command()
@config_option
def schema(config_path: Path) -> None:
    """Print the JSON Schema of the config: editors complete and check with it; no config is read.

    Save it beside the config, and let the config begin with the line: #:schema ./overheard.schema.json
    """
    del config_path  # taken because every command takes it
    print_json(json_schema(all_kinds()))
