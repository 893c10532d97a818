from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.outside import host_of, safe_url, shown

FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two\nlines\tand  blanks", "two lines and blanks"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("a\u202eb\u2066c\u200bd\ufeffe", "abcde"),
        ("fa\u0301cil", "f\u00e1cil"),
        ("a" + "\u0336" * 50, "a" + "\u0336" * 4),
        ("\u3164\u2800", ""),
        ("\U0001f469\u200d\U0001f52c", "\U0001f469\u200d\U0001f52c"),
        ("a\u2028b\x85c", "a b c"),
        ("", ""),
    ],
    ids=["blanks", "escape", "bidi", "composed", "zalgo", "invisible", "emoji", "separators", "empty"],
)
def test_text_from_outside_becomes_one_clean_line(text: str, expected: str) -> None:
    assert shown(text, 80) == expected


def test_long_text_is_cut_at_a_word() -> None:
    assert shown("one two three four five", 16) == "one two three\u2026"
    assert shown("x" * 10_000, 16) == "x" * 15 + "\u2026"


@given(st.text(max_size=300), st.integers(2, 60))
def test_shown_text_is_short_and_holds_no_controls(text: str, limit: int) -> None:
    line = shown(text, limit)

    assert len(line) <= limit
    assert not {unicodedata.category(each) for each in line if each not in "\u200c\u200d"} & FORBIDDEN


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=1&c=%20#d", "https://example.org/a?b=1&c=%20#d"),
        ("HTTP://Example.ORG:8080/A", "http://example.org:8080/A"),
        ("https://example.org/a|b<c>\"d'e`", "https://example.org/a%7Cb%3Cc%3E%22d%27e%60"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://b\u00fccher.example/\u00fc", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://example.org/\u202egnp.exe", "https://example.org/%E2%80%AEgnp.exe"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://user:secret@example.org/", None),
        ("https://", None),
        ("https://exa mple.org/", None),
        ("https://[::1", None),
        ("https://example.org:99999/", None),
        ("https://" + "a" * 300 + ".example/", None),
        ("https://example.org/" + "a" * 3000, None),
        ("", None),
        (None, None),
    ],
)
def test_address_is_encoded_or_refused(url: str | None, expected: str | None) -> None:
    assert safe_url(url) == expected


@given(st.text(max_size=60))
def test_encoded_address_holds_nothing_that_markup_reads(rest: str) -> None:
    url = safe_url("https://example.org/" + rest)

    assert url is None or (url.isascii() and url.isprintable() and not set(url) & set("<>|\"'` \\"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.org/x", "example.org"),
        ("https://\u0430pple.com/", "xn--pple-43d.com"),
        ("https://[::1", None),
        ("mailto:a@b", None),
        (None, None),
    ],
)
def test_shown_host_is_where_the_link_leads(url: str | None, expected: str | None) -> None:
    assert host_of(url) == expected
