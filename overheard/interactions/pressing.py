"""What a press of a button writes: labels, acknowledgements and silences, and the line that says who did it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from config.errors import OverheardError, StoreError
from notifier.asking.buttons import Acknowledge, AlertName, Relevance, Snooze, Tone, Wish, marked, place_of
from notifier.asking.interaction import Asker, Press
from notifier.blocks import Block
from notifier.languages.speech import to_say
from notifier.wording import clock
from overheard.app import App
from overheard.sentiment.labelling import name_of
from storage import outbox, silences
from storage.acknowledgements import acknowledge
from storage.alert_records import AlertState, Silence
from storage.alerts import load_states
from storage.corrections import correct, withdraw
from storage.records import Act, Delivery, Json
from storage.relevance import judge

_NOTE = "a button in Slack"
_FORGOTTEN = to_say("The mention was forgotten, or does not name {brand} any more; nothing was done.")
_OVER = "That alert is over, and nothing was done."


class PressError(OverheardError):
    """A press that cannot be carried out; says why."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: the kind of it, and who did what in words."""

    about: str  # a later deed of the same kind takes its place in the message
    told: str
    of: str  # "story" or "alert"


def carry_out(app: App, conn: Connection, asked: Wish, by: Asker) -> Done:
    """Write down what was wished. Raises PressError when it cannot be."""
    match asked:
        case Relevance():
            return _judge(app, conn, asked, by)
        case Tone():
            return _correct(app, conn, asked, by)
        case Acknowledge():
            return _acknowledge(app, conn, asked, by)
        case Snooze():
            return _snooze(app, conn, asked, by)


def edit(app: App, conn: Connection, press: Press, done: Done, key: str) -> Delivery | None:
    """Give the edit, under this key, of the message that holds the button. None: it is not known, or has no room."""
    told = outbox.referred(conn, press.message)
    place = place_of(press.action)
    if told is None or place is None:
        return None
    payload = outbox.shown(conn, told)
    blocks = marked(_blocks(payload.get("blocks")), f"{done.of}.{place}", done.about, done.told)
    if blocks is None:
        return None
    outbox.drop_edits(conn, told)
    listed: list[Json] = [*blocks]
    return Delivery(key, told.channel, {**payload, "blocks": listed}, app.clock(), parent=told.key, act=Act.EDIT)


def _judge(app: App, conn: Connection, asked: Relevance, by: Asker) -> Done:
    brand = name_of(app, asked.brand)
    try:
        judge(conn, asked.mention_id, asked.brand, app.clock(), _who(by), relevant=asked.relevant)
    except StoreError:
        raise PressError(asked.speech.say(_FORGOTTEN, brand=brand)) from None
    if asked.relevant:
        told = asked.speech.say("{person}: about {brand}", person=by.name, brand=brand)
    else:
        told = asked.speech.say("{person}: not about {brand}, counts nowhere any more", person=by.name, brand=brand)
    return Done("relevance", told, "story")


def _correct(app: App, conn: Connection, asked: Tone, by: Asker) -> Done:
    brand, speech = name_of(app, asked.brand), asked.speech
    if asked.label is None:
        withdraw(conn, asked.mention_id, asked.brand)
        told = speech.say("{person}: the sentiment toward {brand} is as the scorer says", person=by.name, brand=brand)
        return Done("tone", told, "story")
    try:
        correct(conn, asked.mention_id, asked.brand, asked.label, app.clock(), _who(by))
    except StoreError:
        raise PressError(asked.speech.say(_FORGOTTEN, brand=brand)) from None
    label = speech.say(asked.label.value)
    return Done(
        "tone", speech.say("{person}: {label} toward {brand}", person=by.name, label=label, brand=brand), "story"
    )


def _acknowledge(app: App, conn: Connection, asked: Acknowledge, by: Asker) -> Done:
    state = _standing(conn, asked.alert)
    kept = acknowledge(conn, state.alert.rule, state.alert.key, app.clock(), _who(by))
    if kept is None:
        raise PressError(_OVER)
    return Done("acknowledged", f"{kept.by or 'somebody'} takes care of it since {clock(kept.at, app.zone)}", "alert")


def _snooze(app: App, conn: Connection, asked: Snooze, by: Asker) -> Done:
    state = _standing(conn, asked.alert)
    now = app.clock()
    alert = state.alert
    silence = Silence(0, now, now + asked.length, alert.rule, None, alert.key, _who(by), _NOTE)
    kept = silences.add(conn, silence)
    told = f"{by.name}: silent until {clock(kept.until, app.zone)}; to end it: overheard silence --end {kept.id}"
    return Done("silence", told, "alert")


def _standing(conn: Connection, name: AlertName) -> AlertState:
    """Give the alert that is meant, if it still stands. Raises PressError."""
    for state in load_states(conn).values():
        if name.means(state.alert) and state.first_at == name.first_at:
            return state
    raise PressError(_OVER)


def _who(by: Asker) -> str:
    return f"{by.name} ({by.user})" if by.name != by.user else by.user


def _blocks(found: Json) -> list[Block]:
    return [dict(each) for each in found if isinstance(each, dict)] if isinstance(found, list) else []
