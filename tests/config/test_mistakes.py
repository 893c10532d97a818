from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.load import load
from tests.config.kinds import KINDS

BRANDS = '[[brands]]\nname = "Acme"\nrole = "own"\n[[brands]]\nname = "Globex"\n'
TOKEN = "xoxb-1111-2222-canary"
WEBHOOK = "https://hooks.slack.com/services/T0/B0/canary"
JARGON = ("Traceback", "pydantic", "Value error", "Input should", "tuple", "instance", "NoneType", "ctx", "str_type")
BLOCK = re.compile(r"^== (.+) \| (above|below|alone)\n(.*?)\n-- (.+)$", re.MULTILINE | re.DOTALL)


def mistakes() -> dict[str, tuple[str, str]]:
    """Each mistake of mistakes.txt by its name: the whole text of the config, and the answer."""
    found = {}
    blocks = Path(__file__).with_name("mistakes.txt").read_text(encoding="utf-8")
    for block in blocks.strip().split("\n\n"):
        if match := BLOCK.search(block):
            name, place, text, answer = match.groups()
            text = text.replace("{token}", TOKEN).replace("{webhook}", WEBHOOK) + "\n"
            found[name] = {"above": text + BRANDS, "below": BRANDS + text, "alone": text}[place], answer
    return found


MISTAKES = mistakes()


def test_there_are_forty_mistakes_at_least() -> None:
    assert len(MISTAKES) >= 40


@pytest.mark.parametrize(("text", "answer"), MISTAKES.values(), ids=MISTAKES.keys())
def test_mistake_is_answered_by_where_what_and_remedy(text: str, answer: str, tmp_path: Path) -> None:
    path = tmp_path / "overheard.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        load(path, KINDS)

    assert [str(problem) for problem in caught.value.problems] == [answer]
    assert [found for found in tmp_path.iterdir() if found != path] == []
    assert [word for word in JARGON if word in str(caught.value)] == []
    assert [secret for secret in (TOKEN, WEBHOOK, "canary") if secret in str(caught.value)] == []
    assert caught.value.__cause__ is None


def test_secret_stays_unsaid_in_an_unknown_key_and_in_a_key_itself(tmp_path: Path) -> None:
    path = tmp_path / "overheard.toml"
    path.write_text(f'bot = "{TOKEN}"\n"{TOKEN}" = 1\n[slack]\ntokens = ["{WEBHOOK}"]\n', encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        load(path, KINDS)

    assert "canary" not in str(caught.value)
    assert [problem.where for problem in caught.value.problems][:2] == ["bot", "***"]
