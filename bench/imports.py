"""Imports: CPU seconds and memory of `overheard import` on a million rows of CSV and on 100,000 rows of XLSX.

Each side is a process of its own, so that start and memory count. The peers know the file: the one of CSV is the csv
module with a Decimal for the money, a whole number for each count and a day for each date, in a plain loop that keeps
nothing; the one of XLSX is openpyxl reading every cell and doing nothing with it. Ours finds separator, format, decimal
marks and dates, checks, finds rows that are one, and stores every row with its index.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

from bench.figures import NotMeasuredError, Row

CSV_ROWS, XLSX_ROWS = 1_000_000, 100_000
HEADER = ("platform", "campaign_id", "day", "currency", "spend", "impressions", "clicks")
CONFIG = '[[brands]]\nname = "Acme"\nrole = "own"\n'
SECONDS = {"csv": 30.0, "xlsx": 20.0}
MEGABYTES = 300.0

CSV_PEER = """
import csv, sys
from datetime import date
from decimal import Decimal
total = Decimal(0)
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        day, total = date.fromisoformat(row["day"]), total + Decimal(row["spend"])
        counts = int(row["impressions"]), int(row["clicks"])
"""
XLSX_PEER = """
import sys
from openpyxl import load_workbook
for row in load_workbook(sys.argv[1], read_only=True).active.iter_rows(values_only=True):
    pass
"""


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "overheard.toml").write_text(CONFIG, encoding="utf-8")
        write_csv(folder / "results.csv")
        write_xlsx(folder / "results.xlsx")
        rows = []
        for kind, number, peer in (("csv", CSV_ROWS, CSV_PEER), ("xlsx", XLSX_ROWS, XLSX_PEER)):
            file = f"results.{kind}"
            ours, megabytes = spent([sys.executable, "-m", "overheard", "import", file], folder)
            theirs, _ = spent([sys.executable, "-c", peer, file], folder)
            (folder / "overheard.db").unlink()
            figure, seconds = f"import, {number:,} rows of {kind.upper()}", SECONDS[kind]
            named = {"csv": "csv and Decimal", "xlsx": "openpyxl alone"}[kind]
            rows += [
                Row(f"{figure}, CPU s", f"{ours:.1f}", f"{theirs:.1f} {named}", ours, seconds, at_most=True),
                Row(f"{figure}, MB", f"{megabytes:.0f}", "", megabytes, MEGABYTES, at_most=True),
            ]
        return rows


def records(number: int) -> Iterator[tuple[object, ...]]:
    dice = random.Random(7)
    first = date(2023, 1, 1)
    for place in range(number):
        day = (first + timedelta(days=place % 1000)).isoformat()
        spend = round(dice.random() * 100, 2)
        yield "ads", f"c{place // 1000}", day, "EUR", spend, dice.randrange(100_000), dice.randrange(500)


def write_csv(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(HEADER) + "\n")
        file.writelines(",".join(map(str, record)) + "\n" for record in records(CSV_ROWS))


def write_xlsx(path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("results")
    sheet.append(HEADER)
    for record in records(XLSX_ROWS):
        sheet.append(record)
    book.save(path)


def spent(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """Give CPU seconds, user and system, and the most memory in megabytes of a command that must succeed."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=folder, env=environment)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise NotMeasuredError(f"`{' '.join(command)[:60]}` failed with exit code {child.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
