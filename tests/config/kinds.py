"""Two source types for the tests of the config room, which may not know the real collectors."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from config.settings import SourceSettings
from config.values import Secret


class FeedSettings(SourceSettings):
    type: Literal["feed"] = "feed"
    urls: tuple[str, ...] = Field(min_length=1)
    """Addresses of the feeds."""

    @field_validator("urls")
    @classmethod
    def _web_addresses(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        if any(not url.startswith("https://") for url in urls):
            raise ValueError("not a web address; write it with https://")
        return urls


class ForumSettings(SourceSettings):
    type: Literal["forum"] = "forum"
    boards: tuple[str, ...] = ()
    """Boards to read."""
    search: bool | tuple[str, ...] = False
    """Search for brands."""
    key: Secret
    """Key of the forum's interface."""
    columns: Mapping[str, str] = {}
    """How fields are called."""

    @model_validator(mode="after")
    def _something_to_do(self) -> Self:
        if not self.boards and not self.search:
            raise ValueError('nothing to read; list boards = ["python"] or write search = true')
        return self


class Kinds:
    names: Sequence[str] = ("feed", "forum")

    def settings_class(self, type: str) -> builtins.type[SourceSettings]:  # noqa: A002  # as in the contract
        known: dict[str, builtins.type[SourceSettings]] = {"feed": FeedSettings, "forum": ForumSettings}
        return known[type]
