from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from config.settings import Brand
from notifier.digest.contents import Digest
from notifier.renderers import digest_json, html, slack_blocks, terminal
from overheard.emulator.block_kit.blocks import violations
from overheard.emulator.block_kit.sizes import too_long
from overheard.emulator.mrkdwn import Special, specials_of_message
from scoring.campaign_report import CampaignReport
from storage.records import Coverage, Gap, Story
from tests.notifier import campaign_samples, samples
from tests.notifier.hostile import HOSTILE, HOSTILE_URLS
from tests.notifier.survey import ATTRIBUTES, ELEMENTS
from tests.notifier.words import links_of

CONTROLS = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
OWN_SEQUENCE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b\x07]*\x1b\\")


def hostile_story(text: str, url: str | None) -> Story:
    story = samples.story(title=text, text=text, url=url, evidence=None)
    lead = story.lead
    whole = (0, len(lead.mention.body))
    hit = replace(lead.hits[0], sentiment=replace(lead.hits[0].sentiment, evidence=whole))
    return replace(story, lead=replace(lead, hits=(hit,), mention=replace(lead.mention, source=lead.mention.source)))


def hostile_report(text: str) -> CampaignReport:
    """Campaign results whose every name is the hostile one, as an import and a config keep it: no halves of letters."""
    whole = text.encode(errors="replace").decode()
    name = whole[:100]
    goal = campaign_samples.BEHIND.goal.model_copy(update={"platform": name, "campaign": name, "why": whole})
    return replace(
        campaign_samples.REPORT,
        platforms=(replace(campaign_samples.META, platform=name), *campaign_samples.REPORT.platforms[1:]),
        goals=(replace(campaign_samples.BEHIND, goal=goal),),
        left_out=(replace(campaign_samples.LEFT_OUT, platform=name),),
        refused=(f"{name}: no rate",),
    )


def hostile_digest(text: str, url: str | None = "https://example.org/x") -> Digest:
    """A digest in which every text from outside, and every name, is the hostile one."""
    brands = tuple(Brand.model_construct(**{**brand.__dict__, "name": text}) for brand in samples.BRANDS)
    gaps = (Gap(text, samples.HOLE.span, text),)
    seen = samples.snapshot(heard=Coverage(samples.WEEK, 5, 0.9, gaps), campaigns=hostile_report(text))
    stories = {brand.slug: [hostile_story(text, url)] * 3 for brand in brands}
    return samples.digest(seen, stories, brands, problems=[text] * 5)


CASES = [(text, "https://example.org/x") for text in HOSTILE.values()] + [("x", url) for url in HOSTILE_URLS.values()]
EACH = pytest.mark.parametrize(("text", "url"), CASES, ids=[*HOSTILE, *(f"url {name}" for name in HOSTILE_URLS)])


def check_page(page: str) -> None:
    tree = lxml_html.document_fromstring(page)
    for element in tree.iter():
        assert element.tag in ELEMENTS, element.tag
        assert set(element.attrib) <= ATTRIBUTES, element.attrib
        if element.tag != "a":
            assert "href" not in element.attrib
        if "style" in element.attrib:
            assert re.fullmatch(r"((left|width):[0-9.]+%;?)+", element.attrib["style"])
    assert all(re.match(r"https?://[a-z0-9.\[]", link.get("href")) for link in tree.iter("a"))
    assert len(tree.findall(".//style")) == 1
    assert "url(" not in page.split("</style>", maxsplit=1)[0]
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';")


def check_messages(digest: Digest) -> None:
    ours = {Special("link", url) for url in links_of(digest)}
    for message in slack_blocks.render(digest):
        assert violations(message["blocks"]) == []
        assert not too_long(message["blocks"])
        assert set(specials_of_message(message)) <= ours
        assert "mrkdwn" not in json.dumps(message["blocks"])
        assert message["text"]


def check_terminal(digest: Digest, width: int, colour: bool) -> None:
    text = terminal.render(digest, width, colour=colour)
    plain = OWN_SEQUENCE.sub("", text) if colour else text
    bad = {each for each in plain if unicodedata.category(each) in CONTROLS and each not in "\n\u200c\u200d"}
    assert bad == set()


@EACH
def test_page_holds_no_foreign_markup(text: str, url: str) -> None:
    check_page(html.render(hostile_digest(text, url)))


@EACH
def test_slack_messages_mention_nobody_and_link_only_to_stories(text: str, url: str) -> None:
    check_messages(hostile_digest(text, url))


@EACH
@pytest.mark.parametrize("colour", [False, True], ids=["plain", "colour"])
def test_terminal_gets_no_control_characters_from_outside(text: str, url: str, colour: bool) -> None:
    check_terminal(hostile_digest(text, url), 80, colour)


@EACH
def test_json_holds_the_texts_and_nothing_breaks(text: str, url: str) -> None:
    loaded = json.loads(digest_json.render(hostile_digest(text, url)))

    assert len(loaded["brands"]) == 3
    digest_json.render(hostile_digest(text, url)).encode()


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_passes_through_every_renderer_as_text(text: str, rest: str) -> None:
    made = hostile_digest(text, "https://example.org/" + rest)

    check_page(html.render(made))
    check_messages(made)
    check_terminal(made, 80, colour=True)


def test_template_marks_are_shown_as_they_are() -> None:
    assert "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7}" in html.render(hostile_digest(HOSTILE["template"]))


def test_entities_are_escaped_once() -> None:
    page = html.render(hostile_digest("&lt;b&gt; & <i>"))

    assert "&amp;lt;b&amp;gt; &amp; &lt;i&gt;" in page
    assert "&amp;amp;" not in page


def test_fallback_text_of_slack_is_escaped_once() -> None:
    first = slack_blocks.render(hostile_digest("<!channel> & co"))[0]

    assert "&lt;!channel&gt; &amp; co had" in str(first["text"])
