"""Writes into docs/alert-rules.md what the registry knows of every alert rule: `python -m docs.alert_rules`.

What stands outside the markers is written by people and stays.
"""

from __future__ import annotations

import re
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from typing import Any

from config.schema import json_schema
from docs.configuration import settings_table
from notifier.registry import RULES
from overheard.kinds import all_kinds

PAGE = Path(__file__).with_name("alert-rules.md")
_MARKED = re.compile(r"<!-- every rule -->\n.*?<!-- end of them -->", re.DOTALL)


def refreshed(page: str) -> str:
    """Give the page with every rule as the program tells it today."""
    schema = json_schema(all_kinds())
    sections = "\n".join(_section(schema, rule) for rule in RULES)
    return _MARKED.sub(lambda _: f"<!-- every rule -->\n{sections}<!-- end of them -->", page)


def _section(schema: dict[str, Any], rule: str) -> str:
    module, _, name = RULES[rule].partition(":")
    told = getdoc(getattr(import_module(module), name)) or ""
    keys = settings_table(schema, f"alerts.{rule}")
    return f"### {rule}\n\n{told}\n\n{keys}"


if __name__ == "__main__":
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
