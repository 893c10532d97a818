"""From a picture's data to PNG and SVG, by vl-convert, which is loaded when the first one is drawn.

Nothing is fetched: a specification holds its data, and addresses are refused.
"""

from __future__ import annotations

from importlib.util import find_spec
from types import ModuleType
from typing import Final

from config.errors import OverheardError
from notifier.charts.picture import Picture

SCALE: Final = 2  # pixels a unit: 1,200 pixels wide, so that what is shown half as wide is still sharp
REMEDY: Final = 'run: pip install "overheard[charts]"'
_VERSION: Final = "6.4"  # of Vega-Lite, among those that the library brings


def can_draw() -> bool:
    """Tell whether the library that draws is installed."""
    return find_spec("vl_convert") is not None


def png(picture: Picture) -> bytes:
    """Give the picture as PNG. Raises OverheardError when the library is missing or refuses it."""
    library = _library()
    try:
        drawn: bytes = library.vegalite_to_png(picture.spec, vl_version=_VERSION, scale=SCALE, allowed_base_urls=[])
    except ValueError as problem:
        raise _refused(picture, problem) from None
    return drawn


def svg(picture: Picture) -> str:
    """Give the picture as an SVG element. Raises OverheardError when the library is missing or refuses it."""
    library = _library()
    try:
        drawn: str = library.vegalite_to_svg(picture.spec, vl_version=_VERSION, allowed_base_urls=[])
    except ValueError as problem:
        raise _refused(picture, problem) from None
    return drawn


def _library() -> ModuleType:
    try:
        import vl_convert  # noqa: PLC0415  # 84 MB that the user installs, or not
    except ImportError as problem:
        raise OverheardError(f"pictures: the library that draws them cannot be loaded ({problem}); {REMEDY}") from None
    return vl_convert


def _refused(picture: Picture, problem: ValueError) -> OverheardError:
    what = " ".join(str(problem).split())[:200]
    return OverheardError(f"picture {picture.name}: cannot be drawn ({what}); {REMEDY}, or do without pictures")
