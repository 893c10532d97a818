"""`python -m bench [name ...]`: run all measures, or those named, and print one table.

A measure is a module of this folder with a function `measure() -> list[Row]`; its docstring says what is measured
against whom. Exit code 1 when a figure is short of its goal. What cannot be measured here is named with its reason.
"""

from __future__ import annotations

import importlib
import sys

from bench.figures import NotMeasuredError, Row

MEASURES = (
    "sentiment",
    "accuracy",
    "language",
    "learning",
    "start",
    "matching",
    "parse",
    "insert",
    "digest",
    "repoll",
    "imports",
    "attribution",
    "lift",
    "spikes",
    "discoveries",
    "rising",
    "new_topics",
    "end_to_end",
)
HEAD = ("figure", "ours", "peer", "ratio", "goal", "")


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        print(f"no such measure: {', '.join(unknown)}; there are: {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    missing: list[str] = []
    for name in names or MEASURES:
        print(f"measuring {name} ...", file=sys.stderr)
        try:
            rows += importlib.import_module(f"bench.{name}").measure()
        except NotMeasuredError as reason:
            missing.append(f"not measured: {name}: {reason}")
    table = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(HEAD))]
    for line in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    print("\n".join(missing))
    return 0 if all(row.ok for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
