"""What a person does in the emulated Slack, written as lines: types the command, presses, chooses.

/overheard sov 7d               asks
press irrelevant.1              presses in the newest message that has this button
choose tone.1 negative          chooses in a menu there
U0123456789: press relevant.1   the same as somebody else
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from overheard.emulator.server import SlackEmulator

HELP = 'write "/overheard sov 7d", "press ACTION" or "choose ACTION OPTION"; begin with "USER: " to be somebody else'
_LINE = re.compile(r"(?:(?P<user>[UW][A-Z0-9]+):\s*)?(?P<verb>/\S+|press|choose)(?:\s+(?P<rest>.*))?")
_HUMAN = "U0HUMAN"


def do(slack: SlackEmulator, line: str) -> str:
    """Do what a line says, and give the id of the envelope in which it is handed over. Raises LookupError.

    It says what is missing: the button, the option, an app that listens, or the sense of the line.
    """
    found = _LINE.fullmatch(line.strip())
    if found is None:
        raise LookupError(HELP)
    user, verb, rest = found["user"] or _HUMAN, found["verb"], (found["rest"] or "").strip()
    if verb.startswith("/"):
        return slack.command(verb, rest, user=user).id
    action, _, choice = rest.partition(" ")
    ts, channel = _newest(slack, action)
    return slack.press(ts, action, user=user, channel=channel, choice=choice.strip() or None).id


def _newest(slack: SlackEmulator, action: str) -> tuple[str, str]:
    """Give ts and channel of the newest message with an element of this action. Raises LookupError."""
    known: dict[str, tuple[str, str]] = {}
    for message in slack.messages:
        for block in message.get("blocks") or []:
            for element in block.get("elements", []):
                if isinstance(element, dict) and "action_id" in element:
                    known[str(element["action_id"])] = (message["ts"], message["channel"])
    if action not in known:
        raise LookupError(f"no message has {action or 'it'}; there are {', '.join(known) or 'no buttons yet'}")
    return known[action]
