from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from pydantic import ValidationError

from config.settings import Brand, Network, SourceSettings
from listener.collectors.rss import RssCollector, RssSettings
from listener.contract import CollectError, CollectorResult, Equipment
from listener.http import SafeFetcher
from storage.records import Cursor, Kind, Reason, Span
from tests.doubles.web import Answer, Exchange, Web, conditional, page, redirect

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def item(number: int, *, hours: int | None = None, title: str = "Acme") -> str:
    date = NOW - timedelta(hours=number if hours is None else hours)
    return (
        f"<item><guid>tag:example.org,{number}</guid><link>/n/{number}</link><title>{title} {number}</title>"
        f"<description>text</description><pubDate>{date:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
    )


def feed(*items: str, about: str = "<title>T</title>") -> bytes:
    return f'<rss version="2.0"><channel>{about}{"".join(items)}</channel></rss>'.encode()


class Bench:
    """A collector of one feed on a server of our own, whose pages can be changed."""

    def __init__(self, **pages: Answer) -> None:
        self.pages: dict[str, Answer] = {f"/{name}": answer for name, answer in pages.items()}
        self.web = Web(self.pages).__enter__()
        self.fetcher = SafeFetcher(Network(allow_private=True), lambda: NOW)

    def collector(self, *paths: str, brands: tuple[Brand, ...] = (), **settings: Any) -> RssCollector:
        urls = tuple(self.web.url(path) for path in paths or ("/feed",))
        made = RssSettings.model_validate({"type": "rss", "urls": urls, **settings})
        return RssCollector(made, Equipment(self.fetcher, lambda: NOW, brands))

    def poll(self, cursor: Cursor | None = None, **settings: Any) -> CollectorResult:
        collector = self.collector(**settings)
        return collector.collect(collector.queries()[0], cursor or {})

    def show(self, body: bytes, **headers: str) -> None:
        self.pages["/feed"] = page(body, **headers)

    def close(self) -> None:
        self.fetcher.close()
        self.web.__exit__()


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench(feed=page(feed(item(1), item(2))))
    yield made
    made.close()


def test_entry_becomes_an_article(bench: Bench) -> None:
    first = bench.poll().mentions[0]
    assert (first.source, first.native_id, first.kind) == ("rss", "tag:example.org,1", Kind.ARTICLE)
    assert (first.title, first.text, first.url) == ("Acme 1", "text", bench.web.url("/n/1"))
    assert (first.published_at, first.language, first.engagement) == (NOW - timedelta(hours=1), None, None)


def test_each_address_is_a_query_of_its_own(bench: Bench) -> None:
    queries = bench.collector("/a", "/b", "/a").queries()
    assert [query.key for query in queries] == [f"rss:{bench.web.url(path)}" for path in ("/a", "/b")]
    assert [query.target for query in queries] == [bench.web.url(path) for path in ("/a", "/b")]


def test_key_shows_no_token_and_stays_unique(bench: Bench) -> None:
    queries = bench.collector("/a?token=canary1", "/a?token=canary2", name="inner").queries()
    keys = [query.key for query in queries]
    assert len(set(keys)) == 2
    assert all(key.startswith(f"inner:{bench.web.url('/a')}?token=...#") and "canary" not in key for key in keys)


def test_unchanged_feed_with_validators_is_not_sent_again(bench: Bench) -> None:
    bench.pages["/feed"] = conditional(feed(item(1)), '"7"')
    first = bench.poll()
    second = bench.poll(first.cursor)
    assert (len(first.mentions), second.mentions, second.cursor) == (1, (), first.cursor)
    assert bench.web.requests[1].headers["if-none-match"] == '"7"'
    assert second.covered is None


def test_unchanged_feed_without_validators_is_not_parsed_again(bench: Bench) -> None:
    first = bench.poll()
    second = bench.poll(first.cursor)
    assert (second.mentions, second.cursor, second.covered) == ((), first.cursor, None)


def test_validators_go_when_the_server_stops_sending_them(bench: Bench) -> None:
    bench.show(feed(item(1)), ETag='"1"', Last_Modified="Fri, 20 Nov 2026 10:00:00 GMT")
    first = bench.poll()
    bench.show(feed(item(2)))
    second = bench.poll(first.cursor)
    assert (first.cursor["etag"], first.cursor["last_modified"]) == ('"1"', "Fri, 20 Nov 2026 10:00:00 GMT")
    assert (second.cursor["etag"], second.cursor["last_modified"]) == (None, None)


def test_first_poll_covers_from_the_oldest_entry(bench: Bench) -> None:
    assert bench.poll().covered == Span(NOW - timedelta(hours=2), NOW)


def test_first_poll_of_an_undated_feed_covers_nothing_before_it(bench: Bench) -> None:
    bench.show(feed("<item><title>Acme</title></item>"))
    assert bench.poll().covered == Span(NOW, NOW)


def test_poll_that_meets_an_old_entry_covers_all_since_the_last(bench: Bench) -> None:
    first = bench.poll()
    bench.show(feed(item(0), item(1)))
    assert bench.poll(first.cursor).covered is None


def test_poll_that_meets_no_old_entry_admits_what_it_missed(bench: Bench) -> None:
    bench.show(feed(item(30), item(31)))
    first = bench.poll()
    bench.show(feed(item(3), item(4)))
    assert bench.poll(first.cursor).covered == Span(NOW - timedelta(hours=4), NOW)


EMPTY = [("was empty", (), (1,)), ("is empty now", (1,), ())]


@pytest.mark.parametrize(("before", "now"), [case[1:] for case in EMPTY], ids=[case[0] for case in EMPTY])
def test_empty_feed_has_missed_nothing(before: tuple[int, ...], now: tuple[int, ...], bench: Bench) -> None:
    bench.show(feed(*map(item, before)))
    first = bench.poll()
    bench.show(feed(*map(item, now), about="<title>other</title>"))
    assert bench.poll(first.cursor).covered is None


def test_ids_stay_when_every_poll_is_redirected_to_another_address(bench: Bench) -> None:
    for turn in (1, 2):
        bench.pages["/feed"] = redirect(f"/signed{turn}?sig=canary{turn}")
        bench.pages[f"/signed{turn}"] = page(feed("<item><guid>3</guid><link>#3</link><title>Acme</title></item>"))
    first = bench.poll()
    bench.pages["/feed"] = redirect("/signed1?sig=canary3")
    second = bench.poll()
    assert first.mentions[0].native_id == second.mentions[0].native_id
    assert "canary" not in repr((first, second))


def test_another_token_changes_no_id(bench: Bench) -> None:
    bench.show(feed("<item><guid>3</guid><title>Acme</title></item>"))
    results = []
    for token in ("canary1", "canary2"):
        collector = bench.collector(f"/feed?token={token}&list=7")
        results.append(collector.collect(collector.queries()[0], {}))
    assert results[0].mentions[0].native_id == results[1].mentions[0].native_id
    assert "canary" not in repr(results)


@pytest.mark.parametrize("addresses", [("/feed?list=1", "/feed?list=2"), ("/feed?key=1", "/feed?key=2")])
def test_equal_ids_of_two_feeds_stay_apart(addresses: tuple[str, ...], bench: Bench) -> None:
    bench.show(feed("<item><guid>3</guid><title>Acme</title></item>"))
    collector = bench.collector(*addresses)
    heard = [collector.collect(query, {}).mentions[0].native_id for query in collector.queries()]
    assert len(set(heard)) == 2


def test_feed_without_ids_and_dates_gives_the_same_entries_at_every_poll(bench: Bench) -> None:
    entries = [f"<item><title>Acme {number}</title><description>text</description></item>" for number in range(5)]
    cursor: Cursor = {}
    polls = []
    for turn in range(3):  # the order and what is said around the entries change, the entries do not
        bench.show(feed(*entries[turn:], *entries[:turn], about=f"<title>{turn}</title>"))
        result = bench.poll(cursor)
        cursor = result.cursor
        polls.append({mention.native_id: (mention.title, mention.published_at) for mention in result.mentions})
    assert polls[0] == polls[1] == polls[2]
    assert sorted(polls[0].values()) == [(f"Acme {number}", None) for number in range(5)]


ACME = Brand(name="Acme", slug="acme")
CHANGES = [
    ("another brand", (ACME, Brand(name="Globex", slug="globex"))),
    ("another term", (ACME.model_copy(update={"terms": ("acmecrm",)}),)),
    ("an exclusion", (ACME.model_copy(update={"exclude": ("acme lane",)}),)),
]
UNCHANGED = [("304", conditional(feed(item(1)), '"7"')), ("same body", page(feed(item(1))))]


@pytest.mark.parametrize("brands", [case[1] for case in CHANGES], ids=[case[0] for case in CHANGES])
@pytest.mark.parametrize("answer", [case[1] for case in UNCHANGED], ids=[case[0] for case in UNCHANGED])
def test_unchanged_feed_is_read_once_more_for_other_brands(
    answer: Answer, brands: tuple[Brand, ...], bench: Bench
) -> None:
    bench.pages["/feed"] = answer
    first = bench.poll(brands=(ACME,))
    again = bench.poll(first.cursor, brands=(ACME,))
    changed = bench.poll(first.cursor, brands=brands)
    after = bench.poll(changed.cursor, brands=brands)
    assert [len(result.mentions) for result in (first, again, changed, after)] == [1, 0, 1, 0]
    assert changed.covered is None  # what was missed before is not missed again


def test_late_entry_with_an_old_date_is_kept(bench: Bench) -> None:
    first = bench.poll()
    bench.show(feed(item(1), item(9, hours=9000), item(2)))
    heard = {mention.native_id: mention.published_at for mention in bench.poll(first.cursor).mentions}
    assert heard["tag:example.org,9"] == NOW - timedelta(hours=9000)


UNDATED = ["", "<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>", "<pubDate>Tue, 01 Jan 2099 00:00:00 GMT</pubDate>"]


@pytest.mark.parametrize("date", UNDATED, ids=["none", "1970", "2099"])
def test_entry_without_a_date_that_can_be_has_none(date: str, bench: Bench) -> None:
    bench.show(feed(f"<item><guid>tag:x,1</guid><title>Acme</title>{date}</item>"))
    assert [mention.published_at for mention in bench.poll().mentions] == [None]


def test_entry_without_words_is_counted_as_skipped(bench: Bench) -> None:
    bench.show(feed("<item><link>https://example.org/1</link></item>", item(2)))
    result = bench.poll()
    assert len(result.mentions) == 1
    assert [(each.item, each.problem) for each in result.skipped] == [
        ("https://example.org/1", "has neither title nor text")
    ]


def test_markup_and_odd_links_do_not_come_through(bench: Bench) -> None:
    bench.show(
        feed(
            "<item><link>javascript:alert(1)</link><title>&lt;b&gt;Ac&lt;/b&gt;me\u202e</title>"
            "<description>&lt;script&gt;x&lt;/script&gt;fine</description></item>"
        )
    )
    mention = bench.poll().mentions[0]
    assert (mention.title, mention.text, mention.url) == ("Acme", "fine", None)


LANGUAGES = [(None, "fr"), ("de", "de")]


@pytest.mark.parametrize(("configured", "expected"), LANGUAGES)
def test_language_is_the_configured_one_or_the_feeds(configured: str | None, expected: str, bench: Bench) -> None:
    bench.show(feed(item(1), about="<language>fr-FR</language>"))
    assert bench.poll(language=configured).mentions[0].language == expected


GOOGLE = [
    (
        "publisher",
        "Acme wins - The Daily",
        "&lt;a&gt;Acme wins&lt;/a&gt; &lt;font&gt;The Daily&lt;/font&gt;",
        ("Acme wins", "", "The Daily"),
    ),
    ("dash in the title", "Acme - a story - The Daily", "more", ("Acme - a story", "more", "The Daily")),
    ("no publisher", "Acme wins", "more", ("Acme wins", "more", None)),
]


@pytest.mark.parametrize(("title", "text", "expected"), [case[1:] for case in GOOGLE], ids=[case[0] for case in GOOGLE])
def test_publisher_in_a_google_news_title_is_the_author(
    title: str, text: str, expected: tuple[str, str, str | None], bench: Bench
) -> None:
    about = "<link>https://news.google.com/search?q=acme</link>"
    bench.show(feed(f"<item><title>{title}</title><description>{text}</description></item>", about=about))
    mention = bench.poll().mentions[0]
    assert (mention.title, mention.text, mention.author) == expected


def test_feed_of_comments_gives_comments() -> None:
    bench = Bench(**{"comments/feed": page(feed(item(1)))})
    collector = bench.collector("/comments/feed")
    assert collector.collect(collector.queries()[0], {}).mentions[0].kind is Kind.COMMENT
    bench.close()


FAULTS: list[tuple[str, Answer, Reason, str]] = [
    ("html", page(b"<!doctype html><html>Sign in</html>"), Reason.MALFORMED, "HTML page"),
    ("json that is no feed", page(b'{"error": 1}'), Reason.MALFORMED, "neither RSS"),
    ("rss in json", page(b'{ "rss": {"channel": {}}}'), Reason.MALFORMED, "RSS written as JSON"),
    ("empty", page(b""), Reason.MALFORMED, "empty"),
    ("gone", page(b"", "410 Gone"), Reason.GONE, "410"),
    ("redirect to an address inside", redirect("http://169.254.169.254/"), Reason.MISCONFIGURED, "refused"),
    (
        "bomb",
        page(b'<!DOCTYPE x [<!ENTITY a "&b;">]><rss><channel/></rss>'),
        Reason.MALFORMED,
        "document type",
    ),
]


@pytest.mark.parametrize(("answer", "reason", "words"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_what_is_no_feed_is_an_error(answer: Answer, reason: Reason, words: str, bench: Bench) -> None:
    bench.pages["/feed"] = answer
    with pytest.raises(CollectError) as caught:
        bench.poll()
    assert (caught.value.reason, words in caught.value.detail) == (reason, True)


CHARSETS = [
    ("declared", "<?xml version='1.0' encoding='iso-8859-1'?>", "iso-8859-1", "text/xml"),
    ("declared wrongly by the server", "<?xml version='1.0' encoding='utf-8'?>", "utf-8", "text/xml; charset=us-ascii"),
    ("utf-16", "<?xml version='1.0' encoding='utf-16'?>", "utf-16", "text/xml"),
]


@pytest.mark.parametrize(("head", "codec", "kind"), [case[1:] for case in CHARSETS], ids=[case[0] for case in CHARSETS])
def test_encoding_is_the_documents_own(head: str, codec: str, kind: str, bench: Bench) -> None:
    text = f"{head}<rss version='2.0'><channel><item><title>Café</title></item></channel></rss>"
    bench.show(text.encode(codec), Content_Type=kind)
    assert bench.poll().mentions[0].title == "Café"


def test_wait_that_the_server_asks_for_is_passed_on(bench: Bench) -> None:
    bench.show(feed(item(1)), Cache_Control="max-age=7200")
    assert bench.poll().not_before == NOW + timedelta(hours=2)


BAD_URLS = {
    "ftp://example.org/f": "only http and https are fetched; write for example",
    "https://u:p@example.org/f": "a user name or password in the address is not accepted",
    "example.org/feed": "only http and https are fetched; write for example",
    "http://[::1": "not an address; write https://host/path",
    "": "only http and https are fetched; write for example",
}


@pytest.mark.parametrize(("url", "said"), BAD_URLS.items())
def test_address_that_cannot_be_fetched_is_refused_when_the_config_is_read(url: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        RssSettings(type="rss", urls=(url,))


def test_settings_of_another_source_are_refused(bench: Bench) -> None:
    with pytest.raises(TypeError, match="settings of a file source"):
        RssCollector(SourceSettings(type="file"), Equipment(bench.fetcher, lambda: NOW))


@pytest.mark.recordings
def test_recorded_feed_that_is_polled_again_gives_nothing_new(recordings: Path) -> None:
    files: Mapping[str, bytes] = {file.name: file.read_bytes() for file in (recordings / "feeds").iterdir()}
    turn = 0

    def serve(exchange: Exchange) -> None:  # behind a signed address, with a changed tail, so that it is read anew
        name = exchange.request.target.partition("?")[2]
        if exchange.request.path == "/feed":
            redirect(f"/signed{turn}?{name}")(exchange)
        else:
            page(files[name] + b"\n" * turn)(exchange)

    bench = Bench(feed=serve, signed0=serve, signed1=serve)
    heard: list[dict[str, list[tuple[str, datetime | None]]]] = []
    cursors: dict[str, Cursor] = {}
    for turn in (0, 1):
        heard.append({})
        for name in files:
            collector = bench.collector(f"/feed?{name}")
            try:
                result = collector.collect(collector.queries()[0], cursors.get(name, {}))
            except CollectError:
                continue
            cursors[name] = result.cursor
            heard[turn][name] = [(mention.native_id, mention.published_at) for mention in result.mentions]
    bench.close()
    assert sum(map(len, heard[0].values())) > 3000
    assert heard[1] == heard[0]


@pytest.mark.recordings
def test_every_recorded_feed_gives_all_that_it_holds(recordings: Path) -> None:
    files: Mapping[str, bytes] = {file.name: file.read_bytes() for file in (recordings / "feeds").iterdir()}

    def serve(exchange: Exchange) -> None:
        page(files[exchange.request.target.partition("?")[2]])(exchange)

    bench = Bench(feed=serve)
    lost: list[str] = []
    for name, body in files.items():
        collector = bench.collector(f"/feed?{name}")
        theirs = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)["entries"]
        told = {  # word for word the same twice is one entry
            (entry.get("id"), entry.get("link"), entry.get("title"), entry.get("summary"))
            for entry in theirs
            if entry.get("title") or entry.get("summary") or entry.get("content")
        }
        try:
            result = collector.collect(collector.queries()[0], {})
        except CollectError as problem:
            lost += [f"{name}: {problem.detail}"] if told else []
            continue
        seen = len(result.mentions) + len(result.skipped)
        lost += [f"{name}: {seen} of {len(told)}"] if seen < len(told) else []
        assert len({mention.native_id for mention in result.mentions}) == len(result.mentions), name
        assert all(mention.body for mention in result.mentions)
    bench.close()
    assert lost == []
