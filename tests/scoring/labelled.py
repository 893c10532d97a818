"""Labelled examples for tests, made so that the rules are blind to them and words tell everything."""

from __future__ import annotations

import re

from scoring.learning.examples import Example
from storage.records import Label, Match

# Words that no lexicon knows; of each label two, and fillers that say nothing.
TELLING = {
    Label.POSITIVE: ("blorp", "zindle"),
    Label.NEGATIVE: ("gorf", "wexit"),
    Label.NEUTRAL: ("table", "window"),
}
FILLERS = ("on", "monday", "the", "office", "in", "town", "again", "today")


def matches(text: str, name: str) -> tuple[Match, ...]:
    """Where a name stands in a text."""
    return tuple(Match(name.lower(), name, *found.span()) for found in re.finditer(rf"\b{name}\b", text))


def example(text: str, label: Label, *, language: str = "en", group: str = "all", family: str | None = None) -> Example:
    """One example about Acme, with Globex as another brand."""
    return Example(text, matches(text, "Acme"), matches(text, "Globex"), label, language, group, family)


def examples(count: int) -> list[Example]:
    """Examples of all labels in turn, each with words of its own, so that none is another's near-duplicate."""
    made = []
    for number in range(count):
        label = list(TELLING)[number % 3]
        word = TELLING[label][number // 3 % 2]
        own = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        filler = FILLERS[number % len(FILLERS)]
        made.append(example(f"The {own}q says Acme is {word} {filler}", label))
    return made
