"""Which mentions tell the same story: retweets, crossposts, syndicated articles, copies with a word changed.

Equal texts are found by a hash, near-equal ones by MinHash (64 permutations of 5-character shingles, 16 bands of 4) and
then verified. While a story's first text is in memory, the true Jaccard similarity of the shingles decides (0.55).
After a restart only fingerprints are left: there the share of equal MinHash values, an estimate with a standard error
of about 0.06, has to reach 0.75, so that the error falls on the side of two stories instead of one.

A text joins a story of the same brand whose first member was published at most a week before or after it. Every member
is compared with the first one only, so that a story cannot drift. Short texts join by being equal; very short ones
("@united thanks") never do, for strangers say the same.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from rensa import RMinHash

from listener.folding import fold
from storage.records import KnownStory, Mention

_WINDOW = timedelta(days=7)
_SAME = 0.55  # true Jaccard similarity of two texts of one story
_SAME_BY_FINGERPRINT = 0.75  # estimated similarity
_LONG_ENOUGH_FOR_EQUAL = 28  # characters after normalising; a wide character (kana, hangul ...) counts for two
_LONG_ENOUGH_FOR_NEAR = 40
_MOST_CHARACTERS = 5_000  # of an article; what is copied is copied from its beginning
_SHINGLE = 5
_PERMUTATIONS = 64
_BAND_BYTES = 16  # four 32-bit values
_MOST_COMPARED = 16  # candidates that are verified, the likeliest first
_MOST_STORIES = 50_000  # kept in memory, about 2 kB each; beyond it the oldest fifth goes
_MOST_IN_BAND = 64  # boilerplate fills a band with thousands; the latest are compared

_FORM = 1  # first byte of a fingerprint: changes when anything above does that changes its values
_HASH_BYTES = 8

_RETWEET = re.compile(r"^(?:\s*(?:rt|mt)\s+@\w+\s*:?\s*)+")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_NO_WORD = re.compile(r"[\W_]+")
_FIRST_WIDE = "\u1100"


@dataclass(frozen=True, slots=True, eq=False)
class _Story:
    """A story by its first member."""

    story_id: int
    published_at: datetime | None
    text: str | None  # normalised; None after a restart
    values: bytes  # MinHash; empty for a short text


class StoryFinder:
    """Gives every mention its story. Remembers the stories of late; belongs to one thread."""

    def __init__(self, known: Iterable[KnownStory] = (), *, capacity: int = _MOST_STORIES) -> None:
        self._capacity = capacity
        self._equal: dict[tuple[str, bytes], _Story] = {}
        self._alike: dict[tuple[str, int, bytes], list[_Story]] = {}
        self._stories: dict[int, tuple[_Story, tuple[str, ...]]] = {}  # oldest first
        for member in sorted(known, key=lambda member: member.published_at):
            self._recall(member)

    def __len__(self) -> int:
        return len(self._stories)

    def place(self, mention: Mention, brands: Iterable[str]) -> tuple[int, bytes]:
        """Give the story of a mention that names these brands, and the mention's fingerprint.

        The story's id is a 63-bit number made of its first member's identity: the same after a restart. Without brands
        every mention is a story of its own.
        """
        named = tuple(sorted(brands))
        text = normalised(mention.body)
        weight = len(text) + sum(character >= _FIRST_WIDE for character in text)
        digest = blake2b(text.encode(), digest_size=_HASH_BYTES).digest()
        values = _minhash(text) if weight >= _LONG_ENOUGH_FOR_NEAR else b""
        fingerprint = bytes([_FORM]) + digest + values
        if weight < _LONG_ENOUGH_FOR_EQUAL:
            return _story_id(mention), b""
        new = _Story(_story_id(mention), mention.published_at, text, values)
        story = self._equal_to(new, named, digest) or self._like(new, named)
        if story is None:
            story = new
            self._remember(new, named)
        for brand in named:
            self._equal[brand, digest] = story
        return story.story_id, fingerprint

    def _equal_to(self, new: _Story, brands: Sequence[str], digest: bytes) -> _Story | None:
        for brand in brands:
            story = self._equal.get((brand, digest))
            if story is not None and _near_in_time(story, new):
                return story
        return None

    def _like(self, new: _Story, brands: Sequence[str]) -> _Story | None:
        shared: Counter[int] = Counter()
        for brand in brands:
            for number, band in _bands(new.values):
                shared.update({story.story_id for story in self._alike.get((brand, number, band), ())})
        for story_id, _ in shared.most_common(_MOST_COMPARED):
            story, _ = self._stories[story_id]
            if _near_in_time(story, new) and _same(story, new):
                return story
        return None

    def _recall(self, member: KnownStory) -> None:
        """Take up a member from before a restart."""
        if len(member.fingerprint) <= _HASH_BYTES or member.fingerprint[0] != _FORM:
            return
        digest, values = member.fingerprint[1 : 1 + _HASH_BYTES], member.fingerprint[1 + _HASH_BYTES :]
        brands = tuple(member.brands)
        if member.story_id not in self._stories:
            self._remember(_Story(member.story_id, member.published_at, None, values), brands)
        story, _ = self._stories[member.story_id]
        for brand in brands:
            self._equal[brand, digest] = story

    def _remember(self, story: _Story, brands: tuple[str, ...]) -> None:
        if story.story_id in self._stories:
            self._forget(story.story_id)  # its first member was edited into something else
        if len(self._stories) >= self._capacity:
            self._forget_oldest()
        self._stories[story.story_id] = (story, brands)
        for brand in brands:
            for number, band in _bands(story.values):
                bucket = self._alike.setdefault((brand, number, band), [])
                bucket.append(story)
                del bucket[:-_MOST_IN_BAND]

    def _forget_oldest(self) -> None:
        for story_id in list(self._stories)[: max(1, self._capacity // 5)]:
            self._forget(story_id)
        self._equal = {key: story for key, story in self._equal.items() if story.story_id in self._stories}

    def _forget(self, story_id: int) -> None:
        story, brands = self._stories.pop(story_id)
        for brand in brands:
            for number, band in _bands(story.values):
                bucket = [other for other in self._alike.pop((brand, number, band), ()) if other is not story]
                if bucket:
                    self._alike[brand, number, band] = bucket


def normalised(text: str) -> str:
    """Give the words of a text in one spelling, without retweet marks, links and punctuation."""
    words = _RETWEET.sub("", fold(text[:_MOST_CHARACTERS]))
    return _NO_WORD.sub(" ", _LINK.sub(" ", words)).strip()


def jaccard(one: str, other: str) -> float:
    """Give the share of 5-character shingles that two normalised texts have in common, 0..1."""
    ours, theirs = _shingles(one), _shingles(other)
    return len(ours & theirs) / len(ours | theirs)


def _same(story: _Story, new: _Story) -> bool:
    if story.text is not None and new.text is not None:
        return jaccard(story.text, new.text) >= _SAME
    pairs = zip(_numbers(story.values), _numbers(new.values), strict=True)
    return sum(ours == theirs for ours, theirs in pairs) >= _SAME_BY_FINGERPRINT * _PERMUTATIONS


def _near_in_time(story: _Story, new: _Story) -> bool:
    """Tell whether two may be one story by their dates; what has no date is taken to be of now, as its story."""
    if story.published_at is None or new.published_at is None:
        return True
    return abs(story.published_at - new.published_at) <= _WINDOW


def _shingles(text: str) -> set[str]:
    return {text[start : start + _SHINGLE] for start in range(max(1, len(text) - _SHINGLE + 1))}


def _minhash(text: str) -> bytes:
    hashing = RMinHash(num_perm=_PERMUTATIONS, seed=1)
    hashing.update(list(_shingles(text)))
    return struct.pack(f"<{_PERMUTATIONS}I", *hashing.digest())


def _numbers(values: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{_PERMUTATIONS}I", values)


def _bands(values: bytes) -> Iterator[tuple[int, bytes]]:
    for start in range(0, len(values), _BAND_BYTES):
        yield start, values[start : start + _BAND_BYTES]


def _story_id(mention: Mention) -> int:
    identity = f"{mention.source}\0{mention.native_id}".encode()
    return int.from_bytes(blake2b(identity, digest_size=8).digest(), "big") >> 1
