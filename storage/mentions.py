"""The history of mentions: keep, erase, find."""

from __future__ import annotations

from storage.erasure import erase
from storage.finding import KnownStory, MentionFilter, find, fingerprints, story_leads
from storage.saving import save, save_all

__all__ = ["KnownStory", "MentionFilter", "erase", "find", "fingerprints", "save", "save_all", "story_leads"]
