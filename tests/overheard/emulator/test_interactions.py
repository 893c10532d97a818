from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import Clock, SignatureVerifier

from overheard.emulator.interactions import Deed, form, press, signed, slash_command
from overheard.emulator.workspace import Channel

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
MOMENT = 1_700_000_000


class Standing(Clock):
    def now(self) -> float:
        return MOMENT + 60


@pytest.mark.parametrize(
    ("body", "secret", "moment", "valid"),
    [
        (b"payload=x", SECRET, MOMENT, True),
        (b"payload=y", SECRET, MOMENT, False),
        (b"payload=x", SECRET + "x", MOMENT, False),
        (b"payload=x", SECRET, MOMENT - 600, False),
    ],
    ids=["genuine", "changed", "another secret", "old"],
)
def test_signature_is_valid_for_its_body_secret_and_time_alone(
    body: bytes, secret: str, moment: int, valid: bool
) -> None:
    headers = signed(b"payload=x", secret, moment)

    assert SignatureVerifier(SECRET, Standing()).is_valid_request(body, headers) is valid


def test_press_is_posted_as_json_in_a_form_and_a_command_as_the_form_itself() -> None:
    command = slash_command("/overheard", "sov & more", Channel(), "U1", "1.2.3", "http://127.0.0.1/r")
    button = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "A"}}
    message = {"ts": "1.000100", "blocks": [{"type": "section", "accessory": button}]}
    pressed = press(message, Channel(), Deed("a", "U1", "2.000100"), "1.2.3", "http://127.0.0.1/r")

    assert parse_qs(form(command).decode())["text"] == ["sov & more"]
    assert json.loads(parse_qs(form(pressed).decode())["payload"][0]) == pressed


def test_element_is_found_wherever_it_stands() -> None:
    def button(name: str) -> dict[str, object]:
        return {"type": "button", "action_id": name, "text": {"type": "plain_text", "text": name}}

    blocks = [
        {"type": "actions", "elements": [button("a"), button("b")]},
        {"type": "section", "accessory": button("c")},
        {"type": "context_actions", "block_id": "mine", "elements": [{"type": "icon_button", "action_id": "d"}]},
    ]
    message = {"ts": "1.000100", "blocks": blocks}
    deeds = [Deed(name, "U1", "2.000100") for name in "abcd"]
    found = [press(message, Channel(), deed, "t", "u")["actions"][0]["block_id"] for deed in deeds]

    assert found == ["b0", "b0", "b1", "mine"]


def test_a_choice_of_a_menu_is_handed_over_with_its_option() -> None:
    options = [{"text": {"type": "plain_text", "text": text}, "value": f"{text} 17"} for text in ("good", "bad")]
    menu = {"type": "static_select", "action_id": "tone", "options": options}
    message = {"ts": "1.000100", "channel": "C0123456789", "blocks": [{"type": "actions", "elements": [menu]}]}
    pressed = press(message, Channel(), Deed("tone", "U1", "2.000100", "bad"), "t", "u")
    assert pressed["actions"][0]["selected_option"] == options[1]
    for choice in (None, "ugly"):
        with pytest.raises(LookupError):
            press(message, Channel(), Deed("tone", "U1", "2.000100", choice), "t", "u")
