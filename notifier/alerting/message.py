"""What is posted about alerts, as Slack blocks or as terminal text: what is so, since when, and how to silence it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from shlex import quote
from textwrap import fill
from zoneinfo import ZoneInfo

from notifier.alerting.outcome import AlertMessage, Case, OverMessage
from notifier.asking.buttons import alert_buttons
from notifier.blocks import Block, Message, bullets, context, header, message, packed, paragraph, rich_text, words
from notifier.outside import host_of, safe_url, shown
from notifier.wording import clock, several, window
from storage.alert_records import Alert, Why
from storage.records import Json

_TITLE = 160  # characters
_BODY = 600
_LINK = 500  # longer addresses are not linked, so that one alert always fits into a message
_ID = 160
_WIDTH = 80  # columns of the terminal's text
_AGAIN = {
    Why.WORSE: "Told again because it got worse. ",
    Why.GREW: "Told again because it grew. ",
    Why.ESCALATED: "Told before, and nobody took care of it since. ",
}


@dataclass(frozen=True, slots=True)
class _Told:
    """The words about one alert, made fit to be shown."""

    title: str
    body: str
    facts: str
    answer: str  # the command that silences it, or says that somebody takes care of it
    what: str  # it does
    url: str | None  # evidence to look at, where there is one


def render(letter: AlertMessage | OverMessage, channel: str, zone: ZoneInfo, *, buttons: bool = False) -> Message:
    """Give a message in the form of a channel: text for the terminal, Slack's blocks otherwise.

    `buttons`: somebody listens to presses, so each alert has some.
    """
    if isinstance(letter, OverMessage):
        return _over(letter, channel, zone)
    told = [_told(case, zone) for case in letter.cases]
    severity = letter.cases[0].alert.severity
    escalated = letter.cases[0].why is Why.ESCALATED
    heading = f"{f'Escalated, {severity}' if escalated else severity.capitalize()}: {told[0].title}"
    if channel == "console":
        return {"text": "\n".join(_text(heading, told, letter.waiting)), "blocks": [], "thread": False}
    # One block an alert; what does not fit into one message is counted.
    top = [header(heading), *mentioning(letter.mentions)]
    listed: list[Block] = []
    for place, (case, each) in enumerate(zip(letter.cases, told, strict=True)):
        listed.append(_block(each, headed=place == 0))
        listed += [alert_buttons(place + 1, case.alert, case.first_at, each.url)] if buttons else []
    blocks = packed([*top, *listed])[0]
    fitting = sum(block["type"] == "rich_text" for block in blocks[len(top) :])
    more = _more(len(told) - fitting, letter.waiting)
    if more:
        blocks.append(context(more))
    return message(f"{heading}. {told[0].body}", blocks, thread=False)


def mentioning(people: Sequence[str]) -> list[Block]:
    """Give the block that pings people of the config: the only mentions that any message has."""
    if not people:
        return []
    named: list[Json] = []
    for each in people:
        user: Json = {"type": "user", "user_id": each}
        named += [user, words(" ")]
    return [rich_text(paragraph(*named[:-1]))]


def ended(told: Mapping[str, Json], letter: OverMessage, zone: ZoneInfo) -> Message:
    """Give what takes the place of a Slack message when all that it told is over: the same below another headline."""
    blocks = _blocks(told)
    headed = bool(blocks) and blocks[0].get("type") == "header"
    lead = (_headline(blocks[0]).partition(": ")[2] if headed else "") or title_of(letter.alerts[0])
    body = blocks[1:] if headed else blocks
    when = f"Over: found from {clock(letter.since, zone)} to {clock(letter.until, zone)}."
    return message(f"Over: {lead}. {when}", [header(f"Over: {lead}"), context(when), *body], thread=False)


def _blocks(told: Mapping[str, Json]) -> list[Block]:
    found = told.get("blocks")
    if not isinstance(found, list):
        return []
    # Of what is over nothing is left to press.
    return [each for each in found if isinstance(each, dict) and each.get("type") != "actions"]


def _headline(block: Block) -> str:
    text = block.get("text")
    return str(text.get("text", "")) if isinstance(text, dict) else ""


def _told(case: Case, zone: ZoneInfo) -> _Told:
    alert = case.alert
    escalated = case.why is Why.ESCALATED
    since = f"Found since {clock(case.first_at, zone)}. " if case.told else ""
    url = alert.evidence.get("url")
    link = safe_url(url) if isinstance(url, str) else None
    return _Told(
        title=title_of(alert),
        body=shown(alert.body, _BODY),
        facts=f"{_AGAIN.get(case.why, '')}{since}Window: {window(alert.window, zone)}.",
        answer=f"overheard acknowledge {_name(alert)}" if escalated else f"overheard silence {_name(alert)} --for 2h",
        what="To take care of it" if escalated else "To silence it",
        url=link if link and len(link) <= _LINK else None,
    )


def title_of(alert: Alert, length: int = _TITLE) -> str:
    """Give the title of an alert as it may be shown, cut to so many characters."""
    return shown(alert.title, length) or shown(alert.rule, length)


def _name(alert: Alert) -> str:
    """Give what names the alert on a command line: its id, or its rule where no terminal shows the id as it is."""
    return quote(alert.id) if alert.id == shown(alert.id, _ID) else f"--rule {quote(alert.rule)}"


def _more(unseen: int, waiting: int) -> str:
    """Say what the message leaves out; empty when it tells all."""
    parts = []
    if unseen > 0:
        parts.append(f"and {several(unseen, 'alert')} of the same cause; to see all: overheard alerts")
    if waiting:
        parts.append(f"and {waiting} more wait{'s' if waiting == 1 else ''}: enough was told in this hour")
    return "; ".join(parts)


def _block(told: _Told, *, headed: bool = False) -> dict[str, Json]:
    """Give all about an alert; without its title where the heading of the message is its title."""
    parts: list[Json] = [] if headed else [words(f"{told.title}\n", bold=True)]
    parts += [words(f"{told.body}\n")] if told.body else []
    if told.url:
        link: Json = {"type": "link", "url": told.url, "text": host_of(told.url) or told.url}
        parts += [link, words("\n")]
    return rich_text(paragraph(*parts, words(f"{told.facts}\n", italic=True), words(told.answer, code=True)))


def _text(heading: str, told: Sequence[_Told], waiting: int) -> Iterator[str]:
    yield f"Overheard alert: {heading}"
    for place, each in enumerate(told):
        if place:
            yield each.title
        yield from (_indented(part) for part in (each.body, each.facts) if part)
        yield from (f"  {part}" for part in (each.url, f"{each.what}: {each.answer}") if part)
    if more := _more(0, waiting):
        yield more


def _indented(text: str) -> str:
    return fill(text, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def _over(letter: OverMessage, channel: str, zone: ZoneInfo) -> Message:
    titles = [title_of(alert) for alert in letter.alerts]
    heading = f"Over: {titles[0]}" if len(titles) == 1 else f"{several(len(titles), 'alert')} over"
    since = f"Not found any more; noted on {clock(letter.at, zone)}."
    if channel == "console":
        lines = [f"Overheard alert: {heading}", *(f"  {title}" for title in titles if len(titles) > 1), f"  {since}"]
        return {"text": "\n".join(lines), "blocks": [], "thread": True}
    listed = [rich_text(bullets([[words(title)]])) for title in titles] if len(titles) > 1 else []
    blocks = packed([rich_text(paragraph(words(heading, bold=True))), *listed])[0]
    return message(heading, [*blocks, context(since)], thread=True)
