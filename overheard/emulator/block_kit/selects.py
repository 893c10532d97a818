"""Select menus, for one choice or several, from five kinds of lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from overheard.emulator.block_kit.checks import (
    Check,
    Rule,
    Violation,
    array,
    boolean,
    exactly_one,
    integer,
    record,
    string,
)
from overheard.emulator.block_kit.composition import (
    CONFIRM,
    CONVERSATION_FILTER,
    IDENTIFIER,
    OPTION,
    OPTION_GROUP,
    PLACEHOLDER,
)

_SHARED = {"action_id": IDENTIFIER, "confirm": CONFIRM, "placeholder": PLACEHOLDER, "focus_on_load": boolean}
_ID = string(1, 255)
_STATIC = {"options": array(OPTION, 1, 100), "option_groups": array(OPTION_GROUP, 1, 100)}
_CONVERSATIONS = {"default_to_current_conversation": boolean, "filter": CONVERSATION_FILTER}


def _offered(value: dict[str, Any], pointer: str) -> Iterator[Violation]:
    """Take as chosen before only what is there to choose."""
    offered = value.get("options") or [option for group in value["option_groups"] for option in group["options"]]
    if "initial_option" in value and value["initial_option"] not in offered:
        yield Violation("must be one of the options", f"{pointer}/initial_option")
    for index, option in enumerate(value.get("initial_options", [])):
        if option not in offered:
            yield Violation("must be one of the options", f"{pointer}/initial_options/{index}")


def _one(extra: dict[str, Check], *rules: Rule) -> Check:
    return record({}, _SHARED | extra, *rules)


def _several(extra: dict[str, Check], *rules: Rule) -> Check:
    return record({}, _SHARED | {"max_selected_items": integer(1)} | extra, *rules)


_EITHER = exactly_one("options", "option_groups")


def _static(value: dict[str, Any], pointer: str) -> Iterator[Violation]:
    wrong = list(_EITHER(value, pointer))
    yield from wrong or _offered(value, pointer)


SELECTS: dict[str, Check] = {
    "static_select": _one(_STATIC | {"initial_option": OPTION}, _static),
    "external_select": _one({"initial_option": OPTION, "min_query_length": integer(0)}),
    "users_select": _one({"initial_user": _ID}),
    "conversations_select": _one(
        _CONVERSATIONS | {"initial_conversation": _ID, "response_url_enabled": boolean},
    ),
    "channels_select": _one({"initial_channel": _ID, "response_url_enabled": boolean}),
}
MULTI_SELECTS: dict[str, Check] = {
    "multi_static_select": _several(_STATIC | {"initial_options": array(OPTION, 1, 100)}, _static),
    "multi_external_select": _several({"initial_options": array(OPTION, 1, 100), "min_query_length": integer(0)}),
    "multi_users_select": _several({"initial_users": array(_ID)}),
    "multi_conversations_select": _several(_CONVERSATIONS | {"initial_conversations": array(_ID)}),
    "multi_channels_select": _several({"initial_channels": array(_ID)}),
}
