"""The two configs that ship with the program, against the source types and alert rules that are really there."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, time
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it publishes no types

from config.alert_settings import AlertSettings
from config.load import read_settings
from config.schema import CHOSEN, documented_keys, json_schema
from config.settings import SourceSettings
from overheard.kinds import all_kinds

KINDS = all_kinds()


def text_of(name: str) -> str:
    return files("config").joinpath(name).read_text(encoding="utf-8")


def keys_of(text: str) -> set[tuple[str, str]]:
    """Give (table, key) of every key of a config, those behind a comment sign included."""
    told = re.sub(r"^# (\w+ = .*)$", r"\1", text, flags=re.MULTILINE)
    found: set[tuple[str, str]] = set()
    for key, value in tomllib.loads(told).items():
        tables: list[Any] = value if isinstance(value, list) else [value]
        for table in tables:
            if isinstance(table, dict):
                name = f"{key}.{table[CHOSEN[key]]}" if key in CHOSEN else key
                found |= {(name, inner) for inner in table}
            else:
                found.add(("", key))
    return found


def test_example_shows_every_setting_and_nothing_else() -> None:
    expected = set(documented_keys(KINDS))
    shared = {
        (f"{table}.{name}", key)
        for table, names, model in (
            ("sources", KINDS.sources.names, SourceSettings),
            ("alerts", KINDS.rules.names, AlertSettings),
        )
        for name in names
        for key in model.model_fields
        if key != CHOSEN[table]
    }
    shown_once = {("sources.rss", key) for key in SourceSettings.model_fields}
    shown_once |= {("alerts.source_silent", key) for key in AlertSettings.model_fields}

    found = keys_of(text_of("example.toml"))

    assert found - expected == set()
    assert expected - found - (shared - shown_once) == set()


@pytest.mark.parametrize("name", ["example.toml", "starter.toml"])
def test_config_that_ships_loads_and_pleases_its_schema(name: str) -> None:
    text = text_of(name)

    settings = read_settings(text, Path(name), KINDS)

    plain = json.loads(
        json.dumps(tomllib.loads(text), default=lambda it: it.isoformat() if isinstance(it, date | time) else str(it))
    )
    assert [error.message for error in Draft202012Validator(json_schema(KINDS)).iter_errors(plain)] == []
    assert [brand.role for brand in settings.brands] == ["own", "competitor"]


def test_starter_speaks_to_the_terminal_and_needs_no_secret() -> None:
    text = text_of("starter.toml")
    settings = read_settings(text, Path("overheard.toml"), KINDS)

    assert settings.slack is None
    assert [source.type for source in settings.sources] == ["hackernews", "rss"]
    assert text.count("EDIT") >= 3


@pytest.mark.parametrize("line", [line for line in text_of("example.toml").splitlines() if re.match(r"\w+ =", line)])
def test_setting_of_the_example_is_explained_on_its_line_or_above(line: str) -> None:
    shown_before = re.match(r'(name|role|type|period|weekday|columns) = |type = "', line)
    assert " # " in line or shown_before
