"""The buttons under stories and alerts: what stands in a message, and what a press of one means.

A value holds ids of our own and nothing from outside; an alert's key, which may come from outside, stands there as its
fingerprint.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypeAlias, get_args

from config.values import Language
from notifier.blocks import Block, context, editable
from notifier.languages.speech import ENGLISH, Speech, to_say
from notifier.outside import shown
from storage.alert_records import Alert
from storage.records import Json, Label

SNOOZES = {"1h": timedelta(hours=1), "1d": timedelta(days=1), "1w": timedelta(weeks=1)}
_SNOOZED = {"1h": "Snooze 1 hour", "1d": "1 day", "1w": "1 week"}
_TONES = {"positive": Label.POSITIVE, "neutral": Label.NEUTRAL, "negative": Label.NEGATIVE, "none": None}
_TOLD = {
    "positive": to_say("Positive"),
    "neutral": to_say("Neutral"),
    "negative": to_say("Negative"),
    "none": to_say("None: as the scorer says"),
}
_DIGITS = 2  # of a place
_LINK = 500  # characters
_MARK = 200  # characters
_IDS = range(1, 2**63)


@dataclass(frozen=True, slots=True)
class Relevance:
    """A mention is about a brand, or is not."""

    mention_id: int
    brand: str  # slug
    relevant: bool
    speech: Speech = ENGLISH  # of the message


@dataclass(frozen=True, slots=True)
class Tone:
    """The sentiment of a mention toward a brand. None: that of the scorer."""

    mention_id: int
    brand: str
    label: Label | None
    speech: Speech = ENGLISH


@dataclass(frozen=True, slots=True)
class AlertName:
    """Which alert is meant, and which of its standings."""

    rule: str
    fingerprint: str
    first_at: datetime

    def means(self, alert: Alert) -> bool:
        """Tell whether an alert is the one."""
        return alert.rule == self.rule and fingerprint(alert) == self.fingerprint


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Somebody takes care of an alert."""

    alert: AlertName


@dataclass(frozen=True, slots=True)
class Snooze:
    """Nobody wants to hear of an alert for a while."""

    alert: AlertName
    length: timedelta


Wish: TypeAlias = Relevance | Tone | Acknowledge | Snooze


def story_buttons(place: int, mention_id: int, brand: str, url: str | None, speech: Speech = ENGLISH) -> Block:
    """Give the buttons of a story; `place` tells it apart from the others of its message."""
    value = f"{mention_id} {brand}" + ("" if speech == ENGLISH else f" {speech.language}")
    options: list[Json] = [
        {"text": _plain(speech.say(text)), "value": f"{tone} {value}"} for tone, text in _TOLD.items()
    ]
    tone: Json = {
        "type": "static_select",
        "action_id": f"tone.{place}",
        "placeholder": _plain(speech.say("Sentiment wrong")),
        "options": options,
    }
    elements = [
        _button(f"relevant.{place}", speech.say("Relevant"), value),
        _button(f"irrelevant.{place}", speech.say("Not relevant"), value),
        tone,
        *_open(place, url, speech),
    ]
    return {"type": "actions", "block_id": f"story.{place}", "elements": elements}


def alert_buttons(place: int, alert: Alert, first_at: datetime, url: str | None) -> Block:
    """Give the buttons of an alert, which stands since `first_at`."""
    value = f"{alert.rule} {fingerprint(alert)} {first_at.isoformat()}"
    snoozes = [_button(f"snooze-{length}.{place}", text, value) for length, text in _SNOOZED.items()]
    elements = [_button(f"acknowledge.{place}", "Acknowledge", value), *snoozes, *_open(place, url, ENGLISH)]
    return {"type": "actions", "block_id": f"alert.{place}", "elements": elements}


def wish(action: str, value: str) -> Wish | None:
    """Read a press. None: of something that asks for nothing, as a link, or that is none of ours."""
    verb, _, _ = action.partition(".")
    words = value.split(" ")
    if verb in {"relevant", "irrelevant"} and (named := _mention(words)):
        mention_id, brand, speech = named
        return Relevance(mention_id, brand, relevant=verb == "relevant", speech=speech)
    if verb == "tone" and words[0] in _TONES and (named := _mention(words[1:])):
        mention_id, brand, speech = named
        return Tone(mention_id, brand, _TONES[words[0]], speech)
    if verb == "acknowledge" and (alert := _alert(words)):
        return Acknowledge(alert)
    length = verb.removeprefix("snooze-")
    if length != verb and length in SNOOZES and (alert := _alert(words)):
        return Snooze(alert, SNOOZES[length])
    return None


def place_of(action: str) -> int | None:
    """Give the place of the story or alert whose button it is. None: it names none."""
    _, _, number = action.partition(".")
    return int(number) if number.isascii() and number.isdigit() and len(number) <= _DIGITS else None


def marked(blocks: list[Block], under: str, about: str, text: str) -> list[Block] | None:
    """Give the blocks with a line under the buttons of `under`, in the place of an earlier one about the same.

    None: there are no such buttons, or no room.
    """
    mark: Block = context(shown(text, _MARK)) | {"block_id": f"{under}.{about}"}
    kept = [block for block in blocks if block.get("block_id") != mark["block_id"]]
    at = next((place for place, block in enumerate(kept) if block.get("block_id") == under), None)
    found = kept if at is None else [*kept[: at + 1], mark, *kept[at + 1 :]]
    return found if at is not None and editable(found) else None


def fingerprint(alert: Alert) -> str:
    """Give what stands for an alert's id in a value."""
    return sha256(alert.id.encode(errors="replace")).hexdigest()[:16]


def _mention(words: list[str]) -> tuple[int, str, Speech] | None:
    if len(words) not in {2, 3} or not (words[0].isascii() and words[0].isdigit()):  # number, brand, and a language
        return None
    number = int(words[0][:20])
    language = next((known for known in get_args(Language) if [known] == (words[2:] or ["en"])), None)
    return (number, words[1], Speech(language)) if number in _IDS and words[1] and language else None


def _alert(words: list[str]) -> AlertName | None:
    if len(words) != 3:  # noqa: PLR2004  # rule, fingerprint, time
        return None
    try:
        first_at = datetime.fromisoformat(words[2])
    except ValueError:
        return None
    return AlertName(words[0], words[1], first_at) if first_at.tzinfo is not None else None


def _button(action: str, text: str, value: str) -> Json:
    return {"type": "button", "action_id": action, "text": _plain(text), "value": value}


def _open(place: int, url: str | None, speech: Speech) -> list[Json]:
    """Give the link button; none to a long address, which stands as a link in the text already and would fill it."""
    if url is None or len(url) > _LINK:
        return []
    return [{"type": "button", "action_id": f"open.{place}", "text": _plain(speech.say("Open")), "url": url}]


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}
