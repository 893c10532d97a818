"""What a specification holds, for tests to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from notifier.charts.picture import Picture


def layers(picture: Picture) -> list[dict[str, Any]]:
    """All layers, from the back to the front, panel by panel."""
    spec: dict[str, Any] = picture.spec
    return [layer for panel in spec.get("vconcat", [spec]) for layer in panel["layer"]]


def rows(picture: Picture, mark: str) -> list[dict[str, Any]]:
    """The rows of all layers with this mark."""
    return [row for layer in layers(picture) if layer["mark"]["type"] == mark for row in layer["data"]["values"]]


def written(picture: Picture) -> list[str]:
    """All texts: title and subtitles, then what the layers write."""
    title: dict[str, Any] = dict(picture.spec)["title"]  # type: ignore[assignment]  # ours: always a table
    return [title["text"], *title["subtitle"], *(row["text"] for row in rows(picture, "text"))]


def outside_of_rows(spec: Any) -> Iterator[tuple[str, Any]]:
    """Every key with its value, but for what stands in the rows of a layer."""
    if isinstance(spec, list):
        for each in spec:
            yield from outside_of_rows(each)
    elif isinstance(spec, dict):
        for key, value in spec.items():
            if key != "values":
                yield key, value
                yield from outside_of_rows(value)
