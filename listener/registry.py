"""Which collector reads which source type: one line each, imported on first use."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

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


class SourceKinds:
    """What the config may name as a source's type, each with the keys that it understands."""

    @property
    def names(self) -> Sequence[str]:
        """The registered types, in the order of the registry."""
        return tuple(COLLECTORS)

    def settings_class(self, type: str) -> type[SourceSettings]:  # noqa: A002  # the config's own word for it
        """Give the model of this type's table. Raises KeyError for a type that is not registered."""
        keys: builtins.type[SourceSettings] = _import(type).Settings
        return keys


def source_kinds() -> SourceKinds:
    """Give what config.load wants to know about sources; imports a collector only when its type is used."""
    return SourceKinds()


def _import(source: str) -> Any:  # noqa: ANN401  # what a name in a module is, only the tests of the registry know
    module, _, name = COLLECTORS[source].partition(":")
    return getattr(import_module(module), name)
