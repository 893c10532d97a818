"""Puts hostile texts into every place that is filled from outside, renders everything, and lists what is not ours.

    python -m tests.notifier.survey --texts 20000

In Slack's messages: mentions, commands, links that we did not make, and links whose words name another host. In a
terminal: whatever steers it, but for our own colours and links. In the page: elements, attributes, addresses.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, islice
from typing import Any, Final

from lxml import html as lxml_html

from config.settings import Brand
from notifier.alerting import message as alert_messages
from notifier.alerting.outcome import AlertMessage, Case, OverMessage
from notifier.asking.answers import Item, lines_answer, mentions_answer, private
from notifier.asking.interaction import interaction
from notifier.asking.questions import QuestionError, question
from notifier.digest.contents import Digest
from notifier.notices import notice
from notifier.outside import safe_url
from notifier.renderers import digest_json, html, slack_blocks, terminal
from notifier.slack.manifest import COMMAND
from overheard.emulator.block_kit.blocks import violations
from overheard.emulator.block_kit.sizes import too_long
from overheard.emulator.mrkdwn import specials_of_message
from scoring.campaign_report import CampaignReport
from storage.alert_records import Alert, Severity, Why
from storage.records import Coverage, Gap, Label, StoredMention, Story
from tests.notifier import campaign_samples, samples
from tests.notifier.alerting.samples import HOUR, NOON, PARIS, alert
from tests.notifier.hostile_texts import hostile_addresses, hostile_texts

MOODS: Final = (Label.POSITIVE, Label.NEGATIVE)
NUMBERS: Final = count(1000)
TEXTS: Final = 60  # in one round
PERSON: Final = "U0OURS"  # mentioned because the config says so
ELEMENTS: Final = frozenset(
    {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "header",
        "small",
        "h1",
        "h2",
        "h3",
        "p",
        "div",
        "strong",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "i",
        "b",
        "span",
        "a",
        "em",
        "mark",
        "code",
        "footer",
    }
)
ATTRIBUTES: Final = frozenset(
    {
        "charset",
        "data-name",
        "http-equiv",
        "content",
        "name",
        "lang",
        "dir",
        "class",
        "style",
        "href",
        "rel",
        "scope",
        "title",
    }
)
STEERING: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # categories of characters
JOINERS: Final = "\u200c\u200d"
COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")
LINK: Final = re.compile(r"\x1b\]8;([^\x1b\x07]*?);([^\x1b\x07]*)\x1b\\")
LENGTHS: Final = re.compile(r"((left|width):[0-9.]+%;?)+")
HOST: Final = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d+)?(/[!-~]*|\?[!-~]*|#[!-~]*)?")


@dataclass(slots=True)
class Survey:
    """What was looked at, and what should not have been there."""

    texts: int = 0
    messages: int = 0
    pages: int = 0
    links: int = 0
    foreign: list[str] = field(default_factory=list)

    def complain(self, what: str, found: object) -> None:
        self.foreign.append(f"{what}: {found!r:.300}")


class Round:
    """One handful of texts and addresses, each given out in turn."""

    def __init__(self, texts: Sequence[str], addresses: Sequence[str]) -> None:
        self.texts = texts
        self.addresses = addresses
        self._given = 0
        self.linked = {link for address in addresses if (link := safe_url(address))}

    def text(self) -> str:
        self._given += 1
        return self.texts[self._given % len(self.texts)]

    def address(self) -> str:
        self._given += 1
        return self.addresses[self._given % len(self.addresses)]


def whole(text: str) -> str:
    """A text as a config or an import keeps it: no halves of letters."""
    return text.encode(errors="replace").decode()


def hostile_story(given: Round) -> Story:
    story = samples.story(title=given.text(), text=given.text(), url=given.address(), evidence=None)
    lead = story.lead
    mention = replace(lead.mention, author=given.text(), source=given.text()[:50])
    hit = replace(lead.hits[0], sentiment=replace(lead.hits[0].sentiment, evidence=(0, len(mention.body))))
    lead = replace(lead, hits=(hit,), mention=mention)
    return replace(story, lead=lead, sources=(given.text()[:50], given.text()[:50]))


def hostile_mention(given: Round, slug: str, label: Label) -> StoredMention:
    """One that may be quoted: the middle third of its text decided."""
    text, author = given.text(), given.text()
    third = len(text) // 3
    made = samples.said(next(NUMBERS), text, text[third : 2 * third + 1], label, slug, author, given.address())
    return replace(made, mention=replace(made.mention, source=given.text()[:50]))


def hostile_report(given: Round) -> CampaignReport:
    names = {"platform": whole(given.text())[:100], "campaign": whole(given.text())[:100], "why": whole(given.text())}
    goal = campaign_samples.BEHIND.goal.model_copy(update=names)
    return replace(
        campaign_samples.REPORT,
        platforms=(
            replace(campaign_samples.META, platform=whole(given.text())[:100]),
            *campaign_samples.REPORT.platforms[1:],
        ),
        goals=(replace(campaign_samples.BEHIND, goal=goal),),
        left_out=(replace(campaign_samples.LEFT_OUT, platform=whole(given.text())[:100]),),
    )


def hostile_digest(given: Round) -> Digest:
    brands = tuple(Brand.model_construct(**{**brand.__dict__, "name": given.text()}) for brand in samples.BRANDS)
    gaps = tuple(Gap(given.text(), samples.HOLE.span, given.text()) for _ in range(3))
    seen = samples.snapshot(heard=Coverage(samples.WEEK, 5, 0.9, gaps), campaigns=hostile_report(given))
    stories = {brand.slug: [hostile_story(given) for _ in range(3)] for brand in brands}
    quotable = {brand.slug: [hostile_mention(given, brand.slug, each) for each in MOODS] for brand in brands}
    return samples.digest(seen, stories, brands, problems=[given.text() for _ in range(5)], quotable=quotable)


def hostile_alert(given: Round, number: int) -> Alert:
    made = alert(f"keyword_hit:acme/{given.text()[:200]}", severity=list(Severity)[number % len(Severity)])
    return replace(
        made, title=given.text(), body=given.text(), evidence={"url": given.address(), "quote": given.text()}
    )


def slack_messages(given: Round, digest: Digest) -> Iterator[Mapping[str, Any]]:
    """All that may be posted: a digest, alerts and their end, answers, notices."""
    yield from slack_blocks.render(digest)
    yield from slack_blocks.render(digest, buttons=True)
    alerts = tuple(hostile_alert(given, number) for number in range(5))
    cases = tuple(Case(each, why, NOON - HOUR, 1) for each, why in zip(alerts, (*Why, *Why), strict=False))
    yield alert_messages.render(AlertMessage("alert:x:1", cases, 2, (PERSON,)), "slack", PARIS, buttons=True)
    over = OverMessage("alert:x:over", alerts, "alert:x:1", NOON, NOON - 3 * HOUR, NOON - HOUR)
    yield alert_messages.render(over, "slack", PARIS)
    yield from answers(given)
    yield notice(f"Import refused: {given.text()}", "slack")


def answers(given: Round) -> Iterator[Mapping[str, Any]]:
    """What is answered to a question with a hostile name behind it, or why it cannot be."""
    typed = {"command": COMMAND, "user_id": "U0HUMAN", "user_name": given.text(), "channel_id": "C0123456789"}
    asked = interaction("slash_commands", typed | {"channel_name": given.text(), "trigger_id": "1.2", "text": "sov"})
    assert asked is not None
    try:
        found = question(f"mentions {given.text()}")
    except QuestionError as problem:
        yield private(str(problem))
        return
    yield from lines_answer(asked.by, found, [given.text() for _ in range(9)], given.text())
    items = [Item(given.text(), given.text(), given.address()) for _ in range(6)]
    yield from mentions_answer(asked.by, found, items, 9, given.text())


def console_texts(given: Round, digest: Digest) -> Iterator[str]:
    """All that may be printed."""
    yield terminal.render(digest, 80)
    yield terminal.render(digest, 80, colour=True)
    yield terminal.render(digest, 40)
    alerts = tuple(hostile_alert(given, number) for number in range(5))
    cases = tuple(Case(each, Why.NEW, NOON - HOUR, 0) for each in alerts)
    yield str(alert_messages.render(AlertMessage("alert:x:1", cases, 0, (PERSON,)), "console", PARIS)["text"])
    over = OverMessage("alert:x:over", alerts, "alert:x:1", NOON, NOON - 3 * HOUR, NOON - HOUR)
    yield str(alert_messages.render(over, "console", PARIS)["text"])
    yield str(notice(f"Import refused: {given.text()}", "console")["text"])
    yield digest_json.render(digest)


def look_at_message(found: Survey, given: Round, message: Mapping[str, Any]) -> None:
    found.messages += 1
    for special in specials_of_message(message):
        if special.kind == "link":
            found.links += 1
        if special.kind == "user" and special.target == PERSON:
            continue
        if special.kind != "link" or special.target not in given.linked or not HOST.fullmatch(special.target):
            found.complain("slack", special)
        elif special.misleading:
            found.complain("slack: a label that names another host", (special.label, special.target))
    if wrong := violations(message["blocks"]):
        found.complain("slack refuses", wrong)
    if too_long(message["blocks"]):
        found.complain("slack refuses: too long", message["text"])
    if '"type": "mrkdwn"' in json.dumps(message["blocks"]):
        found.complain("slack: mrkdwn", message["blocks"])
    look_at_text(found, "slack", json.dumps(message["blocks"], ensure_ascii=False) + str(message["text"]))


def look_at_text(found: Survey, where: str, text: str) -> None:
    bad = {each for each in text if unicodedata.category(each) in STEERING and each not in "\n" + JOINERS}
    if bad:
        found.complain(f"{where}: characters", sorted(bad))


def look_at_console(found: Survey, given: Round, text: str) -> None:
    found.messages += 1
    for target in LINK.findall(text):
        if target != ("", "") and (target[0] or target[1] not in given.linked):
            found.complain("terminal: link", target)
    look_at_text(found, "terminal", LINK.sub("", COLOUR.sub("", text)))


def look_at_page(found: Survey, given: Round, page: str) -> None:
    found.pages += 1
    tree = lxml_html.document_fromstring(page)
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag not in ELEMENTS or not set(element.attrib) <= ATTRIBUTES:
            found.complain("page: element", (element.tag, dict(element.attrib)))
        if "style" in element.attrib and not LENGTHS.fullmatch(element.attrib["style"]):
            found.complain("page: style", element.attrib["style"])
        if "href" in element.attrib:
            found.links += 1
            if element.tag != "a" or element.attrib["href"] not in given.linked:
                found.complain("page: link", element.attrib["href"])
    if len(tree.findall(".//style")) != 1 or "url(" in page.split("</style>", maxsplit=1)[0]:
        found.complain("page: styles", len(tree.findall(".//style")))
    look_at_text(found, "page", page)


def rounds(number: int, seed: int = 1) -> Iterator[Round]:
    """Give the rounds in which that many texts are used."""
    texts, addresses = hostile_texts(seed), hostile_addresses(seed)
    for _ in range(-(-number // TEXTS)):
        yield Round(list(islice(texts, TEXTS)), list(islice(addresses, 20)))


def survey(number: int, seed: int = 1) -> Survey:
    """Put that many texts through everything, and count."""
    found = Survey()
    for given in rounds(number, seed):
        found.texts += len(given.texts)
        digest = hostile_digest(given)
        for message in slack_messages(given, digest):
            look_at_message(found, given, message)
        for text in console_texts(given, digest):
            look_at_console(found, given, text)
        look_at_page(found, given, html.render(digest))
        if len(json.loads(digest_json.render(digest))["brands"]) != len(samples.BRANDS):
            found.complain("json", digest.title)
    return found


def main() -> None:
    """Print what was found. Ends with 1 when anything is not ours."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found = survey(options.texts, options.seed)
    sys.stdout.writelines(f"{line}\n" for line in found.foreign[:20])
    sys.stdout.write(
        f"{found.texts:,} hostile texts in {found.messages:,} messages and {found.pages:,} pages with {found.links:,} "
        f"links of ours: {len(found.foreign):,} mentions, links or marks are not ours\n"
    )
    sys.exit(bool(found.foreign))


if __name__ == "__main__":
    main()
