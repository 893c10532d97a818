"""What a digest is written from beside its numbers: words that rise, and mentions that may be quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from scoring.rising.topics import Rise
from storage.records import StoredMention


@dataclass(frozen=True, slots=True)
class Material:
    """What was read of texts. Empty: none was."""

    rises: Mapping[str, Rise] = field(default_factory=dict)  # by brand; those that were read
    examples: Mapping[int, StoredMention] = field(default_factory=dict)  # by id, the first of each topic shown
    quotable: Mapping[str, Sequence[StoredMention]] = field(default_factory=dict)  # by brand, the strongest first
    late: int = 0  # queries that should have been polled an interval ago


NOTHING_READ: Final = Material()
