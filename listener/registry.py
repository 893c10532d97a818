"""Which collector reads which source type: one line each, imported on first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from config.kinds import KindsOf
from config.settings import SourceSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from listener.contract import Collector, Equipment

COLLECTORS: dict[str, str] = {
    "rss": "listener.collectors.rss:RssCollector",
    "hackernews": "listener.collectors.hackernews:HackerNewsCollector",
    "reddit": "listener.collectors.reddit:RedditCollector",
    "file": "listener.collectors.file:FileCollector",
}


def collector_class(source: str) -> Callable[[SourceSettings, Equipment], Collector]:
    """Give the class that reads sources of this type. Raises KeyError for a type that is not registered."""
    made_by: Callable[[SourceSettings, Equipment], Collector] = _import(source)
    return made_by


def source_kinds() -> KindsOf[SourceSettings]:
    """Give what config.load wants to know about sources; imports a collector only when its type is used."""
    return KindsOf(tuple(COLLECTORS), _settings_class)


def _settings_class(source: str) -> type[SourceSettings]:
    keys: type[SourceSettings] = _import(source).Settings
    return keys


def _import(source: str) -> Any:  # noqa: ANN401  # what a name in a module is, only the tests of the registry know
    module, _, name = COLLECTORS[source].partition(":")
    return getattr(import_module(module), name)
