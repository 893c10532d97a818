"""Everything that a digest is written from, as data: taken once, then read by pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from scoring.baseline import Baseline
from scoring.campaign_report import CampaignReport
from scoring.day import Day
from scoring.share_of_voice import BrandVoice, ShareChange, change_of_share
from storage.records import Coverage, Span


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was heard in a window and in the one before it."""

    at: datetime  # when it was taken
    window: Span
    previous: Span  # the window that `window` is compared with
    voices: tuple[BrandVoice, ...]  # every configured brand, in the config's order
    previous_voices: tuple[BrandVoice, ...]
    coverage: Coverage
    previous_coverage: Coverage
    total: int  # distinct mentions that name any brand
    previous_total: int
    baselines: Mapping[str, Baseline] = field(default_factory=dict)  # of mentions, by brand; none where unknown
    campaigns: CampaignReport | None = None  # None: no results were ever imported, and no goal is set
    days: Sequence[Day] = ()  # the four weeks that end with the window, as far as they are over

    def voice(self, brand: str) -> BrandVoice | None:
        """Give a brand's voice in the window; None for a brand that was not asked about."""
        return _find(self.voices, brand)

    def previous_voice(self, brand: str) -> BrandVoice | None:
        """Give a brand's voice in the window before; None for a brand that was not asked about."""
        return _find(self.previous_voices, brand)

    def change(self, voice: BrandVoice) -> ShareChange:
        """Give how a brand's share moved since the window before."""
        return change_of_share(voice, self.previous_voice(voice.brand))


def _find(voices: tuple[BrandVoice, ...], brand: str) -> BrandVoice | None:
    return next((voice for voice in voices if voice.brand == brand), None)
