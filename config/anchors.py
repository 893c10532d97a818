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

    Paths are: file: references anywhere, the SQLite file (the default one too), network.ca_file. A source's `path`
    stays as written, for it is part of its query's key; its collector starts from `Settings.folder`.
    """
    if folder == PurePosixPath():
        return data

    def join(name: str) -> str:
        stays = not name or name.endswith("/") or name.startswith(("/", "~", ":"))
        return name if stays else f"{folder}/{name}".replace("//", "/")

    found: dict[str, Any] = _references(data, join)
    if isinstance(url := found.setdefault("database", _DEFAULT), str) and url.startswith(_SQLITE):
        found["database"] = _SQLITE + join(url.removeprefix(_SQLITE))
    network = found.get("network")
    if isinstance(network, dict) and isinstance(name := network.get("ca_file"), str):
        network["ca_file"] = join(name)
    return found


def _references(value: Any, join: Callable[[str], str]) -> Any:  # noqa: ANN401  # whatever TOML holds
    if isinstance(value, dict):
        return {key: _references(inner, join) for key, inner in value.items()}
    if isinstance(value, list):
        return [_references(inner, join) for inner in value]
    if isinstance(value, str) and value.startswith(_FILE) and not value.startswith("file://"):
        return _FILE + join(value.removeprefix(_FILE))
    return value
