"""Relative paths in a config count from the config's own folder, wherever the command is started."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from config.settings import Settings

_DEFAULT = Settings.model_fields["database"].default
_SQLITE, _FILE = "sqlite:///", "file:"


def anchored(data: dict[str, Any], folder: PurePosixPath) -> dict[str, Any]:
    """Give a copy of the parsed config with `folder` before every relative path.

    Paths are: file: references anywhere, the SQLite file (the default one too), network.ca_file, a source's `path`.
    """
    if folder == PurePosixPath():
        return data

    def join(name: str) -> str:
        stays = not name or name.endswith("/") or name.startswith(("/", "~", ":"))
        return name if stays else f"{folder}/{name}".replace("//", "/")

    found: dict[str, Any] = _references(data, join)
    if isinstance(url := found.setdefault("database", _DEFAULT), str) and url.startswith(_SQLITE):
        found["database"] = _SQLITE + join(url.removeprefix(_SQLITE))
    _join_key(found.get("network"), "ca_file", join)
    sources = found.get("sources")
    for source in sources if isinstance(sources, list) else ():
        _join_key(source, "path", join)
    return found


def _join_key(table: object, key: str, join: Callable[[str], str]) -> None:
    if isinstance(table, dict) and isinstance(name := table.get(key), str):
        table[key] = join(name)


def _references(value: Any, join: Callable[[str], str]) -> Any:  # noqa: ANN401  # whatever TOML holds
    if isinstance(value, dict):
        return {key: _references(inner, join) for key, inner in value.items()}
    if isinstance(value, list):
        return [_references(inner, join) for inner in value]
    if isinstance(value, str) and value.startswith(_FILE) and not value.startswith("file://"):
        return _FILE + join(value.removeprefix(_FILE))
    return value
