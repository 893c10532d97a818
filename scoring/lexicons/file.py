"""The file format of lexicons: words of one language and what they say, written by hand, read with located errors.

    language: nl            who may use it (ISO 639-1)
    version: 1              goes into the method of every stored score
    accents: ignore         optional: "é" is read as "e", in the file and in texts
    capitals: nouns         optional: every noun has a capital; else a capital in a sentence is taken for a name's
    [words]                 word TAB valence, -4..4; 0 says that the word means nothing here
    [negators]              word TAB reach: which words it turns, 1..3 are the three after it, -2..3 also two before it
    [boosters]              word TAB factor, over 1 raises, under 1 damps; a reach may follow behind a further TAB
    [contrast]              word: what follows counts more than what came before it; parts a sentence for its brands
    [concessions]           word that parts a sentence for its brands, and weighs nothing: "although", "while"
    [comparisons]           pattern, + the better side, - the worse: "+ better than -" (scoring/lexicons/patterns.py)
    [conditions]            word: a comparison behind it in its clause says nothing; ending in *면: before it

A word may end in * (all that begins so), begin with * (all that ends so), or both (all that holds it). Several words
make a phrase. A negator or booster may stand in [words] too: it works on a word in reach, and where there is none it
speaks for itself ("furchtbar gut", "furchtbar"). "#" begins a comment; blank lines mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from config.errors import ConfigError, Problem
from scoring.lexicons.patterns import Pattern, WrongLineError, read_pattern

STRONGEST: Final = 4.0  # valence
FARTHEST: Final = 10  # words that a negator or booster may reach
MOST_FACTOR: Final = 3.0
LONGEST_PHRASE: Final = 6  # words
BOOSTER_REACH: Final = (1, 2)
HEADER: Final = ("language", "version", "accents", "capitals", "licence", "name")
CHOICES: Final = {"accents": ("ignore", "keep"), "capitals": ("nouns", "names")}
SECTIONS: Final = ("words", "negators", "boosters", "contrast", "concessions", "conditions", "comparisons")
BARE: Final = {"contrast": "a contrast word", "concessions": "a concession", "conditions": "a condition"}
TAB: Final = "\t"

T = TypeVar("T")
Reach = tuple[int, int]  # first and last place, counted from the word itself; never 0

_REACH = re.compile(r"(-?\d+)\.\.(-?\d+)")
_LANGUAGE = re.compile(r"[a-z]{2}")
_PATTERN = re.compile(r"\*?[^\s*]+\*?")
_PHRASE_WORD = re.compile(r"[^\s*]+\*?")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a lexicon file says, as it is spelled there."""

    language: str
    version: str
    ignore_accents: bool
    words: Mapping[str, float]
    negators: Mapping[str, Reach]
    boosters: Mapping[str, tuple[float, Reach]]
    contrast: frozenset[str]
    concessions: frozenset[str]
    conditions: frozenset[str]
    comparisons: tuple[Pattern, ...]
    capital_nouns: bool


def read_lexicon(text: str, path: str) -> Lexicon:
    """Give what a lexicon file says; `path` is named in errors. ConfigError with all problems, each with its line."""
    reading = _Reading()
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        content = line.split("#", 1)[0].rstrip() if not line.startswith("#") else ""
        if content:
            reading.take(number, content)
    return reading.finish(path)


class _Reading:
    """A file that is being read, line by line."""

    def __init__(self) -> None:
        self.header: dict[str, str] = {}
        self.section: str | None = None
        self.words: dict[str, float] = {}
        self.negators: dict[str, Reach] = {}
        self.boosters: dict[str, tuple[float, Reach]] = {}
        self.bare: dict[str, set[str]] = {section: set() for section in BARE}
        self.comparisons: list[Pattern] = []
        self.lines: dict[tuple[str, str], int] = {}  # of each word, by section
        self.problems: list[Problem] = []

    def take(self, number: int, content: str) -> None:
        """Read a line that says something."""
        try:
            if content.startswith("["):
                self._open(content)
            elif self.section is None:
                self._head(content)
            else:
                self._entry(number, self.section, content)
        except WrongLineError as wrong:
            what, remedy = wrong.args
            self.problems.append(Problem(f"line {number}", what, remedy, number))

    def finish(self, path: str) -> Lexicon:
        """Give the whole, or raise all that is wrong with it."""
        for key, example in (("language", "language: nl"), ("version", "version: 1")):
            if key not in self.header:
                self.problems.append(Problem("header", f"no {key}", f'write "{example}" above the first section'))
        if not self.words and not self.problems:
            self.problems.append(Problem("[words]", "empty", 'write a line such as "goed", TAB, "2"'))
        if self.problems:
            raise ConfigError(path, self.problems)
        return Lexicon(
            language=self.header["language"],
            version=self.header["version"],
            ignore_accents=self.header.get("accents") == "ignore",
            words=self.words,
            negators=self.negators,
            boosters=self.boosters,
            contrast=frozenset(self.bare["contrast"]),
            concessions=frozenset(self.bare["concessions"]),
            conditions=frozenset(self.bare["conditions"]),
            comparisons=tuple(self.comparisons),
            capital_nouns=self.header.get("capitals") == "nouns",
        )

    def _open(self, content: str) -> None:
        section = content.strip("[] ")
        if section not in SECTIONS:
            self.section = SECTIONS[0]  # reads on, to find what else is wrong
            raise WrongLineError(f'no section "{section}"', f"the sections are {', '.join(SECTIONS)}")
        self.section = section

    def _head(self, content: str) -> None:
        key, colon, value = (part.strip() for part in content.partition(":"))
        if not colon or key not in HEADER:
            raise WrongLineError(
                f'"{content}" is no header', f"write one of {', '.join(HEADER)} and a colon, or open [words]"
            )
        if key == "language" and not _LANGUAGE.fullmatch(value):
            raise WrongLineError(f'"{value}" is no language', 'write its two letters, such as "nl"')
        if key == "version" and not value.replace(".", "").isalnum():
            raise WrongLineError(f'"{value}" is no version', 'write letters, digits and dots, such as "1" or "2.1"')
        if value not in CHOICES.get(key, (value,)):
            raise WrongLineError(f'"{value}" is not known', f'write "{CHOICES[key][0]}" or "{CHOICES[key][1]}"')
        self.header[key] = value

    def _entry(self, number: int, section: str, content: str) -> None:
        spelled, *columns = (column.strip() for column in content.split(TAB))
        if section == "comparisons":
            self._once(number, section, " ".join(content.lower().split()))
            self.comparisons.append(read_pattern(content))
            return
        word = self._word(number, section, " ".join(spelled.lower().split()))
        if section == "words":
            (self.words[word],) = _columns(columns, _valence, 'a TAB and a valence, such as "goed", TAB, "2"')
        elif section == "negators":
            (self.negators[word],) = _columns(columns, _reach, 'a TAB and a reach, such as "niet", TAB, "-3..3"')
        elif section == "boosters":
            (factor,) = _columns(columns[:1], _factor, 'a TAB and a factor, such as "zeer", TAB, "1.3"')
            (reach,) = _columns(columns[1:], _reach, "nothing more, or one reach") if columns[1:] else (BOOSTER_REACH,)
            self.boosters[word] = (factor, reach)
        else:
            if columns:
                raise WrongLineError(f"{BARE[section]} takes no number", "leave the word alone on its line")
            self.bare[section].add(word)

    def _word(self, number: int, section: str, word: str) -> str:
        parts = word.split()
        shape = _PATTERN if len(parts) == 1 else _PHRASE_WORD
        if not parts or not all(shape.fullmatch(part) for part in parts):
            raise WrongLineError(
                f'"{word}" cannot be matched', "* stands at the beginning or end of a word, in a phrase at ends alone"
            )
        if len(parts) > LONGEST_PHRASE:
            raise WrongLineError(f'"{word}" is too long', f"a phrase has {LONGEST_PHRASE} words at most")
        self._once(number, section, word)
        return word

    def _once(self, number: int, section: str, entry: str) -> None:
        before = self.lines.setdefault((section, entry), number)
        if before != number:
            raise WrongLineError(f'"{entry}" stands on line {before} already', "take one of the two away")


def _columns(columns: list[str], read: Callable[[str], T], wanted: str) -> tuple[T]:
    """Give the one column that a line of its kind has behind the word."""
    if len(columns) != 1:
        raise WrongLineError(
            f"{len(columns)} columns behind the word" if columns else "the word stands alone", f"write {wanted}"
        )
    return (read(columns[0]),)


def _number(column: str, least: float, most: float, called: str) -> float:
    try:
        number = float(column)
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        raise WrongLineError(f'"{column}" is no {called}', f"write a number from {least:g} to {most:g}")
    return number


def _valence(column: str) -> float:
    return _number(column, -STRONGEST, STRONGEST, "valence")


def _factor(column: str) -> float:
    return _number(column, 0, MOST_FACTOR, "factor")


def _reach(column: str) -> Reach:
    match = _REACH.fullmatch(column)
    first, last = (int(match[1]), int(match[2])) if match else (0, 0)
    if not match or not -FARTHEST <= first <= last <= FARTHEST or first == last == 0:
        raise WrongLineError(
            f'"{column}" is no reach',
            f'write the first and last word it acts on, such as "1..3", at most {FARTHEST} off',
        )
    return first, last
