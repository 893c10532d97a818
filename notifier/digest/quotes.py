"""One quote each way of a brand, with the words that decided marked; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from notifier.outside import host_of, safe_url, shown
from storage.records import Label, Sentiment, StoredMention

MAX_TEXT: Final = 160  # characters
_MAX_SOURCE: Final = 80
_CUT: Final = "\u2026"
_ROOM: Final = MAX_TEXT - 2 * len(_CUT)
_LINE: Final = re.compile(r"[\r\n\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Quote:
    """Part of a mention that speaks for or against a brand: clean text on one line, whole words."""

    text: str
    marked: tuple[int, int]  # characters of `text` that decided
    url: str | None
    host: str | None
    source: str
    mention_id: int

    @property
    def parts(self) -> tuple[str, str, str]:
        """What stands before the words that decided, these, and what stands after them."""
        start, end = self.marked
        return self.text[:start], self.text[start:end], self.text[end:]


@dataclass(frozen=True, slots=True)
class BrandQuotes:
    """What was said of a brand at its strongest. None: no such mention whose deciding words are known."""

    slug: str
    positive: Quote | None
    negative: Quote | None


def quotes(
    names: Sequence[str], candidates: Mapping[str, Sequence[StoredMention]], told: Sequence[int] = ()
) -> tuple[BrandQuotes, ...]:
    """Give the quotes of each brand by slug, in order; of a brand that has no candidates nothing was asked.

    `candidates`: strongest first. Where there is a choice, no story is quoted twice or is one of those `told` elsewhere
    by their ids, and no author either.
    """
    choice = _Choice(set(told))
    return tuple(
        BrandQuotes(
            slug,
            choice.quote(slug, Label.POSITIVE, candidates[slug]),
            choice.quote(slug, Label.NEGATIVE, candidates[slug]),
        )
        for slug in names
        if slug in candidates
    )


class _Choice:
    """Remembers whom and which stories it has quoted."""

    def __init__(self, stories: set[int]) -> None:
        self._stories = stories
        self._authors: set[tuple[str, str]] = set()

    def quote(self, slug: str, label: Label, candidates: Sequence[StoredMention]) -> Quote | None:
        fit = [(one, quote) for one in candidates if (quote := _quote(one, _verdict(one, slug), label))]
        if not fit:
            return None
        chosen, quote = min(fit, key=lambda each: self._known(each[0]))  # the first of equals is the strongest
        self._stories.add(chosen.story_id)
        self._authors.update(_author(chosen))
        return quote

    def _known(self, one: StoredMention) -> tuple[bool, bool]:
        return one.story_id in self._stories, not self._authors.isdisjoint(_author(one))


def _author(one: StoredMention) -> set[tuple[str, str]]:
    return {(one.mention.source, one.mention.author)} if one.mention.author else set()


def _verdict(one: StoredMention, slug: str) -> Sentiment | None:
    return next((hit.sentiment for hit in one.hits if hit.brand == slug), None)


def _quote(one: StoredMention, verdict: Sentiment | None, label: Label) -> Quote | None:
    if verdict is None or verdict.label is not label or verdict.evidence is None:
        return None
    text, marked = excerpt(one.mention.body, verdict.evidence)
    if marked[0] == marked[1]:
        return None
    url = safe_url(one.mention.url)
    return Quote(text, marked, url, host_of(url), shown(one.mention.source, _MAX_SOURCE), one.id)


def excerpt(body: str, place: tuple[int, int]) -> tuple[str, tuple[int, int]]:
    """Give a clean line with a place of a text, and where it stands in that line.

    Whole words of the same line of the text stand around it as far as there is room. What is left out is an ellipsis.
    Nothing visible in that place: ("", (0, 0)).
    """
    start, end = place
    inner = body[start:end]
    start, end = start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
    core = shown(inner, _ROOM)
    if not core.strip(_CUT):
        return "", (0, 0)
    if shown(inner, 2 * _ROOM) != core:
        return core, (0, len(core))
    before, after = _before(body, start), _after(body, end)
    left, right = _around(before, after, _ROOM - len(core))
    head = f"{_CUT if len(left) < len(before) else ''}{''.join(left)}"
    tail = f"{''.join(right)}{_CUT if len(right) < len(after) else ''}"
    return f"{head}{core}{tail}", (len(head), len(head) + len(core))


def _around(before: Sequence[str], after: Sequence[str], room: int) -> tuple[Sequence[str], Sequence[str]]:
    """Give as many of the last words before and the first words after as fit, taken in turn."""
    left = right = 0
    while True:
        grown = False
        if right < len(after) and len(after[right]) <= room:
            room, right, grown = room - len(after[right]), right + 1, True
        if left < len(before) and len(before[-1 - left]) <= room:
            room, left, grown = room - len(before[-1 - left]), left + 1, True
        if not grown:
            return before[len(before) - left :], after[:right]


def _before(body: str, start: int) -> list[str]:
    """Give the words of the same line before a place, each with the blank that follows it."""
    line = _LINE.split(body[max(start - 4 * MAX_TEXT, 0) : start])[-1]
    words = shown(line, len(line) * 3 + 1).split()
    gap = " " if line[-1:].isspace() else ""
    return [f"{word} " for word in words[:-1]] + [f"{word}{gap}" for word in words[-1:]]


def _after(body: str, end: int) -> list[str]:
    """Give the words of the same line after a place, each with the blank before it."""
    line = _LINE.split(body[end : end + 4 * MAX_TEXT])[0]
    words = shown(line, len(line) * 3 + 1).split()
    gap = " " if line[:1].isspace() else ""
    return [f"{gap}{word}" for word in words[:1]] + [f" {word}" for word in words[1:]]
