"""Draws the README's pictures from the demo's real output: `python -m docs.screenshots`.

docs/images/digest.svg is the upper part of the digest exactly as the terminal shows it; docs/images/digest.png is the
same digest as an HTML page, drawn when chromium is installed; docs/images/over-time.png is one of its pictures. Nothing
in them is fetched from anywhere, and two runs give the same SVG.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from notifier.terminal import render
from overheard.demo.show import PICTURES, run

IMAGES = Path(__file__).with_name("images")
WIDTH = 112  # columns: everything of a brand in one table
PAGE = (1000, 1215)  # pixels: the HTML page down to its pictures
OVER_TIME = "over-time.png"
LONGEST = 60  # seconds for the browser

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


def page_picture(page: Path, picture: Path) -> bool:
    """Draw an HTML page with chromium. False: it is not installed."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        return False
    size = ",".join(map(str, PAGE))
    with tempfile.TemporaryDirectory() as profile:
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={size}")
        places = (f"--user-data-dir={profile}", f"--screenshot={picture}", page.as_uri())
        subprocess.run([browser, *options, *places], check=True, capture_output=True, timeout=LONGEST)  # noqa: S603  # a fixed command on a page of ours
    return True


def main() -> None:
    """Run the demo in a folder of its own and draw both pictures."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        digest = run(Path(folder)).digest
        shown = upper_part(render(digest, WIDTH, colour=True))
        drawn = terminal_picture(shown, "overheard demo")
        (IMAGES / "digest.svg").write_text(drawn, encoding="utf-8")
        shutil.copyfile(Path(folder) / PICTURES / OVER_TIME, IMAGES / OVER_TIME)
        if not page_picture(Path(folder) / "digest.html", IMAGES / "digest.png"):
            sys.stderr.write("chromium is not installed: digest.png stays as it is\n")


if __name__ == "__main__":
    main()
