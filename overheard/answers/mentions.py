"""Which mentions are asked for."""

from __future__ import annotations

from overheard.app import App
from overheard.errors import UnknownBrandError


def slug_of(app: App, asked: str) -> str:
    """Give the slug of a brand named by slug or name. Raises UnknownBrandError listing the known ones."""
    for brand in app.brands:
        if asked.casefold() in {brand.slug.casefold(), brand.name.casefold()}:
            return brand.slug
    raise UnknownBrandError(f"no brand {asked!r} in {app.path}; known are {', '.join(app.slugs)}")
