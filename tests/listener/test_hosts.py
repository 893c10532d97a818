from __future__ import annotations

import pytest

from listener.hosts import ascii_host

NAMES = [
    ("plain", "Example.org", "Example.org"),
    ("umlaut", "bücher.example", "xn--bcher-kva.example"),
    ("sharp s, which is a letter since 2008", "straße.example", "xn--strae-oqa.example"),
    ("capitals", "BÜCHER.example", "xn--bcher-kva.example"),
    ("wide dot", "bücher\u3002example", "xn--bcher-kva.example"),
    ("emoji, which only the older rules allow", "i\u2764.example", "xn--i-7iq.example"),
]


@pytest.mark.parametrize(("host", "expected"), [case[1:] for case in NAMES], ids=[case[0] for case in NAMES])
def test_name_is_written_as_dns_knows_it(host: str, expected: str) -> None:
    assert ascii_host(host) == expected


@pytest.mark.parametrize("host", ["a..b", "ü..b", "x" * 64, "ü" * 64])
def test_what_is_no_name_is_refused(host: str) -> None:
    with pytest.raises(UnicodeError):
        ascii_host(host)
