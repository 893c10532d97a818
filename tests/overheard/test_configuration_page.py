from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.alert_settings import AlertSettings
from config.load import read_settings
from config.schema import documented_keys
from config.settings import SourceSettings
from docs.configuration import PAGE, refreshed
from overheard.kinds import all_kinds

TEXT = PAGE.read_text(encoding="utf-8")
SECTION = re.compile(r"<!-- settings of ([a-z_. ]+) -->\n(.*?)<!-- end of settings -->", re.DOTALL)


def test_page_says_what_the_program_says_today() -> None:
    assert refreshed(TEXT) == TEXT, "run `python -m docs.configuration`"


def keys_of_the_page() -> list[tuple[str, str]]:
    """All but the own keys of alert rules, which have a page and a test of their own."""
    keys = sorted(documented_keys(all_kinds()))
    return [(table, key) for table, key in keys if not table.startswith("alerts.") or key in AlertSettings.model_fields]


@pytest.mark.parametrize(("table", "key"), keys_of_the_page())
def test_setting_has_its_row(table: str, key: str) -> None:
    if table.startswith("sources.") and key in SourceSettings.model_fields:
        name = "every source"
    elif table.startswith("alerts."):
        name = "every alert"
    else:
        name = table or "the top"
    rows = dict(SECTION.findall(TEXT))

    assert f"| `{key}` | " in rows[name]


def test_every_row_says_something() -> None:
    rows = [line for _, body in SECTION.findall(TEXT) for line in body.splitlines()[2:]]

    assert len(rows) >= 40
    assert [row for row in rows if len(row.split("|")[2].strip()) < 10] == []


def test_smallest_config_of_the_page_loads() -> None:
    smallest = re.search(r"## The smallest useful config\n\n```toml\n(.*?)```", TEXT, re.DOTALL)
    assert smallest is not None

    settings = read_settings(smallest[1], Path("overheard.toml"), all_kinds())

    assert [brand.slug for brand in settings.brands] == ["acme", "globex"]


def test_wrong_configs_of_the_page_are_answered_and_keep_their_secret() -> None:
    answers = re.findall(r"```text\n(.*?)```\n<!-- end of its answer -->", TEXT, re.DOTALL)

    assert [len(answer.splitlines()) for answer in answers] == [7, 1]
    assert all("xoxb" not in answer for answer in answers)
