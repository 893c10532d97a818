"""One line of what `overheard check` answers."""

from __future__ import annotations

from dataclasses import dataclass

OK, NOTE, PROBLEM = "ok", "note", "PROBLEM"


@dataclass(frozen=True, slots=True)
class Line:
    """How something stands, what it is, and what is said of it. `code` is the exit code that a problem asks for."""

    standing: str
    subject: str
    text: str
    code: int = 0
