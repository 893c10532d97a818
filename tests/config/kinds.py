"""Two source types and two alert rules for the tests of the config room, which may not know the real collectors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from config.alert_settings import AlertSettings
from config.kinds import Kinds, KindsOf
from config.settings import SourceSettings
from config.values import Duration, Secret


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


class SpikeSettings(AlertSettings):
    rule: Literal["spike"] = "spike"
    factor: float = Field(default=3.0, gt=1)
    """How many times the usual it must be."""


class HushSettings(AlertSettings):
    rule: Literal["hush"] = "hush"
    after: Duration = timedelta(hours=1)
    """How long nothing must have been heard."""


SOURCES: Mapping[str, type[SourceSettings]] = {"feed": FeedSettings, "forum": ForumSettings}
RULES: Mapping[str, type[AlertSettings]] = {"spike": SpikeSettings, "hush": HushSettings}
KINDS = Kinds(KindsOf(tuple(SOURCES), SOURCES.__getitem__), KindsOf(tuple(RULES), RULES.__getitem__))
