"""The JSON Schema of the config, so that editors complete keys and underline mistakes while one writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from config.codes import CURRENCIES, LANGUAGES
from config.kinds import Kinds, KindsOf
from config.settings import Settings
from config.values import format_duration

CHOSEN = {"sources": "type", "alerts": "rule"}  # lists of tables of several kinds -> the key that tells them apart
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LENGTH = TypeAdapter(timedelta)  # reads pydantic's own spelling, PT1M
_REFERENCE = "#/$defs/{model}"


def json_schema(kinds: Kinds) -> dict[str, Any]:
    """Give the schema of a whole config, with one alternative per source type (told by `type`) and rule (`rule`).

    It knows what a single key may be; what only several keys together can tell is said by `overheard check`.
    """
    choices = {"sources": _models(kinds.sources), "alerts": _models(kinds.rules)}
    models: list[type[BaseModel]] = [Settings, *(model for named in choices.values() for model in named.values())]
    references, together = models_json_schema([(model, "validation") for model in models], ref_template=_REFERENCE)
    definitions: dict[str, Any] = together["$defs"]
    whole: dict[str, Any] = definitions.pop(_name_of(references[Settings, "validation"]))
    for key, by in CHOSEN.items():
        mapping = {name: references[model, "validation"]["$ref"] for name, model in choices[key].items()}
        for name, reference in mapping.items():
            _tell_kind(definitions[reference.rpartition("/")[2]], by, name)
        whole["properties"][key]["items"] = {
            "oneOf": [{"$ref": reference} for reference in mapping.values()],
            "discriminator": {"propertyName": by, "mapping": mapping},
        }
    definitions.pop("SourceSettings", None)
    definitions.pop("AlertSettings", None)
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


def _models(kinds: KindsOf[Any]) -> dict[str, type[BaseModel]]:
    return {name: kinds.settings_class(name) for name in kinds.names}


def _tell_kind(definition: dict[str, Any], by: str, name: str) -> None:
    """Make `type` or `rule` the constant by which editors choose the alternative."""
    told = definition["properties"].get(by, {}).get("description", "Which one it is.")
    definition["properties"][by] = {"const": name, "description": told}
    definition["required"] = sorted({by, *definition.get("required", [])})


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


def documented_keys(kinds: Kinds) -> Iterator[tuple[str, str]]:
    """Give (table, key) of every setting there is; that of a source is in `sources.<type>`, "" is the top."""
    schema = json_schema(kinds)
    for key, value in schema["properties"].items():
        model = value.get("$ref") or value.get("items", {}).get("$ref")
        if key in CHOSEN:
            for name, reference in value["items"]["discriminator"]["mapping"].items():
                yield from ((f"{key}.{name}", inner) for inner in _properties(schema, reference))
        elif model:
            yield from ((key, inner) for inner in _properties(schema, model))
        else:
            yield "", key


def _properties(schema: dict[str, Any], reference: str) -> list[str]:
    return list(schema["$defs"][reference.rpartition("/")[2]]["properties"])
