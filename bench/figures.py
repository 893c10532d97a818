"""What a measure gives: rows of one table. And how CPU time is taken: medians of rounds, both sides in turns."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


class NotMeasuredError(Exception):
    """Something that the measure needs is missing here. The text says what, and how to get it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `ratio` is how many times better ours is, unless `at_most` says that it is a cost."""

    figure: str
    ours: str
    peer: str  # value and name of the peer
    ratio: float
    goal: float
    at_most: bool = False

    @property
    def ok(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio <= self.goal if self.at_most else self.ratio >= self.goal

    def cells(self) -> tuple[str, ...]:
        """Give what the table shows."""
        goal = f"{'at most' if self.at_most else 'at least'} {self.goal:g}"
        return (self.figure, self.ours, self.peer, f"{self.ratio:.3g}", goal, "ok" if self.ok else "short")


def cpu(work: Callable[[], object]) -> float:
    """Give the CPU seconds that this process spends on some work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def in_turns(ours: Callable[[], object], peer: Callable[[], object], rounds: int = 5) -> tuple[float, float]:
    """Give the median CPU seconds of both, run A B A B, so that a busy machine slows both."""
    times = [(cpu(ours), cpu(peer)) for _ in range(rounds)]
    return median(one for one, _ in times), median(other for _, other in times)


def child_cpu(command: Sequence[str], folder: Path | None = None) -> float:
    """Give the CPU seconds, user and system, of a command that must succeed. Its output is thrown away."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise NotMeasuredError(f"`{' '.join(command)}` failed with exit code {child.returncode}")
    return usage.ru_utime + usage.ru_stime


def recordings() -> Path:
    """Give the folder of recorded real data. Raises NotMeasuredError when there is none."""
    folder = os.environ.get("OVERHEARD_RECORDINGS")
    if not folder:
        raise NotMeasuredError("needs recorded data; set OVERHEARD_RECORDINGS to its folder")
    return Path(folder)
