"""What Slack takes as blocks, written down strictly: unknown types, keys, wrong sizes, empty texts are refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

MOST_TEXT = 9_600
MOST_JSON = 15_600
_STYLES = {"bold", "italic", "strike", "code"}


def faults(blocks: Any) -> list[str]:
    """Everything wrong with the blocks of a message, in Slack's words; empty when they are fine."""
    if not isinstance(blocks, list):
        return ["must be an array [json-pointer:/blocks]"]
    found = [] if 1 <= len(blocks) <= 50 else ["must be 1 to 50 items [json-pointer:/blocks]"]
    ids: set[str] = set()
    for index, block in enumerate(blocks):
        place = f"/blocks/{index}"
        if not isinstance(block, dict) or block.get("type") not in _BLOCKS:
            found.append(f"unsupported type [json-pointer:{place}]")
            continue
        known, check = _BLOCKS[block["type"]]
        found += _keys(block, known | {"type", "block_id"}, place)
        found += _block_id(block, ids, place)
        found += check(block, place)
    return found


def too_long(blocks: Any) -> bool:
    """Whether all texts together, or the JSON, are more than Slack was ever seen to take."""
    return sum(_texts(blocks)) > MOST_TEXT or len(json.dumps(blocks)) > MOST_JSON


def _texts(part: Any) -> Iterator[int]:
    if isinstance(part, list):
        for each in part:
            yield from _texts(each)
    elif isinstance(part, dict):
        for name, value in part.items():
            if isinstance(value, str) and name in {"text", "alt_text"}:
                yield len(value)
            elif isinstance(value, list | dict):
                yield from _texts(value)


def _keys(part: dict[str, Any], known: set[str], place: str) -> list[str]:
    return [f"unknown key {key!r} [json-pointer:{place}]" for key in part if key not in known]


def _block_id(block: dict[str, Any], ids: set[str], place: str) -> list[str]:
    if "block_id" not in block:
        return []
    value = block["block_id"]
    if not isinstance(value, str) or not 1 <= len(value) <= 255 or value in ids:
        return [f"invalid block_id [json-pointer:{place}/block_id]"]
    ids.add(value)
    return []


def _string(value: Any, low: int, high: int, place: str) -> list[str]:
    if not isinstance(value, str):
        return [f"must be a string [json-pointer:{place}]"]
    if len(value) < low:
        return [f"must be more than {low - 1} characters [json-pointer:{place}]"]
    if len(value) > high:
        return [f"must be less than {high + 1} characters [json-pointer:{place}]"]
    return []


def _text_object(value: Any, high: int, place: str, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> list[str]:
    if not isinstance(value, dict) or value.get("type") not in kinds:
        return [f"must be a text object of {kinds} [json-pointer:{place}]"]
    extra = {"emoji"} if value["type"] == "plain_text" else {"verbatim"}
    found = _keys(value, {"type", "text"} | extra, place)
    found += [
        f"must be a boolean [json-pointer:{place}/{key}]"
        for key in extra
        if key in value and not isinstance(value[key], bool)
    ]
    return found + _string(value.get("text"), 1, high, f"{place}/text")


def _header(block: dict[str, Any], place: str) -> list[str]:
    return _text_object(block.get("text"), 150, f"{place}/text", ("plain_text",))


def _section(block: dict[str, Any], place: str) -> list[str]:
    if "text" not in block and "fields" not in block:
        return [f"needs text or fields [json-pointer:{place}]"]
    found: list[str] = []
    if "text" in block:
        found += _text_object(block["text"], 3000, f"{place}/text")
    if "fields" in block:
        fields = block["fields"]
        if not isinstance(fields, list) or not 1 <= len(fields) <= 10:
            return [*found, f"must be 1 to 10 items [json-pointer:{place}/fields]"]
        for index, field in enumerate(fields):
            found += _text_object(field, 2000, f"{place}/fields/{index}")
    return found


def _context(block: dict[str, Any], place: str) -> list[str]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= 10:
        return [f"must be 1 to 10 items [json-pointer:{place}/elements]"]
    found: list[str] = []
    for index, element in enumerate(elements):
        here = f"{place}/elements/{index}"
        if isinstance(element, dict) and element.get("type") == "image":
            found += _keys(element, {"type", "image_url", "alt_text"}, here)
            found += _image(element, here)
        else:
            found += _text_object(element, 3000, here)
    return found


def _image(block: dict[str, Any], place: str) -> list[str]:
    found = _string(block.get("image_url"), 1, 3000, f"{place}/image_url")
    found += _string(block.get("alt_text"), 1, 2000, f"{place}/alt_text")
    if "title" in block:
        found += _text_object(block["title"], 2000, f"{place}/title", ("plain_text",))
    return found


def _divider(block: dict[str, Any], place: str) -> list[str]:
    return [] if block else [f"empty [json-pointer:{place}]"]


def _rich_text(block: dict[str, Any], place: str) -> list[str]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not elements:
        return [f"must have elements [json-pointer:{place}/elements]"]
    return [fault for index, part in enumerate(elements) for fault in _rich_part(part, f"{place}/elements/{index}")]


def _rich_part(part: Any, place: str) -> list[str]:
    kind = part.get("type") if isinstance(part, dict) else None
    allowed = {
        "rich_text_section": {"elements"},
        "rich_text_list": {"elements", "style", "indent", "offset", "border"},
        "rich_text_quote": {"elements", "border"},
        "rich_text_preformatted": {"elements", "border", "language"},
    }
    if kind not in allowed:
        return [f"unsupported type [json-pointer:{place}]"]
    found = _keys(part, allowed[kind] | {"type"}, place)
    elements = part.get("elements")
    if not isinstance(elements, list) or not elements:
        return [*found, f"must have elements [json-pointer:{place}/elements]"]
    if kind == "rich_text_list":
        if part.get("style") not in {"bullet", "ordered"}:
            found.append(f"must be bullet or ordered [json-pointer:{place}/style]")
        if part.get("indent", 0) not in range(9) or part.get("border", 0) not in {0, 1}:
            found.append(f"indent or border out of range [json-pointer:{place}]")
        for index, item in enumerate(elements):
            here = f"{place}/elements/{index}"
            is_section = isinstance(item, dict) and item.get("type") == "rich_text_section"
            found += _rich_part(item, here) if is_section else [f"must be a section [json-pointer:{here}]"]
        return found
    return found + [
        fault for index, each in enumerate(elements) for fault in _rich_element(each, f"{place}/elements/{index}")
    ]


def _rich_element(element: Any, place: str) -> list[str]:
    kind = element.get("type") if isinstance(element, dict) else None
    shapes: dict[str | None, tuple[set[str], str]] = {
        "text": ({"text", "style"}, "text"),
        "link": ({"url", "text", "style", "unsafe"}, "url"),
        "emoji": ({"name", "unicode", "style"}, "name"),
        "user": ({"user_id", "style"}, "user_id"),
        "usergroup": ({"usergroup_id", "style"}, "usergroup_id"),
        "channel": ({"channel_id", "style"}, "channel_id"),
        "broadcast": ({"range"}, "range"),
    }
    if kind not in shapes:
        return [f"unsupported type [json-pointer:{place}]"]
    known, main = shapes[kind]
    found = _keys(element, known | {"type"}, place) + _string(element.get(main), 1, 3000, f"{place}/{main}")
    if "text" in element:
        found += _string(element["text"], 1, 3000, f"{place}/text")
    if kind == "link" and not str(element.get("url")).startswith(("http://", "https://", "mailto:")):
        found.append(f"invalid url [json-pointer:{place}/url]")
    style = element.get("style", {})
    if not isinstance(style, dict) or any(k not in _STYLES or not isinstance(v, bool) for k, v in style.items()):
        found.append(f"invalid style [json-pointer:{place}/style]")
    return found


_BLOCKS: dict[str, tuple[set[str], Callable[[dict[str, Any], str], list[str]]]] = {
    "header": ({"text"}, _header),
    "section": ({"text", "fields", "accessory", "expand"}, _section),
    "context": ({"elements"}, _context),
    "image": ({"image_url", "alt_text", "title"}, _image),
    "divider": (set(), _divider),
    "rich_text": ({"elements"}, _rich_text),
}
