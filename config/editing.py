"""Adding a table to a config that a person wrote: text in, text out, everything else stays as it was."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import tomlkit

from config.lines import end_of_table, line_numbers


def add_source(text: str, table: Mapping[str, Any]) -> str:
    """Give the config with one more [[sources]] table, behind the last one. Comments and layout stay.

    `text` must be valid TOML; values are what TOML knows (texts, numbers, lists, tables).
    """
    return _add(text, "sources", table)


def add_brand(text: str, table: Mapping[str, Any]) -> str:
    """Give the config with one more [[brands]] table, behind the last one. Comments and layout stay."""
    return _add(text, "brands", table)


def _add(text: str, key: str, table: Mapping[str, Any]) -> str:
    before = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    tables = before.get(key, [])
    if tables and (key, len(tables) - 1) not in line_numbers(text):
        return _add_inline(text, key, table)
    newline = "\r\n" if "\r\n" in text else "\n"
    end = end_of_table(text, (key, len(tables) - 1)) if tables else None
    if end is None:
        if (key,) in line_numbers(text):  # `sources = []` stands there: the tables take its place
            return _add(tomlkit.dumps(_without(text, key)), key, table)
        end = len(text.rstrip())
    block = newline.join(_written(key, table).splitlines())
    head, tail = text[:end].rstrip("\r\n"), text[end:]
    return f"{head}{newline}{newline}{block}{tail if tail.strip() else newline}" if head else block + newline


def _written(key: str, table: Mapping[str, Any]) -> str:
    item = tomlkit.table()
    for name, value in table.items():
        item[name] = _inline(value)
    array = tomlkit.aot()
    array.append(item)
    document = tomlkit.document()
    document[key] = array
    return tomlkit.dumps(document).strip()


def _inline(value: object) -> object:
    """Keep a table within a table on one line: `columns = { text = "body" }`."""
    if not isinstance(value, Mapping):
        return list(value) if isinstance(value, tuple) else value
    inline = tomlkit.inline_table()
    inline.update({name: _inline(inner) for name, inner in value.items()})
    return inline


def _add_inline(text: str, key: str, table: Mapping[str, Any]) -> str:
    """Append to `sources = [{...}, {...}]`, the other way to write tables."""
    document = tomlkit.parse(text)
    document[key].append(_inline(table))
    return tomlkit.dumps(document)


def _without(text: str, key: str) -> tomlkit.TOMLDocument:
    document = tomlkit.parse(text)
    document.remove(key)
    return document
