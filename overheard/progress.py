"""Progress of long work: a bar on stderr, and nothing at all when stderr is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[int, int, str], None]  # done, of how many, what was done last


@contextmanager
def progress(label: str) -> Iterator[Advance]:
    """Give a function to tell how far the work is."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console  # noqa: PLC0415  # rich costs 60 ms, which only a terminal's reader gains from
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[last]}", style="dim", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(label, total=None, last="")

        def advance(done: int, total: int, last: str) -> None:
            bars.update(task, completed=done, total=total or None, last=last)

        yield advance


def _silent(done: int, total: int, last: str) -> None:
    del done, total, last
