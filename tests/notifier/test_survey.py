"""Thousands of hostile texts, made by chance, through every renderer and channel: nothing in what comes out is theirs.

OVERHEARD_HOSTILE_TEXTS=20000 says how many; some twenty texts take a tenth of a second.
"""

from __future__ import annotations

import io
import json
import os
from itertools import islice
from pathlib import Path

import pytest
from lxml import html as lxml_html

from docs.browser import Browser
from notifier.charts.inline import inline
from notifier.console import ConsoleChannel
from notifier.outside import labelled
from notifier.renderers import html, slack_blocks
from notifier.slack.channel import SlackChannel
from notifier.slack.webhook import WebhookChannel
from overheard.emulator.mrkdwn import specials_of_message
from storage.records import Delivery
from tests.doubles.slack import FakeSlack
from tests.notifier import samples
from tests.notifier.alerting.samples import NOON
from tests.notifier.charts.test_drawing import DESCRIBED, DRAWN
from tests.notifier.hostile_texts import FAMILIES, hostile_addresses, hostile_texts
from tests.notifier.survey import (
    ATTRIBUTES,
    ELEMENTS,
    Round,
    Survey,
    console_texts,
    hostile_digest,
    look_at_console,
    look_at_message,
    look_at_page,
    rounds,
    slack_messages,
    survey,
)
from tests.notifier.words import links_of

TEXTS = int(os.environ.get("OVERHEARD_HOSTILE_TEXTS", "1200"))


def test_no_hostile_text_mentions_links_steers_or_becomes_markup() -> None:
    seen = survey(TEXTS, seed=2)

    assert seen.foreign == []
    assert seen.texts >= TEXTS
    assert seen.links > TEXTS / 10  # else nothing was linked, and nothing proven


def test_texts_are_the_same_for_the_same_seed_and_of_every_family() -> None:
    texts = list(islice(hostile_texts(7), 20 * len(FAMILIES)))

    assert texts == list(islice(hostile_texts(7), 20 * len(FAMILIES)))
    assert texts != list(islice(hostile_texts(8), 20 * len(FAMILIES)))
    assert list(islice(hostile_addresses(7), 50)) == list(islice(hostile_addresses(7), 50))
    assert len(set(texts)) > 15 * len(FAMILIES)


PLAIN = Round(["words"], ["https://example.org/"])


@pytest.mark.parametrize(
    "message",
    [
        {"text": "<!channel>", "blocks": []},
        {"text": "<@U1> x", "blocks": []},
        {"text": "x", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "<https://evil.example|bank>"}}]},
        {"text": "x", "blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
            {"type": "link", "url": "https://evil.example/", "text": "x"}]}]}]},
        {"text": "x", "blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
            {"type": "link", "url": "https://example.org/", "text": "bank.example"}]}]}]},
        {"text": "x", "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "\u202egpj"}}]},
        {"text": "x", "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "w" * 3001}}]},
    ],
    ids=["everybody", "user", "masked", "foreign link", "posing link", "bidi", "too long"],
)  # fmt: skip
def test_survey_finds_what_is_planted_in_a_message(message: dict[str, object]) -> None:
    seen = Survey()
    look_at_message(seen, PLAIN, message)

    assert len(seen.foreign) >= 1


@pytest.mark.parametrize(
    "planted",
    [
        "<script>1</script>",
        "<p onclick=x>",
        "<p style='color:red'>",
        "<a href='https://evil.example/'>x</a>",
        "<style></style>",
        "\u202e",
        "<svg></svg>",
        "<p id=x>",
        "<!-- x -->",
    ],
)
def test_survey_finds_what_is_planted_in_the_page(planted: str) -> None:
    page, seen = html.render(samples.digest()).replace("</main>", planted + "</main>"), Survey()
    own = Round(["x"], links_of(samples.digest()))
    look_at_page(seen, own, page)

    assert len(seen.foreign) == 1


@pytest.mark.parametrize(
    "planted", ["\x1b[2J", "\x1b]8;;https://evil.example/\x1b\\x", "\x9b31m", "\r", "\u2066", "\x1b]0;x\x07"]
)
def test_survey_finds_what_is_planted_in_a_terminal(planted: str) -> None:
    seen = Survey()
    look_at_console(seen, PLAIN, f"words {planted} words")

    assert len(seen.foreign) == 1


@pytest.mark.parametrize(
    ("text", "url", "expected"),
    [
        ("Acme wins", "https://example.org/1", "Acme wins"),
        ("example.org: Acme wins", "https://www.example.org/1", "example.org: Acme wins"),
        ("https://example.org/2", "https://example.org/1", "https://example.org/2"),
        ("https://bank.example/login", "https://evil.example/1", "evil.example: https://bank.example/login"),
        ("bank.example", "https://evil.example/1", "evil.example: bank.example"),
        ("now at WWW.bank.example!", "https://evil.example/1", "evil.example: now at WWW.bank.example!"),
        (
            "https://bank.example@evil.example",
            "https://evil.example/",
            "evil.example: https://bank.example@evil.example",
        ),
        ("Moving from ASP.NET to Node.js", "https://example.org/1", "Moving from ASP.NET to Node.js"),
        ("https://bank.example", None, "https://bank.example"),
    ],
)
def test_link_whose_words_are_another_address_is_led_by_its_own(text: str, url: str | None, expected: str) -> None:
    assert labelled(text, url) == expected


def test_posing_title_is_led_by_its_host_in_slack_and_on_the_page() -> None:
    story = samples.story(title="https://bank.example/login", url="https://evil.example/x", evidence=None)
    digest = samples.digest(stories={"acme": [story]})
    links = [each for message in slack_blocks.render(digest) for each in specials_of_message(message)]

    posing = [each for each in links if each.target == "https://evil.example/x"]
    assert {each.label for each in posing} == {"evil.example: https://bank.example/login"}
    assert not any(each.misleading for each in links)
    assert ">evil.example: https://bank.example/login</a>" in html.render(digest)


def test_what_channels_hand_over_mentions_nobody_and_steers_nothing() -> None:
    seen, stream = Survey(), io.StringIO()
    with FakeSlack() as slack:
        channels = (SlackChannel(slack.token, slack.channel, slack.base_url), WebhookChannel(slack.webhook_url))
        for number, given in enumerate(rounds(180, seed=3)):
            digest, taken = hostile_digest(given), len(slack.messages)
            for place, message in enumerate(slack_messages(given, digest)):
                delivery = Delivery(key=f"{number}.{place}", channel="x", payload=dict(message), created_at=NOON)
                channels[place % 2].send(delivery, None)
            for posted in slack.messages[taken:]:
                look_at_message(seen, given, {"blocks": [], **posted})
            for text in console_texts(given, digest):
                ConsoleChannel(stream).send(
                    Delivery(key="x", channel="console", payload={"text": text}, created_at=NOON), None
                )
            look_at_console(seen, given, stream.getvalue())
            stream.seek(0)
            stream.truncate()

    assert seen.foreign == []
    assert seen.messages > 30


def test_pictures_of_hostile_names_hold_shapes_and_text_alone() -> None:
    for given in rounds(300, seed=4):
        digest = hostile_digest(given)
        page = lxml_html.document_fromstring(html.render(digest, inline(digest)))
        elements = [each for drawn in page.iter("svg") for each in drawn.iter()]

        assert len(elements) > 50
        assert {each.tag for each in elements} <= DRAWN
        assert {name.lower() for each in elements for name in each.attrib} <= DESCRIBED


def test_a_real_browser_reads_the_pages_as_we_do(browser: Browser, tmp_path: Path) -> None:
    asked = (
        "JSON.stringify([[...new Set([...document.querySelectorAll('*')].map(e => e.localName))],"
        "[...new Set([...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()))],"
        "[...document.links].map(e => e.getAttribute('href')), document.scripts.length])"
    )
    for number, given in enumerate(rounds(600, seed=5)):
        file = tmp_path / f"{number}.html"
        file.write_text(html.render(hostile_digest(given)), encoding="utf-8")
        shown = browser.open(file, 390)
        elements, attributes, links, scripts = json.loads(shown.measure(asked))

        assert set(elements) <= ELEMENTS
        assert set(attributes) <= ATTRIBUTES
        assert set(links) <= given.linked
        assert scripts == 0
        assert shown.requests() == [file.as_uri()]
        assert shown.measure("document.documentElement.scrollWidth") == 390
        shown.close()
