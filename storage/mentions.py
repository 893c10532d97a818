"""The door to the history of mentions: whoever keeps, erases or asks for mentions imports it from here.

Behind it, by what they do: `saving` keeps what was heard, with `rollups` for the hourly sums; `erasure` erases what a
source has erased; `finding` asks for mentions, and `words` tells what a word is; `stories` knows which of them tell the
same. They share `rows` (mentions as rows and back) and `bulk` (many rows in one statement). Scores that change without
their text have a door of their own: `corrections` by people, `rescoring` by newer scorers.
"""

from __future__ import annotations

from storage.erasure import erase
from storage.finding import MentionFilter, find, how_many, identified, load
from storage.saving import save, save_all
from storage.stories import fingerprints, story_leads

__all__ = [
    "MentionFilter",
    "erase",
    "find",
    "fingerprints",
    "how_many",
    "identified",
    "load",
    "save",
    "save_all",
    "story_leads",
]
