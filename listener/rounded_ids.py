"""How ids look once a spreadsheet has taken them for numbers: such an id no longer tells one thing from another."""

from __future__ import annotations

import re

# As programs write large numbers: with a sign or a fraction, which ids such as Reddit's "1e0003" never have.
EXPONENT = re.compile(r"\d[.,]\d+[eE]\+?\d+|\d[eE]\+\d+")
EXACT_DIGITS = 15  # of a number in a spreadsheet; the rest become zeros
