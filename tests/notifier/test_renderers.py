"""What the four forms of a digest have in common, and what each promises."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from config.settings import Brand
from notifier.digest.contents import Digest
from notifier.renderers import digest_json, slack_blocks, terminal
from overheard.emulator.block_kit.blocks import violations
from overheard.emulator.block_kit.sizes import too_long
from overheard.emulator.mrkdwn import Special, specials, specials_of_message
from tests.notifier import samples
from tests.notifier.words import WORDS, words_of_slack

FACTS = [
    "Acme had 39.3 % of the voice",
    "up 8.9 points",
    "Week of Monday 5 to Sunday 11 August 2013",
    "39.3 %",
    "+8.9 points",
    "36.4 to 42.3 %",
    "412",
    "+112",
    "+26 %",
    "+5 points",
    "from 71 % of 412",
    "309",
    "206",
    "12,345",
    "98,765",
    "Acme: mentions up from 300 to 412",
    "Globex: share of voice down from 65.8 % to 59.2 %, net sentiment down from +31 % to +17 %",
    "biggest story: \u201cGlobex buys a rival\u201d (12 mentions, 2 sources)",
    "Acme opens its export to everybody",
    "example.org, engagement 1,234, 12 mentions in 2 sources",
    "The new Acme export is wonderful",
    "negative",
    "sentiment unknown",
    "Heard 98 % of the week",
    "deaf: reddit:r/SaaS 3 h (rate_limited)",
    "HTTP 503",
    "1,048 mentions of these brands from 5 source queries",
    "share of voice = the brand's mentions / mentions of all tracked brands",
    "overheard why sov.acme.20130805-20130812",
    "Campaigns, in EUR",
    "meta_ads",
    "1,200.00 EUR",
    "-70.0 points",
    "Leads: 150 of 500 by 30 September 2013",
    "pace 0.66 (behind); forecast 331, 95 % range 290 to 370",
    "(missing new_customers), to be 40.00 EUR",
    "n/a: Customer acquisition cost of google_ads (missing new_customers: an export with this column).",
    "ROI of ad spend = (revenue - spend) / spend x 100",
    "overheard why kpi.spend.all.20130805-20130812",
    "Europe/Paris",
    "Mentions a day, 15 July to 11 August 2013",
    "\u2584\u2584\u2584\u2584\u2585\u00b7\u00b7\u2585\u2585\u2585\u2586\u2586",
    "most 45, on 10 August",
    "less than half was heard: 2 days",
]


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_every_form_tells_every_fact(words: Callable[[Digest], str], fact: str) -> None:
    assert fact in words(samples.digest())


@pytest.mark.parametrize("width", [60, 75, 80, 100, 120, 200])
def test_terminal_keeps_to_its_width(width: int) -> None:
    lines = terminal.render(samples.digest(), width).splitlines()

    assert max(len(line) for line in lines) <= width


def test_address_is_never_broken() -> None:
    text = terminal.render(crowd(1, 1, "short"), 80)

    assert f"   https://example.org/{'a' * 1900}\n" in text


def test_terminal_without_colour_holds_no_escape() -> None:
    assert "\x1b" not in terminal.render(samples.digest(), 80)


def test_terminal_in_colour_links_the_titles() -> None:
    text = terminal.render(samples.digest(), 80, colour=True)

    assert ";https://www.example.org/posts/1?a=1&b=2\x1b\\" in text


@pytest.mark.parametrize(
    ("share", "filled"), [(1.0, "\u2588" * 14), (0.5, "\u2588" * 7), (0.0, ""), (0.004, "\u258f"), (0.01, "\u258f")]
)
def test_bar_is_as_long_as_the_share(share: float, filled: str) -> None:
    line = replace(samples.digest().brands[0], share=share)
    made = replace(samples.digest(), brands=(line, samples.digest().brands[1]))

    bar = next(each for each in terminal.render(made, 80).splitlines() if each.startswith("Acme  ")).split()[1]

    assert bar == filled + "\u00b7" * (14 - len(filled))


def test_first_slack_message_is_short_and_details_go_into_the_thread() -> None:
    messages = slack_blocks.render(samples.digest())

    assert [message["thread"] for message in messages] == [False, True, True]
    assert len(words_of_slack(samples.digest())) > 2 * len(json.dumps(messages[0]["text"]))


@pytest.mark.parametrize(
    "fact",
    [
        samples.digest().headline,
        *(line.name for line in samples.digest().brands),
        "39.3 % (+8.9 points), 412 mentions (+112), net sentiment +26 % (+5 points)",
        "Acme: mentions up from 300 to 412",
        "https://www.example.org/posts/1?a=1&b=2",
        "Heard ",
        "all platforms",
        "Revenue 4,000.00 EUR * (-2 %)",
        "Leads: 150 of 500",
        "5 remarks on what is missing in the thread",
    ],
)
def test_first_slack_message_stands_alone(fact: str) -> None:
    first = json.dumps(slack_blocks.render(samples.digest())[0], ensure_ascii=False)

    assert fact in first


def test_links_of_slack_are_stories_and_quotes_and_nothing_else() -> None:
    found = {each for message in slack_blocks.render(samples.digest()) for each in specials_of_message(message)}

    assert found == {
        Special("link", "https://www.example.org/posts/1?a=1&b=2"),
        Special("link", "https://news.example.com/item?id=5"),
        Special("link", "https://xn--bcher-kva.example/x"),
        Special("link", "https://forum.example.org/t/9", "forum.example.org"),
        Special("link", "https://shop.example.com/r/2", "shop.example.com"),
    }


def crowd(brands: int, stories: int, title: str) -> Digest:
    names = tuple(
        Brand(name=f"Brand {place} {'n' * 30}", slug=f"b{place}", role="competitor") for place in range(brands)
    )
    counts = [samples.count(brand.slug, 5, 5, 5, engagement=10**9) for brand in names]
    told = samples.story(title=title, text=title, url="https://example.org/" + "a" * 1900, evidence=title[:200])
    return samples.digest(
        samples.snapshot(samples.voices(*counts, brands=names), ()),
        {brand.slug: [replace(told, lead=told.lead)] * stories for brand in names},
        names,
        problems=["p" * 400] * 40,
    )


@pytest.mark.parametrize("brands", [1, 16, 60])
@pytest.mark.parametrize("stories", [0, 3, 10])
@pytest.mark.parametrize(
    "title", ["short", "\U0001f600" * 300, "\u4f60\u597d" * 200], ids=["ascii", "emoji", "chinese"]
)
def test_messages_stay_within_the_limits_however_much_there_is(brands: int, stories: int, title: str) -> None:
    messages = slack_blocks.render(crowd(brands, stories, title))

    for message in messages:
        blocks = message["blocks"]
        assert isinstance(blocks, list)
        assert violations(blocks) == []
        assert not too_long(blocks)
        assert len(blocks) <= 48
        assert len(json.dumps(blocks)) <= 13_000
        assert 0 < len(str(message["text"])) <= 4_000
    assert messages[0]["thread"] is False
    assert all(message["thread"] for message in messages[1:])


def test_nothing_is_left_out_of_a_crowd() -> None:
    words = words_of_slack(crowd(60, 1, "short"))

    assert all(f"sov.b{place}.2013" in words for place in range(60))
    assert words.count("Problem: ") == 40
    assert "and 52 more brands in the thread" in words
    assert "and 37 more problems in the thread" in words


def test_json_keeps_its_shape() -> None:
    loaded = json.loads(digest_json.render(samples.digest()))

    assert loaded["window"] == {"start": "2013-08-04T22:00:00+00:00", "end": "2013-08-11T22:00:00+00:00"}
    acme = loaded["brands"][0]
    assert (acme["brand"], acme["role"], acme["mentions"]) == ("acme", "own", 412)
    assert acme["share"] == pytest.approx(412 / 1048)
    assert acme["ids"]["share"] == "sov.acme.20130805-20130812"
    assert loaded["coverage"]["deaf"] == [{"key": "reddit:r/SaaS", "seconds": 10800.0, "reason": "rate_limited"}]
    assert loaded["stories"][0]["stories"][0]["sentiment"] == "positive"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<@U1> <!here> <!subteam^S1|x>", [("user", "U1"), ("command", "here"), ("group", "S1")]),
        ("<https://a.example|b> <#C1|c>", [("link", "https://a.example"), ("channel", "C1")]),
        ("see https://a.example now", [("link", "https://a.example")]),
        ("&lt;@U1&gt; @here", []),
    ],
)
def test_reader_of_mrkdwn_sees_what_slack_would_do(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.kind, each.target) for each in specials(text)] == expected


@pytest.mark.parametrize("width", [40, 60, 75])
def test_narrow_terminal_is_told_every_brand_with_its_numbers(width: int) -> None:
    told = " ".join(terminal.render(samples.digest(), width).split())
    for line in samples.digest().brands:
        assert line.name in told
        assert line.mentions is not None
        assert f"mentions: {line.mentions:,}" in told
