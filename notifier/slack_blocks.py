"""The digest as Slack messages: a short first one, and replies in its thread with every number.

All text stands in `rich_text` or `plain_text` elements, which Slack shows as they are: nothing that came from outside
can mention, link or format. Sizes stay below what Slack refuses, with room for a footer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from notifier import campaign_phrases, phrases, trend_phrases, wording
from notifier.campaigns import CampaignSection, PlatformLine
from notifier.contents import BrandLine, BrandStories, Digest, StoryLine, Trend
from storage.records import Json

Block: TypeAlias = dict[str, Json]
Message: TypeAlias = dict[str, Json]  # text, blocks, thread

MAX_BLOCKS = 48  # Slack takes 50; two stay free for the channel
MAX_TEXT = 9_000  # characters of all text in a message, our own rule: Slack's limit is not documented
MAX_JSON = 13_000  # characters of a message's blocks as JSON, likewise
MAX_HEADER = 150
MAX_FALLBACK = 3_000
BRANDS_FIRST = 8  # brands named in the first message; all of them stand in the thread
STORIES_FIRST = 5  # brands whose biggest story stands in the first message
PROBLEMS_FIRST = 3
GOALS_FIRST = 5
_BAR = 12


def render(digest: Digest) -> list[Message]:
    """Give the messages in posting order; `thread` says which go into the thread of the first."""
    title = f"Overheard: {digest.title}"
    first, *rest = _pack(_first(digest))
    details = _pack(_details(digest))
    fallback = f"{title}. {digest.headline}" + (f" {digest.quiet}" if digest.quiet else "")
    messages = [_message(fallback, first, thread=False)]
    messages += [_message(f"{title}, continued", blocks, thread=True) for blocks in rest]
    messages += [_message(f"{title}, details", blocks, thread=True) for blocks in details]
    return messages


def _message(text: str, blocks: list[Block], *, thread: bool) -> Message:
    # The fallback is read as mrkdwn by old clients, so the three characters that could start something are escaped.
    plain = text[:MAX_FALLBACK].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"text": plain, "blocks": list(blocks), "thread": thread}


def _first(digest: Digest) -> Iterator[Block]:
    yield _header(f"Overheard: {digest.title}")
    yield _rich(_section(_text(digest.headline, bold=True)))
    if digest.quiet:
        yield _rich(_section(_text(digest.quiet)))
    if digest.total:
        yield _rich(_bullets(_brand_short(line) for line in digest.brands[:BRANDS_FIRST]))
        if len(digest.brands) > BRANDS_FIRST:
            yield _context(f"and {phrases.count_more(len(digest.brands) - BRANDS_FIRST)} brands in the thread")
    if digest.movers:
        yield _rich(_section(_text("What changed most", bold=True)), _bullets(_movers(digest)))
    if digest.stories:
        yield _rich(_section(_text("Biggest stories", bold=True)))
        for group in digest.stories[:STORIES_FIRST]:
            yield _rich(_bullets([_story(group.stories[0], brand=group.name)]))
    if digest.campaigns:
        yield _campaigns_first(digest.campaigns)
    yield _context(_heard(digest))
    yield from (_context(f"Problem: {problem}") for problem in digest.problems[:PROBLEMS_FIRST])
    if len(digest.problems) > PROBLEMS_FIRST:
        yield _context(f"and {phrases.count_more(len(digest.problems) - PROBLEMS_FIRST)} problems in the thread")


def _details(digest: Digest) -> Iterator[Block]:
    yield _rich(_section(_text(f"Details in {digest.zone.key} time. {phrases.basis(digest)}")))
    for line in digest.brands:
        yield _rich(_section(_text(line.name, bold=True)), _bullets(_brand_long(line)))
    if days := trend_phrases.heading(digest):
        yield _rich(_section(_text(days, bold=True)))
        yield from (_rich(_section(*_trend(trend))) for trend in digest.trends)
        if gaps := trend_phrases.gaps(digest):
            yield _context(gaps)
    for group in digest.stories:
        yield from _stories(group)
    if digest.campaigns:
        yield from _campaigns(digest.campaigns)
    if deaf := phrases.deaf(digest):
        heading = _section(_text("How well it was heard", bold=True))
        yield _rich(heading, _bullets([[_text(spell)] for spell in deaf]))
    yield from (_rich(_bullets([[_text(f"Problem: {problem}")]])) for problem in digest.problems[PROBLEMS_FIRST:])
    yield _rich(
        _section(_text("How the numbers are made", bold=True)),
        _bullets([[_text(formula.text)] for formula in digest.formulas]),
    )
    yield _context(phrases.trace(digest))


def _stories(group: BrandStories) -> Iterator[Block]:
    yield _rich(_section(_text(f"Top stories: {group.name}", bold=True)))
    yield from (_rich(_bullets([_story(story)])) for story in group.stories)


def _campaigns_first(section: CampaignSection) -> Block:
    """Give the biggest picture: all platforms together, or the only one, then the goals; the rest is in the thread."""
    items = [[_text(section.quiet)]] if section.quiet else []
    items += [_platform(line) for line in section.platforms[-1:]]
    items += [[_text(campaign_phrases.goal(goal, section.currency))] for goal in section.goals[:GOALS_FIRST]]
    if len(section.goals) > GOALS_FIRST:
        items.append([_text(f"and {phrases.count_more(len(section.goals) - GOALS_FIRST)} goals in the thread")])
    if section.missing:
        items.append([_text(f"{wording.several(len(section.missing), 'remark')} on what is missing in the thread")])
    return _rich(_section(_text(campaign_phrases.heading(section), bold=True)), _bullets(items))


def _platform(line: PlatformLine) -> list[Json]:
    told = ", ".join(map(campaign_phrases.spoken, line.numbers))
    return [_text(line.name, bold=True), _text(f" {told}")]


def _campaigns(section: CampaignSection) -> Iterator[Block]:
    heading = campaign_phrases.heading(section)
    for line in section.platforms:
        numbers = [[_text(f"{campaign_phrases.spoken(each)}  "), _text(each.id, code=True)] for each in line.numbers]
        yield _rich(_section(_text(f"{heading}: {line.name}", bold=True)), _bullets(numbers))
    for goal in section.goals:
        told = [_text(f"Goal: {campaign_phrases.goal(goal, section.currency)}. {goal.why}  ")]
        yield _rich(_bullets([[*told, _text(goal.id, code=True)] if goal.id else told]))
    yield from (_rich(_bullets([[_text(sentence)]])) for sentence in section.missing)


def _trend(trend: Trend) -> list[Json]:
    return [_text(trend_phrases.line(trend), code=True), _text(f" {trend.name}, {trend_phrases.most(trend)}")]


def _movers(digest: Digest) -> list[list[Json]]:
    return [[_text(phrases.mover(mover))] for mover in digest.movers]


def _heard(digest: Digest) -> str:
    return " ".join([phrases.coverage(digest), "; ".join(phrases.deaf(digest))]).strip()


def _brand_short(line: BrandLine) -> list[Json]:
    scored = phrases.scored_fully(line)
    return [
        _text(_bar(line.share or 0.0), code=True),
        _text(" "),
        _text(line.name, bold=True),
        _text(
            f" {_changed(phrases.share(line), phrases.share_change(line))}, "
            f"{wording.several(line.mentions, 'mention')} ({phrases.mentions_change(line)}), "
            f"net sentiment {_changed(phrases.sentiment(line), phrases.sentiment_change(line))}"
            + (f" {scored}" if scored else "")
        ),
    ]


def _changed(number: str, change: str) -> str:
    return f"{number} ({change})" if change else number


def _brand_long(line: BrandLine) -> list[list[Json]]:
    span = phrases.share_interval(line)
    share = f"Share of voice {_changed(phrases.share(line), phrases.share_change(line))}"
    sentiment = f"Net sentiment {_changed(phrases.sentiment(line), phrases.sentiment_change(line))}"
    scored = phrases.scored(line)
    return [
        [_text(share + (f", 95 % interval {span}  " if span else "  ")), _text(line.share_id, code=True)],
        [
            _text(f"{wording.several(line.mentions, 'mention')} ({phrases.mentions_change(line)})  "),
            _text(line.mentions_id, code=True),
        ],
        [
            _text(sentiment + (f", {scored}: {phrases.labels(line)}  " if scored else "  ")),
            _text(line.sentiment_id, code=True),
        ],
        [
            _text(
                f"Authors {phrases.authors(line)}, {wording.several(line.stories, 'story', 'stories')}, "
                f"engagement {phrases.engagement(line)}"
            )
        ],
    ]


def _story(story: StoryLine, brand: str | None = None) -> list[Json]:
    parts: list[Json] = [_text(f"{brand}: ", bold=True)] if brand else []
    parts.append({"type": "link", "url": story.url, "text": story.title} if story.url else _text(story.title))
    parts.append(_text(f" ({phrases.story_facts(story)}, {phrases.label(story)})"))
    if quote := phrases.quote(story):
        parts.append(_text(f" {quote}", italic=True))
    return parts


def _bar(share: float) -> str:
    full = min(_BAR, max(round(share * _BAR), 1 if share > 0 else 0))
    return "\u2588" * full + "\u2591" * (_BAR - full)


def _header(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": text[:MAX_HEADER], "emoji": False}}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "plain_text", "text": text, "emoji": False}]}


def _rich(*elements: Json) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def _section(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


def _bullets(items: Iterable[list[Json]]) -> Json:
    return {"type": "rich_text_list", "style": "bullet", "elements": [_section(*item) for item in items]}


def _text(text: str, *, bold: bool = False, italic: bool = False, code: bool = False) -> Json:
    style: dict[str, Json] = {name: True for name, on in (("bold", bold), ("italic", italic), ("code", code)) if on}
    return {"type": "text", "text": text, "style": style} if style else {"type": "text", "text": text}


def _pack(blocks: Iterable[Block]) -> list[list[Block]]:
    """Put blocks into as few messages as the limits allow, in order."""
    messages: list[list[Block]] = []
    room_text = room_json = 0
    for block in blocks:
        text, size = _text_size(block), len(json.dumps(block)) + 2
        if not messages or text > room_text or size > room_json or len(messages[-1]) == MAX_BLOCKS:
            messages.append([])
            room_text, room_json = MAX_TEXT, MAX_JSON - 2
        messages[-1].append(block)
        room_text -= text
        room_json -= size
    return messages


def _text_size(part: Json) -> int:
    """Count the characters that Slack may count as text: of text and of addresses."""
    if isinstance(part, list):
        return sum(_text_size(each) for each in part)
    if isinstance(part, dict):
        own = sum(len(value) for name, value in part.items() if name in {"text", "url"} and isinstance(value, str))
        return own + sum(_text_size(value) for value in part.values() if isinstance(value, list | dict))
    return 0
