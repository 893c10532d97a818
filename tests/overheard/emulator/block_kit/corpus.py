"""Reads the folder of payloads, and writes out what is written short there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("payloads")


def cases(kind: str) -> list[Any]:
    """Every case of `valid` or `invalid`."""
    files = sorted((_FOLDER / kind).glob("*.jsonl"))
    return [written_out(json.loads(line)) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def written_out(part: Any) -> Any:
    """The value that a short form stands for."""
    if isinstance(part, list):
        return [written_out(each) for each in part]
    if not isinstance(part, dict):
        return part
    if "*" not in part:
        return {key: written_out(value) for key, value in part.items()}
    times = part["*"]
    if "of" in part:
        return [counted(written_out(part["of"]), number) for number in range(times)]
    if "from" in part:
        return part["from"].ljust(times, "x")
    return part.get("text", "x") * times


def counted(part: Any, number: int) -> Any:
    """The value with its number put in."""
    return json.loads(json.dumps(part).replace("{n}", str(number)))
