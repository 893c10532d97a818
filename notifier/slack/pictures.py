"""The pictures of a digest as one message of files in its thread: what it says, and which files it brings.

A delivery of pictures holds their data; they are drawn when they are sent, and once that is done the data go. Each
file's name carries a fingerprint of the delivery's key, by which the message is known again when an answer was lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from config.settings import Settings
from notifier.blocks import Message, plain
from notifier.charts.drawing import can_draw
from notifier.charts.picture import Picture
from notifier.charts.pictures import pictures
from notifier.charts.theme import DARK, LIGHT
from notifier.digest.contents import Digest
from notifier.renderers.slack_blocks import render
from storage.records import Json

_PLACE = 2  # of the pictures among the messages of a digest: the first of the thread
_ALT = 1_000  # characters


def pictures_on(settings: Settings) -> bool:
    """Tell whether digests bring pictures: a bot posts them, the library that draws is there, and nobody declined."""
    slack = settings.slack
    return slack is not None and slack.token is not None and slack.pictures is not False and can_draw()


def messages_of(settings: Settings, digest: Digest, key: str) -> list[Message]:
    """Give the messages of a digest for Slack in posting order; `key` is that of its period."""
    slack = settings.slack
    theme = DARK if slack is not None and slack.pictures_theme == "dark" else LIGHT
    drawn = pictures(digest, theme) if pictures_on(settings) else []
    buttons = slack is not None and slack.hears
    first, *rest = render(digest, in_thread(digest, drawn) if drawn else "", buttons=buttons)
    return [first, *([_message(digest, drawn, f"{key}#{_PLACE}")] if drawn else []), *rest]


def in_thread(digest: Digest, drawn: Sequence[Picture]) -> str:
    """Give the line by which the first message refers to them."""
    titles = "; ".join(each.title for each in drawn)
    return digest.speech.say("{pictures} in the thread: {titles}", pictures=_counted(digest, drawn), titles=titles)


def _message(digest: Digest, drawn: Sequence[Picture], key: str) -> Message:
    mark = sha256(key.encode()).hexdigest()[:8]
    shown: list[Json] = [
        {"name": f"{each.name}-{mark}.png", "title": each.title, "alt": each.alt[:_ALT], "spec": each.spec}
        for each in drawn
    ]
    comment = plain(f"{digest.title}: {_counted(digest, drawn)}")
    return {"text": comment, "blocks": [], "thread": True, "pictures": shown}


def _counted(digest: Digest, drawn: Sequence[Picture]) -> str:
    return digest.speech.plural("{number} picture", "{number} pictures", len(drawn))
