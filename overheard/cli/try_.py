"""`overheard try`: a taste of a feed or a file, without any config."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import click
from click.core import ParameterSource
from pydantic import ValidationError

from config.load import load
from config.settings import Network, Settings
from listener.contract import CollectError
from overheard.cli.described import described
from overheard.cli.group import PARTLY
from overheard.cli.options import config_option
from overheard.clock import system_clock
from overheard.errors import WrongUseError
from overheard.kinds import all_kinds
from overheard.logs import setup_logs
from overheard.tasting import (
    STAND_IN,
    FileFetcher,
    Tasted,
    brands_named,
    collector_of,
    print_taste,
    taste,
    without_stand_in,
)

_TABLES = re.compile(r"\.(csv|tsv|txt|jsonl|ndjson|json)(\.gz)?$", re.IGNORECASE)


@described(
    "try",
    "overheard try https://example.org/feed.xml --brand Acme --brand Globex",
    "overheard try posts.csv --column text=body",
)
@click.argument("place", metavar="URL|FILE")
@config_option
@click.option("--brand", "brands", multiple=True, metavar="NAME", help="Show only what names it; the first is yours.")
@click.option("--language", "languages", multiple=True, default=("en",), show_default=True, help="Of the texts.")
@click.option("--column", "columns", multiple=True, metavar="OURS=THEIRS", help="Of a file, for example text=body.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many to show.")
@click.option("--allow-private", is_flag=True, help="Permit addresses of this machine and of private networks.")
def command(
    *,
    place: str, config_path: Path, brands: tuple[str, ...], languages: tuple[str, ...], columns: tuple[str, ...],
    limit: int, allow_private: bool,
) -> int:  # fmt: skip
    """It fetches an address or reads a file, matches, scores and prints; nothing is stored or sent.

    Ends with 4 when some items could not be read.

    No config is needed; one that is named with --config lends its brands, labels and limits.
    """
    setup_logs()
    network = Network(allow_private=allow_private)
    settings = Settings(brands=brands_named(brands), languages=languages, network=network)
    if click.get_current_context().get_parameter_source("config_path") is ParameterSource.COMMANDLINE:
        lent = load(config_path, all_kinds())
        settings = lent.model_copy(update={"brands": settings.brands or lent.brands})
    tasted = _taste(place, settings, _columns(columns))
    if tasted.error is not None:
        raise _explained(tasted.error)
    print_taste(tasted, settings, limit)
    return PARTLY if tasted.result and tasted.result.skipped else 0


def _explained(error: CollectError) -> CollectError:
    """Say it in the words of this command: the file's own name, and the option that maps a column."""
    detail = without_stand_in(error.detail).replace('columns.text = "body"', "--column text=body")
    return CollectError(error.source, error.reason, unquote(detail) if detail != error.detail else detail)


def _taste(place: str, settings: Settings, columns: dict[str, str]) -> Tasted:
    clock = system_clock()
    path = Path(place).expanduser()
    if re.match(r"https?://", place, re.IGNORECASE):
        source, fetcher = _source("rss", urls=[place]), None
    elif not path.is_file():
        raise WrongUseError(f"{place}: neither a web address nor a file; write https://... or the path of a file")
    elif _TABLES.search(path.name) and not _is_feed(path):
        source, fetcher = _source("file", path=str(path.absolute()), columns=columns), None
    else:
        address = f"{STAND_IN}{quote(path.name)}"
        source, fetcher = _source("rss", urls=[address]), FileFetcher(path)
    collector = collector_of(source, settings, clock, fetcher)
    return taste(collector, collector.queries()[0])


def _is_feed(path: Path) -> bool:
    """Tell a JSON Feed from a JSON file of mentions."""
    with path.open("rb") as file:
        return b"jsonfeed.org/version" in file.read(2000)


def _source(kind: str, **keys: Any) -> Any:  # noqa: ANN401  # the model of whatever collector is registered
    try:
        return all_kinds().sources.settings_class(kind).model_validate({"type": kind, **keys})
    except ValidationError as problem:
        what = str(problem.errors(include_url=False, include_input=False)[0].get("ctx", {}).get("error", "not usable"))
        raise WrongUseError(what) from None  # what was typed may hold a password: only the model repeats it, without


def _columns(pairs: tuple[str, ...]) -> dict[str, str]:
    split = [pair.partition("=") for pair in pairs]
    wrong = next((pair for pair, (ours, _, theirs) in zip(pairs, split, strict=True) if not ours or not theirs), None)
    if wrong is not None:
        raise WrongUseError(f"--column {wrong}: not OURS=THEIRS; write for example --column text=body")
    return {ours: theirs for ours, _, theirs in split}
