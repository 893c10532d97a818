"""One instance at a time works on a database: the lease, taken by everything that collects or delivers."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager

from storage.lease import Lease, hold

from overheard.app import App


@contextmanager
def held(app: App) -> Iterator[Lease]:
    """Hold the lease of the app's database. Raises LeaseHeldError, which says who holds it and since when."""
    with hold(app.database, f"{platform.node()}, process {os.getpid()}", app.clock()) as lease:
        yield lease
