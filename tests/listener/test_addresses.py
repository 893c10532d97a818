from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest

from config.settings import Network
from listener.addresses import IpAddress, UrlRefusedError, read_url, refusal, show_url
from listener.contract import CollectError
from listener.http import SafeFetcher
from storage.records import Reason
from tests.doubles.web import Web, page, redirect

NOW = datetime(2026, 11, 20, tzinfo=UTC)

# {port} is that of a server on loopback which must never be reached.
VECTORS = """
http://127.0.0.1:{port}/  http://127.0.0.2:{port}/  http://127.255.255.254:{port}/  http://127.1:{port}/
http://127.0.1:{port}/  http://2130706433:{port}/  http://0x7f000001:{port}/  http://0x7f.1:{port}/
http://0x7f.0.0.1:{port}/  http://0177.0.0.1:{port}/  http://017700000001:{port}/  http://0177.1:{port}/
http://127.0.0.1.:{port}/  http://127.0.0.1..:{port}/  http://0:{port}/  http://0.0.0.0:{port}/
http://localhost:{port}/  http://LOCALHOST:{port}/  http://localhost.:{port}/  http://localhost..:{port}/
http://[::1]:{port}/  http://[0:0:0:0:0:0:0:1]:{port}/  http://[::]:{port}/  http://[::ffff:127.0.0.1]:{port}/
http://[::ffff:7f00:1]:{port}/  http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/  http://[::127.0.0.1]:{port}/
http://[64:ff9b::127.0.0.1]:{port}/  http://[64:ff9b::7f00:1]:{port}/  http://[64:ff9b:1::127.0.0.1]:{port}/
http://[2002:7f00:1::]:{port}/  http://[2002:7f00:0001::1]:{port}/  http://[2002:a00:1::]:{port}/
http://[2001:0:7f00:1::]:{port}/  http://[2001::80ff:fffe]:{port}/  http://[fe80::1]:{port}/
http://[fe80::1%25lo]:{port}/  http://[fe80::5efe:127.0.0.1]:{port}/  http://[2600::5efe:127.0.0.1]:{port}/
http://[fc00::1]:{port}/  http://[fd12:3456::1]:{port}/  http://[fec0::1]:{port}/  http://[ff02::1]:{port}/
http://[100::1]:{port}/  http://[2001:db8::1]:{port}/  http://[3fff::1]:{port}/  http://[5f00::1]:{port}/
http://10.0.0.1/  http://10.255.255.255/  http://172.16.0.1/  http://172.31.255.254/  http://192.168.0.1/
http://192.168.1.1:8080/  http://100.64.0.1/  http://100.127.255.254/  http://169.254.169.254/latest/meta-data/
http://169.254.170.2/  http://[fd00:ec2::254]/  http://192.0.0.192/  http://192.0.0.1/  http://192.0.2.1/
http://198.18.0.1/  http://198.51.100.1/  http://203.0.113.1/  http://192.88.99.1/  http://224.0.0.1/
http://239.255.255.250/  http://240.0.0.1/  http://255.255.255.255/  http://0.1.2.3/  http://2852039166/
http://0xa9.0xfe.0xa9.0xfe/  http://0251.0376.0251.0376/  http://3232235777/  http://167772161/
http://127\u30020\u30020\u30021:{port}/  http://\uff11\uff12\uff17.\uff10.\uff10.\uff11:{port}/
http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460:{port}/  http://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3:{port}/
http://0x7F.1:{port}/  http://0X7F000001:{port}/  http://256.0.0.1/  http://1.2.3.4.5/  http://0x/
http://user@127.0.0.1:{port}/  http://example.org@127.0.0.1:{port}/  http://127.0.0.1:{port}@example.org/
http://example.org:{port}/  http://8.8.8.8:22/  http://8.8.8.8:25/  http://8.8.8.8:{port}/  http://8.8.8.8:0/
http://8.8.8.8:99999/  http:///path  http://:{port}/  http://%31%32%37.0.0.1:{port}/  http://-/  http://a..b/
http:\\\\127.0.0.1:{port}\\  http://127.0.0.1\\@example.org:{port}/  http://example.org\t:{port}/
file:///etc/passwd  ftp://127.0.0.1:{port}/  gopher://127.0.0.1:{port}/  dict://127.0.0.1:{port}/
ws://127.0.0.1:{port}/  javascript:alert(1)  //127.0.0.1:{port}/  127.0.0.1:{port}  http:127.0.0.1  http://[::1
""".replace("\t", "%09").split()


def no_dns(host: str, port: int) -> Sequence[IpAddress]:
    del port
    known = {"localhost": ["127.0.0.1", "::1"], "example.org": ["93.184.215.14"]}
    if host not in known:
        raise OSError("no such host")
    return [ip_address(text) for text in known[host]]


def no_dial(address: IpAddress, port: int, timeout: float) -> socket.socket:
    raise AssertionError(f"dialled {address} port {port} within {timeout} s")


def fetcher(private: bool = False) -> SafeFetcher:
    network = Network(allow_private=private, deadline=timedelta(seconds=5))
    return SafeFetcher(network, lambda: NOW, resolver=no_dns, dialler=no_dial)


@pytest.fixture(scope="module")
def canary() -> Iterator[Web]:
    with Web({"/": page(b"secret")}) as web:
        yield web
        assert web.connections == 0


def test_table_holds_as_many_vectors_as_it_claims() -> None:
    assert len(set(VECTORS)) >= 110


@pytest.mark.parametrize("vector", VECTORS)
def test_address_that_leads_inside_is_refused(vector: str, canary: Web) -> None:
    with pytest.raises(CollectError) as caught:
        fetcher().get(vector.format(port=canary.port), source="rss")
    assert caught.value.reason in {Reason.MISCONFIGURED, Reason.NETWORK}  # network: the name is not known


@pytest.mark.parametrize("vector", VECTORS)
def test_redirect_that_leads_inside_is_refused(vector: str, canary: Web) -> None:
    def dial(address: IpAddress, port: int, timeout: float) -> socket.socket:
        assert (str(address), port) == ("93.184.215.14", 80)
        return socket.create_connection(("127.0.0.1", outside.port), timeout)

    network = Network(deadline=timedelta(seconds=5))
    with Web({"/": redirect(vector.format(port=canary.port).encode().decode("latin-1"))}) as outside:
        guarded = SafeFetcher(network, lambda: NOW, resolver=no_dns, dialler=dial)
        with pytest.raises(CollectError):
            guarded.get("http://example.org/", source="rss")
        guarded.close()


def test_name_that_changes_its_address_is_dialled_where_it_was_judged() -> None:
    asked: list[str] = []
    dialled: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[IpAddress]:
        del port
        asked.append(host)
        return [ip_address("93.184.215.14" if len(asked) % 2 else "127.0.0.1")]

    def dial(address: IpAddress, port: int, timeout: float) -> socket.socket:
        dialled.append(f"{address}:{port}")
        return socket.create_connection(("127.0.0.1", outside.port), timeout)

    answers = {"refused": 0, "served": 0}
    with Web({"/": page(b"x", Connection="close")}) as outside, Web({}) as inside:
        guarded = SafeFetcher(Network(ports=(80,)), lambda: NOW, resolver=rebinding, dialler=dial)
        for _ in range(1000):
            try:
                guarded.get("http://rebind.example/", source="rss")
                answers["served"] += 1
            except CollectError:
                answers["refused"] += 1
        guarded.close()
        assert inside.connections == 0
    assert set(dialled) == {"93.184.215.14:80"}
    assert answers == {"refused": 500, "served": 500}
    assert len(asked) == 1000


def test_one_inner_address_among_good_ones_refuses_the_name() -> None:
    def mixed(host: str, port: int) -> Sequence[IpAddress]:
        del host, port
        return [ip_address("93.184.215.14"), ip_address("10.0.0.1")]

    guarded = SafeFetcher(Network(), lambda: NOW, resolver=mixed, dialler=no_dial)
    with pytest.raises(CollectError, match="not a public address"):
        guarded.get("http://mixed.example/", source="rss")


def test_next_address_is_tried_when_one_does_not_answer() -> None:
    dialled: list[str] = []

    def dial(address: IpAddress, port: int, timeout: float) -> socket.socket:
        del port
        dialled.append(str(address))
        if len(dialled) == 1:
            raise ConnectionRefusedError
        return socket.create_connection(("127.0.0.1", web.port), timeout)

    def two(host: str, port: int) -> Sequence[IpAddress]:
        del host, port
        return [ip_address("93.184.215.14"), ip_address("93.184.215.15")]

    with Web({"/": page(b"x")}) as web:
        guarded = SafeFetcher(Network(), lambda: NOW, resolver=two, dialler=dial)
        assert guarded.get("http://two.example/", source="rss").body == b"x"
        guarded.close()
    assert dialled == ["93.184.215.14", "93.184.215.15"]
    assert web.requests[0].headers["host"] == "two.example"


def test_endless_name_lookup_ends_at_the_deadline() -> None:
    import threading  # noqa: PLC0415  # only this test sleeps

    waiting = threading.Event()

    def slow(host: str, port: int) -> Sequence[IpAddress]:
        del host, port
        waiting.wait(10)
        return []

    guarded = SafeFetcher(Network(deadline=timedelta(seconds=0.2)), lambda: NOW, resolver=slow, dialler=no_dial)
    with pytest.raises(CollectError) as caught:
        guarded.get("http://slow.example/", source="rss")
    waiting.set()
    assert caught.value.reason is Reason.TIMEOUT


PRIVATE = [
    ("127.0.0.1", None),
    ("10.1.2.3", None),
    ("192.168.1.1", None),
    ("100.64.0.1", None),
    ("::1", None),
    ("fd00::1", None),
    ("::ffff:10.0.0.1", None),
    ("169.254.169.254", "not a public"),
    ("fe80::1", "not a public"),
    ("0.0.0.0", "not a public"),  # noqa: S104  # nothing is bound: it is refused
    ("224.0.0.1", "not a public"),
    ("::ffff:169.254.169.254", "not a public"),
    ("8.8.8.8", "port 9999"),
]


@pytest.mark.parametrize(("address", "words"), PRIVATE, ids=[address for address, _ in PRIVATE])
def test_permission_for_private_addresses_covers_these(address: str, words: str | None) -> None:
    why = refusal(ip_address(address), 9999, (80, 443), allow_private=True)
    assert (why is None) is (words is None)
    assert words is None or words in str(why)


REMEDIES = [
    ("private", "10.0.0.1", 80, False, "set allow_private = true"),
    ("carried private", "64:ff9b::10.0.0.1", 80, False, "set allow_private = true"),
    ("port of a public address", "8.8.8.8", 8443, False, "add it to `ports` in [network]"),
    ("port of a public address, private ones permitted", "8.8.8.8", 8443, True, "add it to `ports` in [network]"),
]


@pytest.mark.parametrize(
    ("address", "port", "private", "words"), [case[1:] for case in REMEDIES], ids=[case[0] for case in REMEDIES]
)
def test_refusal_names_the_setting_that_helps(address: str, port: int, private: bool, words: str) -> None:
    assert words in str(refusal(ip_address(address), port, (80, 443), allow_private=private))


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("address", ["169.254.169.254", "224.0.0.1", "fe80::1"])
def test_refusal_names_no_setting_where_none_helps(address: str, private: bool) -> None:
    why = refusal(ip_address(address), 80, (80, 443), allow_private=private)
    assert why == f"{address} is not a public address"


PUBLIC = ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_may_be_dialled(address: str) -> None:
    assert refusal(ip_address(address), 443, (80, 443), allow_private=False) is None


TARGETS = [
    ("https://Example.ORG./a b".replace(" ", "%20"), ("https", "example.org", 443, "/a%20b", "example.org")),
    ("http://example.org:8080?q=ü", ("http", "example.org", 8080, "/?q=%C3%BC", "example.org:8080")),
    ("http://münchen.example/ä#x", ("http", "xn--mnchen-3ya.example", 80, "/%C3%A4", "xn--mnchen-3ya.example")),
    ("http://[2606:4700::1]:8080/", ("http", "2606:4700::1", 8080, "/", "[2606:4700::1]:8080")),
]


@pytest.mark.parametrize(("url", "expected"), TARGETS, ids=["dot", "query", "umlaut", "ipv6"])
def test_url_is_taken_apart(url: str, expected: tuple[str, str, int, str, str]) -> None:
    got = read_url(url)
    assert (got.scheme, got.host, got.port, got.target, got.authority) == expected


def test_endless_url_is_refused() -> None:
    with pytest.raises(UrlRefusedError, match="longer"):
        read_url("http://example.org/" + "a" * 5000)


SHOWN = [
    ("https://u:canary@example.org/f?a=1", "https://example.org/f?a=1"),
    ("https://example.org/f?api_key=canary&q=x", "https://example.org/f?api_key=...&q=x"),
    ("https://example.org/f?SIG=canary", "https://example.org/f?SIG=..."),
    ("http://[::1", "(an address that cannot be read)"),
    ("http://example.org/\x1b[31m", "http://example.org/?[31m"),
    ("mailto:a@b", "mailto:a@b"),
]


@pytest.mark.parametrize(("url", "shown"), SHOWN)
def test_url_is_shown_without_secrets(url: str, shown: str) -> None:
    assert show_url(url) == shown
