"""Digest: wall time of `overheard digest --period week` on a history of 1,000,000 mentions over 90 days, six brands.

The history is made-up and stored through storage.mentions.save (that takes some minutes and is not counted); the
digest is printed by the installed command, from start to exit, median of five; then the same with its pictures. The
peer is the goal: 2 seconds, and 4 with pictures.
OVERHEARD_BENCH_MENTIONS makes the history smaller for a quick look.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from statistics import median

from bench.figures import NotMeasuredError, Row
from bench.loads import BRANDS, FIRST, made
from storage.database import open_database
from storage.mentions import save

DAYS, LIMIT, WITH_PICTURES = 90, 2.0, 4.0


def measure() -> list[Row]:
    number = int(os.environ.get("OVERHEARD_BENCH_MENTIONS", "1000000"))
    command = Path(sys.executable).with_name("overheard")
    if not command.exists():
        raise NotMeasuredError("the command `overheard` is not installed beside this interpreter; run: make setup")
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "overheard.toml"
        fill(Path(folder) / "history.db", number)
        (Path(folder) / "nothing.jsonl").touch()
        roles = dict.fromkeys(BRANDS, "competitor") | {BRANDS[0]: "own"}
        brands = "".join(f'[[brands]]\nname = "{name}"\nrole = "{role}"\n' for name, role in roles.items())
        source = '[[sources]]\ntype = "file"\npath = "nothing.jsonl"\n'
        config.write_text(f'database = "sqlite:///{folder}/history.db"\n{brands}{source}', encoding="utf-8")
        asked = [str(command), "digest", "--config", str(config), "--period", "week", "--at", "2026-03-30"]
        drawn = [*asked, "--pictures", f"{folder}/pictures"]
        figures = (("digest", asked, LIMIT), ("digest with pictures", drawn, WITH_PICTURES))
        return [_row(f"{name} on {number:,} mentions", command, limit) for name, command, limit in figures]


def _row(figure: str, command: list[str], limit: float) -> Row:
    seconds = median(wall(command) for _ in range(5))
    return Row(figure, f"{seconds:.2f} s", f"{limit:g} s goal", seconds, limit, at_most=True)


def fill(file: Path, number: int) -> None:
    database = open_database(f"sqlite:///{file}")
    mentions = made(number, DAYS)
    while batch := list(islice(mentions, 5000)):
        with database.write(durable=False) as conn:
            save(conn, batch, FIRST)
    database.close()


def wall(command: list[str]) -> float:
    start = time.monotonic()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise NotMeasuredError(f"`overheard digest` failed: {done.stderr.strip()}")
    return time.monotonic() - start
