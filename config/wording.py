"""What pydantic found, said in plain words: where, what, remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from math import isnan
from typing import Any, get_args
from zoneinfo import available_timezones

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from config.findings import Finding, nearest
from config.lines import Path
from config.secrecy import secret_in
from config.settings import Settings

# What a key may look like, by its name, for remedies.
EXAMPLES: dict[str, str] = {
    "brands": '[[brands]] with name = "Acme" and role = "own"',
    "channel": '"C0123456789"',
    "client_id": '"env:REDDIT_CLIENT_ID"',
    "client_secret": '"env:REDDIT_CLIENT_SECRET"',
    "columns": '{ native_id = "id", text = "text" }',
    "currency": '"EUR"',
    "domains": '["acme.example"]',
    "day": "2026-01-31",
    "end": "2026-03-31",
    "exclude": '["acme oyster"]',
    "from": "2026-01-01",
    "handles": '["acme_official"]',
    "languages": '["en"]',
    "name": '"Acme"',
    "path": '"history.csv"',
    "period": '"day"',
    "ports": "[80, 443]",
    "start": "2026-01-01",
    "subreddits": '["SaaS"]',
    "terms": '["Acme"]',
    "to": "2026-01-31",
    "token": '"env:SLACK_BOT_TOKEN"',
    "type": '"rss"',
    "urls": '["https://example.org/feed.xml"]',
    "webhook": '"env:SLACK_WEBHOOK"',
}
# What one might look for in vain: planned, described, and not built yet.
_NOT_YET = {
    "query": "the query language is not there yet; list the words in terms, and other meanings in exclude",
}
_A_DAY = ("a date", "write year, month and day, without quotes or a time, for example 2026-01-31")
_KINDS: dict[str, tuple[str, str]] = {
    # pydantic's error -> (what it wanted, how that is written)
    "string_type": ("a text", "put it in double quotes"),
    "bool_type": ("true or false", "write true or false, without quotes"),
    "int_type": ("a whole number", "write a whole number without quotes, for example 8"),
    "int_from_float": ("a whole number", "write it without a fraction, for example 8"),
    "float_type": ("a number", "write a number without quotes, for example 0.05"),
    "decimal_type": ("a number", "write a number without quotes, for example 0.05"),
    "decimal_parsing": ("a number", "write a number without quotes, for example 0.05"),
    "date_type": _A_DAY,
    "date_parsing": _A_DAY,
    "date_from_datetime_parsing": _A_DAY,
    "date_from_datetime_inexact": _A_DAY,
    "tuple_type": ("a list", "put it in square brackets"),
    "list_type": ("a list", "put it in square brackets"),
    "dict_type": ("a table", 'write it as { key = "value" }'),
    "model_type": ("a table", "write its header in square brackets on a line of its own"),
    "model_attributes_type": ("a table", "write its header in square brackets on a line of its own"),
}
# How a source's own refusal goes on to its remedy: "reads nothing; set ...", "sent in the open: write https://..."
_REMEDY = re.compile(r"; |: (?=(?:add|give|list|set|use|write)\b)")
_SHORT = 60  # characters of a wrong value that are repeated; longer is no slip of the pen
_LIMITS = {
    "greater_than_equal": ("ge", "less than {}", "write {} or more"),
    "greater_than": ("gt", "not more than {}", "write more than {}"),
    "less_than_equal": ("le", "more than {}", "write {} or less"),
    "less_than": ("lt", "not less than {}", "write less than {}"),
}


def findings_of(error: ValidationError, model: type[BaseModel], data: object, at: Path) -> Iterator[Finding]:
    """Give one finding per mistake that pydantic saw in `data`, the table that stands at path `at`."""
    for detail in error.errors(include_url=False):
        inside = _real_path(detail["loc"], data, detail["type"] in {"missing", "extra_forbidden"})
        what, remedy = _explain(detail, model, inside)
        yield Finding((*at, *inside), what, remedy)


def known_elsewhere(key: str) -> str | None:
    """Say where a key belongs that stands in the wrong table: 'into [slack]'; None when no table knows it."""
    if key in Settings.model_fields:
        return "at the top of the file, before the first [table]"
    for name, field in Settings.model_fields.items():
        table = model_in(field.annotation)
        if name not in {"sources", "alerts"} and table is not None and key in keys_of(table):
            brackets = "[[{}]]" if "tuple" in str(field.annotation) else "[{}]"
            return f"in {brackets.format(name)}"
    return None


def model_in(annotation: object) -> type[BaseModel] | None:
    """Give the model of a table that an annotation speaks of: Slack for `Slack | None`, Brand for `tuple[Brand, ...]`.

    None when it speaks of no table.
    """
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := model_in(part))), None)


def keys_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Give the fields of a table by the keys that the file has for them."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _explain(  # noqa: C901, PLR0911  # one answer per sort of mistake, read from top to bottom
    detail: ErrorDetails, model: type[BaseModel], path: Path
) -> tuple[str, str]:
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    if kind == "missing":
        return "missing", f"add it, for example {_example(key, model, path)}"
    if kind == "extra_forbidden":
        return _unknown_key(key, _model_at(model, path[:-1]))
    if kind in {"value_error", "assertion_error"}:
        what, remedy = [*_REMEDY.split(str(context.get("error", "not valid")), maxsplit=1), ""][:2]
        if what == "not a time zone" and isinstance(value, str) and (meant := nearest(value, available_timezones())):
            remedy = f'did you mean "{meant}"?'
        return what, remedy or "see what docs/configuration.md says about it"
    if kind in {"literal_error", "enum"}:
        return _not_one_of(value, str(context.get("expected", "")))
    if kind == "finite_number" or (kind in _LIMITS and isinstance(value, float) and isnan(value)):
        return "not a number", "write one, for example 0.05"
    if kind in _LIMITS:
        name, what, remedy = _LIMITS[kind]
        return what.format(context[name]), remedy.format(context[name])
    if kind == "string_too_short":
        return "too short", f"write {context.get('min_length')} letters or more"
    if kind == "too_short":
        return "empty", f"list at least one, for example {_example(key, model, path)}"
    if kind in {"too_long", "string_too_long"}:
        return "too long", f"keep it to {context.get('max_length')} at most"
    if kind == "string_pattern_mismatch":
        return "not in the form that is needed", f"write it as in {_example(key, model, path)}"
    return _wrong_type(kind, value, key, model, path)


def _wrong_type(kind: str, value: object, key: str, model: type[BaseModel], path: Path) -> tuple[str, str]:
    wanted, remedy = _KINDS.get(kind, ("what can stand here", "see what docs/configuration.md says about it"))
    if wanted == "a list" and isinstance(value, str):
        shown = f'["{value}"]' if _showable(value) else _example(key, model, path)
        remedy = f"put it in square brackets: {key} = {shown}"
    elif wanted == "a text" and isinstance(value, list | tuple):
        remedy = "write one text in double quotes, without brackets"
    elif wanted in {"a whole number", "a number"} and isinstance(value, str) and _is_number(value):
        remedy = f"leave the quotes out: {value}"
    elif wanted == "a table" and model is not Settings:
        remedy = f'write it as {key} = {{ key = "value" }}'
    elif wanted == "a table" and isinstance(value, list | tuple):
        remedy = f"write [{key}] with single brackets, once"
    return f"{_name_of(value)}, where {wanted} belongs", remedy


def _unknown_key(key: str, table: type[BaseModel] | None) -> tuple[str, str]:
    known = list(keys_of(table)) if table else []
    if key in _NOT_YET:
        what, _, remedy = _NOT_YET[key].partition("; ")
        return what, remedy
    if meant := nearest(key, known):
        return "unknown key", f'did you mean "{meant}"?'
    if place := known_elsewhere(key):
        return "unknown key here", f"it belongs {place}"
    return "unknown key", f"remove it; known here are {', '.join(known)}"


def _not_one_of(value: object, expected: str) -> tuple[str, str]:
    choices = [word.strip().strip("'") for word in expected.replace(" or ", ", ").split(",")]
    listed = ", ".join(f'"{choice}"' for choice in choices)
    if not isinstance(value, str):
        return f"{_name_of(value)}, where a word belongs", f"write one of {listed}"
    what = f'"{value}" is not known' if _showable(value) else "not known"
    meant = nearest(value, choices)
    return what, f'did you mean "{meant}"? One of {listed}' if meant else f"write one of {listed}"


def _example(key: str, model: type[BaseModel], path: Path) -> str:
    field = _field_at(model, path)
    if field is not None and field.examples:
        example = field.examples[0]
        return f'{key} = "{example}"' if isinstance(example, str) else f"{key} = {example}".replace("'", '"')
    example = EXAMPLES.get(key, '"..."')
    return example if example.startswith("[[") else f"{key} = {example}"


def _field_at(model: type[BaseModel], path: Path) -> FieldInfo | None:
    keys = [part for part in path if isinstance(part, str)]
    table = _model_at(model, tuple(keys[:-1]))
    return keys_of(table).get(keys[-1]) if table and keys else None


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    for part in path:
        if isinstance(part, str):
            field = model.model_fields.get(part)
            inner = model_in(field.annotation) if field else None
            if inner is None:
                return None
            model = inner
    return model


def _real_path(loc: tuple[int | str, ...], data: object, last_is_key: bool) -> Path:  # noqa: FBT001  # private
    """Drop the parts that pydantic adds for its own sake, as the branch of a union; keep what the file has."""
    path: list[str | int] = []
    for place, part in enumerate(loc):
        here = isinstance(data, Mapping) and part in data
        here = here or (isinstance(data, list) and isinstance(part, int) and part < len(data))
        if here:
            data = data[part]  # type: ignore[index]  # a table or a list, as just seen
        if here or (last_is_key and place == len(loc) - 1):
            path.append(part)
    return tuple(path)


def _name_of(value: object) -> str:
    names: list[tuple[Callable[[Any], bool], str]] = [
        (lambda it: isinstance(it, bool), "true or false"),
        (lambda it: isinstance(it, str), "a text"),
        (lambda it: isinstance(it, int | float), "a number"),
        (lambda it: isinstance(it, list | tuple), "a list"),
        (lambda it: isinstance(it, Mapping), "a table"),
    ]
    return next((name for fits, name in names if fits(value)), "something else")


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).removeprefix("-").isdecimal()


def _showable(text: str) -> bool:
    """Whether a wrong value may be repeated: short, printable, and nothing like a secret."""
    return len(text) <= _SHORT and text.isprintable() and '"' not in text and secret_in(text) is None
