"""Numbers as a line of letters, where there are no pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

GAP: Final = "\u00b7"
_BLOCKS: Final = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"


def sparkline(values: Sequence[float | None]) -> str:
    """Give one letter a value, from the lowest block for 0 to the highest for the largest; a middle dot for None.

    No value may be below 0.
    """
    top = max((value for value in values if value is not None), default=0)
    return "".join(GAP if value is None else _BLOCKS[_level(value, top)] for value in values)


def _level(value: float, top: float) -> int:
    return round(value / top * (len(_BLOCKS) - 1)) if top else 0
