"""Which brands come first in pictures, and the colour that each has in all of them."""

from __future__ import annotations

from notifier.charts.theme import Theme, colours
from notifier.digest.contents import BrandLine, Digest


def ranked(digest: Digest) -> list[BrandLine]:
    """Give the brands, own ones first, then by mentions."""
    return sorted(digest.brands, key=lambda line: (not _own(line), -line.credit, line.name))


def brand_colours(digest: Digest, theme: Theme) -> dict[str, str]:
    """Give the colour of each brand, by slug.

    Those that come first are coloured in the order of the config, own ones before others: so a colour stays with its
    brand when the next digest ranks them otherwise.
    """
    first = {line.slug for line in ranked(digest)[: len(theme.brands)]}
    by_config = sorted(digest.brands, key=lambda line: (line.slug not in first, not _own(line)))
    return colours(by_config, theme)


def _own(line: BrandLine) -> bool:
    return line.role == "own"
