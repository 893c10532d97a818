from __future__ import annotations

import socket
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest

from config.settings import Network
from listener import connections
from listener.contract import CollectError
from listener.http import SafeFetcher
from storage.records import Reason
from tests.doubles.web import Exchange, Web, page

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def test_system_resolver_gives_each_address_once() -> None:
    found = connections.resolve("127.0.0.1", 80)
    assert found == [ip_address("127.0.0.1")]


def test_name_without_addresses_is_a_network_error() -> None:
    fetcher = SafeFetcher(Network(), lambda: NOW, resolver=lambda _host, _port: [])
    with pytest.raises(CollectError) as caught:
        fetcher.get("http://nothing.example/", source="rss")
    assert (caught.value.reason, "no address" in caught.value.detail) == (Reason.NETWORK, True)


def test_oldest_idle_connection_is_closed_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_IDLE_CONNECTIONS", 1)
    with Web({"/": page(b"a")}) as one, Web({"/": page(b"b")}) as two:
        fetcher = SafeFetcher(Network(allow_private=True), lambda: NOW)
        for web in (one, two, one, one):
            fetcher.get(web.url(), source="rss")
        fetcher.close()
        assert (one.connections, two.connections) == (2, 1)


def test_connection_that_the_server_has_closed_in_the_meantime_is_not_used() -> None:
    def leave(exchange: Exchange) -> None:
        page(b"bye")(exchange)
        exchange.keep = False
        exchange.wire.shutdown(socket.SHUT_RDWR)

    with Web({"/": leave}) as web:
        fetcher = SafeFetcher(Network(allow_private=True), lambda: NOW)
        bodies = [fetcher.get(web.url(), source="rss").body for _ in range(3)]
        fetcher.close()
    assert bodies == [b"bye"] * 3
