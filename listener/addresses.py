"""Which addresses may be dialled, and which URLs lead to one: the guard against being sent into the inner network.

A URL is read once, here, and the address that was judged is the one that is connected to. Nobody looks the name up a
second time, so a name that changes its answer between two lookups gains nothing.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

from listener.hosts import ascii_host

IpAddress = IPv4Address | IPv6Address

_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_URL = 4096
_MAX_HOST = 253  # longest name that DNS can carry; also keeps the IDNA codec, which is quadratic, on short input
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")
_NUMERIC_LABEL = re.compile(r"(0x[0-9a-f]*|\d+)")
_SAFE = "!#$%&'()*+,/:;=?@[]~"
_SECRET_KEY = re.compile(r"key|token|secret|sig|auth|pass|pwd|code|session|credential", re.IGNORECASE)

# What is_global lets through although nobody should be sent there: carriers of IPv4, ranges that older Pythons do
# not know, site-local addresses.
_REFUSED = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "240.0.0.0/4",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)
# What `allow_private` opens. Link-local stays shut: cloud machines keep their credentials there.
_PRIVATE = tuple(
    ip_network(text)
    for text in (
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
    )
)
_OPEN_PRIVATE = "set allow_private = true for this source if that is meant"
_NAT64 = ip_network("64:ff9b::/96")
_COMPATIBLE = ip_network("::/96")
_ISATAP = 0x5EFE  # upper half of an interface identifier whose lower half is an IPv4 address
_ISATAP_MASK = 0xFDFFFFFF  # without the bit that says whether that address is unique


class UrlRefusedError(ValueError):
    """This URL may not be fetched. The text says why, without repeating what may be secret in it."""


@dataclass(frozen=True, slots=True)
class Address:
    """A URL taken apart, ready to be dialled."""

    scheme: str  # "http" or "https"
    host: str  # ASCII, lower case, no trailing dot; an IPv6 address without brackets
    port: int
    target: str  # path and query as sent in the request line

    @property
    def authority(self) -> str:
        """The Host header: the port stands in it only when it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def read_url(url: str) -> Address:
    """Take an absolute http(s) URL apart. Raises UrlRefusedError for every other thing."""
    if len(url) > _MAX_URL:
        raise UrlRefusedError(f"the address is longer than {_MAX_URL} characters")
    if _FORBIDDEN.search(url):
        raise UrlRefusedError("the address holds blanks, control characters or backslashes")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise UrlRefusedError("not an address; write https://host/path") from None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise UrlRefusedError("only http and https are fetched")
    if "@" in parts.netloc:
        raise UrlRefusedError("a user name or password in the address is not accepted")
    if port == 0:
        raise UrlRefusedError("port 0 cannot be dialled")
    path = quote(parts.path or "/", safe=_SAFE)
    query = quote(parts.query, safe=_SAFE)
    target = f"{path}?{query}" if query else path
    return Address(scheme, _read_host(parts.hostname or "", parts.netloc), port or _DEFAULT_PORTS[scheme], target)


def _read_host(host: str, netloc: str) -> str:
    if not host or len(host) > _MAX_HOST or "%" in host:
        raise UrlRefusedError("the address names no host that can be looked up")
    if netloc.startswith("["):
        try:
            return str(IPv6Address(host))
        except ValueError:
            raise UrlRefusedError("what stands in brackets is not an IPv6 address") from None
    try:
        name = ascii_host(host).lower().rstrip(".")
    except UnicodeError:
        raise UrlRefusedError("the address names no host that can be looked up") from None
    if not _HOST.fullmatch(name):
        raise UrlRefusedError("the address names no host that can be looked up")
    if _NUMERIC_LABEL.fullmatch(name.rpartition(".")[2]):
        return _read_number(name)
    return name


def _read_number(name: str) -> str:
    # 2130706433, 0x7f.1, 0177.0.0.1 and 127.1 are all read as 127.0.0.1 by the system: so are they here, and judged.
    try:
        return str(IPv4Address(socket.inet_aton(name)))
    except OSError:
        raise UrlRefusedError("a number that is not an IPv4 address cannot be dialled") from None


def literal(host: str) -> IpAddress | None:
    """Give the address that a host already is; None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def refusal(address: IpAddress, port: int, ports: Sequence[int], *, allow_private: bool) -> str | None:
    """Tell why this address and port may not be dialled, and what permits it where anything does; None when it may."""
    carried = [address, *_carried(address)]
    if allow_private and all(_is_private(each) for each in carried):
        return None
    for each in carried:
        if not _is_public(each) and not (allow_private and _is_private(each)):
            opens = "" if allow_private or not _is_private(each) else f"; {_OPEN_PRIVATE}"
            return f"{address} is not a public address{opens}"
    if port not in ports:
        allowed = ", ".join(map(str, ports))
        return f"port {port} is not among the allowed ones ({allowed}); add it to `ports` in [network] if that is meant"
    return None


def _is_private(address: IpAddress) -> bool:
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return True  # the mapped address is judged beside it
    return any(address.version == network.version and address in network for network in _PRIVATE)


def _is_public(address: IpAddress) -> bool:
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return True  # the mapped address is judged beside it
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return address in _NAT64  # is_reserved holds for the translator's prefix; what it carries is judged beside it
    return not any(address.version == network.version and address in network for network in _REFUSED)


def _carried(address: IpAddress) -> list[IPv4Address]:
    """Give the IPv4 addresses that packets to this IPv6 address may end up at."""
    if isinstance(address, IPv4Address):
        return []
    number = int(address)
    low = IPv4Address(number & 0xFFFFFFFF)
    found = []
    if address.ipv4_mapped is not None:
        found.append(address.ipv4_mapped)
    if address.sixtofour is not None:
        found.append(address.sixtofour)
    if address.teredo is not None:
        found.extend(address.teredo)
    if address in _NAT64 or (address in _COMPATIBLE and number > 1):
        found.append(low)
    if (number >> 32) & _ISATAP_MASK == _ISATAP:
        found.append(low)
    return found


def show_url(url: str) -> str:
    """Write a URL so that it can stand in an error: as `without_secrets`, in ASCII, at most 200 characters."""
    shown = without_secrets(url)
    return re.sub(r"[^\x21-\x7e]", "?", shown)[:200] if shown else "(an address that cannot be read)"


def without_secrets(url: str) -> str:
    """Give the URL without user name and password, and with an ellipsis for each value that looks like a secret.

    Empty for what cannot be read as a URL.
    """
    try:
        parts = urlsplit(url[:_MAX_URL])
    except ValueError:
        return ""
    netloc = parts.netloc.rpartition("@")[2]
    query = "&".join(_show_pair(pair) for pair in parts.query.split("&")) if parts.query else ""
    scheme = f"{parts.scheme}:" if parts.scheme else ""
    shown = f"{scheme}//{netloc}{parts.path}" if netloc else f"{scheme}{parts.path}"
    return f"{shown}?{query}" if query else shown


def _show_pair(pair: str) -> str:
    name, equals, _ = pair.partition("=")
    return f"{name}=..." if equals and _SECRET_KEY.search(name) else pair
