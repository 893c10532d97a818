"""Everything that happens to a workspace, as JSON lines in a file: what was posted survives the process."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Entry = dict[str, Any]


class Journal:
    """Writes one line for each event, to the disk before anybody is answered. Without a path nothing is written.

    Events: posted, updated, deleted, ephemeral, reaction, uploaded, refused, warned, delivered, acknowledged.
    """

    def __init__(self, path: Path | None, watch: Callable[[Entry], None] | None = None) -> None:
        self._path = path
        self._watch = watch
        self._lock = threading.Lock()

    def note(self, event: str, **held: Any) -> None:  # noqa: ANN401  # whatever JSON can hold
        """Write one event."""
        entry = {"event": event, **held}
        with self._lock:
            if self._path is not None:
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(entry, ensure_ascii=False) + "\n")
                    file.flush()
                    os.fsync(file.fileno())
            if self._watch is not None:
                self._watch(entry)

    def entries(self) -> Iterator[Entry]:
        """Give what was written before; a last line that a crash has cut short is passed over."""
        if self._path is None or not self._path.exists():
            return
        for line in self._path.read_text(encoding="utf-8").splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                continue
