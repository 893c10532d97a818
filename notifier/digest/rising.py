"""From words that rise to the lines of a digest; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from notifier.digest.figure_ids import figure_id
from notifier.digest.material import Material
from notifier.outside import labelled, safe_url, shown
from scoring.rising.topics import Rise, Silence, Topic
from storage.records import Span, StoredMention

WORDS: Final = 5  # of a brand
OTHERS: Final = 3  # words told beside the one that leads a topic
_MAX_WORD = 60
_MAX_TITLE = 110


@dataclass(frozen=True, slots=True)
class RisingWord:
    """A word or phrase that more people use than before. What is outside text is clean and on one line."""

    term: str
    others: tuple[str, ...]  # what rises with it
    now: int  # tellings of the window that hold it
    before: int  # and of the four weeks before
    people: int  # authors and sites that use it
    chance: float  # p-value
    since: datetime  # when the first of them was published
    title: str | None  # of the first mention that holds it
    url: str | None


@dataclass(frozen=True, slots=True)
class RisingLine:
    """What rises of one brand, the least likely first, and what that was found in."""

    slug: str
    name: str
    id: str
    words: tuple[RisingWord, ...]
    more: int  # topics that have no room
    silence: Silence | None  # why there is none
    of_now: int  # tellings
    of_before: int
    people: int
    days: int  # of the four weeks before on which something was said
    tests: int
    read: int  # mentions of the window
    there: int
    read_before: int
    there_before: int


def rising_lines(names: Mapping[str, str], material: Material, window: Span, zone: ZoneInfo) -> tuple[RisingLine, ...]:
    """Give a line for each brand whose texts were read, in the order of the names by slug; ids are of the zone."""
    return tuple(
        _line(slug, name, material.rises[slug], material.examples, figure_id("rising", slug, window, zone))
        for slug, name in names.items()
        if slug in material.rises
    )


def _line(slug: str, name: str, rise: Rise, examples: Mapping[int, StoredMention], id_: str) -> RisingLine:
    return RisingLine(
        slug=slug,
        name=name,
        id=id_,
        words=tuple(_word(topic, examples) for topic in rise.topics[:WORDS]),
        more=max(len(rise.topics) - WORDS, 0),
        silence=rise.silence,
        of_now=rise.of_now,
        of_before=rise.of_before,
        people=rise.people,
        days=rise.days,
        tests=rise.tests,
        read=len(rise.now.texts),
        there=rise.now.there,
        read_before=len(rise.before.texts),
        there_before=rise.before.there,
    )


def _word(topic: Topic, examples: Mapping[int, StoredMention]) -> RisingWord:
    example = next((examples[id_].mention for id_ in topic.examples[:1] if id_ in examples), None)
    url = None if example is None else safe_url(example.url)
    title = None if example is None else shown(example.title or example.text, _MAX_TITLE)
    return RisingWord(
        term=shown(topic.term, _MAX_WORD),
        others=_several(topic.others),
        now=topic.now,
        before=topic.before,
        people=topic.people,
        chance=topic.chance,
        since=topic.since,
        title=labelled(title, url) if title else None,
        url=url,
    )


def _several(others: Sequence[str]) -> tuple[str, ...]:
    return tuple(shown(other, _MAX_WORD) for other in others[:OTHERS])
