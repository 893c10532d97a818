from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listener.clean import line, plain_text
from listener.doctype import dangerous_doctype
from listener.feeds import Feed, NotAFeedError, believable, parse_feed

URL = "https://example.org/feed.xml"
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def rss(*items: str, head: str = "") -> bytes:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>T</title>{inner}</channel></rss>'.encode()


def parse(body: bytes) -> Feed:
    return parse_feed(body, "application/xml", URL)


def test_rss_item_is_read() -> None:
    feed = parse(
        rss(
            "<guid>tag:x,1</guid><link>https://example.org/1</link><title>A &amp;amp; B</title>"
            "<description>&lt;p&gt;hi&lt;/p&gt;</description><author>Ann</author>"
            "<pubDate>Fri, 20 Nov 2026 10:00:00 +0100</pubDate>"
        )
    )
    entry = feed.entries[0]
    assert (feed.title, entry.id, entry.link, entry.title) == ("T", "tag:x,1", "https://example.org/1", "A &amp; B")
    assert (entry.text, entry.author, entry.published) == ("<p>hi</p>", "Ann", datetime(2026, 11, 20, 9, tzinfo=UTC))


def test_atom_entry_is_read_with_its_language() -> None:
    body = (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr-CA"><title>T</title><entry><id>urn:x:1</id>'
        b'<title>A</title><link href="https://example.org/1"/><updated>2026-11-20T10:00:00Z</updated>'
        b"<author><name>Ann</name></author><summary>short</summary><content>much longer</content></entry></feed>"
    )
    feed = parse(body)
    entry = feed.entries[0]
    assert (feed.language, entry.id, entry.text, entry.author) == ("fr", "urn:x:1", "much longer", "Ann")
    assert entry.published == datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_json_feed_is_read() -> None:
    item = {
        "id": "https://example.org/1",
        "title": "A",
        "content_html": "<p>x</p>",
        "date_published": "2026-11-20T10:00:00Z",
    }
    body = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "language": "de", "items": [item]}
    feed = parse(json.dumps(body).encode())
    assert (feed.language, len(feed.entries), feed.entries[0].text) == ("de", 1, "<p>x</p>")


def test_language_of_rss_is_read_from_its_channel() -> None:
    body = b"<rss version='2.0'><channel><language>en-us</language><item><title>a</title></item></channel></rss>"
    assert parse(body).language == "en"


GOOD = (
    "<item><title>AT&amp;T is great</title><link>http://x.org/?id=1&amp;p=2</link>"
    "<description>&lt;p&gt;It&amp;#8217;s &lt;b&gt;AT&amp;amp;T&lt;/b&gt;&lt;/p&gt;</description></item>"
)
# What stands in the title of the item before, and how that title reads.
MALFORMED = [
    ("entity of html", "Tips &nbsp; tricks", "Tips tricks"),
    ("letter of html", "caf&eacute;", "caf\u00e9"),
    ("unknown entity", "a &foo; b", "a &foo; b"),
    ("bare ampersand", "Q & A", "Q & A"),
    ("address", "see x?a=1&b=2", "see x?a=1&b=2"),
    ("entity without its end", "2026 &copy by us", "2026 \u00a9 by us"),
    ("control character", "a\x01b", "ab"),
    ("forbidden number", "a&#0;b", "ab"),
    ("surrogate pair in decimals", "&#55357;&#56832;", "\U0001f600"),
    ("surrogate pair in hexadecimals", "&#xD83D;&#xDE00;", "\U0001f600"),
    ("lone surrogate", "a &#xD83D; b", "a \ufffd b"),
    ("no code point", "a &#x110000; b", "a \ufffd b"),
    ("angle", "1 < 2", "1 < 2"),
    ("end of no section", "a ]]> b", "a ]]> b"),
    ("control in a section", "<![CDATA[a\x01 & b]]>", "a & b"),
    ("undeclared prefix", "<dc:x>y</dc:x>", "y"),
    ("unclosed tag", "a <b>c", "a c"),
    ("tag that was never opened", "a</b> c", "a c"),
    ("attribute without quotes", "<a b=c>d</a>", "d"),
    ("attribute twice", "<a b='1' b='2'>d</a>", "d"),
    ("comment with dashes", "<!-- a -- b -->x", "x"),
    ("second declaration", "<?xml version='1.0'?>x", "x"),
    ("markup in a title", "A <i>B</i>", "A B"),
    ("noncharacter", "a\uffffb", "a\uffffb"),
]


@pytest.mark.parametrize(("title", "expected"), [case[1:] for case in MALFORMED], ids=[case[0] for case in MALFORMED])
def test_damaged_item_leaves_the_next_one_whole(title: str, expected: str) -> None:
    damaged = f"<title>{title}</title><link>http://x.org/?id=0&amp;p=1</link><description>one</description>"
    feed = parse(rss(damaged).replace(b"</channel>", GOOD.encode() + b"</channel>"))
    assert [(line(entry.title), entry.link, entry.id, plain_text(entry.text)) for entry in feed.entries] == [
        (expected, "http://x.org/?id=0&p=1", "http://x.org/?id=0&p=1", "one"),
        ("AT&T is great", "http://x.org/?id=1&p=2", "http://x.org/?id=1&p=2", "It\u2019s AT&T"),
    ]


TYPES = [
    ("declared", '<!DOCTYPE rss [<!ENTITY nbsp "&#160;"><!ENTITY co "Acme">]>', "A&nbsp;&co; caf&eacute;"),
    (
        "elsewhere",
        '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://example.org/x.dtd">',
        "A&nbsp;Acme caf&eacute;",
    ),
]


@pytest.mark.parametrize(("head", "title"), [case[1:] for case in TYPES], ids=[case[0] for case in TYPES])
def test_entities_of_a_document_type_are_text(head: str, title: str) -> None:
    feed = parse(rss(f"<title>{title}</title>", "<title>B &amp; C</title>", head=head))
    assert [entry.title for entry in feed.entries] == ["A\xa0Acme caf\u00e9", "B & C"]


def test_feed_that_is_cut_off_keeps_what_came() -> None:
    body = rss("<title>AT&amp;T</title>", "<title>B</title><description><![CDATA[<p>half a te")
    feed = parse(body[: body.rindex(b" te") + 3])
    assert [(entry.title, plain_text(entry.text)) for entry in feed.entries] == [("AT&T", ""), ("B", "half a te")]


MARKUP = [
    ("rss", rss("<title>t</title><description>See <b>Acme</b> &amp; co</description>")),
    (
        "atom",
        (
            b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title type="xhtml"><div>t</div></title>'
            b'<summary type="xhtml"><div>See <b>Acme</b> &amp; co</div></summary></entry></feed>'
        ),
    ),
    (
        "content of atom",
        (
            b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title>t</title>'
            b'<content type="html">See <b>Acme</b> &amp; co</content></entry></feed>'
        ),
    ),
    (
        "xhtml content of atom",
        (
            b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title>t</title>'
            b'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">See <b>Acme</b> &amp; co</div></content>'
            b"</entry></feed>"
        ),
    ),
]


@pytest.mark.parametrize("body", [case[1] for case in MARKUP], ids=[case[0] for case in MARKUP])
def test_markup_that_is_not_escaped_loses_no_text(body: bytes) -> None:
    assert [(line(e.title), plain_text(e.text)) for e in parse(body).entries] == [("t", "See Acme & co")]


def test_encoded_content_of_rss_1_is_the_text() -> None:
    body = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        b'xmlns:content="http://purl.org/rss/1.0/modules/content/"><item rdf:about="a"><title>a</title>'
        b"<description>short</description><content:encoded><![CDATA[<p>much longer & whole</p>]]></content:encoded>"
        b'</item><item rdf:about="b"><title>b</title><description>short</description></item><item rdf:about="c">'
        b"<title>c</title><content:encoded>&lt;p>also &amp;amp; so</content:encoded></item></rdf:RDF>"
    )
    texts = [plain_text(entry.text) for entry in parse(body).entries]
    assert texts == ["much longer & whole", "short", "also & so"]


def test_link_of_the_entry_is_not_that_of_a_picture() -> None:
    body = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title>a</title><link rel="related" href="http://x/p.png"/>'
        b'<link href="http://x/1"/></entry><entry><id>http://x/2</id><title>b</title></entry></feed>'
    )
    assert [(entry.id, entry.link) for entry in parse(body).entries] == [
        ("urn:1", "http://x/1"),
        ("http://x/2", "http://x/2"),
    ]


ENCODINGS = [
    ("latin-1 that nobody declares", "caf\u00e9 simula\u00e7\u00f5es", "latin-1", ""),
    ("windows declared as latin-1", "\u201cit\u2019s\u201d", "cp1252", "iso-8859-1"),
    ("gb18030 declared as gb2312", "\u6731\u9555\u57fa \u20ac", "gb18030", "gb2312"),
    ("utf-8 declared as latin-1", "caf\u00e9", "utf-8", "iso-8859-1"),
    ("utf-16", "caf\u00e9", "utf-16", "utf-16"),
]


@pytest.mark.parametrize(
    ("text", "written", "declared"), [case[1:] for case in ENCODINGS], ids=[case[0] for case in ENCODINGS]
)
def test_feed_is_read_in_the_encoding_that_it_is_written_in(text: str, written: str, declared: str) -> None:
    body = rss(f"<title><![CDATA[{text}]]></title>", "<title>AT&amp;T</title>").decode()
    body = body.replace("?>", f' encoding="{declared}"?>' if declared else "?>", 1)
    assert [entry.title for entry in parse(body.encode(written)).entries] == [text, "AT&T"]


def test_charset_of_the_answer_is_heeded() -> None:
    body = (
        '<rss version="2.0"><channel><item><title>\u043f\u0440\u0438\u0432\u0435\u0442</title></item></channel></rss>'
    )
    feed = parse_feed(body.encode("windows-1251"), "text/xml; charset=windows-1251", URL)
    assert feed.entries[0].title == "\u043f\u0440\u0438\u0432\u0435\u0442"


def test_danger_that_another_encoding_hides_is_found() -> None:
    body = b'+ADwAIQ-x<?xml version="1.0" encoding="iso-2022-kr"?>' + doctype(LAUGHS)[21:]
    with pytest.raises(NotAFeedError, match="document type"):
        parse(body)


DATES = [
    ("rfc 822", "Fri, 20 Nov 2026 10:00:00 GMT", datetime(2026, 11, 20, 10, tzinfo=UTC)),
    ("named zone", "Fri, 20 Nov 2026 10:00:00 EST", datetime(2026, 11, 20, 15, tzinfo=UTC)),
    ("two-digit year", "Fri, 20 Nov 26 10:00:00 +0000", datetime(2026, 11, 20, 10, tzinfo=UTC)),
    ("iso with offset", "2026-11-20T10:00:00-05:00", datetime(2026, 11, 20, 15, tzinfo=UTC)),
    ("iso without zone", "2026-11-20T10:00:00", datetime(2026, 11, 20, 10, tzinfo=UTC)),
    ("day alone", "2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
    ("nonsense", "yesterday or so, perhaps", None),
    ("empty", "", None),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in DATES], ids=[case[0] for case in DATES])
def test_date_is_read_as_utc(text: str, expected: datetime | None) -> None:
    assert parse(rss(f"<title>a</title><pubDate>{text}</pubDate>")).entries[0].published == expected


INVENTED = [
    ("number as id", "<guid>3</guid><title>a</title>"),
    ("weekday as id", "<guid>Monday</guid><title>a</title>"),
    ("number as date", "<guid>tag:x,1</guid><title>a</title><pubDate>3</pubDate>"),
    ("weekday as date", "<title>a</title><pubDate>Monday</pubDate>"),
    ("month and day", "<title>a</title><pubDate>May 5</pubDate>"),
    ("hour as date", "<title>a</title><pubDate>10:30</pubDate>"),
    ("hour and zone", "<title>a</title><pubDate>10:30:15 +0100</pubDate>"),
    ("weekday and hour", "<title>a</title><pubDate>Monday 10:30</pubDate>"),
    ("month and hour", "<title>a</title><pubDate>May 2026 10:30 GMT</pubDate>"),
    ("hour in a section", "<title>a</title><pubDate><![CDATA[10:30]]></pubDate>"),
    ("year alone", "<title>a</title><dc:date>2024</dc:date>"),
]


@pytest.mark.parametrize("item", [case[1] for case in INVENTED], ids=[case[0] for case in INVENTED])
def test_date_is_neither_made_of_an_id_nor_completed_with_today(item: str) -> None:
    dated = "<guid>5</guid><title>b</title><pubDate>Fri, 20 Nov 2026 00:00:00 GMT</pubDate>"
    dates = [entry.published for entry in parse(rss(item, dated)).entries]
    assert dates == [None, datetime(2026, 11, 20, tzinfo=UTC)]


def test_date_that_may_be_made_of_an_id_is_none_where_entries_cannot_be_told_apart() -> None:
    body = rss("<guid>3</guid><title>a</title><description>x</description>").replace(b"<item>", b"<!--<item>--><item>")
    assert [entry.published for entry in parse(body).entries] == [None]


BELIEVED = [
    ("before 1990", datetime(1989, 12, 31, tzinfo=UTC), False),
    ("epoch", datetime(1970, 1, 1, tzinfo=UTC), False),
    ("1990", datetime(1990, 1, 1, tzinfo=UTC), True),
    ("a day ahead", NOW + timedelta(days=1), True),
    ("over a day ahead", NOW + timedelta(days=1, seconds=1), False),
    ("2099", datetime(2099, 1, 1, tzinfo=UTC), False),
    ("none", None, False),
]


@pytest.mark.parametrize(("date", "kept"), [case[1:] for case in BELIEVED], ids=[case[0] for case in BELIEVED])
def test_impossible_date_is_none(date: datetime | None, kept: bool) -> None:
    assert believable(date, NOW) == (date if kept else None)


def test_json_feed_keeps_its_dates_but_hours() -> None:
    head = '{"version":"https://jsonfeed.org/version/1.1","items":['
    item = '{"id":"17","content_text":"a","date_published":"%s"}]}'
    dated, hour = (parse((head + item % date).encode()).entries[0] for date in ("2026-11-20T10:00:00Z", "10:30"))
    assert (dated.published, hour.published) == (datetime(2026, 11, 20, 10, tzinfo=UTC), None)


def ids(*items: str) -> list[str]:
    return [entry.id for entry in parse(rss(*items)).entries]


def test_id_that_means_something_in_its_feed_alone_is_bound_to_it() -> None:
    assert ids('<guid isPermaLink="false">17</guid><title>a</title>') == [f"17@{URL}"]


def test_without_an_id_the_link_counts_without_trackers() -> None:
    link = "<link>https://Example.org/a?utm_source=x&amp;id=1&amp;fbclid=2</link><title>a</title>"
    assert ids(link) == ["https://example.org/a?id=1"]


def test_without_id_and_link_what_it_says_counts() -> None:
    one, two = ids("<title>a</title>", "<title>b</title>")
    assert one.startswith("hash:")
    assert one != two
    assert ids("<title>b</title>") == [two]


def test_same_id_with_different_links_gives_two_entries() -> None:
    items = [f"<guid>tag:x,1</guid><link>https://example.org/{n}</link><title>a</title>" for n in (1, 2)]
    both = ids(*items)
    assert len(set(both)) == 2
    assert ids(*reversed(items)) == both[::-1]


def test_same_link_with_different_titles_gives_two_entries() -> None:
    items = [f"<link>https://example.org/</link><title>{title}</title>" for title in "ab"]
    assert len(set(ids(*items))) == 2


def test_same_link_and_title_with_different_texts_gives_two_entries() -> None:
    items = [f"<link>https://example.org/</link><title>a</title><description>{text}</description>" for text in "ab"]
    assert len(set(ids(*items))) == 2


def test_entry_that_stands_there_twice_counts_once() -> None:
    feed = parse(rss("<title>a</title>", "<title>a</title>"))
    assert (len(feed.entries), feed.repeated) == (1, 1)


def test_entry_that_stands_there_twice_keeps_its_id() -> None:
    item = "<guid>tag:x,1</guid><title>a</title>"
    assert ids(item, item) == ids(item) == ["tag:x,1"]


def test_endless_id_becomes_a_hash() -> None:
    assert len(ids(f"<guid>tag:{'x' * 5000}</guid><title>a</title>")[0]) < 40


def test_relative_link_is_bound_to_the_feed() -> None:
    assert ids("<link>/a</link><title>a</title>") == [f"/a@{URL}"]


def test_link_that_cannot_be_read_is_its_own_id() -> None:
    assert ids("<link>http://[::1?x</link><title>a</title>") == ["http://[::1?x"]


def test_field_is_cut_before_anything_is_done_with_it() -> None:
    assert len(parse(rss(f"<title>a</title><description>{'x' * 100_000}</description>")).entries[0].text) == 64 * 1024


def test_comments_and_views_are_counted_where_the_feed_counts_them() -> None:
    body = (
        b'<rss xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/">'
        b"<channel><item><title>a</title><slash:comments>7</slash:comments></item><item><title>b</title></item><item>"
        b'<title>c</title><media:starRating count="5" /><media:statistics views="900"/></item></channel></rss>'
    )
    assert [(entry.engagement, entry.reach) for entry in parse(body).entries] == [(7, None), (None, None), (5, 900)]


def test_counts_are_left_when_it_is_unclear_whose_they_are() -> None:
    body = (
        b'<rss xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><!-- <item> --><item><title>a</title>'
        b"<slash:comments>7</slash:comments></item></channel></rss>"
    )
    assert [entry.engagement for entry in parse(body).entries] == [None]


def test_feed_without_entries_is_a_feed() -> None:
    assert parse(rss()).entries == ()


NO_FEEDS = [
    ("nothing", b"", "empty"),
    ("blanks", b" \n", "empty"),
    ("html", b"<!DOCTYPE html><html><body><p>Sign in</p></body></html>", "HTML page"),
    ("html behind a comment", b"<!-- x --><html></html>", "HTML page"),
    ("text", b"hello", "neither"),
    ("json", b'{"error": "no"}', "neither"),
    ("deep json", b"[" * 100_000, "neither"),
    ("other xml", b"<svg/>", "neither"),
    ("rss in json", b'{"rss": {"version": "2.0", "channel": {"item": []}}}', "RSS written as JSON"),
    ("opml", b'<?xml version="1.0"?><!-- x --><opml version="2.0"><body/></opml>', "OPML"),
    ("sitemap", b'<?xml version="1.0"?>\n<urlset><url/></urlset>', "map of a site"),
    ("packed", gzip.compress(rss("<title>a</title>")), "neither"),
    ("marks alone", b"<p>&lt;<entry</p>", "neither"),
    ("too large for the thorough parser", b"<x><item></item>" + b" " * (6 << 20), "neither"),
]


@pytest.mark.parametrize(("body", "words"), [case[1:] for case in NO_FEEDS], ids=[case[0] for case in NO_FEEDS])
def test_what_is_no_feed_is_told_so(body: bytes, words: str) -> None:
    with pytest.raises(NotAFeedError, match=words):
        parse(body)


ENTRY = b"<entry><id>tag:x,1</id><title>A\xc3\xa9</title><updated>2026-11-20T10:00:00Z</updated></entry>"
ITEM = b"<item><guid>tag:x,1</guid><title>A\xc3\xa9</title><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>"
ODD_ROOTS = [
    ("atom without its namespace", b"<feed>" + ENTRY + b"</feed>"),
    ("the same declared", b"<?xml version='1.0' encoding='utf-8'?><feed>" + ENTRY + b"</feed>"),
    ("inside a page", b'<html><body><feed xmlns="http://www.w3.org/2005/Atom">' + ENTRY + b"</feed></body></html>"),
    ("rss inside a page", b'<html><rss version="2.0"><channel>' + ITEM + b"</channel></rss></html>"),
    ("its end missing", b"<feed>" + ENTRY),
    ("items without a feed", b"<root>" + ITEM + b"</root>"),
]


@pytest.mark.parametrize("body", [case[1] for case in ODD_ROOTS], ids=[case[0] for case in ODD_ROOTS])
def test_feed_with_an_odd_root_is_read(body: bytes) -> None:
    assert [(entry.id, entry.title, entry.published) for entry in parse(body).entries] == [
        ("tag:x,1", "Aé", datetime(2026, 11, 20, 10, tzinfo=UTC))
    ]


def doctype(inside: str) -> bytes:
    return rss("<title>a</title>", head=f"<!DOCTYPE rss [{inside}]>")


HARMLESS = [
    ("none", rss("<title>a</title>")),
    (
        "public",
        rss("<title>a</title>", head='<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://example.org/rss.dtd">'),
    ),
    ("html entities", doctype('<!ENTITY nbsp "&#160;"><!ENTITY eacute "&#xE9;">')),
    (
        "in character data",
        rss("<title>a</title><description><![CDATA[<!DOCTYPE x [<!ENTITY a SYSTEM 'b'>]></x>]]></description>"),
    ),
]


@pytest.mark.parametrize("body", [case[1] for case in HARMLESS], ids=[case[0] for case in HARMLESS])
def test_harmless_document_type_is_read(body: bytes) -> None:
    assert [entry.title for entry in parse(body).entries] == ["a"]


LAUGHS = '<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMBS = [
    ("billion laughs", doctype(LAUGHS)),
    ("behind a comment", doctype(LAUGHS).replace(b"<!DOCTYPE", b"<!-- <a> --><!DOCTYPE")),
    ("behind an instruction", doctype(LAUGHS).replace(b"<!DOCTYPE", b"<?x <a> ?><!DOCTYPE")),
    ("behind stray text", b"x" + doctype(LAUGHS)),
    ("single quotes", doctype(LAUGHS.replace('"', "'"))),
    ("small letters", doctype(LAUGHS).replace(b"<!DOCTYPE", b"<!doctype")),
    ("utf-16", doctype(LAUGHS).decode().encode("utf-16")),
    ("utf-16 without a mark", doctype(LAUGHS).decode().encode("utf-16-le")),
    ("utf-16 big end first", doctype(LAUGHS).decode().encode("utf-16-be")),
    ("one long entity", doctype(f'<!ENTITY a "{"x" * 10_000}">')),
    ("external", doctype('<!ENTITY a SYSTEM "file:///etc/passwd">')),
    ("external and public", doctype('<!ENTITY a PUBLIC "x" "http://127.0.0.1/">')),
    ("parameter", doctype('<!ENTITY % a "x">%a;')),
    ("parameter in a value", doctype('<!ENTITY a "%b;">')),
    ("external parameter", doctype('<!ENTITY % a SYSTEM "http://127.0.0.1/x.dtd">%a;')),
    ("markup in a value", doctype('<!ENTITY a "<b>&c;</b>">')),
    ("cannot be read", doctype("<!ENTITY a>")),
    ("hidden character reference", doctype('<!ENTITY a "&#x26;b;"><!ENTITY b "&a;">')),
    ("itself", doctype('<!ENTITY a "&a;">')),
    ("value that never ends", b"<!DOCTYPE rss [<!ENTITY a '"),
]


@pytest.mark.parametrize("body", [case[1] for case in BOMBS], ids=[case[0] for case in BOMBS])
def test_dangerous_document_type_never_reaches_a_parser(body: bytes) -> None:
    assert str(dangerous_doctype(body)).startswith("refused")
    with pytest.raises(NotAFeedError, match="document type"):
        parse(body)


SEED = rss(
    "<guid>1</guid><title>a</title><link>https://example.org/1</link><description><![CDATA[<p>x</p>]]></description>"
    "<pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate>",
    "<title>b</title>",
    head='<!DOCTYPE rss [<!ENTITY nbsp "&#160;">]>',
)


@pytest.mark.filterwarnings("ignore:tzname .* identified")  # damage makes names of zones
@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.binary(max_size=3)), max_size=6))
def test_damaged_bytes_give_a_feed_or_a_plain_no(damage: list[tuple[int, bytes]]) -> None:
    body = bytearray(SEED)
    for place, piece in damage:
        body[place : place + 1] = piece
    try:
        feed = parse(bytes(body))
    except NotAFeedError:
        return
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
