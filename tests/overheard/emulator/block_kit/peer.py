"""Builds a payload with slackblocks, a library of builders that checks Slack's limits by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import slackblocks as peer


class NotModelledError(Exception):
    """The library has no class for a part."""


def _style(part: dict[str, Any]) -> dict[str, Any]:
    return {**part.pop("style", {}), **part}


def _text(kind: peer.TextType) -> Callable[..., Any]:
    return lambda text, **more: peer.Text(text, kind, **more)


def _styled(kind: type) -> Callable[..., Any]:
    return lambda **part: kind(**_style(part))


def _list(elements: Any, style: str, **more: Any) -> Any:
    return peer.RichTextList(style, elements, **more)


TYPES: dict[str, Callable[..., Any]] = {
    "plain_text": _text(peer.TextType.PLAINTEXT),
    "mrkdwn": _text(peer.TextType.MARKDOWN),
    "header": peer.HeaderBlock,
    "section": peer.SectionBlock,
    "context": peer.ContextBlock,
    "actions": peer.ActionsBlock,
    "context_actions": peer.ContextActionsBlock,
    "divider": peer.DividerBlock,
    "input": peer.InputBlock,
    "markdown": peer.MarkdownBlock,
    "table": peer.TableBlock,
    "data_table": peer.DataTableBlock,
    "video": peer.VideoBlock,
    "rich_text": peer.RichTextBlock,
    "rich_text_section": peer.RichTextSection,
    "rich_text_list": _list,
    "rich_text_quote": peer.RichTextQuote,
    "rich_text_preformatted": peer.RichTextCodeBlock,
    "text": _styled(peer.RichText),
    "link": _styled(peer.RichTextLink),
    "user": _styled(peer.RichTextUser),
    "usergroup": _styled(peer.RichTextUserGroup),
    "channel": _styled(peer.RichTextChannel),
    "emoji": peer.RichTextEmoji,
    "raw_text": peer.RawText,
    "raw_number": peer.RawNumber,
    "button": peer.Button,
    "overflow": lambda options, action_id=None, **more: peer.OverflowMenu(action_id, options, **more),
    "checkboxes": lambda options, action_id=None, **more: peer.CheckboxGroup(action_id, options, **more),
    "radio_buttons": lambda options, action_id=None, **more: peer.RadioButtonGroup(action_id, options, **more),
    "static_select": peer.StaticSelectMenu,
    "multi_static_select": peer.StaticMultiSelectMenu,
    "users_select": peer.UserSelectMenu,
    "multi_users_select": peer.UserMultiSelectMenu,
    "channels_select": peer.ChannelSelectMenu,
    "conversations_select": peer.ConversationSelectMenu,
    "multi_conversations_select": peer.ConversationMultiSelectMenu,
    "multi_channels_select": peer.ChannelMultiSelectMenu,
    "external_select": peer.ExternalSelectMenu,
    "multi_external_select": peer.ExternalMultiSelectMenu,
    "datepicker": peer.DatePicker,
    "timepicker": peer.TimePicker,
    "datetimepicker": lambda initial_date_time=None, **more: peer.DateTimePicker(
        initial_datetime=initial_date_time, **more
    ),
    "plain_text_input": peer.PlainTextInput,
    "number_input": peer.NumberInput,
    "email_text_input": peer.EmailInput,
    "url_text_input": peer.URLInput,
    "rich_text_input": peer.RichTextInput,
    "file_input": peer.FileInput,
    "feedback_buttons": peer.FeedbackButtons,
    "icon_button": peer.IconButton,
    "workflow_button": peer.WorkflowButton,
    "modal": peer.ModalView,
    "home": peer.HomeTabView,
}
KEYS: dict[str, Callable[..., Any]] = {  # parts that have no type of their own
    "confirm": peer.ConfirmationDialogue,
    "options": peer.Option,
    "initial_option": peer.Option,
    "initial_options": peer.Option,
    "option_groups": peer.OptionGroup,
    "slack_file": lambda **file: peer.SlackFile(file.get("url"), file.get("id")),
    "positive_button": peer.FeedbackButton,
    "negative_button": peer.FeedbackButton,
    "column_settings": peer.ColumnSettings,
    "filter": peer.ConversationFilter,
    "dispatch_action_config": peer.DispatchActionConfiguration,
    "workflow": peer.Workflow,
    "trigger": peer.Trigger,
    "customizable_input_parameters": peer.InputParameter,
}


def built(part: Any, key: str = "blocks") -> Any:
    """The library's object for a part of a payload. Raises what the library raises, or NotModelledError."""
    if isinstance(part, list):
        return [built(each, key) for each in part]
    if not isinstance(part, dict):
        return part
    kind = part.get("type")
    inside = {name: built(value, name) for name, value in part.items() if name != "type"}
    if kind == "image":
        return (peer.ImageBlock if key == "blocks" else peer.Image)(**inside)
    if kind in TYPES:
        return TYPES[kind](**inside)
    if kind is None and key in KEYS:
        return KEYS[key](**inside)
    if kind is None and key == "style":
        return part
    raise NotModelledError(kind or key)
