"""Recorded feeds, read by us and by feedparser: what differs is listed, one by one, with its reason."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest

from listener.clean import line, plain_text
from listener.feeds import Feed, parse_feed
from listener.identities import native_ids

URL = "https://example.org/feed.xml"
COMPARED = 200  # characters of a text

# What may differ: in how many entries, and why.
ALLOWED = {
    "appstore-customerreviews-ja.xml": (
        {"link": 50, "text": 50},
        "feedparser takes the number in <id> for the link, and an HTML table around the review for its text",
    ),
    "feedjira-Permalinks.xml": (
        {"link": 1},
        "an address as id is our link where there is none, whatever isPermaLink says",
    ),
    "feedrs-atom_mediarss_newscred_1.xml": ({"text": 1}, "feedparser takes the caption of a picture for the text"),
    "feedrs-rss_2.0_bbc.xml": ({"text": 1}, "the text is <description>, not <itunes:summary>"),
    "feedrs-rss_2.0_ch9.xml": ({"text": 1}, "the text is <description>, not <itunes:summary>"),
    "kagi-14333881097406c7.xml": ({"text": 1}, "feedparser takes the caption of a picture for the text"),
    "kagi-660a52f7dc6a1948.xml": ({"text": 1}, "feedparser takes the caption of a picture for the text"),
    "nodefp-rss-with-item-scoped-html-base.xml": (
        {"link": 2, "id": 2},
        "xml:base on a single item is not followed: its relative links lead from the feed",
    ),
    "prof18-feed-test-audio.xml": ({"link": 1}, "feedparser takes an id that is no address for the link"),
    "rsparser-OneFootTsunami.atom": ({"link": 3}, "feedparser takes xml:base for the link of entries that have none"),
    "rssparser-reddit-home.rss": ({"id": 24}, "feedparser puts a slash before ids that are no addresses"),
    "speed-0671.xml": ({"title": 1}, "&#150; is a control character; feedparser reads it as windows-1252"),
    "speed-0850.xml": ({"title": 1, "text": 2}, "the wave dash of Shift_JIS is U+FF5E in windows-31j, as on the web"),
    "speed-0890.xml": ({"title": 1}, "feedparser loses the ellipsis of windows-1252 in a feed declared as latin-1"),
}


def longest(entry: Mapping[str, Any]) -> str:
    plain = dict(entry)
    texts = [plain.get("summary"), *(one.get("value") for one in plain.get("content", ()))]
    return max((text for text in texts if text), key=len, default="")


def told(body: bytes) -> list[Mapping[str, Any]]:
    found = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)["entries"]
    by_content = {  # what stands in a feed twice, word for word, counts once
        (entry.get("id"), entry.get("link"), entry.get("title"), longest(entry)): entry for entry in found
    }
    return [entry for content, entry in by_content.items() if any(content[1:])]


def start(text: str) -> str:
    """The first letters of the text, whatever is between them."""
    return "".join(plain_text(text).split())[:COMPARED]


def differences(feed: Feed, theirs: list[Mapping[str, Any]]) -> dict[str, int]:
    if len(feed.entries) != len(theirs):
        return {"number": len(feed.entries) - len(theirs)}
    titles = [entry.get("title", "") for entry in theirs]
    links = [entry.get("link") for entry in theirs]
    ids = native_ids([entry.get("id") for entry in theirs], links, titles, [longest(entry) for entry in theirs], URL)
    compared = {
        "title": [(line(ours.title), line(title)) for ours, title in zip(feed.entries, titles, strict=True)],
        "link": [
            (urljoin(URL, ours.link or ""), urljoin(URL, link or ""))
            for ours, link in zip(feed.entries, links, strict=True)
        ],
        "id": [(ours.id, key) for ours, key in zip(feed.entries, ids, strict=True)],
        "text": [(start(ours.text), start(longest(entry))) for ours, entry in zip(feed.entries, theirs, strict=True)],
    }
    counted = {name: sum(one != other for one, other in pairs) for name, pairs in compared.items()}
    return {name: number for name, number in counted.items() if number}


@pytest.mark.recordings
def test_recorded_feeds_are_read_as_feedparser_reads_them(recordings: Path) -> None:
    found: dict[str, dict[str, int]] = {}
    for file in sorted((recordings / "feeds").iterdir()):
        body = file.read_bytes()
        theirs = told(body)
        if not theirs:
            continue
        feed = parse_feed(body, None, URL)
        assert len({entry.id for entry in feed.entries}) == len(feed.entries), file.name
        differing = differences(feed, theirs)
        if differing:
            found[file.name] = differing
    assert found == {name: numbers for name, (numbers, _) in ALLOWED.items()}
