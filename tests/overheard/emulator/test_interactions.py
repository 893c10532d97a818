from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import Clock, SignatureVerifier

from overheard.emulator.interactions import form, press, signed, slash_command
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
    pressed = press(message, Channel(), "a", "U1", "1.2.3", "http://127.0.0.1/r", "2.000100")

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
    found = [press(message, Channel(), name, "U1", "t", "u", "2.000100")["actions"][0]["block_id"] for name in "abcd"]

    assert found == ["b0", "b0", "b1", "mine"]
