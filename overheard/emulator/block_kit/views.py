"""Views: the window that a button opens, and the app's home."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from overheard.emulator.block_kit.blocks import violations
from overheard.emulator.block_kit.checks import Violation, boolean, record, string, typed
from overheard.emulator.block_kit.composition import IDENTIFIER, plain_text


def _blocks(value: object, pointer: str) -> Iterator[Violation]:
    yield from violations(value, pointer, "view")


def _submittable(value: dict[str, Any], pointer: str) -> Iterator[Violation]:
    if "submit" not in value and any(block["type"] == "input" for block in value["blocks"]):
        yield Violation("missing required field: submit", pointer)


_SHARED = {"private_metadata": string(0, 3000), "callback_id": IDENTIFIER, "external_id": IDENTIFIER}
_VIEW = typed(
    {
        "modal": record(
            {"title": plain_text(24), "blocks": _blocks},
            _SHARED
            | {
                "submit": plain_text(24),
                "close": plain_text(24),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
                "submit_disabled": boolean,
            },
            _submittable,
        ),
        "home": record({"blocks": _blocks}, _SHARED),
    }
)


def view_violations(view: object, pointer: str = "/view") -> list[Violation]:
    """Give everything wrong with a view; empty when it is fine."""
    return list(_VIEW(view, pointer))
