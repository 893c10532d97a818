from __future__ import annotations

import re

import pytest

from docs.kpis import PAGE, refreshed
from scoring.facts import FACTS
from scoring.kpis import KPIS

TEXT = PAGE.read_text(encoding="utf-8")


def test_the_page_of_kpis_is_todays() -> None:
    assert refreshed(TEXT) == TEXT, "run `python -m docs.kpis`"


@pytest.mark.parametrize("name", KPIS)
def test_every_kpi_has_one_heading_and_its_formula(name: str) -> None:
    sections = re.findall(rf"^### {name}$(.*?)(?=^##|\Z)", TEXT, re.MULTILINE | re.DOTALL)

    assert len(sections) == 1
    assert f"    {KPIS[name].formula}\n" in sections[0]


def test_every_fact_has_its_row() -> None:
    assert re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE) == list(FACTS)
