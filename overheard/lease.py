"""One instance at a time works on a database: the lease, taken by everything that collects or delivers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from overheard.app import App
from overheard.cli.table import NAME
from storage.lease import Lease, hold


@contextmanager
def held(app: App) -> Iterator[Lease]:
    """Hold the lease of the app's database. Raises LeaseHeldError, which says who holds it and since when."""
    context = click.get_current_context(silent=True)
    with hold(app.database, context.command_path if context else NAME, app.clock()) as lease:
        yield lease
