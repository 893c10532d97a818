"""Digests of five shapes, as each form shows them.

The golden files hold what is rendered today; after a wanted change write them anew and read the difference:

    make golden
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from notifier import digest_json, html, slack_blocks, terminal
from notifier.contents import Digest
from tests.notifier.shapes import SHAPES

GOLDEN = Path(__file__).parent / "golden"


def slack_json(digest: Digest) -> str:
    return json.dumps(slack_blocks.render(digest), ensure_ascii=False, indent=1) + "\n"


FORMS: dict[str, Callable[[Digest], str]] = {
    "digest-80.txt": lambda digest: terminal.render(digest, 80),
    "digest-slack.json": slack_json,
    "digest.html": html.render,
}
MORE: dict[str, Callable[[Digest], str]] = {
    "digest-120.txt": lambda digest: terminal.render(digest, 120),
    "digest-80-colour.txt": lambda digest: terminal.render(digest, 80, colour=True),
    "digest.json": digest_json.render,
}
CASES = {f"{shape}-{name}": (made, form) for shape, made in SHAPES.items() for name, form in FORMS.items()} | {
    f"{shape}-{name}": (SHAPES[shape], form) for shape in ("normal", "quiet") for name, form in MORE.items()
}


@pytest.mark.parametrize("name", CASES)
def test_form_is_the_golden_one(name: str) -> None:
    made, form = CASES[name]
    actual = form(made())
    if os.environ.get("OVERHEARD_REFRESH_GOLDEN"):
        (GOLDEN / name).write_text(actual, encoding="utf-8")

    assert actual == (GOLDEN / name).read_text(encoding="utf-8")


def test_every_golden_file_is_compared() -> None:
    assert {path.name for path in GOLDEN.glob("*-digest*")} == set(CASES)
