"""What the pictures of a digest are called, what is said of them, and when there are any."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest

from config.settings import Settings, Slack
from config.values import Secret
from notifier.charts.drawing import can_draw
from notifier.charts.theme import DARK, LIGHT
from notifier.letters import deliveries, pictures_in, without_data
from notifier.renderers.slack_blocks import render
from notifier.slack.pictures import messages_of, pictures_on
from storage.records import Act
from tests.notifier import samples

KEY = "digest:week:2013-08-12:Europe/Paris"
BOT = Slack(token=Secret("env:T"), channel="C1", pictures=True)


def settings(**changes: object) -> Settings:
    return Settings(brands=(), slack=BOT.model_copy(update=changes))


def texts(message: Any) -> list[str]:
    return [block["elements"][0]["text"] for block in message["blocks"] if block["type"] == "context"]


def test_the_first_message_refers_to_the_pictures_and_the_second_brings_them() -> None:
    digest = samples.digest()
    messages = messages_of(settings(), digest, KEY)
    plain = render(digest)
    titles = [
        "Share of voice, week of Monday 5 to Sunday 11 August 2013",
        "Mentions and net sentiment, 15 July to 11 August 2013",
        "Goals, week of Monday 5 to Sunday 11 August 2013",
    ]

    assert f"3 pictures in the thread: {'; '.join(titles)}" in texts(messages[0])
    assert [messages[0]["text"], *messages[2:]] == [plain[0]["text"], *plain[1:]]
    brought: Any = messages[1]
    assert (brought["text"], brought["blocks"], brought["thread"]) == (f"{digest.title}: 3 pictures", [], True)
    assert [picture["title"] for picture in brought["pictures"]] == titles
    assert all(picture["alt"] for picture in brought["pictures"])


def test_names_of_files_carry_a_fingerprint_of_the_delivery_that_brings_them() -> None:
    messages = messages_of(settings(), samples.digest(), KEY)
    row = deliveries(messages, KEY, "slack", datetime(2013, 8, 12, tzinfo=UTC))[1]
    mark = sha256(f"{KEY}#2".encode()).hexdigest()[:8]

    assert (row.key, row.act, row.parent) == (f"{KEY}#2", Act.PICTURES, f"{KEY}#1")
    assert [picture["name"] for picture in pictures_in(row.payload)] == [
        f"share-of-voice-{mark}.png", f"over-time-{mark}.png", f"goals-{mark}.png",
    ]  # fmt: skip


def test_the_theme_is_that_of_the_config() -> None:
    pages = {
        theme: {picture["spec"]["background"] for picture in pictures_in(messages[1])}
        for theme in ("light", "dark")
        for messages in [messages_of(settings(pictures_theme=theme), samples.digest(), KEY)]
    }

    assert pages == {"light": {LIGHT.page}, "dark": {DARK.page}}


@pytest.mark.parametrize(
    ("slack", "expected"),
    [
        (BOT, True),
        (BOT.model_copy(update={"pictures": None}), can_draw()),
        (BOT.model_copy(update={"pictures": False}), False),
        (Slack(webhook=Secret("env:W")), False),
        (None, False),
    ],
    ids=["asked for", "left out", "declined", "webhook", "terminal"],
)
def test_a_bot_brings_pictures_unless_they_are_declined(slack: Slack | None, expected: bool) -> None:
    found = Settings(brands=(), slack=slack)

    assert pictures_on(found) is expected
    assert any("pictures" in message for message in messages_of(found, samples.digest(), KEY)) is expected


def test_without_pictures_the_messages_are_as_ever() -> None:
    assert messages_of(settings(pictures=False), samples.digest(), KEY) == render(samples.digest())


def test_what_is_shown_of_pictures_is_without_their_data() -> None:
    brought = messages_of(settings(), samples.digest(), KEY)[1]
    shown = without_data(brought)

    assert "spec" not in json.dumps(shown)
    assert [set(picture) for picture in pictures_in(shown)] == [{"name", "title", "alt"}] * 3
    assert without_data({"text": "x", "blocks": []}) == {"text": "x", "blocks": []}


def test_the_data_of_pictures_are_no_burden() -> None:
    assert len(json.dumps(messages_of(settings(), samples.digest(), KEY)[1])) < 200_000
