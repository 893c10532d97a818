"""Rising words: how many a quiet brand is told of that are none, and how often a topic of 20 people among 400 is found.

Input: recorded posts about brands (tweets of two years, reviews of apps in several languages), shuffled over 29 days,
400 a day, so that whatever rises on the last one is chance. A topic is put in by giving 20 posts of that day, by 20
authors, two words more: either a hashtag that nobody used, or two words that 1 of 200 posts has anyway; it is found
when any of its words is told. As in a digest of six brands, 1,000 texts are read. The peer is what a script would do:
on all posts, words that 5 or more of the day's have and that are 3 times as frequent as before.
"""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bench.figures import Row, recordings
from scoring.rising.topics import Sample, Text, rise
from scoring.rising.words import Term, is_term, terms, written
from storage.records import Span

DAYS: Final = 29
A_DAY: Final = 400
TOPIC: Final = 20  # posts
READ: Final = 1_000  # texts
ROUNDS: Final = 100
_END: Final = datetime(2026, 3, 30, tzinfo=UTC)
_WINDOW: Final = Span(_END - timedelta(days=1), _END)
_Found = Callable[[Sequence[Text]], set[str]]


@dataclass(frozen=True, slots=True)
class Post:
    """One recorded post."""

    author: int
    terms: frozenset[Term]


def measure() -> list[Row]:
    posts = recorded()
    quiet = [shuffled(posts, seed) for seed in range(ROUNDS)]
    called, by_ratio = (sum(len(found(texts)) for texts in quiet) / ROUNDS for found in (ours, peer))
    wrong = sum(bool(ours(texts)) for texts in quiet) / ROUNDS
    rows = [
        Row("rising words called of a quiet brand and day", f"{called:.2f}", f"{by_ratio:.1f} by ratio", called, 0.1,
            at_most=True),
        Row("rising words, quiet days with any", f"{wrong:.0%}", "", wrong, 0.05, at_most=True),
    ]  # fmt: skip
    known = sorted(
        term
        for term, number in Counter(t for post in posts for t in post.terms).items()
        if isinstance(term, str) and is_term(term, frozenset()) and 0.004 < number / len(posts) < 0.006
    )
    for name, pair in (("a new hashtag", None), ("two words in use", known)):
        hits = [topic_found(texts, seed, pair) for seed, texts in enumerate(quiet)]
        share, of_peer = (sum(found) / ROUNDS for found in zip(*hits, strict=True))
        rows.append(
            Row(f"rising, {TOPIC} of {A_DAY} posts found: {name}", f"{share:.0%}", f"{of_peer:.0%}", share, 0.9)
        )
    return rows


def recorded() -> list[Post]:
    """Give the recorded posts, each with the words of its text."""
    folder = recordings() / "mentions"
    found: list[tuple[str, str]] = []
    with (folder / "airline-tweets-2015-02-16_to_21.csv").open(encoding="utf-8", newline="") as file:
        found += [(row["name"], row["text"]) for row in csv.DictReader(file)]
    with (folder / "sanders-tech-brands-2011.csv").open(encoding="utf-8", newline="") as file:
        found += [(row["TweetId"], row["TweetText"]) for row in csv.DictReader(file)]
    reviews = json.loads((folder / "appstore-reviews-ai-chat-apps-2026.json").read_text(encoding="utf-8"))
    found += [(each["user_name"], f"{each['title']}\n{each['text']}") for each in reviews]
    authors = {name: number for number, name in enumerate(dict.fromkeys(name for name, _ in found))}
    return [Post(authors[name], terms(text)) for name, text in found]


def shuffled(posts: Sequence[Post], seed: int) -> list[Text]:
    """Give posts, drawn again where there are too few, in random order over the days."""
    dice = random.Random(seed)
    drawn = dice.sample(posts, min(len(posts), DAYS * A_DAY))
    drawn += dice.choices(posts, k=DAYS * A_DAY - len(drawn))
    step = timedelta(days=1) / A_DAY
    return [
        Text(at, _END - timedelta(days=DAYS) + at * step, post.author, "x", "file", at, post.terms)
        for at, post in enumerate(drawn)
    ]


def topic_found(texts: Sequence[Text], seed: int, pair: Sequence[Term] | None) -> tuple[bool, bool]:
    """Tell whether we and the peer find a topic that is put into the last day."""
    dice = random.Random(seed)
    first, second = ("#batterygate", "meltdown") if pair is None else dice.sample([str(word) for word in pair], 2)
    topic: frozenset[Term] = frozenset([first, second, (first, second)])
    chosen = set(dice.sample(range(len(texts) - A_DAY, len(texts)), TOPIC))
    made = [
        replace(text, terms=text.terms | topic, author=-place) if place in chosen else text
        for place, text in enumerate(texts)
    ]
    return tuple(bool(found(made) & {first, second, f"{first} {second}"}) for found in (ours, peer))  # type: ignore[return-value]  # two of them


def ours(texts: Sequence[Text]) -> set[str]:
    """Give the words that a digest would tell, all of them."""
    before, now = _split(texts)
    read = rise(_sample(now, READ // 3), _sample(before, READ - READ // 3), _WINDOW, frozenset())
    return {word for topic in read.topics for word in (topic.term, *topic.others)}


def peer(texts: Sequence[Text]) -> set[str]:
    """Give the words that a plain ratio of frequencies would tell."""
    before, now = _split(texts)
    recent, past = (Counter(term for text in some for term in text.terms) for some in (now, before))
    return {
        written(term)
        for term, number in recent.items()
        if number >= 5 and is_term(term, frozenset()) and number / len(now) >= 3 * past[term] / len(before)
    }


def _split(texts: Sequence[Text]) -> tuple[Sequence[Text], Sequence[Text]]:
    return texts[:-A_DAY], texts[-A_DAY:]


def _sample(texts: Sequence[Text], most: int) -> Sample:
    part = min(1.0, most / len(texts))
    return Sample([text for text in texts if text.id * 40_503 % 65_536 < round(part * 65_536)], len(texts))
