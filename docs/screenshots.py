"""Draws the README's pictures from the demo's real output: `python -m docs.screenshots`.

docs/images/digest.svg is the upper part of the digest exactly as the terminal shows it; digest.png and digest-phone.png
are the same digest as an HTML page, drawn when chromium is installed; over-time.png is one of its pictures. Nothing in
them is fetched from anywhere, and two runs give the same SVG. Besides, build/screenshots gets the pages of the tests'
five shapes at two widths, light and dark: to be looked at, not to be committed.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from docs.browser import REMEDY, Browser, found
from notifier.charts.inline import inline
from notifier.renderers import html
from notifier.renderers.terminal import render
from overheard.demo.show import PICTURES, run
from tests.notifier.shapes import SHAPES

IMAGES = Path(__file__).with_name("images")
WIDTH = 112  # columns: everything of a brand in one table
PAGE = (1000, 1215)  # pixels: the HTML page down to its pictures
PHONE = (390, 844)  # pixels of a usual phone
WIDTHS = (PHONE[0], 1280)
SHAPES_FOLDER = Path(__file__).parents[1] / "build" / "screenshots"
OVER_TIME = "over-time.png"

THEME = TerminalTheme(
    (16, 20, 28),
    (214, 220, 230),
    [
        (58, 66, 82), (240, 113, 120), (134, 200, 120), (232, 190, 100),
        (96, 156, 240), (190, 140, 230), (90, 200, 205), (214, 220, 230),
    ],
    [
        (110, 120, 138), (250, 140, 145), (160, 220, 145), (245, 210, 130),
        (130, 180, 250), (210, 170, 245), (130, 220, 225), (250, 252, 255),
    ],
)  # fmt: skip

# rich's own format fetches a font; this one takes whatever monospaced font the reader's machine has.
FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width;
}}
.{unique_id}-title {{ font: bold 16px system-ui, "DejaVu Sans", sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def terminal_picture(written: str, title: str) -> str:
    """Give an SVG of what a program wrote to a terminal, colours and all."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(written), soft_wrap=True, end="")
    return console.export_svg(title=title, theme=THEME, code_format=FORMAT, unique_id="digest")


def upper_part(written: str) -> str:
    """Give the digest up to the stories of the first brand: what a README has room for."""
    lines = written.splitlines()
    headings = [place for place, line in enumerate(lines) if "Top stories" in line]
    return "\n".join(lines[: headings[1] - 1] if len(headings) > 1 else lines) + "\n"


def shape_pictures(browser: Browser, folder: Path) -> None:
    """Draw the page of each shape as a phone and as a desk show it, light and dark, in full height."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in SHAPES.items():
        digest, file = made(), folder / f"{name}.html"
        file.write_text(html.render(digest, inline(digest)), encoding="utf-8")
        for width in WIDTHS:
            for dark in (False, True):
                page = browser.open(file, width, dark=dark)
                (folder / f"{name}-{width}-{'dark' if dark else 'light'}.png").write_bytes(page.picture())
                page.close()
        sys.stderr.write(f"{file.with_suffix('')}-*.png\n")


def main() -> None:
    """Run the demo in a folder of its own and draw its pictures, then those of the shapes."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        digest = run(Path(folder)).digest
        shown = upper_part(render(digest, WIDTH, colour=True))
        drawn = terminal_picture(shown, "overheard demo")
        (IMAGES / "digest.svg").write_text(drawn, encoding="utf-8")
        shutil.copyfile(Path(folder) / PICTURES / OVER_TIME, IMAGES / OVER_TIME)
        if found() is None:
            sys.stderr.write(f"{REMEDY}; the pictures of the page stay as they are\n")
            return
        with Browser() as browser:
            for name, width, height, dark in (("digest.png", *PAGE, False), ("digest-phone.png", *PHONE, True)):
                page = browser.open(Path(folder) / "digest.html", width, dark=dark)
                (IMAGES / name).write_bytes(page.picture(height))
            shape_pictures(browser, SHAPES_FOLDER)


if __name__ == "__main__":
    main()
