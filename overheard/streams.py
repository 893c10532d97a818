"""Standard output as it is: letters that its encoding lacks, and whether colours are wanted."""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TextIO

_HANDLER = "overheard"
# What our own pages draw with, for outputs that know only plain letters; any other letter becomes a question mark.
_PLAIN = {
    "\u2500": "-", "\u2501": "-", "\u2588": "#", "\u00b7": ".", "\u25b2": "^", "\u25bc": "v", "\u2026": ".",
    "\u2013": "-", "\u2014": "-", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ",
} | dict.fromkeys("\u258f\u258e\u258d\u258c", " ") | dict.fromkeys("\u258b\u258a\u2589", "#")  # fmt: skip


def tolerate_letters() -> None:
    """Make stdout and stderr write a stand-in for a letter that their encoding lacks, instead of failing."""
    codecs.register_error(_HANDLER, _stand_in)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def data_out() -> TextIO:
    """Give stdout for what programs read (JSON, CSV, HTML): in UTF-8, whatever the terminal's encoding is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdout


def coloured(stream: TextIO) -> bool:
    """Tell whether escapes are wanted: on a terminal that knows them, unless NO_COLOR is set; FORCE_COLOR overrules."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM", "") != "dumb"


def _stand_in(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    missing = problem.object[problem.start : problem.end]
    return "".join(_PLAIN.get(letter, "?") for letter in missing), problem.end
