from __future__ import annotations

import ast
import importlib
import json
import re
import textwrap
from pathlib import Path

import pytest

from bench.published import TABLES
from config.schema import json_schema
from docs import campaign_formats
from docs.campaign_formats import PAGE as FORMATS
from docs.commands import PAGE, helps, refreshed
from listener.campaigns.mapping import Format, read_format, shipped
from listener.registry import COLLECTORS
from notifier.registry import RULES
from overheard.cli import COMMANDS
from overheard.kinds import all_kinds
from tests.architecture.house import ROOMS, ROOT

DOCS = ROOT / "docs"
NAMED = re.compile(r"`((?:" + "|".join(ROOMS) + r")(?:\.[A-Za-z_][A-Za-z0-9_]*)+)(?:\(\))?`")
WITH_NAMES = [DOCS / "architecture.md", ROOT / "CONTRIBUTING.md", *sorted((DOCS / "decisions").glob("*.md"))]


def headings(page: Path) -> list[str]:
    return re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_heading(name: str) -> None:
    assert f"overheard {name}" in headings(PAGE), "run `python -m docs.commands`, then write what the help leaves out"


def test_the_page_of_commands_shows_todays_help() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == refreshed(page), "run `python -m docs.commands`"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_of_commands_tells_what_the_command_tells(name: str) -> None:
    summary = COMMANDS[name][1]
    _, text = next(helps(name))
    said = " ".join(text.split())
    assert summary.rstrip(".") in said, (
        f"begin the docstring of `overheard {name}` with its line of the table: {summary}"
    )


@pytest.mark.parametrize("name", COLLECTORS)
def test_every_collector_has_a_heading(name: str) -> None:
    found = [heading.strip("`") for heading in headings(DOCS / "collectors.md")]
    assert name in found, f"write a section `## {name}` in docs/collectors.md: what it hears, its keys, its limits"


@pytest.mark.parametrize("name", RULES)
def test_every_alert_rule_has_a_heading(name: str) -> None:
    assert name in headings(DOCS / "alert-rules.md"), "run `python -m docs.alert_rules`"


PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_that_a_page_names_is_there(page: Path) -> None:
    named = set(re.findall(r"(?:`|^|\$ )overheard ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= set(COMMANDS), f"not commands: {sorted(named - set(COMMANDS))}"


@pytest.mark.parametrize("name", COLLECTORS)
def test_the_page_of_collectors_tells_the_defaults_that_settings_have(name: str) -> None:
    schema = json_schema(all_kinds())
    reference = schema["properties"]["sources"]["items"]["discriminator"]["mapping"][name]
    settings = schema["$defs"][reference.rpartition("/")[2]]["properties"]
    page = (DOCS / "collectors.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    told = dict(re.findall(r'^\| `(\w+)` \| `("[^`]*"|true|false|\d+)` \|', section, re.MULTILINE))
    assert told, f"no defaults found under {name}"
    assert told == {key: json.dumps(settings[key]["default"]) for key in told}


def exists(dotted: str) -> bool:
    """Tell whether `room.module.name.attribute` is there."""
    parts = dotted.split(".")
    for cut in range(len(parts), 0, -1):
        file = ROOT.joinpath(*parts[:cut])
        if file.with_suffix(".py").is_file() or (file / "__init__.py").is_file():
            thing: object = importlib.import_module(".".join(parts[:cut]))
            for name in parts[cut:]:
                if name in getattr(thing, "__annotations__", {}) and not hasattr(thing, name):
                    return name == parts[-1]
                if not hasattr(thing, name):
                    return False
                thing = getattr(thing, name)
            return True
    return False


@pytest.mark.parametrize("page", WITH_NAMES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_names_is_there(page: Path) -> None:
    lost = sorted({name for name in NAMED.findall(page.read_text(encoding="utf-8")) if not exists(name)})
    assert not lost, f"these names are not in the code (any more): {lost}"


def test_a_name_that_is_not_there_is_found() -> None:
    found = NAMED.findall("`storage.records.Mention.text` and `storage.records.Nothing` and `scoring.nowhere()`")
    assert [name for name in found if not exists(name)] == ["storage.records.Nothing", "scoring.nowhere"]


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(page.name[:4]) for page in sorted((DOCS / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1)), "give the new decision the next number"


@pytest.mark.parametrize("page", sorted((DOCS / "decisions").glob("*.md")), ids=lambda page: page.stem)
def test_a_decision_is_half_a_page_of_problem_choice_and_refusals(page: Path) -> None:
    assert headings(page)[1:] == ["Problem", "Choice", "Refused"], (
        "tell the problem, the choice, what was refused and why"
    )
    assert len(page.read_text(encoding="utf-8").splitlines()) <= 60, "half a page: cut what the code says itself"


def test_every_table_that_the_page_of_sentiment_shows_is_measured() -> None:
    shown = re.findall("<!-- measured: ([a-z ]+) -->", (DOCS / "sentiment.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(TABLES), "run `python -m bench accuracy`, which fills the tables between the markers"


def test_examples_of_code_in_contributing_are_python() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        ast.parse(textwrap.dedent(block))


@pytest.mark.parametrize("form", shipped(), ids=lambda form: form.name)
def test_every_format_has_a_heading(form: Format) -> None:
    assert form.name in headings(FORMATS), f"write a section `## {form.name}` in docs/campaign-formats.md"


def test_the_page_of_formats_shows_todays_columns() -> None:
    page = FORMATS.read_text(encoding="utf-8")
    assert page == campaign_formats.refreshed(page), "run `python -m docs.campaign_formats`"


def test_the_mapping_that_the_page_of_formats_shows_is_one() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", FORMATS.read_text(encoding="utf-8"), re.DOTALL)
    assert read_format(block, "radio.toml").name == "radio"
