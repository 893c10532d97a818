"""The sentences about quotes that all renderers share."""

from __future__ import annotations

from dataclasses import dataclass

from notifier.digest.contents import Digest
from notifier.digest.quotes import Quote
from notifier.languages.speech import Speech, to_say
from storage.records import Label

_LEADS = {Label.POSITIVE: to_say("Positive: {quote}"), Label.NEGATIVE: to_say("Negative: {quote}")}
_NONE = {
    Label.POSITIVE: to_say("No positive mention with words that decided."),
    Label.NEGATIVE: to_say("No negative mention with words that decided."),
}


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A quote ready to be shown: what stands before its marked words, these, what follows, and where it leads."""

    label: Label
    before: str
    marked: str
    after: str
    place: str  # host, else source; empty where nothing is quoted
    url: str | None


def heading(speech: Speech) -> str:
    """Give what the quotes are called."""
    return speech.say("In their words")


def lines(digest: Digest, slug: str) -> list[QuoteLine]:
    """Give what is told of a brand: one quote each way, or that there is none. Empty: none was looked for."""
    found = next((each for each in digest.quotes if each.slug == slug), None)
    if found is None:
        return []
    return [
        _line(Label.POSITIVE, found.positive, digest.speech),
        _line(Label.NEGATIVE, found.negative, digest.speech),
    ]


def _line(label: Label, quote: Quote | None, speech: Speech) -> QuoteLine:
    if quote is None:
        return QuoteLine(label, speech.say(_NONE[label]), "", "", "", None)
    before, marked, after = quote.parts
    lead, _, end = speech.say(_LEADS[label], quote=speech.say("\u201c{quote}\u201d", quote="\0")).partition("\0")
    return QuoteLine(label, lead + before, marked, after + end, quote.host or quote.source, quote.url)
