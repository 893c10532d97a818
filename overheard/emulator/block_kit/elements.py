"""Elements: buttons, menus, pickers and inputs, and which of them may stand where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from overheard.emulator.block_kit.checks import (
    Check,
    Rule,
    Violation,
    array,
    boolean,
    choice,
    integer,
    record,
    string,
    typed,
    url,
)
from overheard.emulator.block_kit.composition import (
    CONFIRM,
    DISPATCH,
    IDENTIFIER,
    OVERFLOW_OPTION,
    PLACEHOLDER,
    RICH_OPTION,
    SLACK_FILE,
    image_source,
    plain_text,
)
from overheard.emulator.block_kit.rich_text import PARTS
from overheard.emulator.block_kit.selects import MULTI_SELECTS, SELECTS

_LABEL = string(1, 75)
_STYLE = choice("primary", "danger")
_ACTION: dict[str, Check] = {"action_id": IDENTIFIER}
_ASKED = _ACTION | {"confirm": CONFIRM, "focus_on_load": boolean}
_TEN = string(10, 10, r"\d{4}-\d\d-\d\d")
_TIME = string(5, 5, r"(?:[01]\d|2[0-3]):[0-5]\d")


def _day(value: object, pointer: str) -> Iterator[Violation]:
    """Take a day of the calendar, as 2026-02-28."""
    wrong = list(_TEN(value, pointer))
    yield from wrong
    if isinstance(value, str) and not wrong:
        try:
            date.fromisoformat(value)
        except ValueError:
            yield Violation("must match the format", pointer)


def _chosen(value: dict[str, Any], pointer: str) -> Iterator[Violation]:
    given = value.get("initial_options") or [option for option in (value.get("initial_option"),) if option]
    if any(option not in value["options"] for option in given):
        key = "initial_options" if "initial_options" in value else "initial_option"
        yield Violation("must be one of the options", f"{pointer}/{key}")


def _ordered(value: dict[str, Any], pointer: str) -> Iterator[Violation]:
    if value.get("min_length", 0) > value.get("max_length", 3000):
        yield Violation("must be less than or equal to max_length", f"{pointer}/min_length")


def _typed_input(extra: dict[str, Check], *rules: Rule) -> Check:
    known = _ACTION | {"placeholder": PLACEHOLDER, "focus_on_load": boolean, "dispatch_action_config": DISPATCH}
    return record({}, known | extra, *rules)


BUTTON = record(
    {"text": plain_text(75)},
    _ACTION | {"url": url(), "value": string(1, 2000), "style": _STYLE, "confirm": CONFIRM,
               "accessibility_label": _LABEL},
)  # fmt: skip
WORKFLOW_BUTTON = record(
    {"text": plain_text(75), "workflow": record({"trigger": record(
        {"url": url(secure=True)},
        {"customizable_input_parameters": array(record({"name": string(), "value": string()}), 0)},
    )})},
    _ACTION | {"style": _STYLE, "accessibility_label": _LABEL},
)  # fmt: skip
IMAGE = record({"alt_text": string(1, 2000)}, {"image_url": url(secure=False), "slack_file": SLACK_FILE}, image_source)
_FEEDBACK = record({"text": plain_text(75), "value": string(1, 2000)}, {"accessibility_label": _LABEL})
_BOXES = array(RICH_OPTION, 1, 10)

_BUTTONS: dict[str, Check] = {
    "button": BUTTON,
    "workflow_button": WORKFLOW_BUTTON,
    "overflow": record({"options": array(OVERFLOW_OPTION, 1, 5)}, _ACTION | {"confirm": CONFIRM}),
}
_BOX: dict[str, Check] = {
    "checkboxes": record({"options": _BOXES}, _ASKED | {"initial_options": array(RICH_OPTION, 1, 10)}, _chosen),
    "radio_buttons": record({"options": _BOXES}, _ASKED | {"initial_option": RICH_OPTION}, _chosen),
    "datepicker": record({}, _ASKED | {"initial_date": _day, "placeholder": PLACEHOLDER}),
    "timepicker": record({}, _ASKED | {"initial_time": _TIME, "placeholder": PLACEHOLDER, "timezone": string()}),
}
_MOMENT: dict[str, Check] = {
    "datetimepicker": record({}, _ASKED | {"initial_date_time": integer(1_000_000_000, 9_999_999_999)}),
}
_TYPED: dict[str, Check] = {
    "plain_text_input": _typed_input(
        {"initial_value": string(0, 3000), "multiline": boolean, "min_length": integer(0, 3000),
         "max_length": integer(1, 3000)},
        _ordered,
    ),
    "email_text_input": _typed_input({"initial_value": string()}),
    "url_text_input": _typed_input({"initial_value": url()}),
    "number_input": record(
        {"is_decimal_allowed": boolean},
        _ACTION | {"initial_value": string(), "min_value": string(), "max_value": string(),
                   "placeholder": PLACEHOLDER, "focus_on_load": boolean, "dispatch_action_config": DISPATCH},
    ),
    "rich_text_input": _typed_input({"initial_value": typed({"rich_text": record({"elements": PARTS})})}),
    "file_input": record({}, _ACTION | {"filetypes": array(string()), "max_files": integer(1, 10)}),
}  # fmt: skip

ACCESSORY = typed({"image": IMAGE} | _BUTTONS | _BOX | SELECTS | MULTI_SELECTS)
ACTIONS = typed(_BUTTONS | _BOX | _MOMENT | SELECTS)
INPUTS = typed(_TYPED | _BOX | _MOMENT | SELECTS | MULTI_SELECTS)
CONTEXT_ACTIONS = typed({
    "feedback_buttons": record({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, _ACTION),
    "icon_button": record(
        {"icon": choice("trash"), "text": plain_text(75)},
        _ACTION | {"value": string(1, 2000), "confirm": CONFIRM, "accessibility_label": _LABEL,
                   "visible_to_user_ids": array(string(), 1, 10)},
    ),
})  # fmt: skip
INTERACTIVE = {
    *_BUTTONS, *_BOX, *_MOMENT, *_TYPED, *SELECTS, *MULTI_SELECTS, "feedback_buttons", "icon_button",
}  # fmt: skip
