"""Writes into docs/configuration.md what the program knows of its settings: `python -m docs.configuration`.

Between two markers stand the rows of a table (every key with its meaning and default, from the models) or the answer
that a wrong config really gets. What stands outside the markers is written by people and stays.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from config.alert_settings import AlertSettings
from config.errors import ConfigError
from config.load import read_settings
from config.schema import json_schema
from config.settings import SourceSettings
from overheard.kinds import all_kinds

PAGE = Path(__file__).with_name("configuration.md")
_SHARED = {"every source": "sources", "every alert": "alerts"}
_COMMON: dict[str, type[BaseModel]] = {"sources": SourceSettings, "alerts": AlertSettings}
_TABLE = re.compile(r"<!-- settings of (?P<name>[a-z_. ]+) -->\n.*?<!-- end of settings -->", re.DOTALL)
_ERRORS = re.compile(
    r"(?P<before><!-- a wrong config -->\n```toml\n(?P<text>.*?)```\n).*?<!-- end of its answer -->", re.DOTALL
)


def refreshed(page: str) -> str:
    """Give the page with every marked part as the program tells it today."""
    schema = json_schema(all_kinds())
    page = _TABLE.sub(lambda match: _section(schema, match["name"]), page)
    return _ERRORS.sub(lambda match: match["before"] + _answer(match["text"]) + "<!-- end of its answer -->", page)


def settings_table(schema: dict[str, Any], name: str) -> str:
    """Give the keys of a table of the config, `alerts.volume_spike` or the like, with meaning and default."""
    rows = [_row(key, value, required=key in needed) for (key, value), needed in _settings(schema, name)]
    return "".join(["| key | meaning | default |\n|---|---|---|\n", *rows])


def _section(schema: dict[str, Any], name: str) -> str:
    return f"<!-- settings of {name} -->\n{settings_table(schema, name)}<!-- end of settings -->"


def _settings(schema: dict[str, Any], name: str) -> list[tuple[tuple[str, Any], list[str]]]:
    """Give the keys of a table, each with its schema; those that all kinds share only at "every source"."""
    if name == "the top":
        plain = [item for item in schema["properties"].items() if "$ref" not in str(item[1])]
        return [(item, schema["required"]) for item in plain]
    table, _, kind = name.partition(".")
    if name in _SHARED:
        table = _SHARED[name]
        kind = next(iter(schema["properties"][table]["items"]["discriminator"]["mapping"]))
    value = schema["properties"][table]
    if not kind:
        definition = _definition(schema, value.get("$ref") or value["items"]["$ref"])
        return [(item, definition.get("required", [])) for item in definition["properties"].items()]
    choice = value["items"]["discriminator"]
    definition = _definition(schema, choice["mapping"][kind])
    told_by, common = choice["propertyName"], _COMMON[table].model_fields
    keys = [item for item in definition["properties"].items() if (item[0] in common) == (name in _SHARED)]
    known = ", ".join(f"`{json.dumps(one)}`" for one in choice["mapping"])
    about = {told_by: {"description": f"{common[told_by].description} One of {known}."}}
    return [((key, about.get(key, told)), definition["required"]) for key, told in keys]


def _definition(schema: dict[str, Any], reference: str) -> dict[str, Any]:
    definition: dict[str, Any] = schema["$defs"][reference.rpartition("/")[2]]
    return definition


def _row(key: str, value: dict[str, Any], *, required: bool) -> str:
    meaning = " ".join(value.get("description", "").split())
    choices = value.get("enum", [])
    if 1 < len(choices) <= 10:  # noqa: PLR2004  # codes of currencies and languages are too many to list
        meaning += " One of " + ", ".join(f"`{json.dumps(choice)}`" for choice in choices) + "."
    default = value.get("default")
    if isinstance(default, dict) and not any(default.values()):
        default = None
    shown = "required" if required else f"`{json.dumps(default)}`" if default not in (None, "", [], {}) else "none"
    return f"| `{key}` | {meaning} | {shown} |\n"


def _answer(text: str) -> str:
    """Give what the program says to a wrong config, and nothing when it is right."""
    try:
        read_settings(text, Path("overheard.toml"), all_kinds())
    except ConfigError as error:
        return f"\n```text\n{error}\n```\n"
    return ""


if __name__ == "__main__":
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
