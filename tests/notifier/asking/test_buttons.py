"""Buttons: what a press of one means, and that Slack takes them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notifier.asking.buttons import (
    Acknowledge,
    AlertName,
    Relevance,
    Snooze,
    Tone,
    Wish,
    alert_buttons,
    fingerprint,
    marked,
    place_of,
    story_buttons,
    wish,
)
from notifier.blocks import Block, context
from notifier.languages.speech import Speech
from overheard.emulator.block_kit.blocks import violations
from storage.alert_records import Alert, Severity
from storage.records import Label, Span
from tests.overheard.interactions.hearing import text_of
from tests.storage.made import at

HOSTILE = Alert("keyword_hit", "acme/<!channel> \u202e" * 50, "acme", Severity.INFO, "t", "b", Span(at(0), at(1)))
NAME = AlertName("keyword_hit", fingerprint(HOSTILE), at(2))


def pressed(block: Block) -> list[Wish | None]:
    """What each press and each choice of a block means."""
    elements = block["elements"]
    assert isinstance(elements, list)
    found = []
    for element in elements:
        assert isinstance(element, dict)
        for option in element.get("options") or [element]:  # type: ignore[union-attr]  # of our own making
            assert isinstance(option, dict)
            found.append(wish(str(element["action_id"]), str(option.get("value", ""))))
    return found


def test_each_button_of_a_story_means_what_it_says() -> None:
    block = story_buttons(3, 17, "acme", "https://example.org/1")
    assert violations([block]) == []
    assert pressed(block) == [
        Relevance(17, "acme", relevant=True),
        Relevance(17, "acme", relevant=False),
        Tone(17, "acme", Label.POSITIVE),
        Tone(17, "acme", Label.NEUTRAL),
        Tone(17, "acme", Label.NEGATIVE),
        Tone(17, "acme", None),
        None,  # it opens the page, and asks us for nothing
    ]


def test_buttons_of_a_digest_speak_its_language_and_a_press_remembers_it() -> None:
    block = story_buttons(3, 17, "acme", "https://example.org/1", Speech("ro"))

    assert violations([block]) == []
    assert {"Relevant", "Nerelevant", "Sentiment greșit", "Pozitiv", "Deschide"} <= set(texts_of(block))
    assert pressed(block)[1] == Relevance(17, "acme", relevant=False, speech=Speech("ro"))
    assert pressed(block)[2] == Tone(17, "acme", Label.POSITIVE, Speech("ro"))


def texts_of(part: object) -> list[str]:
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [text for value in part.values() for text in texts_of(value)]
    return [text for each in part for text in texts_of(each)] if isinstance(part, list) else []


def test_each_button_of_an_alert_means_what_it_says_and_names_it_without_its_key() -> None:
    block = alert_buttons(1, HOSTILE, at(2), None)
    assert violations([block]) == []
    lengths = [timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)]
    assert pressed(block) == [Acknowledge(NAME), *(Snooze(NAME, length) for length in lengths)]
    assert NAME.means(HOSTILE)
    assert "channel" not in str(block)


def test_the_longest_values_fit_and_a_long_address_is_no_button() -> None:
    longest = story_buttons(50, 2**63 - 1, "a" * 63, "https://example.org/" + "a" * 1900)
    assert violations([longest]) == []
    assert "https" not in str(longest)


@pytest.mark.parametrize(
    ("action", "value"),
    [
        ("open.1", ""), ("", ""), ("relevant", ""), ("relevant.1", "acme 17"), ("relevant.1", "17"),
        ("relevant.1", "0 acme"), ("relevant.1", "9" * 4000 + " acme"), ("relevant.1", "17 acme globex"),
        ("relevant.1", "\u0661\u0667 acme"), ("tone.1", "furious 17 acme"), ("tone.1", "17 acme"),
        ("acknowledge.1", "a b"), ("acknowledge.1", "a b yesterday"), ("acknowledge.1", "a b 2026-07-06T12:00:00"),
        ("snooze-1y.1", f"a b {at(1).isoformat()}"), ("snooze-.1", f"a b {at(1).isoformat()}"),
        ("snooze.1", f"a b {at(1).isoformat()}"),
    ],
)  # fmt: skip
def test_what_is_none_of_ours_asks_for_nothing(action: str, value: str) -> None:
    assert wish(action, value) is None


@pytest.mark.parametrize(
    ("action", "place"),
    [("tone.3", 3), ("tone.", None), ("tone", None), ("tone.x", None), ("tone." + "9" * 500, None)],
)
def test_the_place_is_read_from_the_action(action: str, place: int | None) -> None:
    assert place_of(action) == place


BLOCKS = [context("above"), story_buttons(1, 17, "acme", None), story_buttons(2, 18, "acme", None)]


def test_who_did_what_stands_under_the_buttons_and_later_deeds_take_the_place_of_earlier_ones() -> None:
    once = marked(BLOCKS, "story.1", "relevance", "kim: not about Acme")
    assert once is not None
    other = marked(once, "story.2", "tone", "kim: negative <!channel>\u202e")
    assert other is not None
    again = marked(other, "story.1", "relevance", "lee: about Acme")
    assert again is not None
    assert [text_of(block) for block in again if block["type"] == "context"] == [
        "above", "lee: about Acme", "kim: negative <!channel>",
    ]  # fmt: skip
    assert violations(again) == []


def test_nothing_is_marked_where_there_are_no_buttons_or_no_room() -> None:
    assert marked(BLOCKS, "story.7", "tone", "x") is None
    assert marked([*BLOCKS, *[context("x")] * 46], "story.1", "tone", "x") is not None
    assert marked([*BLOCKS, *[context("x")] * 47], "story.1", "tone", "x") is None
    assert marked([*BLOCKS, *[context("x" * 300)] * 32], "story.1", "tone", "x") is None
