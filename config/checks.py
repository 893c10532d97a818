"""What no single key can tell: Slack's keys together, sources, languages, limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from os.path import normpath
from pathlib import Path
from unicodedata import category

from config.codes import CURRENCIES, LANGUAGES
from config.database_url import url_problems
from config.findings import Finding, nearest
from config.secrecy import travels_safely
from config.settings import Network, SourceSettings
from config.slack_channels import REMEDY, is_channel
from config.slack_hearing import check_hearing


def check_top(database: object, currency: object, languages: object) -> Iterator[Finding]:
    """Check the keys at the top of the file; those of a wrong type are left to the model."""
    if isinstance(database, str):
        for what, remedy in url_problems(database):
            yield Finding(("database",), what, remedy)
    if isinstance(currency, str) and currency not in CURRENCIES:
        meant = nearest(currency, CURRENCIES)
        remedy = f'did you mean "{meant}"?' if meant else 'write a code of three capitals, for example "EUR"'
        yield Finding(("currency",), "not a currency code (ISO 4217)", remedy)
    if isinstance(languages, list):
        if not languages:
            yield Finding(("languages",), "empty", 'list at least one, for example languages = ["en"]')
        for place, language in enumerate(languages):
            if isinstance(language, str):
                yield from _check_language(language, ("languages", place))


def check_database_file(database: str, config: Path) -> Iterator[Finding]:
    """Check that history is not to be written over the config itself. `database` is as anchored."""
    name = database.removeprefix("sqlite:///")
    if name != database and normpath(Path(name).absolute()) == normpath(config.absolute()):
        yield Finding(("database",), "the config itself", 'name another file, for example "sqlite:///overheard.db"')


def check_sentiment(table: Mapping[str, object]) -> Iterator[Finding]:
    """Check the keys of what [sentiment] lists by language. Files and folders are read when texts are scored."""
    for key in ("own_events", "scorers", "lexicons"):
        listed = table.get(key)
        for language in listed if isinstance(listed, dict) else ():
            yield from _check_language(language, ("sentiment", key, language))


def check_slack(keys: Mapping[str, object]) -> Iterator[Finding]:
    """Check the keys of [slack] as written: one way to Slack, and all of it."""
    at = ("slack",)
    base_url = keys.get("base_url")
    if "token" in keys and "webhook" in keys:
        yield Finding(
            (*at, "webhook"), "a token and a webhook together", "keep one; with the token nothing comes twice"
        )
    elif "token" not in keys and "webhook" not in keys:
        yield Finding(at, "neither a token nor a webhook", 'add token = "env:SLACK_BOT_TOKEN" and a channel')
    elif "token" in keys and "channel" not in keys:
        yield Finding(at, "a token without a channel", 'add channel = "C0123456789", the id at the end of its details')
    elif "webhook" in keys and "channel" in keys:
        yield Finding((*at, "channel"), "a webhook has its channel already", "remove channel")
    yield from _slack_channels(keys)
    if isinstance(base_url, str) and not travels_safely(base_url):
        remedy = "write an https:// address (http:// is for this machine alone)"
        yield Finding((*at, "base_url"), "the token would travel unencrypted", remedy)
    yield from check_hearing(keys)


def _slack_channels(keys: Mapping[str, object]) -> Iterator[Finding]:
    """Check the channels of [slack], and what only a bot can do there."""
    at, fallback = ("slack",), keys.get("fallback")
    for key in ("channel", "fallback"):
        written = keys.get(key)
        if isinstance(written, str) and not is_channel(written):
            yield Finding((*at, key), "neither a channel's id nor its name", REMEDY)
    if isinstance(fallback, str) and "token" not in keys:
        yield Finding((*at, "fallback"), "a webhook cannot post elsewhere", "remove fallback, or use a bot token")
    elif isinstance(fallback, str) and fallback.removeprefix("#") == str(keys.get("channel")).removeprefix("#"):
        yield Finding((*at, "fallback"), "the same channel again", "name another one, to which the bot is invited too")
    if keys.get("pictures") is True and "token" not in keys:
        yield Finding((*at, "pictures"), "a webhook cannot upload files", "remove pictures, or use a bot token")


def check_network(network: Network) -> Iterator[Finding]:
    """Check limits that would let nothing through."""
    at = ("network",)
    if network.deadline <= timedelta(0):
        yield Finding((*at, "deadline"), "no time at all", 'write how long a fetch may take, for example "30s"')
    if not network.ports:
        yield Finding((*at, "ports"), "empty", "list at least one, for example ports = [80, 443]")
    if any(category(letter) == "Cc" for letter in network.contact):
        yield Finding(
            (*at, "contact"), "holds line feeds or control characters", "write one line: an address, or a page"
        )
    for place, port in enumerate(network.ports):
        if not 1 <= port <= 65535:  # noqa: PLR2004  # the range of TCP
            yield Finding((*at, "ports", place), "no such port", "write a number from 1 to 65535")


def check_sources(sources: Sequence[tuple[int, SourceSettings]]) -> Iterator[Finding]:
    """Check what all sources share: the pace and the language."""
    for place, source in sources:
        at = ("sources", place)
        if source.every <= timedelta(0):
            yield Finding((*at, "every"), "no pause at all", 'write how often to poll, for example "15m"')
        if source.language is not None:
            yield from _check_language(source.language, (*at, "language"))


def check_twice(key: str, tables: Sequence[tuple[int, Mapping[str, object]]]) -> Iterator[Finding]:
    """Check that no table of [[key]] says the same as one above it. `tables`: as written."""
    first: dict[str, int] = {}
    for place, table in tables:
        other = first.setdefault(repr(sorted(table.items())), place)
        if other != place:
            yield Finding((key, place), f"the same as {key}[{other + 1}]", "remove one of the two")


def _check_language(language: str, at: tuple[str | int, ...]) -> Iterator[Finding]:
    if language in LANGUAGES:
        return
    short = language[:2].lower()
    remedy = f'write two small letters, for example "{short if short in LANGUAGES else "en"}"'
    yield Finding(at, "not a language code (ISO 639-1)", remedy)
