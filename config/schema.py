"""The JSON Schema of the config, so that editors complete keys and underline mistakes while one writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from config.codes import CURRENCIES, LANGUAGES
from config.load import SourceKinds
from config.settings import Settings
from config.values import format_duration

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LENGTH = TypeAdapter(timedelta)  # reads pydantic's own spelling, PT1M
_REFERENCE = "#/$defs/{model}"


def json_schema(kinds: SourceKinds) -> dict[str, Any]:
    """Give the schema of a whole config, with one alternative per source type, told apart by `type`.

    It knows what a single key may be; what only several keys together can tell is said by `overheard check`.
    """
    sources = {name: kinds.settings_class(name) for name in kinds.names}
    models: list[type[BaseModel]] = [Settings, *sources.values()]
    references, together = models_json_schema([(model, "validation") for model in models], ref_template=_REFERENCE)
    definitions: dict[str, Any] = together["$defs"]
    whole: dict[str, Any] = definitions.pop(_name_of(references[Settings, "validation"]))
    mapping = {}
    for name, model in sources.items():
        reference = references[model, "validation"]["$ref"]
        mapping[name] = reference
        _tell_type(definitions[reference.rpartition("/")[2]], name)
    definitions.pop("SourceSettings", None)
    whole["properties"]["sources"]["items"] = {
        "oneOf": [{"$ref": reference} for reference in mapping.values()],
        "discriminator": {"propertyName": "type", "mapping": mapping},
    }
    _tell_codes(whole["properties"])
    definitions["Campaign"]["properties"]["currency"] = {
        "type": "string",
        "enum": sorted(CURRENCIES),
        "description": definitions["Campaign"]["properties"]["currency"]["description"],
    }
    for key in ("own_events", "scorers", "lexicons"):
        definitions["Sentiment"]["properties"][key]["propertyNames"] = {"enum": sorted(LANGUAGES)}
    _drop_null([whole, *definitions.values()])
    _write_defaults(definitions.values())
    return {"$schema": _DIALECT, "title": "Overheard config", **_without(whole, "title"), "$defs": definitions}


def _tell_type(definition: dict[str, Any], name: str) -> None:
    """Make `type` the constant by which editors choose the alternative."""
    told = definition["properties"].get("type", {}).get("description", "Which collector reads it.")
    definition["properties"]["type"] = {"const": name, "description": told}
    definition["required"] = sorted({"type", *definition.get("required", [])})


def _tell_codes(properties: dict[str, Any]) -> None:
    properties["currency"] = {**_without(properties["currency"], "pattern"), "enum": sorted(CURRENCIES)}
    properties["languages"] = {
        **properties["languages"],
        "items": {"type": "string", "enum": sorted(LANGUAGES)},
        "minItems": 1,
    }
    properties["brands"]["minItems"] = 1
    properties["database"]["pattern"] = r"^(sqlite:///.*[^/]|postgres(ql)?(\+psycopg)?://[^/]*/.+|env:\w+|file:.+)$"


def _drop_null(definitions: Iterable[dict[str, Any]]) -> None:
    """Drop `null`, which TOML cannot say, so that a mistake is one error and not one for each alternative."""
    for definition in definitions:
        for key, schema in list(definition.get("properties", {}).items()):
            some = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
            if len(some) == 1:
                definition["properties"][key] = {**some[0], **_without(schema, "anyOf", "default")}


def _write_defaults(definitions: Iterable[dict[str, Any]]) -> None:
    """Write defaults as the config does: "60s" as "1m", 08:30:00 as "08:30", "0.37" of an exact number as 0.37."""
    for definition in definitions:
        for schema in definition.get("properties", {}).values():
            default, pattern = schema.get("default"), schema.get("pattern", "")
            if schema.get("type") == "number" and isinstance(default, str):
                schema["default"] = float(default)
            elif isinstance(default, str) and not re.search(pattern, default):
                length = default.startswith("P")
                schema["default"] = format_duration(_LENGTH.validate_python(default)) if length else default[:5]


def _without(table: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in keys}


def _name_of(reference: dict[str, Any]) -> str:
    name: str = reference["$ref"].rpartition("/")[2]
    return name


def documented_keys(kinds: SourceKinds) -> Iterator[tuple[str, str]]:
    """Give (table, key) of every setting there is; the table of a source is `sources.<type>`, "" is the top."""
    schema = json_schema(kinds)
    for key, value in schema["properties"].items():
        model = value.get("$ref") or value.get("items", {}).get("$ref")
        if key == "sources":
            for name, reference in value["items"]["discriminator"]["mapping"].items():
                yield from ((f"sources.{name}", inner) for inner in _properties(schema, reference))
        elif model:
            yield from ((key, inner) for inner in _properties(schema, model))
        else:
            yield "", key


def _properties(schema: dict[str, Any], reference: str) -> list[str]:
    return list(schema["$defs"][reference.rpartition("/")[2]]["properties"])
