"""Sentences that are English, and remember what they are made of, so that a digest can tell them in another language.

To everybody else they are the text that they read as.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self


class Remark(str):
    """A remark with values in it, each of which may be one itself."""

    __slots__ = ("message", "values")
    message: str  # with the names of the values in braces
    values: dict[str, object]

    def __new__(cls, message: str, /, **values: object) -> Self:
        """Give the remark that a message and its values make."""
        made = super().__new__(cls, message.format_map(values))
        made.message, made.values = message, values
        return made


class Remarks(str):
    """Several of them as one text, with semicolons between them."""

    __slots__ = ("parts",)
    parts: tuple[str, ...]

    def __new__(cls, parts: Iterable[str]) -> Self:
        """Give the text that the parts make."""
        told = tuple(parts)
        made = super().__new__(cls, "; ".join(told))
        made.parts = told
        return made


def first(told: str) -> str:
    """Give the first of several remarks; one is the first itself."""
    return told.parts[0] if isinstance(told, Remarks) and told.parts else told
