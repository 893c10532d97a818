from __future__ import annotations

import gzip
import threading
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.settings import Network
from listener.contract import CollectError
from listener.http import SafeFetcher, user_agent
from storage.records import Reason
from tests.doubles.certificates import Authority
from tests.doubles.web import Answer, Exchange, Web, conditional, hang, packed, page, raw, redirect, trickle, zeros

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
Make = Callable[..., SafeFetcher]


@pytest.fixture
def make() -> Iterator[Make]:
    made: list[SafeFetcher] = []

    def fetcher(deadline: float = 5, ca_file: str | None = None, *, private: bool = True) -> SafeFetcher:
        network = Network(allow_private=private, deadline=timedelta(seconds=deadline), max_megabytes=2, ca_file=ca_file)
        made.append(SafeFetcher(network, lambda: NOW))
        return made[-1]

    yield fetcher
    for each in made:
        each.close()


def failure(fetcher: SafeFetcher, url: str) -> CollectError:
    with pytest.raises(CollectError) as caught:
        fetcher.get(url, source="rss")
    return caught.value


def test_page_arrives_with_status_headers_and_body(make: Make) -> None:
    with Web({"/a": page(b"hello", ETag='"1"')}) as web:
        got = make().get(web.url("/a"), source="rss")
    assert (got.status, got.body, got.headers["etag"], got.url) == (200, b"hello", '"1"', web.url("/a"))


def test_unchanged_page_is_not_sent_again(make: Make) -> None:
    with Web({"/a": conditional(b"hello", '"1"')}) as web:
        fetcher = make()
        first = fetcher.get(web.url("/a"), source="rss")
        second = fetcher.get(web.url("/a"), source="rss", etag=first.headers["etag"], last_modified="yesterday")
    assert (second.not_modified, second.body) == (True, b"")
    assert web.requests[1].headers["if-modified-since"] == "yesterday"


def test_one_connection_serves_many_requests(make: Make) -> None:
    with Web({"/a": page(b"hello"), "/b": page(b"", "404 Not Found")}) as web:
        fetcher = make()
        for _ in range(5):
            fetcher.get(web.url("/a"), source="rss")
            failure(fetcher, web.url("/b"))
        assert (len(web.requests), web.connections) == (10, 1)


def test_connection_that_the_server_closed_meanwhile_is_opened_anew(make: Make) -> None:
    answers = iter([page(b"one"), raw(b""), page(b"two")])

    def answer(exchange: Exchange) -> None:
        next(answers)(exchange)

    with Web({"/": answer}) as web:
        fetcher = make()
        bodies = [fetcher.get(web.url(), source="rss").body for _ in range(2)]
    assert bodies == [b"one", b"two"]


def test_one_host_never_gets_two_requests_at_once(make: Make) -> None:
    with Web({"/": slow_page}) as web:
        fetcher = make()
        threads = [threading.Thread(target=lambda: fetcher.get(web.url(), source="rss")) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(web.requests), web.busiest) == (6, 1)


def slow_page(exchange: Exchange) -> None:
    exchange.stopping.wait(0.03)
    page(b"ok")(exchange)


STATUSES = [
    ("401 Unauthorized", Reason.AUTH),
    ("403 Forbidden", Reason.AUTH),
    ("404 Not Found", Reason.NOT_FOUND),
    ("408 Request Timeout", Reason.TIMEOUT),
    ("410 Gone", Reason.GONE),
    ("413 Content Too Large", Reason.TOO_LARGE),
    ("418 I'm a teapot", Reason.MISCONFIGURED),
    ("429 Too Many Requests", Reason.RATE_LIMITED),
    ("500 Internal Server Error", Reason.SERVER),
    ("503 Service Unavailable", Reason.SERVER),
    ("599 Whatever", Reason.SERVER),
    ("304 Not Modified", Reason.MALFORMED),  # unasked
    ("302 Found", Reason.MALFORMED),  # to nowhere
]


@pytest.mark.parametrize(("status", "reason"), STATUSES, ids=[status for status, _ in STATUSES])
def test_status_becomes_a_reason(status: str, reason: Reason, make: Make) -> None:
    with Web({"/": page(b"x", status)}) as web:
        error = failure(make(), web.url())
    assert (error.reason, error.source, error.retry_after) == (reason, "rss", None)


def _members(count: int) -> bytes:
    return gzip.compress(b"") * count


BROKEN: list[tuple[str, Answer, Reason, str]] = [
    ("half a body", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), Reason.NETWORK, "middle of the body"),
    (
        "half a chunk",
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"),
        Reason.NETWORK,
        "middle of the body",
    ),
    (
        "chunk size is no number",
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhel"),
        Reason.NETWORK,
        "middle of the body",
    ),
    ("closed without answer", raw(b""), Reason.NETWORK, "without an answer"),
    ("not http", raw(b"SSH-2.0-OpenSSH_9.2\r\n"), Reason.MALFORMED, "not HTTP"),
    ("a header without end", raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70000), Reason.MALFORMED, "not HTTP"),
    ("200 headers", raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"), Reason.MALFORMED, "not HTTP"),
    (
        "announces too much",
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"),
        Reason.TOO_LARGE,
        "announced",
    ),
    ("sends too much", page(bytes(3 << 20)), Reason.TOO_LARGE, "larger than 2 MB"),
    (
        "sends too much without saying so",
        raw(b"HTTP/1.1 200 OK\r\n\r\n" + bytes(3 << 20)),
        Reason.TOO_LARGE,
        "larger than 2 MB",
    ),
    ("15 GB of zeros in gzip", zeros(15 << 30), Reason.TOO_LARGE, "unpack"),
    ("1 GB of zeros in deflate", zeros(1 << 30, window=15, coding="deflate"), Reason.TOO_LARGE, "unpack"),
    ("1 GB of zeros in raw deflate", zeros(1 << 30, window=-15, coding="deflate"), Reason.TOO_LARGE, "unpack"),
    (
        "a bomb in many members",
        page(gzip.compress(bytes(1 << 20)) * 50, Content_Encoding="gzip"),
        Reason.TOO_LARGE,
        "unpack",
    ),
    (
        "noise beyond the limit",
        packed(*[bytes(range(256)) * 40 for _ in range(400)]),
        Reason.TOO_LARGE,
        "once unpacked",
    ),
    ("5,000 empty members", page(_members(5000), Content_Encoding="gzip"), Reason.MALFORMED, "parts"),
    ("packed twice", packed(b"x", coding="gzip, gzip"), Reason.MALFORMED, "not asked for"),
    ("brotli", page(b"x", Content_Encoding="br"), Reason.MALFORMED, "not asked for"),
    ("gzip that is none", page(b"hello", Content_Encoding="gzip"), Reason.MALFORMED, "cannot be unpacked"),
    ("half a gzip", page(gzip.compress(b"x" * 999)[:-12], Content_Encoding="gzip"), Reason.MALFORMED, "in the middle"),
]


@pytest.mark.parametrize(("answer", "reason", "words"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_broken_answer_is_explained(answer: Answer, reason: Reason, words: str, make: Make) -> None:
    with Web({"/": answer}) as web:
        error = failure(make(), web.url())
    assert error.reason is reason
    assert words in error.detail


def test_bomb_is_noticed_without_holding_it(make: Make) -> None:
    with Web({"/": zeros(15 << 30)}) as web:
        fetcher = make()
        tracemalloc.start()
        failure(fetcher, web.url())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 16 << 20


PACKED = [
    ("gzip", page(gzip.compress(b"hello"), Content_Encoding="gzip")),
    ("x-gzip in capitals", page(gzip.compress(b"hello"), Content_Encoding="X-GZIP")),
    ("deflate", page(zlib.compress(b"hello"), Content_Encoding="deflate")),
    ("raw deflate", page(zlib.compress(b"hello", wbits=-15), Content_Encoding="deflate")),
    ("identity", page(b"hello", Content_Encoding="identity")),
    ("two members", packed(b"hel", b"lo")),
    ("padding behind", page(gzip.compress(b"hello") + bytes(20), Content_Encoding="gzip")),
    ("chunks", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")),
    ("until the end", raw(b"HTTP/1.0 200 OK\r\n\r\nhello")),
]


@pytest.mark.parametrize("answer", [case[1] for case in PACKED], ids=[case[0] for case in PACKED])
def test_packed_page_is_unpacked(answer: Answer, make: Make) -> None:
    with Web({"/": answer}) as web:
        assert make().get(web.url(), source="rss").body == b"hello"


def test_empty_packed_page_is_empty(make: Make) -> None:
    with Web({"/": page(b"", Content_Encoding="gzip")}) as web:
        assert make().get(web.url(), source="rss").body == b""


SLOW: list[tuple[str, Answer]] = [
    ("says nothing", hang),
    ("trickles its headers", trickle(b"HTTP/1.1 200 OK\r\nX: ")),
    ("trickles header lines", trickle(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n")),
    ("trickles a body with length", trickle(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")),
    ("trickles a body without length", trickle(b"HTTP/1.1 200 OK\r\n\r\n")),
    ("trickles chunks", trickle(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n")),
    ("continues for ever", trickle(b"", b"HTTP/1.1 100 Continue\r\n\r\n")),
    ("trickles an error", trickle(b"HTTP/1.1 500 Error\r\nContent-Length: 99\r\n\r\n")),
    ("trickles a status line", trickle(b"H")),
    ("trickles a redirect", trickle(b"HTTP/1.1 302 Found\r\nLocation: /a\r\nContent-Length: 99\r\n\r\n")),
    (
        "trickles a packed body",
        trickle(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"x")[:10], b""),
    ),
    ("redirects to what says nothing", redirect("/hang")),
]


@pytest.mark.parametrize("answer", [case[1] for case in SLOW], ids=[case[0] for case in SLOW])
@pytest.mark.timeout(15)
def test_slow_server_is_left_at_the_deadline(answer: Answer, make: Make) -> None:
    with Web({"/": answer, "/hang": hang}) as web:
        error = failure(make(deadline=0.4), web.url())
    assert error.reason is Reason.TIMEOUT
    assert "0.4 s" in error.detail


def test_deadline_covers_the_handshake(make: Make) -> None:
    with Web({"/": hang}) as web:  # speaks no TLS: waits for a request line that never comes
        error = failure(make(deadline=0.4), web.url(scheme="https"))
    assert error.reason in {Reason.TIMEOUT, Reason.NETWORK}


REDIRECTS = ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]


@pytest.mark.parametrize("status", REDIRECTS)
def test_redirect_is_followed(status: str, make: Make) -> None:
    with Web({"/a": redirect("b?x=1#part", status), "/b": page(b"there")}) as web:
        got = make().get(web.url("/a"), source="rss")
    for_good = status[:3] in {"301", "308"}
    assert (got.body, got.url) == (b"there", web.url("/b?x=1"))
    assert got.moved_to == (web.url("/b?x=1") if for_good else None)


def test_only_an_unbroken_row_of_permanent_redirects_is_a_move(make: Make) -> None:
    pages = {
        "/1": redirect("/2", "301 Moved"),
        "/2": redirect("/3"),
        "/3": redirect("/4", "301 Moved"),
        "/4": page(b"x"),
    }
    with Web(pages) as web:
        assert make().get(web.url("/1"), source="rss").moved_to is None


def test_five_redirects_are_followed_and_not_six(make: Make) -> None:
    with Web({**{f"/{n}": redirect(f"/{n + 1}") for n in range(7)}, "/7": page(b"end")}) as web:
        fetcher = make()
        assert fetcher.get(web.url("/2"), source="rss").body == b"end"
        assert failure(fetcher, web.url("/1")).detail.endswith("more than 5 redirects")


LOOPS = [("to itself", {"/": redirect("/")}), ("in a circle", {"/": redirect("/a"), "/a": redirect("/")})]


@pytest.mark.parametrize("pages", [case[1] for case in LOOPS], ids=[case[0] for case in LOOPS])
def test_redirect_loop_is_refused(pages: dict[str, Answer], make: Make) -> None:
    with Web(pages) as web:
        error = failure(make(), web.url())
        assert (error.reason, len(web.requests)) == (Reason.MALFORMED, len(pages))
    assert "circle" in error.detail


BAD_TARGETS = ["file:///etc/passwd", "ftp://example.org/", "http://u:pw@example.org/", "http://[::1", "gopher://x/"]


@pytest.mark.parametrize("target", BAD_TARGETS)
def test_redirect_to_something_else_than_a_page_is_refused(target: str, make: Make) -> None:
    with Web({"/": redirect(target)}) as web:
        error = failure(make(), web.url())
    assert error.reason in {Reason.MISCONFIGURED, Reason.MALFORMED}
    assert "pw" not in str(error)


def test_credentials_do_not_follow_to_another_host(make: Make) -> None:
    with Web({"/": page(b"x")}) as other, Web({"/": redirect(other.url()), "/same": redirect("/")}) as web:
        headers = {"Authorization": "Bearer canary", "Cookie": "c=1", "Accept": "text/xml"}
        make().get(web.url("/same"), source="rss", headers=headers)
    assert [request.headers.get("authorization") for request in web.requests] == ["Bearer canary"] * 2
    assert "authorization" not in other.requests[0].headers
    assert "cookie" not in other.requests[0].headers
    assert other.requests[0].headers["accept"] == "text/xml"


def test_proxies_of_the_environment_are_ignored(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    with Web({}) as proxy, Web({"/": page(b"direct")}) as web:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
            monkeypatch.setenv(name, proxy.url())
        assert make().get(web.url(), source="rss").body == b"direct"
        assert proxy.connections == 0


def test_refused_connection_is_a_network_error(make: Make) -> None:
    with Web({}) as web:
        url = web.url()
    assert failure(make(), url).reason is Reason.NETWORK


def test_error_shows_no_secret_of_the_address(make: Make) -> None:
    with Web({}) as web:
        error = failure(make(), web.url("/feed?token=canary&page=2"))
    assert "canary" not in str(error)
    assert "page=2" in str(error)


AGENTS = [("", "Overheard/"), ("ops@example.org", "(+ops@example.org)"), ("a\r\nX: b", "(+aX: b)")]


@pytest.mark.parametrize(("contact", "words"), AGENTS, ids=["none", "mail", "line break"])
def test_user_agent_names_the_operator(contact: str, words: str) -> None:
    assert words in user_agent(contact)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


def test_certificate_of_a_known_authority_is_accepted(authority: Authority, make: Make) -> None:
    with Web({"/": page(b"safe")}, authority.server("good", "IP:127.0.0.1")) as web:
        fetcher = make(ca_file=str(authority.file))
        bodies = [fetcher.get(web.url(scheme="https"), source="rss").body for _ in range(2)]
        assert (bodies, web.connections) == ([b"safe", b"safe"], 1)


def _bad(authority: Authority, kind: str) -> tuple[Web, Path | None]:
    if kind == "expired":
        return Web({"/": page()}, authority.server(kind, "IP:127.0.0.1", expired=True)), authority.file
    if kind == "wrong-host":
        return Web({"/": page()}, authority.server(kind, "DNS:example.org")), authority.file
    if kind == "another-address":
        return Web({"/": page()}, authority.server(kind, "IP:127.0.0.2")), authority.file
    if kind == "name-that-looks-like-the-address":
        return Web({"/": page()}, authority.server("127.0.0.1", "DNS:127.0.0.1")), authority.file
    if kind == "self-signed":
        return Web({"/": page()}, authority.server(kind, "IP:127.0.0.1", own_word=True)), authority.file
    return Web({"/": page()}, authority.server(kind, "IP:127.0.0.1")), None


BAD = [
    "expired",
    "wrong-host",
    "another-address",
    "name-that-looks-like-the-address",
    "self-signed",
    "unknown-authority",
]


@pytest.mark.parametrize("kind", BAD)
def test_bad_certificate_is_refused(kind: str, authority: Authority, make: Make) -> None:
    server, trusted = _bad(authority, kind)
    with server as web:
        error = failure(make(ca_file=str(trusted) if trusted else None), web.url(scheme="https"))
        assert web.requests == []
    assert (error.reason, "certificate is not valid" in error.detail) == (Reason.NETWORK, True)


def test_redirect_from_https_to_http_is_refused(authority: Authority, make: Make) -> None:
    with Web({"/": page(b"plain")}) as plain:
        with Web({"/": redirect(plain.url())}, authority.server("down", "IP:127.0.0.1")) as web:
            error = failure(make(ca_file=str(authority.file)), web.url(scheme="https"))
        assert (error.reason, plain.connections) == (Reason.MALFORMED, 0)
