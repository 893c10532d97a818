"""Start: CPU time of `overheard --help` against `python -c pass` of the same interpreter; medians of 15, in turns."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

from bench.figures import NotMeasuredError, Row, child_cpu

ROUNDS = 15


def measure() -> list[Row]:
    command = Path(sys.executable).with_name("overheard")
    if not command.exists():
        raise NotMeasuredError("the command `overheard` is not installed beside this interpreter; run: make setup")
    times = [(child_cpu([str(command), "--help"]), child_cpu([sys.executable, "-c", "pass"])) for _ in range(ROUNDS)]
    ours, peer = median(one for one, _ in times), median(other for _, other in times)
    return [
        Row(
            "start, overheard --help",
            f"{ours * 1000:.0f} ms",
            f"{peer * 1000:.0f} ms python -c pass",
            ours / peer,
            3,
            True,
        )
    ]
