"""The digest as one HTML page that needs nothing else: no scripts, and no fonts or pictures from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from notifier import wording
from notifier.charts.inline import Inline
from notifier.charts.over_time import BRANDS, NAME
from notifier.digest import (
    campaign_phrases,
    competition_phrases,
    omissions,
    phrases,
    quality,
    quote_phrases,
    rising_phrases,
    trend_phrases,
)
from notifier.digest.contents import BrandLine, Digest

PROBLEMS = 3  # told on top; the others stand where it is told how well was heard
_PERCENT = re.compile(r"(?<=\d) (?=%)")


def render(digest: Digest, drawn: Sequence[Inline] = ()) -> str:
    """Give the page, with sparklines where no picture shows every brand's days.

    Everything in it is escaped; its policy forbids whatever might slip through.
    """
    shown = any(picture.name == NAME for picture in drawn) and len(digest.trends) <= BRANDS
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_unbroken
    )
    environment.globals.update(omissions=omissions, phrases=phrases, wording=wording)
    environment.globals.update(speech=digest.speech, say=digest.speech.say)
    environment.globals.update(campaign_phrases=campaign_phrases, trend_phrases=trend_phrases)
    environment.globals.update(rising_phrases=rising_phrases, competition_phrases=competition_phrases)
    environment.globals.update(quote_phrases=quote_phrases, quality=quality)
    source = files("notifier.renderers").joinpath("digest.html").read_text(encoding="utf-8")
    return environment.from_string(source).render(
        digest=digest, drawn=drawn, problems=PROBLEMS, sparklines=not shown, rows=[_row(line) for line in digest.told]
    )


def _unbroken(value: object) -> object:
    """Give a text whose percent signs stay on the line of their numbers; markup and all else as it is."""
    return _PERCENT.sub("\u00a0", value) if type(value) is str else value


def _row(line: BrandLine) -> dict[str, Any]:
    """Give what the template needs beside the line: lengths of bars, in percent of the whole."""
    parts = {"positive": line.positive, "neutral": line.neutral, "negative": line.negative}
    scored = sum(parts.values())
    return {
        "line": line,
        "bar": round((line.share or 0.0) * 100, 2),
        "low": round((line.share_low or 0.0) * 100, 2),
        "span": round(((line.share_high or 0.0) - (line.share_low or 0.0)) * 100, 2),
        "mood": [(name, round(100 * part / scored, 2)) for name, part in parts.items()] if scored else [],
    }
