"""One local day as it was heard: what series, trends and lifts are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from storage.records import VoiceCount

_NOBODY: Final = VoiceCount("")


@dataclass(frozen=True, slots=True)
class Day:
    """One local day: what was heard of each brand, and how much of the day each query listened."""

    day: date
    voices: Mapping[str, VoiceCount]  # by brand; one that is missing was not heard
    heard: Mapping[str, float]  # share of the day, 0..1, by query

    def of(self, brand: str) -> VoiceCount:
        """Give what was heard of a brand."""
        return self.voices.get(brand, _NOBODY)

    @property
    def listened(self) -> float:
        """The share of the day that was heard, over all queries; 0 without any."""
        return sum(self.heard.values()) / len(self.heard) if self.heard else 0.0
