"""The digest as Slack messages: a short first one, and replies in its thread with every number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notifier import wording
from notifier.asking.buttons import story_buttons
from notifier.blocks import Block, Message, bullets, context, header, link, message, packed, paragraph, rich_text, words
from notifier.digest import campaign_phrases, omissions, phrases, quality, quote_phrases, rising_phrases, trend_phrases
from notifier.digest.campaigns import CampaignSection, PlatformLine
from notifier.digest.contents import BrandLine, BrandStories, Digest, StoryLine, Trend
from notifier.digest.quote_phrases import QuoteLine
from notifier.languages.speech import Speech
from notifier.renderers.competition_blocks import competition_details, competition_first
from notifier.renderers.rising_blocks import rising_blocks
from storage.records import Json

BRANDS_FIRST = 8  # brands named in the first message; all of them stand in the thread
STORIES_FIRST = 5  # brands whose biggest story stands in the first message
PROBLEMS_FIRST = 3
GOALS_FIRST = 5
_BAR = 12


def render(digest: Digest, in_thread: str = "", *, buttons: bool = False) -> list[Message]:
    """Give the messages in posting order; `thread` says which go into the thread of the first.

    `in_thread` is a line of the first message about what else the thread holds. `buttons`: somebody listens to presses,
    so the stories of the first message have some.
    """
    speech = digest.speech
    title = _title(digest)
    first, *rest = packed(_first(digest, in_thread, buttons=buttons))
    details = packed(_details(digest))
    fallback = " ".join(filter(None, (f"{title}.", digest.headline, digest.quiet, digest.caution)))
    messages = [message(fallback, first, thread=False)]
    messages += [message(speech.say("{title}, continued", title=title), blocks, thread=True) for blocks in rest]
    messages += [message(speech.say("{title}, details", title=title), blocks, thread=True) for blocks in details]
    return messages


def _first(digest: Digest, in_thread: str, *, buttons: bool) -> Iterator[Block]:
    speech = digest.speech
    yield header(_title(digest))
    yield rich_text(paragraph(words(digest.headline, bold=True)))
    yield from (rich_text(paragraph(words(warning))) for warning in (digest.quiet, digest.caution) if warning)
    if digest.total:
        yield rich_text(bullets(_brand_short(line, speech, alone=digest.alone) for line in digest.told[:BRANDS_FIRST]))
        if len(digest.told) > BRANDS_FIRST:
            left = len(digest.told) - BRANDS_FIRST
            yield context(
                speech.plural("and {number} more brand in the thread", "and {number} more brands in the thread", left)
            )
    if digest.told_movers:
        yield rich_text(paragraph(words(speech.say("What changed most"), bold=True)), bullets(_movers(digest)))
    yield from competition_first(digest)
    yield from _biggest_stories(digest.stories, speech, buttons=buttons)
    if rising := rising_phrases.first(digest):
        yield rich_text(paragraph(words(rising)))
    if digest.campaigns:
        yield _campaigns_first(digest.campaigns, speech)
    if in_thread:
        yield context(in_thread)
    yield context(_heard(digest))
    yield from (context(_problem(problem, speech)) for problem in digest.problems[:PROBLEMS_FIRST])
    if len(digest.problems) > PROBLEMS_FIRST:
        left = len(digest.problems) - PROBLEMS_FIRST
        yield context(
            speech.plural("and {number} more problem in the thread", "and {number} more problems in the thread", left)
        )


def _details(digest: Digest) -> Iterator[Block]:
    speech = digest.speech
    times = speech.say("Details in {zone} time. {basis}", zone=digest.zone.key, basis=phrases.basis(digest))
    yield rich_text(paragraph(words(times)))
    if left_out := omissions.left_out(digest):
        yield rich_text(paragraph(words(left_out)))
    for line in digest.told:
        items = _brand_long(line, speech, alone=digest.alone)
        items += [_quote(each) for each in quote_phrases.lines(digest, line.slug)]
        yield rich_text(paragraph(words(line.name, bold=True)), bullets(items))
    if days := trend_phrases.heading(digest):
        yield rich_text(paragraph(words(days, bold=True)))
        yield from (rich_text(paragraph(*_trend(trend, speech))) for trend in digest.told_trends)
        if gaps := trend_phrases.gaps(digest):
            yield context(gaps)
    yield from competition_details(digest)
    for group in digest.stories:
        yield from _stories(group, speech)
    yield from rising_blocks(digest)
    if digest.campaigns:
        yield from _campaigns(digest.campaigns, speech)
    if deaf := phrases.deaf(digest):
        heading = paragraph(words(speech.say("How well it was heard"), bold=True))
        yield rich_text(heading, bullets([[words(spell)] for spell in deaf]))
    yield from (rich_text(bullets([[words(_problem(each, speech))]])) for each in digest.problems[PROBLEMS_FIRST:])
    yield rich_text(
        paragraph(words(speech.say("How the numbers are made"), bold=True)),
        bullets([[words(formula)] for formula in omissions.formulas(digest)]),
    )
    yield context(phrases.trace(digest))


def _title(digest: Digest) -> str:
    return digest.speech.say("Overheard: {title}", title=digest.title)


def _problem(problem: str, speech: Speech) -> str:
    return speech.say("Problem: {problem}", problem=problem)


def _biggest_stories(groups: Sequence[BrandStories], speech: Speech, *, buttons: bool) -> Iterator[Block]:
    if not groups:
        return
    yield rich_text(paragraph(words(speech.say("Biggest stories"), bold=True)))
    for place, group in enumerate(groups[:STORIES_FIRST], start=1):
        story = group.stories[0]
        yield rich_text(bullets([_story(story, speech, brand=group.name)]))
        if buttons:
            yield story_buttons(place, story.mention_id, group.slug, story.url, speech)
    if len(groups) > STORIES_FIRST:
        left = len(groups) - STORIES_FIRST
        yield context(
            speech.plural(
                "and stories of {number} more brand in the thread",
                "and stories of {number} more brands in the thread",
                left,
            )
        )


def _stories(group: BrandStories, speech: Speech) -> Iterator[Block]:
    yield rich_text(paragraph(words(speech.say("Top stories: {brand}", brand=group.name), bold=True)))
    yield from (rich_text(bullets([_story(story, speech)])) for story in group.stories)


def _campaigns_first(section: CampaignSection, speech: Speech) -> Block:
    """Give the biggest picture: all platforms together, or the only one, then the goals; the rest is in the thread."""
    items = [[words(section.quiet)]] if section.quiet else []
    items += [_platform(line, speech) for line in section.platforms[-1:]]
    items += [[words(campaign_phrases.goal(goal, section.currency, speech))] for goal in section.goals[:GOALS_FIRST]]
    if len(section.goals) > GOALS_FIRST:
        left = len(section.goals) - GOALS_FIRST
        more = speech.plural("and {number} more goal in the thread", "and {number} more goals in the thread", left)
        items.append([words(more)])
    if section.missing:
        remarks = speech.plural(
            "{number} remark on what is missing in the thread",
            "{number} remarks on what is missing in the thread",
            len(section.missing),
        )
        items.append([words(remarks)])
    return rich_text(paragraph(words(campaign_phrases.heading(section, speech), bold=True)), bullets(items))


def _platform(line: PlatformLine, speech: Speech) -> list[Json]:
    told = ", ".join(campaign_phrases.spoken(number, speech) for number in line.numbers)
    return [words(line.name, bold=True), words(f" {told}")]


def _campaigns(section: CampaignSection, speech: Speech) -> Iterator[Block]:
    heading = campaign_phrases.heading(section, speech)
    for line in section.platforms:
        numbers = [
            [words(f"{campaign_phrases.spoken(each, speech)}  "), words(each.id, code=True)] for each in line.numbers
        ]
        yield rich_text(
            paragraph(words(speech.say("{heading}: {platform}", heading=heading, platform=line.name), bold=True)),
            bullets(numbers),
        )
    for goal in section.goals:
        stands = campaign_phrases.goal(goal, section.currency, speech)
        told = [words(speech.say("Goal: {goal}. {why}", goal=stands, why=goal.why) + "  ")]
        yield rich_text(bullets([[*told, words(goal.id, code=True)] if goal.id else told]))
    yield from (rich_text(bullets([[words(sentence)]])) for sentence in section.missing)


def _trend(trend: Trend, speech: Speech) -> list[Json]:
    return [words(trend_phrases.line(trend), code=True), words(f" {trend.name}, {trend_phrases.most(trend, speech)}")]


def _movers(digest: Digest) -> list[list[Json]]:
    return [[words(phrases.mover(mover, digest.speech))] for mover in digest.told_movers]


def _heard(digest: Digest) -> str:
    return f"{phrases.coverage(digest)} {quality.line(digest)}"


def _brand_short(line: BrandLine, speech: Speech, *, alone: bool) -> list[Json]:
    share = _changed(phrases.share(line, speech), phrases.share_change(line, speech))
    told = speech.say(
        "{mentions} ({change}), net sentiment {sentiment}",
        mentions=wording.mentions(line.mentions, speech),
        change=phrases.mentions_change(line, speech),
        sentiment=_changed(phrases.sentiment(line, speech), phrases.sentiment_change(line, speech)),
    )
    numbers = told if alone else f"{share}, {told}"
    bar = [] if alone else [words(_bar(line.share or 0.0), code=True), words(" ")]
    return [
        *bar,
        words(line.name, bold=True),
        words(" ".join(["", *filter(None, (numbers, phrases.scored_fully(line, speech)))])),
    ]


def _changed(number: str, change: str) -> str:
    return f"{number} ({change})" if change else number


def _brand_long(line: BrandLine, speech: Speech, *, alone: bool) -> list[list[Json]]:
    share = speech.say(
        "Share of voice {share}", share=_changed(phrases.share(line, speech), phrases.share_change(line, speech))
    )
    sentiment = speech.say(
        "Net sentiment {sentiment}",
        sentiment=_changed(phrases.sentiment(line, speech), phrases.sentiment_change(line, speech)),
    )
    if scored := phrases.scored(line, speech):
        labels = phrases.labels(line, speech)
        sentiment = speech.say("{sentiment}, {scored}: {labels}", sentiment=sentiment, scored=scored, labels=labels)
    mentions = _changed(wording.mentions(line.mentions, speech), phrases.mentions_change(line, speech))
    reach = speech.say(
        "Authors {authors}, {stories}, engagement {engagement}",
        authors=phrases.authors(line, speech),
        stories=speech.plural("{number} story", "{number} stories", line.stories),
        engagement=phrases.engagement(line, speech),
    )
    shares = ", ".join(filter(None, (share, phrases.share_interval(line, speech))))
    return [
        *([] if alone else [[words(f"{shares}  "), _id(line.share_id)]]),
        [words(f"{mentions}  "), _id(line.mentions_id)],
        [words(f"{sentiment}  "), _id(line.sentiment_id)],
        [words(reach)],
    ]


def _quote(line: QuoteLine) -> list[Json]:
    if not line.marked:
        return [words(line.before)]
    told = [words(line.before), words(line.marked, bold=True), words(line.after)]
    return [*told, words(" ("), link(line.place, line.url), words(")")] if line.place else told


def _id(name: str) -> Json:
    return words(name, code=True)


def _story(story: StoryLine, speech: Speech, brand: str | None = None) -> list[Json]:
    parts: list[Json] = [words(speech.say("{brand}:", brand=brand) + " ", bold=True)] if brand else []
    parts.append(link(story.title, story.url))
    parts.append(words(f" ({phrases.story_facts(story, speech)}, {phrases.label(story, speech)})"))
    if quote := phrases.quote(story, speech):
        parts.append(words(f" {quote}", italic=True))
    return parts


def _bar(share: float) -> str:
    full = min(_BAR, max(round(share * _BAR), 1 if share > 0 else 0))
    return "\u2588" * full + "\u2591" * (_BAR - full)
