"""The words about moves of competitors that all renderers share."""

from __future__ import annotations

from notifier import wording
from notifier.digest import rising_phrases
from notifier.digest.contents import CompetitorMove, Digest, Mover, StoryLine
from notifier.languages.speech import Speech, to_say
from notifier.outside import shown

_MAX_TITLE = 60
_UP = {
    "share": to_say("share of voice up from {before} to {after}"),
    "mentions": to_say("mentions up from {before} to {after}"),
    "net_sentiment": to_say("net sentiment up from {before} to {after} ({part} of {mentions} scored)"),
}
_DOWN = {
    "share": to_say("share of voice down from {before} to {after}"),
    "mentions": to_say("mentions down from {before} to {after}"),
    "net_sentiment": to_say("net sentiment down from {before} to {after} ({part} of {mentions} scored)"),
}


def heading(speech: Speech) -> str:
    """Give the heading of the section."""
    return speech.say("Competitor moves")


def none(digest: Digest) -> str | None:
    """Say that no competitor moved, or why that cannot be told. None: one did, or there is none."""
    told, speech = digest.competition, digest.speech
    if told is None or told.moves:
        return None
    if told.unknown == "unheard":
        return speech.say("Whether a competitor moved cannot be told: nothing was heard.")
    if told.unknown == "nothing before":
        past = wording.before(digest.period, speech)
        return speech.say("Whether a competitor moved cannot be told: {past} gives nothing to compare with.", past=past)
    return speech.say("No competitor moved beyond chance.")


def more(digest: Digest) -> str | None:
    """Say how many competitors moved that have no line. None: each has one."""
    if digest.competition is None or not digest.competition.more:
        return None
    return digest.speech.plural(
        "{number} more competitor moved beyond chance, less clearly.",
        "{number} more competitors moved beyond chance, less clearly.",
        digest.competition.more,
    )


def short(move: CompetitorMove, speech: Speech) -> str:
    """Give what changed of a competitor and the first of what may be behind it."""
    return speech.chained([_changed(move, speech), *_causes(move, speech)[:1]])


def full(move: CompetitorMove, digest: Digest) -> str:
    """Give what changed of a competitor, all that may be behind it, and what it does to the own share."""
    speech = digest.speech
    return speech.chained([_changed(move, speech), *_causes(move, speech), _consequence(move, digest)])


def fact(moved: Mover, speech: Speech) -> str:
    """Give a change without the brand's name, within a sentence: mentions up from 120 to 310."""
    sentence = (_UP if moved.up else _DOWN)[moved.metric]
    if moved.metric == "mentions":
        before, after = (wording.count(round(number), speech) for number in (moved.before, moved.after))
        return speech.say(sentence, before=before, after=after)
    if moved.metric == "share":
        before, after = (wording.percent(number, speech) for number in (moved.before, moved.after))
        return speech.say(sentence, before=before, after=after)
    before, after = (wording.signed_percent(number, speech) for number in (moved.before, moved.after))
    part = wording.rough_percent(moved.scored or 0.0, speech)
    return speech.say(
        sentence, before=before, after=after, part=part, mentions=wording.mentions(moved.mentions, speech)
    )


def _changed(move: CompetitorMove, speech: Speech) -> str:
    facts = ", ".join(fact(each, speech) for each in move.moves)
    return speech.say("{brand}: {changes}, more than chance explains", brand=move.name, changes=facts)


def _causes(move: CompetitorMove, speech: Speech) -> list[str]:
    told = []
    if move.story is not None:
        title = speech.say("\u201c{quote}\u201d", quote=shown(move.story.title, _MAX_TITLE))
        told.append(speech.say("biggest story: {title} ({facts})", title=title, facts=_spread(move.story, speech)))
    if move.word is not None:
        word, people = rising_phrases.quoted(move.word, speech), rising_phrases.people(move.word, speech)
        told.append(speech.say("rising: {word} ({people})", word=word, people=people))
    return told


def _spread(story: StoryLine, speech: Speech) -> str:
    facts = [wording.mentions(story.mentions, speech)]
    if story.authors is not None:
        facts.append(speech.plural("{number} author", "{number} authors", story.authors))
    facts.append(speech.plural("{number} source", "{number} sources", len(story.sources)))
    return ", ".join(facts)


def _consequence(move: CompetitorMove, digest: Digest) -> str:
    speech = digest.speech
    # Where so much was not heard, counts of the window before would be set against deafness.
    if digest.caution or move.own is None or move.own_share is None or move.own_share_otherwise is None:
        return ""
    share, otherwise = (wording.percent(each, speech) for each in (move.own_share, move.own_share_otherwise))
    if share == otherwise:
        return ""
    return speech.say(
        "named as often as {past}, it would leave {own} {otherwise} of the voice instead of {share}",
        past=wording.before(digest.period, speech),
        own=move.own,
        otherwise=otherwise,
        share=share,
    )
