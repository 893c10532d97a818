"""Digests of five shapes, as each form shows them, and an ordinary week in every language.

The golden files hold what is rendered today; after a wanted change write them anew and read the difference:

    make golden
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from config.values import Language
from notifier.digest.contents import Digest
from notifier.languages.speech import ENGLISH, Speech
from notifier.renderers import digest_json, html, slack_blocks, terminal
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
TOLD = ("digest-80.txt", "digest-slack.json")  # of every other language
CASES = (
    {f"{shape}-{name}": (made, ENGLISH, form) for shape, made in SHAPES.items() for name, form in FORMS.items()}
    | {
        f"{shape}-{name}": (SHAPES[shape], ENGLISH, form)
        for shape in ("normal", "quiet")
        for name, form in MORE.items()
    }
    | {
        f"normal-{code}-{name}": (SHAPES["normal"], Speech(code), FORMS[name])
        for code in get_args(Language)
        if code != ENGLISH.language
        for name in TOLD
    }
)


@pytest.mark.parametrize("name", CASES)
def test_form_is_the_golden_one(name: str) -> None:
    made, speech, form = CASES[name]
    actual = form(made(speech))
    if os.environ.get("OVERHEARD_REFRESH_GOLDEN"):
        (GOLDEN / name).write_text(actual, encoding="utf-8")

    assert actual == (GOLDEN / name).read_text(encoding="utf-8")


def test_every_golden_file_is_compared() -> None:
    assert {path.name for path in GOLDEN.glob("*-digest*")} == set(CASES)
