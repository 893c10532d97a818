"""The rich text block: sections, lists, quotes and preformatted parts, and what stands in them."""

from __future__ import annotations

from overheard.emulator.block_kit.checks import Check, array, boolean, choice, integer, record, string, typed, url

_STYLE = record({}, dict.fromkeys(("bold", "italic", "strike", "code"), boolean))
_MENTION_STYLE = record(
    {}, dict.fromkeys(("bold", "italic", "strike", "highlight", "client_highlight", "unlink"), boolean)
)
_TEXT = string(1, 3000)
_BORDER = {"border": integer(0, 1)}

_TEXT_ELEMENT = record({"text": _TEXT}, {"style": _STYLE})
_LINK_ELEMENT = record({"url": url()}, {"text": _TEXT, "style": _STYLE, "unsafe": boolean})
_ELEMENTS = {
    "text": _TEXT_ELEMENT,
    "link": _LINK_ELEMENT,
    "emoji": record({"name": string(1, 255)}, {"unicode": string(1, 255), "style": _STYLE}),
    "user": record({"user_id": string(1, 255, "[UW][A-Z0-9]+")}, {"style": _MENTION_STYLE}),
    "usergroup": record({"usergroup_id": string(1, 255, "S[A-Z0-9]+")}, {"style": _MENTION_STYLE}),
    "channel": record({"channel_id": string(1, 255, "[CGD][A-Z0-9]+")}, {"style": _MENTION_STYLE}),
    "broadcast": record({"range": choice("here", "channel", "everyone")}, {"style": _STYLE}),
    "color": record({"value": string(1, 7, "#[0-9A-Fa-f]{6}")}, {"style": _STYLE}),
    "date": record(
        {"timestamp": integer(0), "format": string(1, 255)}, {"url": url(), "fallback": _TEXT, "style": _STYLE}
    ),
}

_SECTION = record({"elements": array(typed(_ELEMENTS))})
_LIST = record(
    {"style": choice("bullet", "ordered"), "elements": array(typed({"rich_text_section": _SECTION}))},
    {"indent": integer(0, 8), "offset": integer(0)} | _BORDER,
)
_QUOTE = record({"elements": array(typed(_ELEMENTS))}, _BORDER)
_PREFORMATTED = record(
    {"elements": array(typed({"text": _TEXT_ELEMENT, "link": _LINK_ELEMENT}))},
    {"language": string(1, 50)} | _BORDER,
)

PARTS: Check = array(
    typed(
        {
            "rich_text_section": _SECTION,
            "rich_text_list": _LIST,
            "rich_text_quote": _QUOTE,
            "rich_text_preformatted": _PREFORMATTED,
        }
    )
)
