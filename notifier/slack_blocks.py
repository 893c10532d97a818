"""The digest as Slack messages: a short first one, and replies in its thread with every number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notifier import campaign_phrases, omissions, phrases, trend_phrases, wording
from notifier.blocks import Block, Message, bullets, context, header, message, packed, paragraph, rich_text, words
from notifier.campaigns import CampaignSection, PlatformLine
from notifier.contents import BrandLine, BrandStories, Digest, StoryLine, Trend
from storage.records import Json

BRANDS_FIRST = 8  # brands named in the first message; all of them stand in the thread
STORIES_FIRST = 5  # brands whose biggest story stands in the first message
PROBLEMS_FIRST = 3
GOALS_FIRST = 5
_BAR = 12


def render(digest: Digest) -> list[Message]:
    """Give the messages in posting order; `thread` says which go into the thread of the first."""
    title = f"Overheard: {digest.title}"
    first, *rest = packed(_first(digest))
    details = packed(_details(digest))
    fallback = " ".join(filter(None, (f"{title}.", digest.headline, digest.quiet, digest.caution)))
    messages = [message(fallback, first, thread=False)]
    messages += [message(f"{title}, continued", blocks, thread=True) for blocks in rest]
    messages += [message(f"{title}, details", blocks, thread=True) for blocks in details]
    return messages


def _first(digest: Digest) -> Iterator[Block]:
    yield header(f"Overheard: {digest.title}")
    yield rich_text(paragraph(words(digest.headline, bold=True)))
    yield from (rich_text(paragraph(words(warning))) for warning in (digest.quiet, digest.caution) if warning)
    if digest.total:
        yield rich_text(bullets(_brand_short(line, alone=digest.alone) for line in digest.told[:BRANDS_FIRST]))
        if len(digest.told) > BRANDS_FIRST:
            yield context(f"and {phrases.count_more(len(digest.told) - BRANDS_FIRST)} brands in the thread")
    if digest.movers:
        yield rich_text(paragraph(words("What changed most", bold=True)), bullets(_movers(digest)))
    yield from _biggest_stories(digest.stories)
    if digest.campaigns:
        yield _campaigns_first(digest.campaigns)
    yield context(_heard(digest))
    yield from (context(f"Problem: {problem}") for problem in digest.problems[:PROBLEMS_FIRST])
    if len(digest.problems) > PROBLEMS_FIRST:
        yield context(f"and {phrases.count_more(len(digest.problems) - PROBLEMS_FIRST)} problems in the thread")


def _details(digest: Digest) -> Iterator[Block]:
    yield rich_text(paragraph(words(f"Details in {digest.zone.key} time. {phrases.basis(digest)}")))
    if left_out := omissions.left_out(digest):
        yield rich_text(paragraph(words(left_out)))
    for line in digest.told:
        yield rich_text(paragraph(words(line.name, bold=True)), bullets(_brand_long(line, alone=digest.alone)))
    if days := trend_phrases.heading(digest):
        yield rich_text(paragraph(words(days, bold=True)))
        yield from (rich_text(paragraph(*_trend(trend))) for trend in digest.told_trends)
        if gaps := trend_phrases.gaps(digest):
            yield context(gaps)
    for group in digest.stories:
        yield from _stories(group)
    if digest.campaigns:
        yield from _campaigns(digest.campaigns)
    if deaf := phrases.deaf(digest):
        heading = paragraph(words("How well it was heard", bold=True))
        yield rich_text(heading, bullets([[words(spell)] for spell in deaf]))
    yield from (rich_text(bullets([[words(f"Problem: {problem}")]])) for problem in digest.problems[PROBLEMS_FIRST:])
    yield rich_text(
        paragraph(words("How the numbers are made", bold=True)),
        bullets([[words(formula)] for formula in omissions.formulas(digest)]),
    )
    yield context(phrases.trace(digest))


def _biggest_stories(groups: Sequence[BrandStories]) -> Iterator[Block]:
    if not groups:
        return
    yield rich_text(paragraph(words("Biggest stories", bold=True)))
    for group in groups[:STORIES_FIRST]:
        yield rich_text(bullets([_story(group.stories[0], brand=group.name)]))
    if len(groups) > STORIES_FIRST:
        yield context(f"and stories of {phrases.count_more(len(groups) - STORIES_FIRST)} brands in the thread")


def _stories(group: BrandStories) -> Iterator[Block]:
    yield rich_text(paragraph(words(f"Top stories: {group.name}", bold=True)))
    yield from (rich_text(bullets([_story(story)])) for story in group.stories)


def _campaigns_first(section: CampaignSection) -> Block:
    """Give the biggest picture: all platforms together, or the only one, then the goals; the rest is in the thread."""
    items = [[words(section.quiet)]] if section.quiet else []
    items += [_platform(line) for line in section.platforms[-1:]]
    items += [[words(campaign_phrases.goal(goal, section.currency))] for goal in section.goals[:GOALS_FIRST]]
    if len(section.goals) > GOALS_FIRST:
        items.append([words(f"and {phrases.count_more(len(section.goals) - GOALS_FIRST)} goals in the thread")])
    if section.missing:
        items.append([words(f"{wording.several(len(section.missing), 'remark')} on what is missing in the thread")])
    return rich_text(paragraph(words(campaign_phrases.heading(section), bold=True)), bullets(items))


def _platform(line: PlatformLine) -> list[Json]:
    told = ", ".join(map(campaign_phrases.spoken, line.numbers))
    return [words(line.name, bold=True), words(f" {told}")]


def _campaigns(section: CampaignSection) -> Iterator[Block]:
    heading = campaign_phrases.heading(section)
    for line in section.platforms:
        numbers = [[words(f"{campaign_phrases.spoken(each)}  "), words(each.id, code=True)] for each in line.numbers]
        yield rich_text(paragraph(words(f"{heading}: {line.name}", bold=True)), bullets(numbers))
    for goal in section.goals:
        told = [words(f"Goal: {campaign_phrases.goal(goal, section.currency)}. {goal.why}  ")]
        yield rich_text(bullets([[*told, words(goal.id, code=True)] if goal.id else told]))
    yield from (rich_text(bullets([[words(sentence)]])) for sentence in section.missing)


def _trend(trend: Trend) -> list[Json]:
    return [words(trend_phrases.line(trend), code=True), words(f" {trend.name}, {trend_phrases.most(trend)}")]


def _movers(digest: Digest) -> list[list[Json]]:
    return [[words(phrases.mover(mover))] for mover in digest.movers]


def _heard(digest: Digest) -> str:
    return " ".join([phrases.coverage(digest), "; ".join(phrases.deaf(digest))]).strip()


def _brand_short(line: BrandLine, *, alone: bool) -> list[Json]:
    scored = phrases.scored_fully(line)
    bar = [] if alone else [words(_bar(line.share or 0.0), code=True), words(" ")]
    share = "" if alone else f"{_changed(phrases.share(line), phrases.share_change(line))}, "
    return [
        *bar,
        words(line.name, bold=True),
        words(
            f" {share}{wording.several(line.mentions, 'mention')} ({phrases.mentions_change(line)}), "
            f"net sentiment {_changed(phrases.sentiment(line), phrases.sentiment_change(line))}"
            + (f" {scored}" if scored else "")
        ),
    ]


def _changed(number: str, change: str) -> str:
    return f"{number} ({change})" if change else number


def _brand_long(line: BrandLine, *, alone: bool) -> list[list[Json]]:
    span = phrases.share_interval(line)
    share = f"Share of voice {_changed(phrases.share(line), phrases.share_change(line))}"
    sentiment = f"Net sentiment {_changed(phrases.sentiment(line), phrases.sentiment_change(line))}"
    scored = phrases.scored(line)
    shares = [words(share + (f", 95 % interval {span}  " if span else "  ")), words(line.share_id, code=True)]
    return [
        *([] if alone else [shares]),
        [
            words(f"{wording.several(line.mentions, 'mention')} ({phrases.mentions_change(line)})  "),
            words(line.mentions_id, code=True),
        ],
        [
            words(sentiment + (f", {scored}: {phrases.labels(line)}  " if scored else "  ")),
            words(line.sentiment_id, code=True),
        ],
        [
            words(
                f"Authors {phrases.authors(line)}, {wording.several(line.stories, 'story', 'stories')}, "
                f"engagement {phrases.engagement(line)}"
            )
        ],
    ]


def _story(story: StoryLine, brand: str | None = None) -> list[Json]:
    parts: list[Json] = [words(f"{brand}: ", bold=True)] if brand else []
    parts.append({"type": "link", "url": story.url, "text": story.title} if story.url else words(story.title))
    parts.append(words(f" ({phrases.story_facts(story)}, {phrases.label(story)})"))
    if quote := phrases.quote(story):
        parts.append(words(f" {quote}", italic=True))
    return parts


def _bar(share: float) -> str:
    full = min(_BAR, max(round(share * _BAR), 1 if share > 0 else 0))
    return "\u2588" * full + "\u2591" * (_BAR - full)
