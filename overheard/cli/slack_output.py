"""What happens in the local Slack, written for a terminal: messages as people would read them, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from overheard.emulator.journal import Entry
from overheard.emulator.mrkdwn import specials_of_message
from overheard.tables import clean

_RULE = "-" * 40
_NOTIFYING = {"user", "group", "command"}
_INLINE = {"user": "@{user_id}", "usergroup": "@{usergroup_id}", "channel": "#{channel_id}", "broadcast": "@{range}",
           "emoji": ":{name}:", "color": "{value}"}  # fmt: skip


def told(entry: Entry) -> str:
    """Give one event of the journal as lines, without anything that steers a terminal."""
    if entry["event"] in {"posted", "updated", "ephemeral"}:
        lines = list(_message(entry))
    elif entry["event"] == "refused":
        lines = [f"REFUSED {entry['method']}: {entry['error']} {entry['detail']}".rstrip()]
    else:
        lines = [" ".join(str(value) for value in entry.values())]
    return "\n".join(clean(line).rstrip() for text in lines for line in text.split("\n"))


def lines_of(message: Mapping[str, Any]) -> Iterator[str]:
    """Give the lines of a message: its blocks, or its text where it has none."""
    if not message.get("blocks"):
        yield str(message.get("text") or message.get("markdown_text") or "")
    for block in message.get("blocks") or []:
        yield from _block(block)
    for attachment in message.get("attachments") or []:
        for line in lines_of(attachment):
            yield f"| {line}"


def _message(entry: Entry) -> Iterator[str]:
    thread = f" in thread {entry['thread_ts']}" if entry.get("thread_ts") else ""
    how = {"updated": " changed", "ephemeral": f" seen by {entry.get('user')} alone"}.get(entry["event"], "")
    yield f"{entry['channel']} {entry['ts']}{thread}{how}"
    for line in lines_of(entry):
        yield f"  {line}".replace("\n", "\n  ")
    for file in entry.get("files") or []:
        yield f"  [file: {file['name']}] {file['title']}: {file['alt_txt']}"
    found = specials_of_message(entry)
    notified = list(dict.fromkeys(f"@{each.target}" for each in found if each.kind in _NOTIFYING))
    if notified:
        yield f"  ! notifies {', '.join(notified)}"
    for special in found:
        if special.misleading:
            yield f"  ! {special.label} leads to {special.target}"
    yield ""


def _block(block: Mapping[str, Any]) -> Iterator[str]:
    kind = block["type"]
    if kind == "divider":
        yield _RULE
    elif kind == "header":
        yield _text(block["text"]).upper()
    elif kind == "section":
        yield from (_text(part) for part in (block.get("text"), *block.get("fields", [])) if part)
        yield from (_element(block[key]) for key in ("accessory",) if key in block)
    elif kind == "rich_text":
        yield from (line for part in block["elements"] for line in _part(part))
    elif "rows" in block:
        yield from (" | ".join(_cell(cell) for cell in row) for row in block["rows"])
    elif "elements" in block:
        yield "  ".join(_element(element) for element in block["elements"])
    elif kind == "input":
        yield f"{_text(block['label'])}: {_element(block['element'])}"
    else:
        yield block["text"] if kind == "markdown" else _element(block)


def _element(element: Mapping[str, Any]) -> str:
    kind = element["type"]
    if kind in {"plain_text", "mrkdwn"}:
        return _text(element)
    if kind in {"image", "video"}:
        file = element.get("slack_file", {})
        source = element.get("image_url") or element.get("video_url") or file.get("url") or file.get("id")
        return f"[{kind}: {element['alt_text']}] {source}"
    if kind == "feedback_buttons":
        return " ".join(f"[{_text(element[name]['text'])}]" for name in ("positive_button", "negative_button"))
    words = _text(element["text"]) if "text" in element else kind
    if "url" in element:
        return f"[{words}] {element['url']}"
    options = " | ".join(_text(each["text"]) for each in element.get("options", []))
    words = f"{_text(element['placeholder'])}: {options}" if options and "placeholder" in element else words
    return f"[{words}] ({element['action_id']})" if "action_id" in element else f"[{words}]"


def _part(part: Mapping[str, Any]) -> Iterator[str]:
    kind = part["type"]
    if kind == "rich_text_list":
        indent = "  " * int(part.get("indent", 0))
        for number, item in enumerate(part["elements"], 1 + int(part.get("offset", 0))):
            mark = f"{number}." if part["style"] == "ordered" else "*"
            yield f"{indent}{mark} {_inline(item['elements'])}"
        return
    mark = {"rich_text_quote": "> ", "rich_text_preformatted": "| "}.get(kind, "")
    yield mark + _inline(part["elements"]).rstrip("\n").replace("\n", f"\n{mark}")


def _inline(elements: list[Mapping[str, Any]]) -> str:
    return "".join(_inline_one(element) for element in elements)


def _inline_one(element: Mapping[str, Any]) -> str:
    kind = element["type"]
    if kind == "text":
        return str(element["text"])
    if kind == "link":
        return f"{element['text']} <{element['url']}>" if "text" in element else f"<{element['url']}>"
    if kind == "date":
        return str(element.get("fallback", element["timestamp"]))
    return _INLINE[kind].format(**element)


def _cell(cell: Mapping[str, Any]) -> str:
    if cell["type"] == "rich_text":
        return " ".join(line for part in cell["elements"] for line in _part(part))
    return str(cell.get("text", cell.get("value")))


def _text(part: Mapping[str, Any]) -> str:
    return str(part["text"])
