from __future__ import annotations

import pytest

from listener.entry_parts import counts, holds_date, parts

DATES = [
    ("rfc 822", b"<pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate>", True),
    ("iso", b"<dc:date>2026-11-20</dc:date>", True),
    ("digits", b"<pubDate>20261120</pubDate>", True),
    ("two-digit year", b"<pubDate>20 Nov 26</pubDate>", True),
    ("character data", b"<pubDate><![CDATA[20 Nov 2026]]></pubDate>", True),
    ("attributes", b'<a:updated x="1">2026-11-20T00:00:00Z</a:updated>', True),
    ("first element empty", b"<pubDate> </pubDate><updated>2026-11-20</updated>", True),
    ("first element counts", b"<pubDate>Monday</pubDate><updated>2026-11-20</updated>", False),
    ("hour and offset", b"<pubDate>May 2026 10:30 +0100</pubDate>", False),
    ("number", b"<pubDate>3</pubDate>", False),
    ("year", b"<pubDate>2024</pubDate>", False),
    ("year and month", b"<pubDate>2026-11</pubDate>", False),
    ("month and day", b"<pubDate>May 5</pubDate>", False),
    ("hour", b"<pubDate>10:30:15</pubDate>", False),
    ("weekday", b"<pubDate>Monday</pubDate>", False),
    ("empty", b"<pubDate/>", False),
    ("elsewhere", b"<guid>2026-11-20</guid>", False),
]


@pytest.mark.parametrize(("part", "expected"), [case[1:] for case in DATES], ids=[case[0] for case in DATES])
def test_whole_date_is_told_from_other_words(part: bytes, expected: bool) -> None:
    assert holds_date(part) is expected


PARTS = [
    ("items", b"x<item>a</item><item>b</item>", 2, [b"a</item>", b"b</item>"]),
    ("entries", b"<feed><entry>a</entry>", 1, [b"a</entry>"]),
    ("attributes and prefixes", b'<rss:item rdf:about="1">a<ITEM >b', 2, [b'rdf:about="1">a', b">b"]),
    ("another number", b"<item>a</item>", 2, None),
    ("none", b"<rss/>", 0, []),
]


@pytest.mark.parametrize(("body", "number", "expected"), [case[1:] for case in PARTS], ids=[case[0] for case in PARTS])
def test_body_falls_into_its_entries(body: bytes, number: int, expected: list[bytes] | None) -> None:
    assert parts(body, number) == expected


def test_comments_and_ratings_add_up_and_views_are_reach() -> None:
    body = (
        b'<feed xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:media="http://search.yahoo.com/mrss/">'
        b'<entry><thr:total> 4 </thr:total><media:starRating average="5" count="3"/></entry>'
        b'<entry><media:statistics views="8"/></entry><entry><thr:total>many</thr:total></entry></feed>'
    )
    assert counts(body, 3) == [(7, None), (None, 8), (None, None)]


def test_feed_that_counts_nothing_has_no_counts() -> None:
    assert counts(b"<rss><item><slash:comments>7</slash:comments></item></rss>", 1) is None
