"""A problem while its place is still a path, and how a path is written for a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from config.errors import Problem
from config.lines import Path, line_of
from config.secrecy import hide_secrets

_BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong at a path of the config, and the remedy."""

    path: Path
    what: str
    remedy: str


def written(path: Path) -> str:
    """Write a path as people count: ("sources", 1, "urls") is `sources[2].urls`, a key of the second [[sources]]."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += ("." if text else "") + (part if _BARE.fullmatch(part) else f'"{part}"')
    return text or "the file"


def problems(findings: Iterable[Finding], lines: Mapping[Path, int]) -> tuple[Problem, ...]:
    """Give the problems in the order of the file, one per place; no text repeats anything that looks like a secret."""
    first: dict[Path, Finding] = {}
    for finding in findings:
        first.setdefault(finding.path, finding)
    # What stands nowhere (a missing table) comes last.
    located = sorted(((line_of(path, lines), finding) for path, finding in first.items()), key=_in_order)
    return tuple(
        Problem(hide_secrets(written(finding.path)), hide_secrets(finding.what), hide_secrets(finding.remedy), line)
        for line, finding in located
    )


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Give the known word that was probably meant; None when none is near."""
    by_folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def _in_order(located: tuple[int | None, Finding]) -> tuple[bool, int]:
    line, _ = located
    return line is None, line or 0
