"""What no parser tells of an entry, read from its bytes: counts of comments and views, whether it holds a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

_HEAD = 4096  # bytes in which a feed declares its namespaces
_START = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?(?:item|entry)[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"<[^!?/](?:[^\"'<>]++|\"[^\"<]*+\"|'[^'<]*+')*+")
_CROWDED = 5000  # attributes
_CROWDED_BYTES = 5 * _CROWDED  # an attribute takes five at least
_USUAL_STARTS = (b"<item>", b"<entry>")
_DATE = re.compile(
    rb"<(?:[A-Za-z][\w.-]*:)?(?:pubdate|published|issued|date|updated|modified|created|lastbuilddate)(?:\s[^<>]{0,200})?>"
    rb"\s*(?:<!\[CDATA\[)?([^<\]]{0,80})",
    re.IGNORECASE,
)
_TIME = re.compile(rb"\d+:\d+(?::[\d.]+)?(?:\s*[+-]\d\d:?\d\d)?")
_DATE_WORD = re.compile(rb"\d{8}|\d+|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)
_ATOM_DATES = (b"<published>", b"<updated>")
_RSS_DATES = (b"<pubDate>", b"<dc:date>")
_USUAL_DATES = (b"<pubDate>", *_ATOM_DATES, b"<dc:date>")
_WHOLE = re.compile(rb"\s*(?:[A-Za-z]{3,9},? +\d\d? +[A-Za-z]{3,9} +\d{2,4} |\d{4}-\d\d-\d\d)")
_SHORTEST_DATE = len(b"<pubDate>1 May 26")
_LONGEST_DATE = 80
_WHOLE_DATE = 3  # words: year, month and day

_ENCODED = b"<content:encoded"

_COMMENTS, _TOTAL, _RATING, _VIEWS = b"<slash:comments>", b"<thr:total>", b"<media:starRating", b"<media:statistics"
_COUNTING = {
    b"rss/1.0/modules/slash": (_COMMENTS,),
    b"syndication/thread": (_TOTAL,),
    b"search.yahoo.com/mrss": (_RATING, _VIEWS),
}
_NUMBERS = {
    _COMMENTS: re.compile(rb"\s*(\d{1,9})\s*<"),
    _TOTAL: re.compile(rb"\s*(\d{1,9})\s*<"),
    _RATING: re.compile(rb"\s[^<>]{0,200}?\bcount=[\"'](\d{1,12})[\"']"),
    _VIEWS: re.compile(rb"\s[^<>]{0,200}?\bviews=[\"'](\d{1,12})[\"']"),
}

Counts = tuple[int | None, int | None]  # engagement (comments and ratings), reach (views)


def has_crowded_element(body: bytes) -> bool:
    """Tell whether one element has thousands of attributes: the quick parser's time grows with their square."""
    place = body.find(b"<")
    while place >= 0:
        # From "<" to "<" in long strides: only where none stands within reach can there be such an element.
        after = body.rfind(b"<", place + 1, place + 1 + _CROWDED_BYTES)
        if after < 0:
            tag = _TAG.match(body, place)
            if tag is not None and tag[0].count(b"=") > _CROWDED:
                return True
            after = body.find(b"<", place + 1 + _CROWDED_BYTES)
        place = after
    return False


def holds_markup(body: bytes, *, summaries: bool) -> bool:
    """Tell whether a title or a text has elements inside: the quick parser reads it up to the first of them."""
    atom = b"<feed" in body[:_HEAD]
    wanted = ((b"<description", not atom), (b"<content", atom), (b"<summary", atom and summaries), (b"<title", True))
    for mark in (name for name, is_wanted in wanted if is_wanted):
        at = body.find(mark)
        while at >= 0:
            end = body.find(b">", at)
            inside = body.find(b"<", end)
            if inside < 0 or end < 0:
                break
            if (
                body[inside + 1] not in b"/!?"
                and body[end - 1] not in b"/"
                and body[at + len(mark)] in b"> \t\r\n"
                and not (mark == b"<content" and b"xhtml" in body[at:end])  # which is read as a whole
            ):
                return True
            at = body.find(mark, inside)
    return False


def encoded_contents(body: bytes, number: int) -> Sequence[str] | None:
    """Give the text of content:encoded of each of the `number` entries, empty where there is none."""
    pieces = parts(body, number)
    if pieces is None:
        return None
    return [_encoded_content(piece) for piece in pieces]


def _encoded_content(piece: bytes) -> str:
    start = piece.find(b">", piece.find(_ENCODED)) + 1 if _ENCODED in piece else 0
    end = piece.find(b"</content:encoded", start) if start else -1
    if end < 0:
        return ""
    whole = piece[start:end].decode("utf-8", "replace").strip()
    if whole.startswith("<![CDATA[") and whole.endswith("]]>"):
        return whole[len("<![CDATA[") : -len("]]>")]
    return unescape(whole)


def parts(body: bytes, number: int) -> Sequence[bytes] | None:
    """Give the bytes of each entry; None when they do not fall into `number` parts."""
    for mark in _USUAL_STARTS:  # a plain split takes a tenth of the time
        found = body.split(mark)[1:]
        if number and len(found) == number:
            return found
    found = _START.split(body)[1:]
    return found if len(found) == number else None


def has_whole_dates(body: bytes, number: int) -> bool:
    """Tell, for nearly all feeds in a few steps, that each of `number` entries has a date with year, month and day."""
    atom = b"<feed" in body[:_HEAD]
    first = max(body.find(b"<entry" if atom else b"<item"), 0)
    for mark in _ATOM_DATES if atom else _RSS_DATES:
        whole, at = 0, body.find(mark, first)
        while at >= 0:
            if _WHOLE.match(body, at + len(mark)) is None:
                return False
            whole += 1
            at = body.find(mark, at + _SHORTEST_DATE)
        if whole:
            return whole >= number
    return False


def holds_date(part: bytes) -> bool:
    """Tell whether the date element that counts in this entry holds year, month and day; an hour is none."""
    for mark in _USUAL_DATES:  # found without a regular expression, which would walk through the whole text
        at = part.find(mark)
        date = part[at + len(mark) : at + len(mark) + _LONGEST_DATE] if at >= 0 else b""
        date = date.lstrip().removeprefix(b"<![CDATA[").partition(b"<")[0]
        if date.strip():
            return _is_whole(date)
    return any(_is_whole(date[1]) for date in _DATE.finditer(part))


def holds_only_dates(body: bytes) -> bool:
    """Tell whether all that stands in date elements has year, month and day."""
    return all(_is_whole(date[1]) for date in _DATE.finditer(body) if date[1].strip())


def _is_whole(date: bytes) -> bool:
    words = _DATE_WORD.findall(_TIME.sub(b" ", date))
    return len(words) >= _WHOLE_DATE or any(len(word) == len(b"20261120") for word in words)


def counts(body: bytes, number: int) -> Sequence[Counts] | None:
    """Give engagement and reach of each of the `number` entries; None for a feed that counts nothing."""
    head = body[:_HEAD]
    counted = [mark for space, marks in _COUNTING.items() if space in head for mark in marks if mark in body]
    pieces = parts(body, number) if counted else None
    if pieces is None:
        return None
    votes = [mark for mark in counted if mark is not _VIEWS]
    seen = [mark for mark in counted if mark is _VIEWS]
    return [(_sum(piece, votes), _sum(piece, seen)) for piece in pieces]


def _sum(piece: bytes, marks: Sequence[bytes]) -> int | None:
    total: int | None = None
    for mark in marks:
        at = piece.find(mark)
        number = _NUMBERS[mark].match(piece, at + len(mark)) if at >= 0 else None
        if number is not None:
            total = (total or 0) + int(number[1])
    return total
