"""A time of day that stands still until somebody waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass
class Clock:
    """The time of day of everybody: of the program, of Slack, of those who post."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        """The time as servers count it."""
        return self.now.timestamp()

    def sleep(self, seconds: float) -> None:
        """Let time pass for whoever waits."""
        self.now += timedelta(seconds=seconds)
