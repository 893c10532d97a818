"""The words about rising words that all renderers share."""

from __future__ import annotations

from collections.abc import Iterator

from notifier import wording
from notifier.digest.contents import Digest
from notifier.digest.rising import RisingLine, RisingWord
from notifier.languages.speech import Speech, to_say
from scoring.rising.topics import LEAST, Silence

MAX_NAMES = 8  # brands named in a sentence; the rest is counted
_WHY = {
    Silence.NOTHING: to_say("No word beyond chance: {brands}."),
    Silence.SHORT: to_say("Too little was said in the four weeks before to tell what is new: {brands}."),
    Silence.FEW: to_say("Fewer than {number} people wrote, so that no word is a topic: {brands}."),
}


def heading(digest: Digest) -> str:
    """Give the heading of the section."""
    return digest.speech.say("Rising words, against the four weeks before")


def first(digest: Digest) -> str | None:
    """Give one line: the first rising word of each brand, else why there is none. None: no text was read."""
    speech = digest.speech
    risen = [line for line in digest.rising if line.words]
    if risen:
        told = _listed(
            [f"{line.name} {quoted(line.words[0], speech)} ({people(line.words[0], speech)})" for line in risen],
            speech,
        )
        return speech.say("Rising words: {words}", words=told)
    return " ".join(why(digest)) or None


def why(digest: Digest) -> Iterator[str]:
    """Say of which brands no word rises, and why: one sentence for each reason."""
    for silence, sentence in _WHY.items():
        names = [line.name for line in digest.rising if line.silence is silence]
        if names:
            yield digest.speech.say(sentence, brands=_listed(names, digest.speech), number=LEAST)


def quoted(word: RisingWord, speech: Speech) -> str:
    """Give a word in quotation marks."""
    return speech.say("\u201c{quote}\u201d", quote=word.term)


def counts(word: RisingWord, line: RisingLine, speech: Speech) -> str:
    """Give how often it is told now and before, by how many people, and what rises with it."""
    told = speech.say(
        "{now} of {of_now} now, {before} of {of_before} before; {people}",
        now=wording.count(word.now, speech),
        of_now=wording.count(line.of_now, speech),
        before=wording.count(word.before, speech),
        of_before=wording.count(line.of_before, speech),
        people=people(word, speech),
    )
    return speech.say("{told}; with {words}", told=told, words=", ".join(word.others)) if word.others else told


def basis(line: RisingLine, speech: Speech) -> str:
    """Give what was read: from 1,000 of 35,000 mentions, and 2,000 of 140,000 before."""
    return speech.say(
        "from {read} of {mentions}, and {read_before} of {before} in the four weeks before; "
        "an author counts once a period, a story once",
        read=wording.count(line.read, speech),
        mentions=wording.mentions(line.there, speech),
        read_before=wording.count(line.read_before, speech),
        before=wording.count(line.there_before, speech),
    )


def people(word: RisingWord, speech: Speech) -> str:
    """Give how many people use a word: 12 people."""
    return speech.plural("{number} person", "{number} people", word.people)


def _listed(names: list[str], speech: Speech) -> str:
    told, more = ", ".join(names[:MAX_NAMES]), len(names) - MAX_NAMES
    if more > 0:
        told = speech.say("{names} and {count} more", names=told, count=wording.count(more, speech))
    return told
