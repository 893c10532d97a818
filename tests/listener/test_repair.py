from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from listener.repair import mended

REPAIRS = [
    ("nothing", "a &amp; b &lt; &#233; &#xE9; &quot;&apos;&gt;", "a &amp; b &lt; &#233; &#xE9; &quot;&apos;&gt;"),
    ("name of html", "a&nbsp;b &eacute;", "a\u00a0b é"),
    ("name of html that means markup", "&LT;b&GT; &AMP;", "&lt;b&gt; &amp;"),
    ("unknown name", "a &foo; b", "a &amp;foo; b"),
    ("name without its end", "a &copy 2026", "a &amp;copy 2026"),
    ("bare ampersand", "AT&T & Co &", "AT&amp;T &amp; Co &amp;"),
    ("address", "http://x.org/?a=1&b=2&amp;c=3", "http://x.org/?a=1&amp;b=2&amp;c=3"),
    ("number without its end", "&#233 &#xE9 x", "&#233; &#xE9; x"),
    ("no number", "&#; &#x;", "&amp;#; &amp;#x;"),
    ("forbidden number", "a&#0;&#1;&#x1F;&#xFFFE;&#65535;b", "ab"),
    ("allowed controls", "&#9;&#10;&#13;", "&#9;&#10;&#13;"),
    ("no code point", "&#x110000;", "&#65533;"),
    ("pair in decimals", "&#55357;&#56832;", "&#128512;"),
    ("pair in hexadecimals", "&#xD83D;&#xDE00;!", "&#128512;!"),
    ("two pairs and a letter", "&#55357;&#56832;&#xD83D;&#xDE00;&#65;", "&#128512;&#128512;&#65;"),
    ("lone high half", "&#xD83D;a", "&#65533;a"),
    ("lone low half", "&#xDE00;&#xD83D;", "&#65533;&#65533;"),
    ("halves apart", "&#xD83D; &#xDE00;", "&#65533; &#65533;"),
    ("control characters", "a\x00\x01\x08\x0b\x1fb\t\n\rc", "ab\t\n\rc"),
    ("noncharacters", "a\ufffe\uffffb", "ab"),
    ("angle in a text", "a < b <3 <b>", "a &lt; b &lt;3 <b>"),
    ("end of no section", "a ]]> b", "a ]]&gt; b"),
    ("section", "<![CDATA[a & b &nbsp; < ]]> &", "<![CDATA[a & b &nbsp; < ]]> &amp;"),
    ("comment", "<!-- a & b --> &", "<!-- a & b --> &amp;"),
    ("instruction", "<?x a & b?> &", "<?x a & b?> &amp;"),
    ("control in a section", "<![CDATA[a\x01b]]>", "<![CDATA[ab]]>"),
    ("section that never ends", "<![CDATA[a", "<![CDATA[a]]>"),
    ("comment that never ends", "<!-- a & <!-- b", "<!-- a &amp; <!-- b"),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in REPAIRS], ids=[case[0] for case in REPAIRS])
def test_damage_is_mended_and_nothing_else(text: str, expected: str) -> None:
    assert mended(text.encode()).decode() == expected


def test_entities_of_the_document_type_become_what_they_stand_for() -> None:
    body = (
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY co "A &#38; B"> <!ENTITY nbsp "-">]><rss>&co; &nbsp;&uuml;</rss>'
    )
    assert mended(body).decode() == '<?xml version="1.0"?><rss>A &amp; B -ü</rss>'


def test_document_type_without_entities_is_left_out() -> None:
    body = b'<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://example.org/rss.dtd"><rss>&eacute;</rss>'
    assert mended(body).decode() == "<rss>é</rss>"


def test_document_type_that_an_entry_quotes_stays() -> None:
    body = b"x<rss><![CDATA[<!DOCTYPE rss []>]]></rss>"
    assert mended(body) == body


TEXT = st.lists(st.sampled_from(["&", "&amp;", "&nbsp;", "&#0;", "&#xD83D;", "\x01", "]]>", "< ", "a", "é", ";", "#"]))


@given(TEXT)
def test_what_was_mended_is_sound_and_stays_as_it_is(pieces: list[str]) -> None:
    once = mended(f"<a>{''.join(pieces)}</a>".encode())
    assert mended(once) == once
    assert etree.fromstring(once).tag == "a"
