"""The HTML page in a real browser: it fits a phone, everybody can read it, it runs nothing and fetches nothing."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from config.values import Language
from docs.browser import Browser
from notifier.charts.inline import inline
from notifier.languages.speech import Speech
from notifier.renderers import html
from tests.doubles.web import Web, page
from tests.notifier.hostile import HOSTILE
from tests.notifier.shapes import SHAPES
from tests.notifier.test_hostile import hostile_digest

ROOT = Path(__file__).parents[2]
LONG = ("long word", "chinese", "arabic", "emoji", "zalgo", "long title")
WIDE = """
[...document.querySelectorAll("body *")].filter(each => {
  const box = each.getBoundingClientRect();
  return !each.closest("thead, svg") && box.width > 0 && box.right > window.innerWidth + 0.5;
}).map(each => each.outerHTML.slice(0, 120))
"""
# WCAG 2.2, success criterion 1.4.3: 4.5, and 3 for large text. Texts of pictures have a law of their own.
PALE = """
(() => {
  const parts = colour => { const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number); return [r, g, b, a]; };
  const linear = part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const behind = each => {
    for (; each; each = each.parentElement) {
      const colour = parts(getComputedStyle(each).backgroundColor);
      if (colour[3] > 0) return colour;
    }
    return [255, 255, 255, 1];
  };
  const found = [];
  for (const each of document.querySelectorAll("body *")) {
    const words = [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!words || each.closest("svg") || !each.getClientRects().length) continue;
    const style = getComputedStyle(each), size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const [low, high] = [light(parts(style.color)), light(behind(each))].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < (large ? 3 : 4.5)) found.push(`${ratio.toFixed(2)}: ${each.outerHTML.slice(0, 100)}`);
  }
  return found;
})()
"""


@cache
def page_of(shape: str) -> str:
    digest = SHAPES[shape]()
    return html.render(digest, inline(digest))


def written(text: str, folder: Path) -> Path:
    file = folder / "digest.html"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("width", [390, 1280], ids=["phone", "desk"])
@pytest.mark.parametrize("shape", SHAPES)
def test_page_fits_its_window_and_fetches_nothing(browser: Browser, tmp_path: Path, shape: str, width: int) -> None:
    file = written(page_of(shape), tmp_path)
    shown = browser.open(file, width)

    assert shown.measure("document.documentElement.scrollWidth") == width
    assert shown.measure(WIDE) == []
    assert shown.requests() == [file.as_uri()]
    assert shown.complaints() == []
    assert shown.measure("document.scripts.length") == 0
    assert shown.measure("document.querySelector('meta[http-equiv=Content-Security-Policy]').content").startswith(
        "default-src 'none';"
    )


@pytest.mark.parametrize("code", get_args(Language))
def test_page_fits_a_phone_in_every_language(browser: Browser, tmp_path: Path, code: Language) -> None:
    digest = SHAPES["normal"](Speech(code))
    shown = browser.open(written(html.render(digest, inline(digest)), tmp_path), 390)

    assert shown.measure("document.documentElement.lang") == code
    assert shown.measure("document.documentElement.scrollWidth") == 390
    assert shown.measure(WIDE) == []


@pytest.mark.parametrize("name", LONG)
def test_texts_without_end_are_broken_and_not_the_page(browser: Browser, tmp_path: Path, name: str) -> None:
    shown = browser.open(written(html.render(hostile_digest(HOSTILE[name])), tmp_path), 390)

    assert shown.measure("document.documentElement.scrollWidth") == 390
    assert shown.measure(WIDE) == []


@pytest.mark.parametrize(
    ("media", "dark"), [("screen", False), ("screen", True), ("print", False), ("print", True)],
    ids=["light", "dark", "printed", "printed in the dark"],
)  # fmt: skip
@pytest.mark.parametrize("shape", SHAPES)
def test_every_word_stands_out_from_what_is_behind_it(
    browser: Browser, tmp_path: Path, shape: str, media: str, dark: bool
) -> None:
    shown = browser.open(written(page_of(shape), tmp_path), 1280, dark=dark, media=media)

    assert shown.measure(PALE) == []


def test_pale_and_wide_texts_would_be_found(browser: Browser, tmp_path: Path) -> None:
    text = page_of("quiet").replace("--ink: #1c2024", "--ink: #999")
    text = text.replace("</main>", "<p style='width:900px'>wide</p></main>")
    shown = browser.open(written(text, tmp_path), 390)

    assert shown.measure("document.documentElement.scrollWidth") > 390
    assert len(shown.measure(WIDE)) == 1
    assert len(shown.measure(PALE)) > 5


@pytest.mark.parametrize("guarded", [True, False], ids=["with our policy", "without it"])
def test_what_might_slip_through_neither_runs_nor_loads(browser: Browser, tmp_path: Path, guarded: bool) -> None:
    with Web({"/x.png": page(b"", Content_Type="image/png"), "/x.css": page(b"", Content_Type="text/css")}) as web:
        slipped = (
            f"<script>document.title = 'it ran'</script><img src='{web.url('/x.png')}' onerror='document.title = 1'>"
            f"<link rel=stylesheet href='{web.url('/x.css')}'><form action='{web.url('/')}'></form>"
        )
        text = page_of("normal").replace("</main>", f"{slipped}</main>")
        text = text if guarded else text.replace("Content-Security-Policy", "x")
        shown = browser.open(written(text, tmp_path), 1280)
        title = shown.measure("document.title")

        assert (title == "Overheard: Week of Monday 5 to Sunday 11 August 2013") == guarded
        assert bool(web.requests) != guarded
        assert any("Content Security Policy" in each for each in shown.complaints()) == guarded


@pytest.mark.parametrize("shape", SHAPES)
def test_page_prints_on_white_without_its_dark_pictures(browser: Browser, tmp_path: Path, shape: str) -> None:
    shown = browser.open(written(page_of(shape), tmp_path), 1280, dark=True, media="print")

    assert shown.measure("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert shown.measure("[...document.querySelectorAll('.dark')].some(each => each.getClientRects().length)") is False
    assert shown.measure("[...document.querySelectorAll('.light')].every(each => each.getClientRects().length)") is True
    assert shown.printed().startswith(b"%PDF")


DRAW = """
from notifier.renderers import html
from notifier.charts.inline import inline
from notifier.languages.speech import Speech
from tests.notifier.shapes import SHAPES

print(*(html.render(made(), inline(made())) for made in SHAPES.values()))
"""


def test_the_same_digest_gives_the_same_page_in_every_process() -> None:
    pages = [
        subprocess.run(
            [sys.executable, "-c", DRAW], cwd=ROOT, env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True, check=True, timeout=100,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip

    assert pages[0] == pages[1]
    assert len(pages[0]) > 100_000
