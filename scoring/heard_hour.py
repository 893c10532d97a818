"""An hour of one brand: what statistics of counts are made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.records import VoiceCount


@dataclass(frozen=True, slots=True)
class HeardHour:
    """What was heard of one brand in one hour, from one source or from all."""

    start: datetime  # UTC, a whole hour
    count: VoiceCount  # mentions, credit, labels; neither authors nor stories
    heard: float  # 0..1: share of the query-hours that were heard; what was not heard is no silence
