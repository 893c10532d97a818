"""An independent opinion on the payloads: the library slackblocks. Where it differs from us stands here, with why."""

from __future__ import annotations

from typing import Any

import slackblocks as peer

from tests.overheard.emulator.block_kit.corpus import cases
from tests.overheard.emulator.block_kit.peer import NotModelledError, built

# Payloads that we take and that the library cannot build.
NARROWER = {
    "its builder has no such part, which Slack's reference has": {
        "emoji and format of 255 characters",
        "ids of 255 characters",
        "language of 50 characters and of one",
        "button of a workflow",
        "menus for several",
        "field for rich text",
        "emoji",
        "person, group, channel",
        "call to all",
        "colour",
        "date",
        "preformatted with a link and a language",
        "section with text, fields and expand",
    },
    "it wants a group as what is chosen before, where the reference says an option": {"menu of two groups"},
    "it puts parts of rich text into cells, where the reference has a whole block": {"table with rich text"},
}
# Payloads that we refuse and that the library builds.
STRICTER = {
    "builders make the type themselves, so a wrong one cannot be written": {
        "button in mrkdwn",
        "header in mrkdwn",
        "header that is a string",
        "label in mrkdwn",
        "picture with a title in mrkdwn",
        "picture without an alternative text",
        "emoji switch in mrkdwn",
        "verbatim switch in plain text",
        "option of a menu with an address",
        "button in the style default",
    },
    "it does not look at the types of plain values": {
        "length that is true",
        "word that is a number",
        "list indented by half",
        "emoji switch that is a word",
        "optional by a word",
        "style that is a word",
        "markdown in a text object",
    },
    "it does not check that there is something": {
        "options chosen outside, none in a list",
        "button with an empty label",
        "button with an empty value",
        "channel without an id",
        "feedback with an empty value",
        "icon button with an empty value",
        "icon for nobody",
        "no checkbox chosen, in a list",
        "option with an empty value",
        "people chosen, none in a list",
        "person chosen by an empty id",
        "picture in a context without words",
        "picture with an empty address",
        "time in no zone",
        "user without an id",
        "video by nobody",
        "video of nowhere",
        "video with an empty alternative text",
        "window with an empty callback_id",
        "no buttons",
        "context of nothing",
        "context without elements",
        "menu of nothing",
        "markdown that is empty",
        "header with an empty block_id",
        "picture with an empty alternative text",
        "text that is empty",
        "link with an empty text",
        "row without cells",
        "cell that is empty",
        "window of no blocks",
    },
    "it does not check what may stand where": {
        "picture among buttons",
        "two accessories",
        "text as an accessory",
        "field for text as an accessory",
        "menu for several among buttons",
        "preformatted with a person",
    },
    "it does not compare parts with each other": {
        "two buttons with one action_id",
        "two blocks with one block_id",
        "two tables in a message",
        "checkbox chosen that is not there",
        "option chosen that is not there",
        "picture of a file that is not there",
    },
    "it does not read addresses, ids and times": {
        "time of nine digits",
        "picture from a script",
        "video in the open",
        "link to a script",
        "link to a bare host",
        "person by name",
        "time in milliseconds",
    },
    "Slack names no limit; we keep that of other texts, addresses, ids and lists": {
        "options chosen outside, 101",
        "cell of 3001 characters",
        "data cell of 3001 characters",
        "data table with a caption of 3001",
        "number shown in 3001 characters",
        "field that begins with 3001 characters",
        "icon button of 76 characters",
        "emoji with a name of 256",
        "channel by an id of 256",
        "user by an id of 256",
        "person chosen by an id of 256",
        "eleven checkboxes chosen",
        "filter of five kinds",
        "text of 3001 characters",
        "link of 3001 characters",
    },
    "it has 200 rows below the header where the reference has 100": {"data table of 102 rows"},
    "it knows no limit for all cells of a table": {"table of 10001 characters"},
}


def takes(case: dict[str, Any]) -> bool:
    """Whether the library builds a payload."""
    try:
        if "view" in case:
            built(case["view"])
        else:
            peer.Message("C0123456789", "x", built(case["blocks"]))
    except (peer.InvalidUsageError, NotModelledError, TypeError, ValueError, AttributeError):
        return False
    return True


def judged(kind: str) -> dict[str, bool]:
    """The library's verdict on each payload of blocks or a view, by its name."""
    return {case["case"]: takes(case) for case in cases(kind) if "blocks" in case or "view" in case}


def test_library_builds_what_we_take_but_for_what_it_does_not_model() -> None:
    found = judged("valid")

    assert {name for name, taken in found.items() if not taken} == set().union(*NARROWER.values())
    assert len(found) >= 90


def test_library_refuses_what_we_refuse_but_for_what_it_does_not_check() -> None:
    found = judged("invalid")

    assert {name for name, taken in found.items() if taken} == set().union(*STRICTER.values())
    assert len(found) >= 180
