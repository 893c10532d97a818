"""Writes into docs/kpis.md what the registry knows of every KPI and fact: `python -m docs.kpis`.

What stands outside the markers is written by people and stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from scoring.facts import FACTS
from scoring.kpi import Better, Kpi
from scoring.kpis import KPIS

PAGE = Path(__file__).with_name("kpis.md")
_MARKED = re.compile(r"<!-- (?P<name>every [a-z]+) -->\n.*?<!-- end of them -->", re.DOTALL)


def refreshed(page: str) -> str:
    """Give the page with every marked part as the registry tells it today."""
    return _MARKED.sub(lambda found: f"<!-- {found['name']} -->\n{_PARTS[found['name']]()}<!-- end of them -->", page)


def _kpis() -> str:
    return "\n".join(map(_section, KPIS.values()))


def _section(kpi: Kpi) -> str:
    optional = [f"`{name}` where it is known" for name in kpi.may_need]
    needs = ", ".join([*(f"`{name}`" for name in kpi.needs), *optional])
    better = "" if kpi.better is Better.NEITHER else f", better {kpi.better}"
    zero = f"Undefined where {kpi.over} is 0." if kpi.over else ""
    told = " ".join(filter(None, (f"Needs {needs}.", zero, kpi.note)))
    return f"### {kpi.id}\n\n{kpi.name}: {kpi.kind}, {kpi.unit}{better}.\n\n    {kpi.formula}\n\n{told}\n"


def _facts() -> str:
    rows = (f"| `{name}` | {fact.meaning} | {fact.sort} | {fact.source} |\n" for name, fact in FACTS.items())
    return f"| fact | what it is | sort | where it comes from |\n|---|---|---|---|\n{''.join(rows)}"


_PARTS: Final[dict[str, Callable[[], str]]] = {"every kpi": _kpis, "every fact": _facts}

if __name__ == "__main__":
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
