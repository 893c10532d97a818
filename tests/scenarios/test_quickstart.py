"""The commands of docs/quickstart.md, run in its order."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.scenarios.house import Feeds, House, Item

pytestmark = pytest.mark.process

PAGE = Path(__file__).parents[2] / "docs" / "quickstart.md"
NOW = datetime(2026, 7, 6, 12, 0, tzinfo=UTC)


def commands() -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines() if line.strip()]


def test_commands_of_the_quickstart_run_in_order(tmp_path: Path, feeds: Feeds) -> None:
    house = House(tmp_path)
    address = feeds.put("/feed.xml", [Item("a", "Firefox is great", NOW)])
    asked = commands()
    assert [arguments[:2] for arguments in asked[:2]] == [["overheard", "demo"], ["overheard", "init"]]
    for program, *arguments in asked:
        assert program == "overheard"
        if arguments[0] == "collect":
            _listen_here_only(tmp_path / "overheard.toml", address)
        house.run(*arguments, now=NOW)
    assert house.json("mentions", now=NOW)["mentions"][0]["brands"][0]["brand"] == "firefox"


def _listen_here_only(path: Path, address: str) -> None:
    """Put a feed of this machine in the place of the starter's sources."""
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition("[[sources]]")
    after = rest[rest.index("[[digests]]") :]
    ours = f'[network]\nallow_private = true\n\n[[sources]]\ntype = "rss"\nurls = ["{address}"]\n\n'
    path.write_text(before + ours + after, encoding="utf-8")
