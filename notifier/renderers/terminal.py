"""The digest in a terminal, in colour or plain: tables from 76 columns up, lines below."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.style import Style
from rich.table import Table
from rich.text import Text

from notifier import wording
from notifier.digest import (
    campaign_phrases,
    competition_phrases,
    omissions,
    phrases,
    quality,
    quote_phrases,
    rising_phrases,
    trend_phrases,
)
from notifier.digest.campaigns import CampaignNumber, CampaignSection
from notifier.digest.contents import BrandLine, BrandStories, Digest, StoryLine
from notifier.digest.quote_phrases import QuoteLine
from notifier.languages.speech import Speech, to_say
from storage.records import Label

_WIDE = 110  # columns from which everything of a brand fits into one table
_TABLES = 76  # columns from which there is room for tables
_BESIDE_BAR = 92  # columns that a wide table needs beside the bar and the brand's name
_LABELS = {Label.POSITIVE: "green", Label.NEGATIVE: "red", Label.NEUTRAL: "default", Label.UNSCORED: "dim"}
_EIGHTHS = " \u258f\u258e\u258d\u258c\u258b\u258a\u2589"
_FULL = "\u2588"
_HELD = str.maketrans("\u00a0\u202f", "\ue000\ue001")  # private letters: none of them comes from outside
_RELEASED = str.maketrans("\ue000\ue001", "\u00a0\u202f")


def render(digest: Digest, width: int = 80, *, colour: bool = False) -> str:
    """Give the digest as text, no line wider than `width` but for addresses; ends with a line feed."""
    console = Console(
        file=io.StringIO(),
        width=width,
        color_system="standard" if colour else None,
        force_terminal=colour,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
        _environ={},
    )
    for part in _parts(digest, width, colour=colour):
        _hold(part)
        console.print(part, soft_wrap=isinstance(part, Text) and bool(part.no_wrap))
    written = console.file
    text = written.getvalue() if isinstance(written, io.StringIO) else ""
    # Links are numbered at random, which no terminal needs and which would make the same digest look different.
    text = re.sub(r"\x1b\]8;id=\d+;", "\x1b]8;;", text)
    return "\n".join(line.rstrip() for line in text.splitlines()).translate(_RELEASED) + "\n"


def _hold(part: RenderableType) -> None:
    """Keep together what no-break spaces hold: rich breaks lines at them too. Private letters stand in."""
    if isinstance(part, Text):
        part.plain = part.plain.translate(_HELD)
    elif isinstance(part, Group):
        for each in part.renderables:
            _hold(each)
    elif isinstance(part, Table):
        for column in part.columns:
            column.header = str(column.header).translate(_HELD)
            for cell in column.cells:
                _hold(cell)


def _parts(digest: Digest, width: int, *, colour: bool) -> Iterator[RenderableType]:
    speech = digest.speech
    yield Rule(Text("Overheard", style="bold"), align="left", style="dim")
    yield Text.assemble((digest.title, "bold"), (f"  ({digest.zone.key})", "dim"))
    yield Text("")
    yield Text(digest.headline)
    yield from (Text(warning, style="yellow") for warning in (digest.quiet, digest.caution) if warning)
    yield Text("")
    if width < _TABLES:
        yield from _lines(digest)
    else:
        yield _brands(digest, width if width >= _WIDE else None)
        yield Text("")
    if _TABLES <= width < _WIDE:
        yield _reach(digest)
        yield Text("")
    yield Text(phrases.basis(digest), style="dim")
    yield from (Text(told, style="dim") for told in (omissions.left_out(digest), phrases.unscored(digest)) if told)
    yield from _trends(digest, width)
    if digest.told_movers:
        yield from _heading(speech.say("What changed most"))
        for mover in digest.told_movers:
            mark, style = ("\u25b2", "green") if mover.up else ("\u25bc", "red")
            yield _item(mark, Text(phrases.mover(mover, speech)), style)
    yield from _competition(digest)
    for group in digest.stories:
        yield from _stories(group, speech, colour=colour)
    yield from _quotes(digest, colour=colour)
    yield from _rising(digest)
    if digest.campaigns:
        yield from _campaigns(digest.campaigns, width, speech)
    yield from _heading(speech.say("How well it was heard"))
    yield Text(phrases.coverage(digest))
    yield Text(quality.line(digest))
    yield from (_item("-", Text(spell)) for spell in phrases.deaf(digest))
    if digest.problems:
        yield from _heading(speech.say("Problems"))
        yield from (_item("!", Text(problem), "yellow") for problem in digest.problems)
    yield from _heading(speech.say("How the numbers are made"))
    yield from (_item("-", Text(formula, style="dim"), "dim") for formula in omissions.formulas(digest))
    yield Text(phrases.trace(digest), style="dim")


def _heading(words: str) -> Iterator[RenderableType]:
    yield Text("")
    yield Text(words, style="bold cyan")


def _item(mark: str, content: RenderableType, style: str = "") -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=2, justify="right")
    grid.add_column(overflow="fold")
    grid.add_row(Text(mark, style=style), content)
    return grid


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=False, header_style="bold")


def _brands(digest: Digest, wide: int | None) -> Table:
    """Make the table of brands; `wide` is the number of columns when all of a brand fits into one line."""
    table, speech = _table(), digest.speech
    longest = max((len(line.name) for line in digest.told), default=0)
    bar = 14 if wide is None else max(8, min(24, wide - _BESIDE_BAR - min(longest, 28)))
    feeling = speech.say("Net sentiment")
    table.add_column(speech.say("Brand"), overflow="fold", max_width=28 if wide else 16)
    if not digest.alone:
        table.add_column(speech.say("Share of voice"), no_wrap=True)
        table.add_column("", justify="right", no_wrap=True)
    table.add_column(speech.say("Mentions"), justify="right", no_wrap=True)
    table.add_column(feeling, justify="right", min_width=cell_len(feeling))
    if wide:
        authors, *others = _reach_headings(speech)
        table.add_column(authors, justify="right", max_width=10)
        for name in others:
            table.add_column(name, justify="right", no_wrap=True)
    for index, line in enumerate(digest.told):
        share = [_bar(line.share or 0.0, bar, "cyan" if line.role == "own" else "blue"), _share(line, speech)]
        cells: list[RenderableType] = [
            _name(line, speech),
            *([] if digest.alone else share),
            Text.assemble(wording.count(line.mentions, speech), "\n", (phrases.mentions_change(line, speech), "dim")),
            _sentiment(line, speech),
        ]
        if wide:
            told, *counts = _reached(line, speech)
            cells += [Text(told.plain.replace(" (", "\n(")), *counts]
        table.add_row(*cells)
        if index < len(digest.told) - 1:
            table.add_row()
    return table


def _lines(digest: Digest) -> Iterator[RenderableType]:
    """Make what the tables tell, one line a number, for a terminal without room for columns."""
    speech = digest.speech
    for line in digest.told:
        yield _name(line, speech)
        for message, what in _told(line, speech)[digest.alone :]:
            parts = speech.chained(part for part in what.splitlines() if part.strip())
            before, _, after = speech.say(message, value="\0").partition("\0")
            yield _item("", Text.assemble((before, "dim"), parts, (after, "dim")))
        yield Text("")


def _told(line: BrandLine, speech: Speech) -> list[tuple[str, str]]:
    """Give the numbers of a brand, its share first, each with the message that it stands in."""
    authors, stories, engagement = (each.plain for each in _reached(line, speech))
    mentions = f"{wording.count(line.mentions, speech)}\n{phrases.mentions_change(line, speech)}"
    return [
        (to_say("share: {value}"), _share(line, speech).plain),
        (to_say("mentions: {value}"), mentions),
        (to_say("net sentiment: {value}"), _sentiment(line, speech).plain),
        (to_say("authors: {value}"), authors),
        (to_say("stories: {value}"), stories),
        (to_say("engagement: {value}"), engagement),
    ]


def _reach_headings(speech: Speech) -> tuple[str, str, str]:
    return speech.say("Authors"), speech.say("Stories"), speech.say("Engagement")


def _reach(digest: Digest) -> Table:
    table, speech = _table(), digest.speech
    table.add_column("", overflow="fold", max_width=16)
    for name in _reach_headings(speech):
        table.add_column(name, justify="right", no_wrap=True)
    for line in digest.told:
        table.add_row(Text(line.name), *_reached(line, speech))
    return table


def _reached(line: BrandLine, speech: Speech) -> list[Text]:
    told = (phrases.authors(line, speech), wording.count(line.stories, speech), phrases.engagement(line, speech))
    return list(map(Text, told))


def _name(line: BrandLine, speech: Speech) -> Text:
    own = line.role == "own"
    return Text.assemble((line.name, "bold" if own else ""), (f"\n{speech.say('yours')}" if own else "", "dim"))


def _share(line: BrandLine, speech: Speech) -> Text:
    change = (phrases.share_change(line, speech), "" if line.share_change.clear else "dim")
    under = [part for part in (change, (phrases.share_ends(line, speech) or "", "dim")) if part[0]]
    return Text("\n").join([Text(phrases.share(line, speech)), *(Text(*part) for part in under)])


def _sentiment(line: BrandLine, speech: Speech) -> Text:
    style = "" if not line.net_sentiment else ("green" if line.net_sentiment > 0 else "red")
    under = "\n".join(part for part in (phrases.sentiment_change(line, speech), phrases.scored(line, speech)) if part)
    return Text.assemble((phrases.sentiment(line, speech), style), "\n", (under, "dim"))


def _bar(share: float, cells: int, style: str) -> Text:
    eighths = max(round(share * cells * 8), 1 if share > 0 else 0)
    full, rest = divmod(eighths, 8)
    filled = _FULL * full + (_EIGHTHS[rest] if rest else "")
    return Text.assemble((filled, style), ("\u00b7" * (cells - len(filled)), "dim"))


def _trends(digest: Digest, width: int) -> Iterator[RenderableType]:
    if not (heading := trend_phrases.heading(digest)):
        return
    yield from _heading(heading)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(overflow="fold", max_width=20)
    for trend in digest.told_trends:
        line, most = Text(trend_phrases.line(trend), "cyan"), Text(trend_phrases.most(trend, digest.speech), "dim")
        if width < _TABLES:
            yield Text(trend.name)
            yield _item("", Text("\n").join([line, most]))
        else:
            grid.add_row(Text(trend.name), line, most)
    if grid.rows:
        yield grid
    if gaps := trend_phrases.gaps(digest):
        yield Text(gaps, style="dim")


def _competition(digest: Digest) -> Iterator[RenderableType]:
    if digest.competition is None:
        return
    yield from _heading(competition_phrases.heading(digest.speech))
    yield from (_item("-", Text(competition_phrases.full(move, digest))) for move in digest.competition.moves)
    rest = (competition_phrases.none(digest), competition_phrases.more(digest))
    yield from (Text(told, style="dim") for told in rest if told)


def _quotes(digest: Digest, *, colour: bool) -> Iterator[RenderableType]:
    if not digest.quotes:
        return
    yield from _heading(quote_phrases.heading(digest.speech))
    for brand in digest.told:
        lines = quote_phrases.lines(digest, brand.slug)
        if lines:
            yield Text(brand.name, style="bold")
        for line in lines:
            yield _item("+" if line.label is Label.POSITIVE else "-", _quote(line, colour=colour), _LABELS[line.label])
            if line.url:
                yield Text(f"   {line.url}", style="dim", no_wrap=True)


def _quote(line: QuoteLine, *, colour: bool) -> Text:
    """Make a quote; its marked words are underlined, and stand in brackets where there is no colour."""
    if not line.marked:
        return Text(line.before, style="dim")
    marked = (line.marked, "bold underline") if colour else f"[{line.marked}]"
    return Text.assemble(line.before, marked, line.after, (f" {line.place}", "dim"))


def _rising(digest: Digest) -> Iterator[RenderableType]:
    if not digest.rising:
        return
    speech = digest.speech
    yield from _heading(rising_phrases.heading(digest))
    for line in (each for each in digest.rising if each.words):
        yield Text.assemble((line.name, "bold"), (f"  {rising_phrases.basis(line, speech)}", "dim"))
        for word in line.words:
            told = [
                Text.assemble(
                    (rising_phrases.quoted(word, speech), "bold"), f" {rising_phrases.counts(word, line, speech)}"
                )
            ]
            told += [Text(word.title, style="italic")] if word.title else []
            yield _item("\u2197", Text("\n").join(told))
            if word.url:
                yield Text(f"   {word.url}", style="dim", no_wrap=True)
    yield from (Text(sentence, style="dim") for sentence in rising_phrases.why(digest))


def _campaigns(section: CampaignSection, width: int, speech: Speech) -> Iterator[RenderableType]:
    yield from _heading(campaign_phrases.heading(section, speech))
    if section.quiet:
        yield Text(section.quiet, style="yellow")
    if section.platforms and width < _TABLES:
        for line in section.platforms:
            told = [campaign_phrases.spoken(number, speech) for number in line.numbers]
            yield _item("-", Text(speech.chained([line.name, *told])))
    elif section.platforms:
        yield _platforms(section, speech)
    for goal in section.goals:
        yield _item("\u2192", Text(campaign_phrases.goal(goal, section.currency, speech)))
    yield from (_item("-", Text(sentence, style="dim"), "dim") for sentence in section.missing)


def _platforms(section: CampaignSection, speech: Speech) -> Table:
    table = _table()
    table.add_column(speech.say("Platform"), overflow="fold", max_width=24)
    for number in section.platforms[0].numbers:
        table.add_column(campaign_phrases.name(number, speech), justify="right", max_width=18)
    for line in section.platforms:
        cells = [
            Text.assemble(
                campaign_phrases.value(number, speech), "\n", (campaign_phrases.moved(number, speech), _trend(number))
            )
            for number in line.numbers
        ]
        table.add_row(Text(line.name), *cells)
    return table


def _trend(number: CampaignNumber) -> str:
    return {"better": "green", "worse": "red"}.get(number.change.trend or "", "dim")


def _stories(group: BrandStories, speech: Speech, *, colour: bool) -> Iterator[RenderableType]:
    yield from _heading(speech.say("Top stories: {brand}", brand=group.name))
    for place, story in enumerate(group.stories, start=1):
        yield _item(f"{place}.", _story(story, speech, colour=colour))
        if story.url:
            # Never broken into lines, so that it can be copied and clicked.
            yield Text(f"   {story.url}", style="dim", no_wrap=True)


def _story(story: StoryLine, speech: Speech, *, colour: bool) -> RenderableType:
    link = Style(link=story.url, bold=True) if colour and story.url else Style(bold=True)
    lines: list[RenderableType] = [Text.assemble((story.title, link))]
    facts = Text(phrases.story_facts(story, speech) + ", ", style="dim")
    facts.append(phrases.label(story, speech), style=_LABELS[story.label])
    lines.append(facts)
    if quote := phrases.quote(story, speech):
        lines.append(Text(quote, style="italic"))
    return Group(*lines)
