"""The pictures of a digest as files."""

from __future__ import annotations

from pathlib import Path

from config.errors import OverheardError
from notifier.charts.drawing import png
from notifier.charts.picture import Picture
from notifier.charts.pictures import pictures
from notifier.charts.theme import Theme
from notifier.digest.contents import Digest


def write_pictures(digest: Digest, folder: Path, theme: Theme) -> list[tuple[Path, Picture]]:
    """Draw the pictures of a digest into a folder, over those of an earlier one; gives each with its file.

    Raises OverheardError when they cannot be drawn, or not written.
    """
    drawn = [(folder / f"{picture.name}.png", picture, png(picture)) for picture in pictures(digest, theme)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, _, content in drawn:
            path.write_bytes(content)
    except OSError as problem:
        raise OverheardError(f"{folder}: {problem.strerror}; name a folder that can be written") from None
    return [(path, picture) for path, picture, _ in drawn]
