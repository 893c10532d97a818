"""Why a file, or a row of it, cannot be taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from config.errors import OverheardError

SHOWN = 60  # characters of a cell that a message repeats


class ImportRefusedError(OverheardError):
    """A whole file cannot be imported. The text says where, what and the remedy, without the file's name."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """One row that was not taken, and the cell that is to blame."""

    row: int  # as a spreadsheet counts, from 1
    column: str  # its header as written; empty when the row as a whole is to blame
    value: str  # as written, shortened
    problem: str


def shown(value: object) -> str:
    """Give a cell as a message repeats it: one line, not too long."""
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def listed(names: Sequence[str], most: int = 20) -> str:
    """Give names for a message; of very many the first ones, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(repr(shown(name)) for name in names[:most]) + more
