from __future__ import annotations

import tomllib
from typing import Any

import pytest

from config.editing import add_brand, add_source

CONFIG = """# mine
timezone = "UTC"   # home

[[brands]]
name = "Acme"

[[sources]]
type = "feed"  # the blog
urls = [
  "https://a",  # first
]

# Slack comes last
[network]
workers = 2
"""
NEW: dict[str, Any] = {"type": "file", "path": "x.csv", "columns": {"text": "body"}, "enabled": True}


def test_source_stands_behind_the_last_one_and_every_comment_stays_where_it_was() -> None:
    expected = CONFIG.replace(
        "]\n\n# Slack",
        ']\n\n[[sources]]\ntype = "file"\npath = "x.csv"\ncolumns = {text = "body"}\nenabled = true\n\n# Slack',
    )

    assert add_source(CONFIG, NEW) == expected


def test_brand_stands_behind_the_last_brand() -> None:
    expected = CONFIG.replace('name = "Acme"\n', 'name = "Acme"\n\n[[brands]]\nname = "Globex"\n')

    assert add_brand(CONFIG, {"name": "Globex"}) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment",
        'timezone = "UTC"',
        "sources = []\n# keep\n[network]\n",
        'sources = [{ type = "feed", urls = ["https://a"] }] # inline\n',
        '[[sources]]\ntype = "a"\n[sources.columns]\ntext = "b"',
        '[[sources]]\ntype = "a" # c\n\n\n\n',
        '# c\r\n[[sources]]\r\ntype = "a"\r\n\r\n[network]\r\nworkers = 2\r\n',
        CONFIG,
    ],
    ids=["empty", "comment", "no sources", "empty list", "inline", "sub-table", "blank lines", "dos", "whole"],
)
def test_text_stays_toml_and_holds_what_it_held_and_the_new_table(text: str) -> None:
    before = tomllib.loads(text.replace("\r\n", "\n"))

    after = add_source(text, NEW)

    assert tomllib.loads(after.replace("\r\n", "\n")) == {**before, "sources": [*before.get("sources", []), NEW]}
    assert [line for line in text.splitlines() if "#" in line and line not in after and "inline" not in line] == []
    assert ("\r\n" in text) == ("\r\n" in after)
    assert after.replace("\r\n", "").count("\r") == 0


def test_two_sources_are_added_one_behind_the_other() -> None:
    after = add_source(add_source("", NEW), {"type": "feed", "urls": ("https://a",)})

    assert [table["type"] for table in tomllib.loads(after)["sources"]] == ["file", "feed"]
