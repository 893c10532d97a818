from __future__ import annotations

import contextlib
import io
import json
import resource
import sys
from collections.abc import Callable

import pytest

from listener import parser_process
from listener.entry_parts import has_crowded_element
from listener.feeds import NotAFeedError, parse_feed
from listener.parser_process import Limits, TooCostlyError, answer, parse_apart

ITEM = b"<item><guid>tag:x,1</guid><title>Acme</title><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>"


def feed(inside: bytes = ITEM, root: bytes = b'<rss version="2.0">') -> bytes:
    return root + b"<channel><title>T</title>" + inside + b"</channel></rss>"


@pytest.mark.parametrize("parser", ["quick", "thorough"])
def test_parser_in_its_own_process_gives_what_it_reads(parser: str) -> None:
    parsed = parse_apart(parser, feed(), "https://example.org/feed")
    assert parsed is not None
    assert (parsed.quick, parsed.about["title"]) == (parser == "quick", "T")
    assert [(entry["id"], entry["title"]) for entry in parsed.entries] == [("tag:x,1", "Acme")]


@pytest.mark.parametrize("parser", ["quick", "thorough"])
def test_what_it_cannot_read_is_nothing(parser: str) -> None:
    assert parse_apart(parser, b"hello", "") is None
    assert json.loads(answer(parser, b"hello", "")) is None


def test_more_entries_than_are_taken_are_refused() -> None:
    crowd = feed(b"<item/>" * 100_001)
    with pytest.raises(TooCostlyError, match="more than 100,000 entries"):
        answer("quick", crowd, "")
    with pytest.raises(TooCostlyError, match="more than 100,000 entries"):
        parse_apart("quick", crowd, "")


SMALL = [
    ("time of the processor", Limits(seconds=1), "1 s"),
    ("time by the clock", Limits(patience=0.01), "5 s"),
    ("memory", Limits(memory=64 << 20), "64 MB"),
]


@pytest.mark.parametrize(("limits", "words"), [case[1:] for case in SMALL], ids=[case[0] for case in SMALL])
def test_parser_that_needs_more_than_it_may_use_is_stopped(limits: Limits, words: str) -> None:
    crowd = feed(b"<item><title>a</title></item>" * 200_000)
    with pytest.raises(TooCostlyError, match=words):
        parse_apart("thorough", crowd, "", limits)


class Input:
    """A standard input that holds some bytes."""

    def __init__(self, body: bytes) -> None:
        self.buffer = io.BytesIO(body)


def test_process_writes_its_answer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    most = str(resource.RLIM_INFINITY)
    monkeypatch.setattr(sys, "stdin", Input(feed()))
    parser_process.main("quick", "", most, most)
    assert json.loads(capsys.readouterr().out)["entries"][0]["title"] == "Acme"


def test_process_tells_of_too_many_entries_by_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    most = str(resource.RLIM_INFINITY)
    monkeypatch.setattr(sys, "stdin", Input(feed(b"<item/>" * 100_001)))
    with pytest.raises(SystemExit) as stopped:
        parser_process.main("quick", "", most, most)
    assert stopped.value.code == 3


def test_answer_is_written_for_both_parsers() -> None:
    for parser in ("quick", "thorough"):
        read = json.loads(answer(parser, feed(), "https://example.org/"))
        assert (read["about"]["title"], len(read["entries"]), read["quick"]) == ("T", 1, parser == "quick")


def spaces(number: int) -> bytes:
    return b"".join(b' xmlns:n%d="u"' % each for each in range(number))


CROWDED = [
    ("attributes", b"<item" + b"".join(b" a%d='1'" % each for each in range(6000)) + b">", True),
    ("namespaces", b"<rss" + spaces(6000) + b">", True),
    ("an angle in a value", b"<rss a='>'" + spaces(6000) + b">", True),
    ("never closed", b"<x><rss" + spaces(6000), True),
    ("a long value", b"<item a='" + b"x=" * 30_000 + b"'>", True),
    ("few", b"<rss" + spaces(4000) + b"><item>", False),
    ("a long text", b"<item>" + b"a=b " * 30_000 + b"</item>", False),
    ("no markup", b"a=b " * 30_000, False),
]


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in CROWDED], ids=[case[0] for case in CROWDED])
def test_element_with_thousands_of_attributes_is_noticed(body: bytes, expected: bool) -> None:
    assert has_crowded_element(body) is expected


# What keeps a parser busy for half a minute, or fills a gigabyte, when it is let: it ends, with entries or with a
# sentence, and the process that listens does none of it.
HARMLESS: list[tuple[str, Callable[[], bytes]]] = [
    ("40,000 comments in a text", lambda: feed(b"<item><title>a</title><description>" + b"&lt;!--" * 40_000)),
    ("a style of 20 kB", lambda: feed(b"<item><title>a</title><description>&lt;p style=&quot;" + b"a" * 20_000)),
    (
        "50,000 items",
        lambda: feed(b"<item><title>Acme</title><description>some words of a feed</description></item>" * 50_000),
    ),
    ("100,000 levels", lambda: feed(b"<item><title>a</title>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</item>")),
    ("14 MB of levels", lambda: feed(b"<a>" * (14 << 20) + b"")[: 14 << 20]),
    ("an attribute of 14 MB", lambda: feed(b"<item a='" + b"x" * (14 << 20) + b"'><title>a</title></item>")),
    ("one attribute a million times", lambda: feed(b"<item " + b"a='1' " * 1_000_000 + b"><title>a</title></item>")),
    ("250 nested namespaces", lambda: feed(b"".join(b"<a xmlns:n%d='u'>" % each for each in range(250)) * 100)),
    ("3 million references", lambda: feed(b"<item><title>" + b"&foo;" * 2_900_000)),
    ("character references", lambda: feed(b"<item><title>" + b"&#65;" * 2_900_000 + b"</title></item>")),
    ("instructions", lambda: feed(b"<?a b?>" * 2_000_000)),
    ("xml comments", lambda: feed(b"<!--a-->" * 1_800_000)),
    ("open sections", lambda: feed(b"<item><title>" + b"<![CDATA[" * 1_600_000)),
    ("angles", lambda: feed(b"<item><title>" + b"<" * (14 << 20))),
    ("ampersands", lambda: feed(b"<item><title>" + b"&" * (14 << 20))),
    ("json without end", lambda: b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 1_000_000),
    (
        "a long number",
        lambda: b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":' + b"9" * 100_000 + b"}]}",
    ),
    ("blanks", lambda: b" " * (14 << 20) + feed()),
    ("document type of 14 MB", lambda: b"<!DOCTYPE rss [" + b"<!-- x -->" * 1_400_000 + b"]>" + feed()),
    (
        "200,000 json items",
        lambda: b'{"version":"https://jsonfeed.org/version/1.1","items":[' + b'{"id":"1"},' * 200_000 + b"{}]}",
    ),
    ("2 million empty items", lambda: feed(b"<item/>" * 2_000_000)),
    ("100,000 namespaces", lambda: feed(root=b"<rss" + spaces(100_000) + b">")),
    ("5 MB that the quick parser refuses", lambda: b"<x><item><title>" + b"<a " * 1_740_000),
]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("body", [case[1] for case in HARMLESS], ids=[case[0] for case in HARMLESS])
def test_feed_made_to_keep_a_parser_busy_comes_to_an_end(body: Callable[[], bytes]) -> None:
    entries = 0
    with contextlib.suppress(NotAFeedError):
        entries = len(parse_feed(body(), "application/xml", "https://example.org/feed").entries)
    assert entries <= 100_000
