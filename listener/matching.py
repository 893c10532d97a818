"""Which brands a text names, and where.

One automaton finds every term of every brand in one walk over the folded text; what it finds is then checked:

- A term counts between boundaries. Letters, digits and their marks make words; "_" does not, so that _Acme_ counts.
  Scripts without blanks between words have no boundaries to check; Korean checks the left side only, as particles
  follow the noun. A term's edge that is neither letter nor digit ("C++", "Yahoo!", ".NET") ends by itself on the right,
  but on the left no word may touch it: "example.net" does not name .NET. "@acme" and "#acme" end where the account's or
  tag's name does: "@acme_support" is somebody else.
- In Arabic and Hebrew the small words that are written together with the next one (and, in, to, the) may stand in front
  of a term of three letters or more. Endings, inflections and compounds ("Acmes", "Acmeaktie") are words of their own:
  they count when they are listed as terms.
- A term of several words is also found as a hashtag: "Acme CRM" in "#AcmeCRM" and "#acme_crm". A domain is also found
  where its dots are made harmless: "example[.]com".
- Words inside a link do not name a brand ("https://example.org/acme-review"), unless the term is a domain itself.
- Inside one brand the longest hit wins. A hit inside a longer hit of another brand does not count: with both tracked,
  "Delta Dental" is not "Delta".
- A phrase does not reach over the border between title and text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ahocorasick_rs import AhoCorasick, Implementation

from config.settings import Brand
from listener.folding import fold, is_mark, keeps_places, places
from storage.records import Match, Mention

_DFA_LIMIT = 10_000  # terms: below it the table costs about 2.6 kB a term and is 1.5 times as fast
_LINK = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)[^\s<>()\[\]\"'\u0080-\U0010ffff]+")
# Small words that Arabic (wa, fa; bi, ka, li; al; a stroke) and Hebrew (ve; she; be, ke, le, mi, ha) write together
# with the word behind them, in their order.
_PARTICLES = re.compile(
    "[\u0648\u0641]?(?:[\u0628\u0643\u0644]?(?:\u0627\u0644)?|\u0644\u0644)\u0640?"
    "|\u05d5?(?:\u05db\u05e9|\u05de\u05e9|\u05e9)?[\u05d1\u05db\u05dc\u05de\u05d4]?"
)
_AL, _LIL = "\u0627\u0644", "\u0644\u0644"  # "li" in front of "al" swallows a letter
_MOST_PARTICLES = 5  # letters
_LONG_ENOUGH_FOR_PARTICLES = 3  # letters; a shorter word is too often the end of another one
_HARMLESS_DOT = "[.]"  # how addresses are written that nobody shall click
_DOMAIN = re.compile(r"(?:[^\s./@]+\.)+[^\s\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class _Use:
    """What one folded term means to one brand."""

    brand: int
    term: str  # as configured
    excludes: bool
    domain: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    """A term found between boundaries in the folded text."""

    start: int
    end: int
    use: _Use


@dataclass(frozen=True, slots=True)
class _Own:
    """Where a brand speaks itself."""

    domains: tuple[str, ...]
    handles: frozenset[str]


class Matcher:
    """Finds the brands of the config in mentions. Made once; safe to use from several threads."""

    def __init__(self, brands: Sequence[Brand]) -> None:
        self._slugs = [brand.slug or brand.name for brand in brands]
        self._own = [
            _Own(tuple(map(_bare_domain, brand.domains)), frozenset(map(_bare_handle, brand.handles)))
            for brand in brands
        ]
        uses: dict[str, list[_Use]] = {}
        for number, brand in enumerate(brands):
            for term, excludes in _words_of(brand):
                for folded in _spellings(term):
                    domain = _DOMAIN.fullmatch(folded.replace(_HARMLESS_DOT, ".")) is not None
                    uses.setdefault(folded, []).append(_Use(number, term, excludes, domain))
        self._uses = list(uses.values())
        kind = Implementation.DFA if len(uses) < _DFA_LIMIT else None
        self._automaton = AhoCorasick(list(uses), implementation=kind, store_patterns=False)

    def find(self, mention: Mention) -> dict[str, tuple[Match, ...]]:
        """Give the brands named by a mention: slug -> places in `mention.body`, in order. Empty when it names none."""
        body = mention.body
        folded = fold(body)
        found = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        if not found:
            return {}
        border = len(fold(mention.title)) if mention.title else -1
        hits = list(self._real_hits(found, folded, border))
        vetoed = {hit.use.brand for hit in hits if hit.use.excludes}
        vetoed |= self._speaking(mention, {hit.use.brand for hit in hits})
        kept: dict[int, list[_Hit]] = {}
        for hit in _outside_longer_ones([hit for hit in hits if not hit.use.excludes]):
            if hit.use.brand not in vetoed:
                kept.setdefault(hit.use.brand, []).append(hit)
        return self._matches(kept, body, folded) if kept else {}

    def _real_hits(self, found: Sequence[tuple[int, int, int]], folded: str, border: int) -> Iterator[_Hit]:
        """Give what stands between boundaries, outside links and on one side of the border of title and text."""
        links = [edge for match in _LINK.finditer(folded) for edge in match.span()]
        for pattern, start, end in found:
            if start < border < end or not _stands_alone(folded, start, end):
                continue
            linked = bisect_right(links, start) % 2 == 1
            for use in self._uses[pattern]:
                if use.domain or not linked:
                    yield _Hit(start, end, use)

    def _speaking(self, mention: Mention, named: set[int]) -> set[int]:
        """Give those of the named brands whose own site or account this mention comes from."""
        host, author = _host(mention.url), _bare_handle(mention.author or "")
        return {
            number
            for number in named
            if author in self._own[number].handles
            or any(host == name or host.endswith("." + name) for name in self._own[number].domains)
        }

    def _matches(self, kept: dict[int, list[_Hit]], body: str, folded: str) -> dict[str, tuple[Match, ...]]:
        """Translate hits into places of the original body."""
        starts, ends = (range(len(body)), range(1, len(body) + 1)) if keeps_places(body, folded) else places(body)
        return {
            self._slugs[number]: tuple(
                Match(self._slugs[number], hit.use.term, starts[hit.start], ends[hit.end - 1])
                for hit in _longest_win(kept[number])
            )
            for number in sorted(kept)
        }


def _outside_longer_ones(hits: Sequence[_Hit]) -> Iterator[_Hit]:
    """Give the hits that do not lie inside a longer one, of whatever brand."""
    reach = -1  # the furthest end among longer or earlier hits
    span = (-1, -1)
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if (hit.start, hit.end) != span:
            reach, span = max(reach, span[1]), (hit.start, hit.end)
        if hit.end > reach:
            yield hit


def _longest_win(hits: Sequence[_Hit]) -> list[_Hit]:
    """Give hits of one brand that do not overlap, the longest first served, in order of place."""
    won: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        place = bisect_right(won, hit.start, key=lambda other: other.start)
        free_before = place == 0 or won[place - 1].end <= hit.start
        free_after = place == len(won) or hit.end <= won[place].start
        if free_before and free_after:
            won.insert(place, hit)
    return won


def _words_of(brand: Brand) -> Iterator[tuple[str, bool]]:
    for term in brand.terms or (brand.name,):
        yield term, False
    for phrase in brand.exclude:
        yield phrase, True


def _spellings(term: str) -> Iterator[str]:
    """Give the folded term, and what else is looked for in its place."""
    folded = fold(term).strip().replace(_HARMLESS_DOT, ".")
    if not folded:
        return
    yield folded
    if folded.startswith(_AL) and len(folded) > len(_AL) + 1:
        yield _LIL + folded.removeprefix(_AL)
    if _DOMAIN.fullmatch(folded):
        yield folded.replace(".", _HARMLESS_DOT)
    elif len(words := folded.split()) > 1 and all(map(str.isalnum, words)):
        yield "#" + "".join(words)
        yield "#" + "_".join(words)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether text[start:end] is a word or phrase of its own."""
    if start > 0 and _joined(text[start - 1], text[start], right=False) and not _behind_particles(text, start, end):
        return False
    if text[start] in "@#" and _goes_on(text, end):
        return False
    return end == len(text) or not _joined(text[end - 1], text[end], right=True)


def _joined(left: str, right_one: str, *, right: bool) -> bool:
    """Tell whether two neighbours belong to one word; `right` says at which edge of the term they meet."""
    inside, outside = (left, right_one) if right else (right_one, left)
    if not _in_word(outside):
        return False
    if right and is_mark(outside):
        return True  # it changes the term's last letter
    if _spaceless(inside) or _spaceless(outside):
        return False
    if not _in_word(inside):
        return not right
    if _hangul(inside) or _hangul(outside):
        return not right and _hangul(inside) and _hangul(outside)
    return True


def _goes_on(text: str, end: int) -> bool:
    """Tell whether the name of an account or tag goes on behind "_"; a last one may close _emphasis_."""
    behind = end
    while text.startswith("_", behind):
        behind += 1
    return end < behind < len(text) and _in_word(text[behind])


def _behind_particles(text: str, start: int, end: int) -> bool:
    """Tell whether all that joins the term on its left are small words of Arabic or Hebrew."""
    if not "\u05d0" <= text[start - 1] <= "\u064a" or end - start < _LONG_ENOUGH_FOR_PARTICLES:
        return False
    word = start
    while word > 0 and start - word <= _MOST_PARTICLES and _in_word(text[word - 1]):
        word -= 1
    return _PARTICLES.fullmatch(text, word, start) is not None


def _in_word(character: str) -> bool:
    return character.isalnum() or (not character.isascii() and is_mark(character))


# From and to (exclusive), in order. Written without blanks between words:
# Thai, Lao, Myanmar, Khmer, kana, CJK ideographs with their extensions, compatibility forms and iteration marks.
_STRETCHES = (
    (0x0E00, 0x0F00), (0x1000, 0x10A0), (0x1780, 0x1800), (0x19E0, 0x1A00), (0x2E80, 0x2FE0), (0x3005, 0x3008),
    (0x3021, 0x302A), (0x3031, 0x3130), (0x31A0, 0xA000), (0xA9E0, 0xAA00), (0xAA60, 0xAA80),
    (0xF900, 0xFB00), (0xFF66, 0xFFA0), (0x1AFF0, 0x1B300), (0x20000, 0x32000),
)  # fmt: skip
_EDGES = [edge for stretch in _STRETCHES for edge in stretch]


def _spaceless(character: str) -> bool:
    # An odd number of edges lies before what is inside of a stretch.
    return character >= "\u0e00" and bisect_right(_EDGES, ord(character)) % 2 == 1


def _hangul(character: str) -> bool:
    return "\uac00" <= character <= "\ud7ff" or "\u1100" <= character <= "\u11ff" or "\u3130" <= character <= "\u318f"


def _bare_domain(domain: str) -> str:
    """Give the host alone, however the domain was written: "https://www.acme.com/", "acme.com"."""
    host = _host(domain if "//" in domain else f"//{domain}")
    return host.removeprefix("www.")


def _bare_handle(handle: str) -> str:
    """Give an account's name without the "@" or "u/" in front of it."""
    return fold(handle).strip().removeprefix("/").removeprefix("u/").removeprefix("@")


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").rstrip(".")
    except ValueError:
        return ""
