"""Tells when another package of the same name stands in front of one of ours: `config` is a plain name."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

ROOMS = ("config", "storage", "listener", "scoring", "notifier")


def foreign_room(home: Path | None = None) -> str | None:
    """Give a sentence about the first of our packages that would be imported from elsewhere; None when all are ours.

    `home` is the folder that all of them share; that of this package when left out.
    """
    ours = home or Path(__file__).resolve().parent.parent
    for room in ROOMS:
        spec = find_spec(room)
        found = Path(spec.origin).resolve().parent.parent if spec and spec.origin else None
        if found != ours:
            where = spec.origin if spec and spec.origin else "nowhere"
            return (
                f"the package `{room}` would be imported from {where}, which is not Overheard's own; install Overheard "
                "into an environment of its own (pipx, a container, a virtual environment), unset PYTHONPATH, and do "
                f"not start it with `python -m` in a folder that holds a `{room}` of another program"
            )
    return None
