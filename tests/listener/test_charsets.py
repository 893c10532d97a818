from __future__ import annotations

import pytest

from listener.charsets import in_utf8, made_valid

XML = "application/xml"


def document(text: str, encoding: str | None) -> str:
    declared = f' encoding="{encoding}"' if encoding else ""
    return f'<?xml version="1.0"{declared}?><rss>{text}</rss>'


READ = [
    ("utf-8", "é 東", "utf-8", "utf-8", None),
    ("declared nowhere", "é 東", "utf-8", None, None),
    ("latin-1", "café simulações", "latin-1", "iso-8859-1", None),
    ("windows under the name of latin-1", "“it\u2019s” \u2013 €", "cp1252", "ISO-8859-1", None),
    ("windows under the name of ascii", "“it\u2019s”", "cp1252", "us-ascii", None),
    ("windows under the name of latin-9", "“it\u2019s” é", "cp1252", "ISO-8859-15", None),
    ("header alone", "привет мир", "windows-1251", None, "text/xml; charset=windows-1251"),
    ("header before the declaration", "привет мир", "windows-1251", "iso-8859-1", 'text/xml; charset="windows-1251"'),
    ("header that is wrong", "é 東", "utf-8", "utf-8", "text/xml; charset=iso-8859-1"),
    ("declaration that is wrong", "é 東", "utf-8", "iso-8859-1", None),
    ("header of an unknown name", "é", "latin-1", "iso-8859-1", "text/xml; charset=nonsense"),
    ("gb18030 under the name of gb2312", "朱镕基 € 㐀", "gb18030", "gb2312", None),
    ("gbk", "朱镕基", "gbk", "GBK", None),
    ("korean", "똠방각하 한국", "cp949", "ks_c_5601-1987", None),
    ("japanese", "①② 髙橋", "cp932", "Shift_JIS", None),
    ("japanese, shifted", "こんにちは", "iso-2022-jp", "ISO-2022-JP", None),
    ("chinese of hong kong", "香港 嘅", "big5hkscs", "big5", None),
    ("utf-16 with a mark", "é 東", "utf-16", "utf-16", None),
    ("utf-16 little end first", "é 東", "utf-16-le", "utf-16", None),
    ("utf-16 big end first", "é 東", "utf-16-be", None, None),
    ("utf-32", "é 東", "utf-32", "utf-32", None),
    ("utf-8 under the name of utf-16", "é 東", "utf-8", "utf-16", None),
    ("mark of utf-8 before another name", "é 東", "utf-8-sig", "iso-8859-1", None),
    ("no encoding of documents", "é 東", "utf-8", "utf-7", None),
]


@pytest.mark.parametrize(
    ("text", "written", "declared", "content_type"), [case[1:] for case in READ], ids=[case[0] for case in READ]
)
def test_text_is_read_in_the_encoding_that_it_is_written_in(
    text: str, written: str, declared: str | None, content_type: str | None
) -> None:
    body = document(text, declared).encode(written)
    assert f"<rss>{text}</rss>" in in_utf8(body, content_type).decode()


def test_what_is_read_anew_is_declared_anew() -> None:
    body = document("é", "iso-8859-1").encode("latin-1")
    assert in_utf8(body, XML).decode() == document("é", "utf-8")


UNTOUCHED = [
    ("utf-8", document("é", "UTF-8").encode(), XML),
    ("utf-8 by header", document("é", None).encode(), "application/xml; charset=UTF-8"),
    ("ascii of another name", document("e", "iso-8859-1").encode(), XML),
    ("nothing said", b"\xe9", None),
    ("utf-8 that is broken", document("é", "utf-8").encode() + b"\xff", XML),
]


@pytest.mark.parametrize(
    ("body", "content_type"), [case[1:] for case in UNTOUCHED], ids=[case[0] for case in UNTOUCHED]
)
def test_what_says_that_it_is_utf8_is_left_as_it_is(body: bytes, content_type: str | None) -> None:
    assert in_utf8(body, content_type) is body


def test_few_broken_characters_do_not_change_the_encoding() -> None:
    body = (
        document("朱镕基总理视察一所小学并发表讲话" * 3, "gb2312").encode("gb18030").replace(b"</rss>", b"\xff</rss>")
    )
    assert in_utf8(body, None).decode() == document("朱镕基总理视察一所小学并发表讲话" * 3 + "\ufffd", "utf-8")


def test_name_that_hardly_fits_does_not_count() -> None:
    body = document("café à la mode", "euc-jp").encode("latin-1")
    assert "café à la mode" in in_utf8(body, None).decode()


VALID = [
    ("valid", "é 東".encode(), "é 東"),
    ("latin-1", "simulações".encode("latin-1"), "simulações"),
    ("windows", "“it\u2019s”".encode("cp1252"), "“it\u2019s”"),
    ("both", "é 東 ".encode() + "é".encode("latin-1"), "é 東 é"),
    ("no character of windows", b"a\x81b", "a\ufffdb"),
    ("half a surrogate pair", b"a\xed\xa0\xbdb", "aí\xa0½b"),
]


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in VALID], ids=[case[0] for case in VALID])
def test_bytes_that_are_no_utf8_become_text(body: bytes, expected: str) -> None:
    assert made_valid(body).decode() == expected


def test_valid_bytes_are_left_as_they_are() -> None:
    body = "é".encode()
    assert made_valid(body) is body


def test_long_document_is_of_one_encoding() -> None:
    assert made_valid(b"\xe9" * (2 << 20)).decode() == "é" * (2 << 20)
