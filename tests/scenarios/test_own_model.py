"""A model of the user's own, from the config to what `overheard mentions` shows."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.doubles.tiny_model import TinyModel
from tests.scenarios.house import Feeds, House, Item, config

pytestmark = pytest.mark.process

NOW = datetime(2026, 7, 6, 7, 0, tzinfo=UTC)
TITLES = {
    "praise": "Acme ist gut. Globex ist leider schlecht",
    "broken": "Acme ist heute wieder kaputt und niemand weiss warum",
    "english": "Acme is great and everyone loves it",
}


def test_texts_of_a_language_are_scored_by_the_model_that_its_owner_chose(tmp_path: Path, feeds: Feeds) -> None:
    house = House(tmp_path)
    TinyModel(unknown_ids=("kaputt",)).write(tmp_path / "models" / "tiny")
    address = feeds.put("/feed", [Item(name, title, NOW) for name, title in TITLES.items()])
    chosen = '[sentiment]\nscorers = { de = "onnx:models/tiny" }\n'
    house.write_config('languages = ["en", "de"]\n' + config(urls=[address]) + chosen)

    checked = house.run("check", now=NOW).stdout
    collected = house.run("collect", now=NOW)
    lines = house.run("mentions", "--format", "jsonl", now=NOW).stdout.splitlines()

    model = re.search(r"sentiment\.scorers\.de: texts are scored by (onnx-tiny-[0-9a-f]{8})\n", checked)
    assert model is not None
    assert collected.stderr.count("model_failed") == 1  # for the text, and for the brand in it
    found = {
        (mention["title"], brand["brand"]): brand["sentiment"]
        for mention in map(json.loads, lines)
        for brand in mention["brands"]
    }
    said = {place: (seen["label"], seen["method"], seen["reason"]) for place, seen in found.items()}
    assert said == {
        (TITLES["praise"], "acme"): ("positive", f"{model[1]}/windows-1", None),
        (TITLES["praise"], "globex"): ("negative", f"{model[1]}/windows-1", None),
        (TITLES["broken"], "acme"): ("unscored", "unscored", "unscored: model failed"),
        (TITLES["english"], "acme"): ("positive", "vader-3.3.2/targeted-3", None),
    }
