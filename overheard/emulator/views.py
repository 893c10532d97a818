"""Windows: a button press or a command may open one, for a few seconds."""

from __future__ import annotations

from collections.abc import Callable

from overheard.emulator.answers import Answer, Arguments, RefusedError, ok
from overheard.emulator.block_kit.views import view_violations
from overheard.emulator.workspace import Workspace

_SECONDS = 3.0  # within which a trigger opens a window, once


class Windows:
    """The triggers that were handed out."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._made: dict[str, float] = {}
        self._used: set[str] = set()

    def trigger(self) -> str:
        """Give a new trigger, which no emulator before gave, as whoever remembers what was done goes by it."""
        name = f"{len(self._made) + 1}.{int(self._clock() * 1_000_000)}.abcdef"
        self._made[name] = self._clock()
        return name

    def use(self, name: str) -> None:
        """Use a trigger. Raises RefusedError when there is none, or it is used, or too old."""
        if name not in self._made:
            raise RefusedError("invalid_trigger_id")
        if name in self._used:
            raise RefusedError("exchanged_trigger_id")
        if self._clock() - self._made[name] > _SECONDS:
            raise RefusedError("expired_trigger_id")
        self._used.add(name)


def open_view(workspace: Workspace, arguments: Arguments, windows: Windows) -> Answer:
    """Answer views.open."""
    view = arguments.get("view")
    wrong = view_violations(view)
    if wrong or not isinstance(view, dict):
        raise RefusedError("invalid_arguments", wrong)
    windows.use(str(arguments.get("trigger_id")))
    opened = view | {"id": f"V{len(workspace.views) + 1:010d}"}
    workspace.views.append(opened)
    return ok({"view": opened})
