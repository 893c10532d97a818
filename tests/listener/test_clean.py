from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listener.clean import ELLIPSIS, MAX_TEXT, http_url, line, plain_text, tidy

TEXTS = [
    ("plain text", "Acme is fine", "Acme is fine"),
    ("lines of plain text stay", "one\r\ntwo\n\n\nthree", "one\ntwo\nthree"),
    ("blocks become lines", "<p>one</p><p>two<br>three</p><ul><li>four<li>five</ul>", "one\ntwo\nthree\nfour\nfive"),
    ("inline tags leave no gap", "<b>Ac</b>me<i>!</i>", "Acme!"),
    ("cells are parted", "<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
    ("line breaks in markup are blanks", "<p>one\ntwo</p>", "one two"),
    (
        "entities",
        "Tom &amp; J&eacute;r&ocirc;me &#8217; &#x2713; &lt;b&gt; &nosuch;",
        "Tom & Jérôme \u2019 ✓ <b> &nosuch;",
    ),
    ("endless number", "a&#" + "9" * 9000 + ";b", "a\ufffdb"),
    ("scripts and styles", "a<script>if (x<y) z()</script>b<STYLE>p{}</style>c", "abc"),
    ("script that never ends", "a<script>x", "a"),
    ("comments", "a<!-- <p>x</p> -->b<!---->c", "abc"),
    ("comment that never ends", "a<b></b><!-- x", "a<!-- x"),
    ("comment that never ends before a tag", "a<!-- x<b>", "a"),
    ("declarations", "<!DOCTYPE html><?xml version='1'?>a</ b>", "a"),
    ("character data", "<b>a</b><![CDATA[x < y & z]]>b", "ax < y & zb"),
    ("less-than signs are text", "1 < 2 and I <3 Acme > Globex", "1 < 2 and I <3 Acme > Globex"),
    ("tag that never ends is text", "a <b and Acme", "a <b and Acme"),
    ("greater-than in an attribute", 'x<img alt="a > b">y', "xy"),
    ("apostrophe is no quote", "<p>it's</p> <a href=x>y</a> isn't", "it's\ny isn't"),
    ("attribute that never ends", '<a title="x>Acme</a> rocks', "Acme rocks"),
    ("odd tag", "<svg/onload=alert(1)>x", ""),
    ("slash at the end", "a<svg/>b<template/>c", "abc"),
    ("self-made tags", "<o:p>a</o:p><x-y>b</x-y>", "ab"),
]


@pytest.mark.parametrize(("markup", "text"), [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_markup_becomes_what_a_reader_sees(markup: str, text: str) -> None:
    assert plain_text(markup) == text


TIDIED = [
    ("composed", "cafe\u0301", "café"),
    ("controls", "a\x00\x08b\x1bc\x7fd\x9fe", "abcde"),
    ("directions", "a\u202eb\u2066c\u200fd\u061ce", "abcde"),
    ("zero width", "A\u200bc\u2060m\ufeffe\u00ad", "Acme"),
    ("hidden tags", "a\U000e0041b", "ab"),
    ("joiner in an emoji", "\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
    ("joiner between Latin letters", "Ac\u200dme", "Acme"),
    ("joiner at the end", "\U0001f469\u200d x", "\U0001f469 x"),
    ("non-joiner in a word", "\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),
    ("non-joiner at an edge", "\u200cword\u200c word", "word word"),
    ("lone surrogate", "a\ud800b", "a\ufffdb"),
    ("blanks", " a\u00a0\u3000\tb \n\n c ", "a b\nc"),
    ("line separators", "a\u2028b\x85c\x0bd", "a\nb\nc\nd"),
    ("garbled text stays", "cafÃ©", "cafÃ©"),
]


@pytest.mark.parametrize(("raw", "text"), [case[1:] for case in TIDIED], ids=[case[0] for case in TIDIED])
def test_text_is_tidied(raw: str, text: str) -> None:
    assert tidy(raw) == text


def test_long_text_is_cut_with_an_ellipsis() -> None:
    text = plain_text("x" * (MAX_TEXT + 1))
    assert (len(text), text[-1]) == (MAX_TEXT, ELLIPSIS)


def test_line_has_no_breaks() -> None:
    assert line("a<br>b\nc") == "a\nb c".replace("\n", " ")


LINKS = [
    ("https://Example.org/a", None, "https://example.org/a"),
    ("https://example.org", None, "https://example.org/"),
    ("/a b?q=<x>|#f", "http://example.org:8080/d/", "http://example.org:8080/a%20b?q=%3Cx%3E%7C#f"),
    ("//cdn.example.org/x", "https://example.org/", "https://cdn.example.org/x"),
    ("https://user:pw@example.org/x", None, "https://example.org/x"),
    ("https://münchen.example/ä", None, "https://xn--mnchen-3ya.example/%C3%A4"),
    ("https://example.org/%20", None, "https://example.org/%20"),
    ("https://[2606:4700::1]:8080/x", None, "https://[2606:4700::1]:8080/x"),
    ("https://example.org/\ud800", None, "https://example.org/?"),
    ("javascript:alert(1)", "https://example.org/", None),
    ("data:text/html,x", None, None),
    ("mailto:a@example.org", None, None),
    ("relative", None, None),
    ("", "https://example.org/", None),
    (None, None, None),
    ("http://[::1", None, None),
    ("http://example.org:port/", None, None),
    ("http://ex ample.org/", None, None),
    ("http:///x", None, None),
    ("http://example.org/" + "a" * 3000, None, None),
    ("http://example.org/" + "\u00e4" * 1000, None, None),
]


@pytest.mark.parametrize(
    ("link", "base", "expected"), LINKS, ids=[str(case[0])[:30].encode("ascii", "replace").decode() for case in LINKS]
)
def test_link_is_absolute_and_harmless_or_none(link: str | None, base: str | None, expected: str | None) -> None:
    assert http_url(link, base) == expected


MARKUP = st.lists(
    st.sampled_from(
        ["<", ">", "</", "<p", "<!--", "-->", '"', "'", "=", "&", "&#", ";", "script", "<script>", "a", " ", "\n"]
    )
    | st.text(max_size=5),
    max_size=60,
).map("".join)


@given(MARKUP)
def test_any_markup_gives_text_that_is_tidy_already(markup: str) -> None:
    text = plain_text(markup)
    assert tidy(text) == text
    assert len(text) <= MAX_TEXT


@given(st.text(alphabet=st.characters(codec=None), max_size=200))
def test_tidied_text_can_be_stored_and_holds_no_direction_marks(raw: str) -> None:
    text = tidy(raw)
    text.encode("utf-8")
    assert not set(text) & set("\x00\u202a\u202e\u2066\u2069\u200b\u2060\ufeff")


PROBES = [
    "<!--",
    "<a ",
    "<a '\">",
    "<script>",
    "<",
    "&",
    "&#",
    '<a title="x>',
    "\u200d",
    "\n ",
    "<![CDATA[",
    "</",
    "<p style=",
]


@pytest.mark.parametrize("probe", PROBES)
@pytest.mark.timeout(5)
def test_hostile_markup_is_read_in_one_go(probe: str) -> None:
    assert len(plain_text(probe * 200_000)) <= MAX_TEXT


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_link_is_a_clean_http_link_or_none(link: str, base: str) -> None:
    url = http_url(link, "https://example.org/" + base)
    assert url is None or (
        url.startswith(("http://", "https://")) and url.isascii() and not set(url) & set(' <>"|\\\n')
    )
