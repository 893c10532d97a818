"""What the library makes of our pictures: PNG and SVG that hold nothing else, in letters that are letters."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
from dataclasses import replace

import pytest
from lxml import etree
from lxml import html as lxml_html

from config.errors import OverheardError
from config.settings import Brand
from notifier.charts.drawing import can_draw, png, svg
from notifier.charts.inline import inline
from notifier.charts.picture import Spec
from notifier.charts.pictures import pictures
from notifier.charts.theme import DARK, LIGHT, Theme
from notifier.digest import trend_phrases
from notifier.digest.contents import Digest
from notifier.renderers import html
from tests.notifier import campaign_samples, samples
from tests.notifier.charts.reading import outside_of_rows
from tests.notifier.hostile import HOSTILE

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
SIX = [list(HOSTILE.items())[at : at + 6] for at in range(0, len(HOSTILE), 6)]
CHUNKS = pytest.mark.parametrize(
    "texts", [[text for _, text in six] for six in SIX], ids=[", ".join(name for name, _ in six) for six in SIX]
)
DRAWN = {"svg", "g", "rect", "path", "line", "text", "tspan"}  # elements; none of them runs, loads or styles anything
DESCRIBED = {  # attributes
    "xmlns", "xmlns:xlink", "version", "class", "width", "height", "viewbox", "fill", "stroke", "stroke-width",
    "stroke-miterlimit", "stroke-linejoin", "transform", "role", "aria-roledescription", "aria-hidden", "aria-label",
    "d", "x", "dy", "x2", "y2", "opacity", "pointer-events", "text-anchor", "font-family", "font-size", "font-weight",
    "display",
}  # fmt: skip
LOADING = {"url", "href", "expr", "signal", "test", "calculate", "filter", "labelExpr", "transform", "params", "lookup"}


def named(names: list[str]) -> Digest:
    """A digest whose brands, platforms and campaigns have these names."""
    clean = [name.encode(errors="replace").decode() for name in names]
    brands = tuple(Brand.model_construct(name=name, slug=f"b{place}") for place, name in enumerate(names))
    counts = [samples.count(brand.slug, 5, 4, 3) for brand in brands]
    goals = [
        replace(
            campaign_samples.BEHIND,
            goal=campaign_samples.BEHIND.goal.model_copy(update={"platform": name[:100], "campaign": name[:100]}),
        )
        for name in clean
    ]
    report = replace(campaign_samples.REPORT, goals=tuple(goals))
    voices = samples.voices(*counts, brands=brands)
    return samples.digest(samples.snapshot(voices, voices, campaigns=report, trend=samples.days(brands)), {}, brands)


def quiet() -> Digest:
    """A digest with goals, in which nobody is mentioned."""
    nobody = samples.voices(*(samples.count(brand.slug, 0, 0, 0) for brand in samples.BRANDS))
    return samples.digest(samples.snapshot(nobody, nobody, trend=samples.days(brands=())))


@THEMES
def test_a_png_is_a_picture_sharp_enough_for_twice_its_width(theme: Theme) -> None:
    for picture in pictures(samples.digest(), theme):
        drawn = png(picture)
        width, height = struct.unpack(">II", drawn[16:24])

        assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
        assert 1190 <= width <= 1210
        assert 200 <= height <= 2000


def test_the_same_digest_gives_the_same_pictures() -> None:
    assert [png(one) for one in pictures(samples.digest(), LIGHT)] == [
        png(one) for one in pictures(samples.digest(), LIGHT)
    ]


def test_all_pictures_that_the_data_allows_are_drawn_in_their_order() -> None:
    without = samples.digest(samples.snapshot(campaigns=None, trend=()))

    assert [picture.name for picture in pictures(samples.digest(), LIGHT)] == ["share-of-voice", "over-time", "goals"]
    assert [picture.name for picture in pictures(without, LIGHT)] == ["share-of-voice"]


@CHUNKS
def test_texts_from_outside_stand_in_rows_and_nothing_is_loaded(texts: list[str]) -> None:
    made = named(texts)
    foreign = {line.name for line in made.brands}
    for picture in pictures(made, LIGHT):
        for key, value in outside_of_rows(picture.spec):
            assert key not in LOADING
            assert not (isinstance(value, str) and any(name in value for name in foreign if len(name) > 2))


@CHUNKS
def test_an_svg_holds_shapes_and_text_and_nothing_that_runs_or_loads(texts: list[str]) -> None:
    made = named(texts)
    page = lxml_html.document_fromstring(html.render(made, inline(made)))
    elements = [each for drawn in page.iter("svg") for each in drawn.iter()]

    assert len(list(page.iter("svg"))) == (6 if len(texts) > 1 else 4)  # one brand has no share of voice
    assert {each.tag for each in elements} <= DRAWN
    assert {name.lower() for each in elements for name in each.attrib} <= DESCRIBED
    assert not any("url(" in value for each in elements for value in each.attrib.values())
    assert page.xpath("//script | //foreignobject | //image | //use | //*[@onload or @onerror]") == []
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@CHUNKS
def test_hostile_names_are_drawn_as_they_are(texts: list[str]) -> None:
    made = named(texts)
    drawn = etree.fromstring(svg(pictures(made, LIGHT)[0]).encode())
    letters = {"".join(each.itertext()) for each in drawn.iter("{http://www.w3.org/2000/svg}text")}

    for line in made.brands:  # those with room: a long one is cut by what measures its letters
        if len(line.name) < 30:
            assert line.name in letters
    assert png(pictures(made, LIGHT)[0]).startswith(b"\x89PNG")


def test_page_shows_pictures_in_place_of_sparklines() -> None:
    made = samples.digest()
    page = html.render(made, inline(made))
    tree = lxml_html.document_fromstring(page)

    assert tree.xpath("//figure/div/@role") == ["img"] * 6
    told = [str(label).replace("\u00a0", " ") for label in tree.xpath("//figure/div[1]/@aria-label")]
    assert told == [picture.alt for picture in pictures(made, LIGHT)]
    assert "\u2584" not in page
    assert re.search(r"<ul class=.trends", html.render(made)) is not None


@pytest.mark.parametrize("made", [named([f"Brand {place}" for place in range(7)]), quiet()], ids=["crowd", "quiet"])
def test_page_keeps_the_sparklines_of_days_that_no_picture_shows(made: Digest) -> None:
    page = html.render(made, inline(made))

    assert "<svg" in page
    assert all(trend_phrases.line(trend) in page for trend in made.trends)


@pytest.mark.parametrize("broken", [{"mark": "no such mark"}, {"data": {"url": "https://example.org/x.json"}}])
def test_what_the_library_refuses_is_told_with_the_picture(broken: Spec) -> None:
    whole = pictures(samples.digest(), LIGHT)[0]
    data: Spec = {"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a"}}}
    spec = data | broken
    picture = replace(whole, spec=spec)

    for draw in (png, svg):
        with pytest.raises(OverheardError, match=r"picture share-of-voice: cannot be drawn \("):
            draw(picture)


def test_without_the_library_a_page_has_sparklines_and_a_picture_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)  # as Python does when an import has failed

    assert can_draw() is False
    assert inline(samples.digest()) == ()
    with pytest.raises(OverheardError, match=r'run: pip install "overheard\[charts\]"'):
        png(pictures(samples.digest(), LIGHT)[0])


def test_the_library_is_loaded_when_something_is_drawn() -> None:
    modules = "overheard.digests.pictures, notifier.renderers.html, overheard.demo.show"
    code = f"import sys, {modules}\nprint('vl_convert' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout == "False\n"


def has_font_for(language: str) -> bool:
    """Whether a font of this machine has the letters of a language."""
    if shutil.which("fc-list") is None:
        return False
    told = subprocess.run(["fc-list", f":lang={language}", "family"], capture_output=True, text=True, check=True)
    return bool(told.stdout.strip())


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Acme", "Acne"),
        ("ro", "Țâță", "Șâșă"),
        ("el", "Αλφα", "Βητα"),
        ("ru", "Юлий", "Лиды"),
        ("ko", "이니텍", "삼성전"),
        ("ja", "ソニー", "トヨタ"),
        ("zh-cn", "日本航空", "中文品牌"),
    ],
    ids=["latin", "romanian", "greek", "cyrillic", "hangul", "kana", "han"],
)
def test_a_name_is_drawn_in_its_own_letters(language: str, one: str, other: str) -> None:
    if language in {"ko", "ja", "zh-cn"} and not has_font_for(language):
        pytest.skip(f"no font of this machine has the letters of {language}; Debian's fonts-noto-cjk has them")
    first, second = (png(pictures(named([name]), LIGHT)[0]) for name in (one, other))

    assert first != second  # empty boxes of the same number would be the same picture
