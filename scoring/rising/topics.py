"""What people speak of now that they did not speak of before: words and phrases, those of one topic put together.

What is counted are tellings, not copies: an author counts once in each stretch of the window's length, and a story once
at all, however many copies of it there are; of what has no author each story is a telling. Gaps in the past do no harm,
as parts of what was heard are compared, and what comes from a source that was not heard before is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from scoring.remarks import Remark
from scoring.rising.significance import attainable, discovered, fisher
from scoring.rising.words import Term, is_term, joined, written
from storage.records import Span

LEAST: Final = 3  # authors or sites that must use a word now
MANY: Final = 5  # authors or sites that must use a word for people to be woken by it
LIFT: Final = 2.0  # times as frequent as before, at least: what is less is no news, however certain; FORMULA says so
DAYS: Final = 7  # of the time before on which something must have been said
TELLINGS: Final = 30  # of the time before, at least
_SAME: Final = 0.6  # part of a word's tellings that a topic shares with it, from which on it belongs to the topic
_WHOLE: Final = 0.8  # part of a word's tellings in which it stands in the longer phrase
FORMULA: Final = Remark(
    "rising = words with p below what the procedure of Benjamini and Hochberg accepts at a false discovery rate "
    "of 5 %, twice as frequent as before at least; p = one-sided Fisher's exact test of the window against the "
    "four weeks before, where an author counts once in each stretch of the window's length, and a story once"
)


class Silence(StrEnum):
    """Why no word is called rising."""

    FEW = "few"  # too few people wrote in the window
    SHORT = "short"  # too little of the time before is known
    NOTHING = "nothing"  # nothing is beyond chance


@dataclass(frozen=True, slots=True)
class Text:
    """What one mention of a brand says, cut into words."""

    id: int
    at: datetime
    author: int | None  # None: its source names none
    site: str  # host of its address, else its source
    source: str
    story: int
    terms: frozenset[Term] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Sample:
    """Texts of a stretch of time, and of how many mentions they were drawn."""

    texts: Sequence[Text]
    there: int

    @property
    def whole(self) -> bool:
        """Whether every mention was read."""
        return len(self.texts) >= self.there


@dataclass(frozen=True, slots=True)
class Topic:
    """A word or phrase that rises, with the words that rise in the same tellings."""

    term: str
    others: tuple[str, ...]  # the most frequent first
    now: int  # tellings of the window that hold it
    before: int  # and of the four weeks before
    people: int  # authors and sites of the window that use it
    chance: float  # p-value
    examples: tuple[int, ...]  # ids of mentions that hold it, the first of each telling, oldest first
    since: datetime  # when the first of them was published


@dataclass(frozen=True, slots=True)
class Rise:
    """What rises of one brand, the least likely first, and what that was found in."""

    topics: tuple[Topic, ...]
    silence: Silence | None  # why there is none
    of_now: int  # tellings
    of_before: int
    people: int  # authors and sites of the window
    days: int  # of the time before on which something was said
    tests: int  # words and phrases that were tested
    now: Sample
    before: Sample


@dataclass(slots=True)
class _Telling:
    """What an author said in a stretch, or what a story without author says."""

    terms: frozenset[Term]
    who: set[int | str]
    texts: list[Text]


def rise(
    now: Sample, before: Sample, window: Span, own: frozenset[str], *, least: int = LEAST, heard: Collection[str] = ()
) -> Rise:
    """Give what rises in a window against the time before it.

    `own` are words that tell nothing, as the brand is called by them; `heard` the sources that were listened to before,
    besides those that said something; `least` how many people must use a word.
    """
    known = {text.source for text in before.texts} | set(heard)
    told = {text.story for text in before.texts}
    recent = _tellings((t for t in now.texts if t.source in known and t.story not in told), window)
    past = _tellings(before.texts, window)
    people = len(set().union(*(one.who for one in recent))) if recent else 0
    days = len({text.at.date() for text in before.texts})
    topics: list[Topic] = []
    tests = 0
    if people < least:
        silence: Silence | None = Silence.FEW
    elif days < DAYS or len(past) < TELLINGS:
        silence = Silence.SHORT
    else:
        topics, tests = _topics(recent, past, own, least)
        silence = None if topics else Silence.NOTHING
    return Rise(tuple(topics), silence, len(recent), len(past), people, days, tests, now, before)


def _tellings(texts: Iterable[Text], window: Span) -> list[_Telling]:
    found: dict[tuple[int, int | None], _Telling] = {}
    seen: set[int] = set()
    for text in sorted(texts, key=lambda each: (each.at, each.id)):
        if text.story in seen:
            continue
        seen.add(text.story)
        stretch = (text.at - window.start) // window.length
        key = (text.story, None) if text.author is None else (text.author, stretch)
        telling = found.get(key)
        if telling is None:
            who = text.site if text.author is None else text.author
            found[key] = _Telling(text.terms, {who}, [text])
        else:
            telling.terms |= text.terms
            telling.texts.append(text)
    return list(found.values())


def _topics(
    now: Sequence[_Telling], past: Sequence[_Telling], own: frozenset[str], least: int
) -> tuple[list[Topic], int]:
    held: Counter[Term] = Counter()
    for telling in (*now, *past):
        held.update(telling.terms)
    frequent = {term for term, number in held.items() if number >= least and is_term(term, own)}
    recent: Counter[Term] = Counter()
    for telling in now:
        recent.update(telling.terms & frequent)
    of_now, of_before = len(now), len(past)
    fewest, tests = attainable((held[term] for term in frequent), of_now, of_before)
    chances = {
        term: fisher(number, of_now, held[term] - number, of_before)
        for term, number in recent.items()
        if number >= least and held[term] >= fewest and number * of_before >= LIFT * (held[term] - number) * of_now
    }
    bar = discovered(list(chances.values()), tests)
    risen = sorted(
        (term for term, chance in chances.items() if chance <= bar),
        key=lambda term: (chances[term], -recent[term], isinstance(term, str), written(term)),
    )
    places = {term: frozenset(at for at, telling in enumerate(now) if term in telling.terms) for term in risen}
    used = {term: set().union(*(now[at].who for at in places[term])) for term in risen}
    groups = _groups([term for term in risen if len(used[term]) >= least], places)
    topics = []
    for group in groups:
        lead, name, others = _named(group, places)
        texts = sorted(
            (next(text for text in now[at].texts if lead in text.terms) for at in places[lead]),
            key=lambda text: (text.at, text.id),
        )
        topics.append(
            Topic(
                term=name,
                others=others,
                now=recent[lead],
                before=held[lead] - recent[lead],
                people=len(used[lead]),
                chance=chances[lead],
                examples=tuple(text.id for text in texts),
                since=texts[0].at,
            )
        )
    return topics, tests


def _groups(risen: Sequence[Term], places: dict[Term, frozenset[int]]) -> list[list[Term]]:
    """Put words with those in whose tellings they mostly stand, the least likely word first."""
    groups: list[list[Term]] = []
    for term in risen:
        mine = places[term]
        home = next((group for group in groups if len(mine & places[group[0]]) >= _SAME * len(mine)), None)
        if home is None:
            groups.append([term])
        else:
            home.append(term)
    return groups


def _named(group: Sequence[Term], places: dict[Term, frozenset[int]]) -> tuple[Term, str, tuple[str, ...]]:
    """Give the term whose counts a topic has, how it is shown, and the other words of it that the name leaves out."""
    lead = group[0]
    whole = [term for term in group if len(places[term] & places[lead]) >= _WHOLE * len(places[lead])]
    if isinstance(lead, str):
        lead = next((term for term in whole if not isinstance(term, str) and lead in term), lead)
    name = written(lead)
    if isinstance(lead, str):
        name = _grown(name, [term for term in whole if isinstance(term, str)])
    rest = sorted(group, key=lambda term: (not isinstance(term, str), -len(places[term])))
    others: list[str] = []
    for term in rest:
        shown = written(term)
        parts = {term} if isinstance(term, str) else set(term)
        if not all(part in name or any(part in other for other in others) for part in parts):
            others.append(shown)
    return lead, name, tuple(others)


def _grown(name: str, parts: Sequence[str]) -> str:
    """Give a run of letters with the parts that go on before and after it."""
    left = [part for part in parts if part != name]
    grown = True
    while grown:
        grown = False
        for part in left:
            longer = joined(name, part) or joined(part, name)
            if longer is not None:
                name, grown = longer, True
                left.remove(part)
                break
    return name
