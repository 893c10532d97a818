"""Campaign results of the days of a snapshot, as facts by platform, beside the days before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scoring.days import Days
from scoring.facts import Facts
from scoring.goals import Standing
from scoring.slices import LeftOut


@dataclass(frozen=True, slots=True)
class PlatformFacts:
    """What a platform's results state of the days of a digest, and of as many days before."""

    platform: str | None  # None: all of them together
    facts: Facts
    before: Facts


@dataclass(frozen=True, slots=True)
class CampaignReport:
    """What is known of campaigns on some days: results, goals, and what of them cannot be had."""

    days: Days
    currency: str  # ISO 4217, of every amount
    platforms: Sequence[PlatformFacts]  # all of them together last
    goals: Sequence[Standing] = ()
    left_out: Sequence[LeftOut] = ()
    refused: Sequence[str] = ()  # which amounts lack a currency or a rate, with the remedy
    until: date | None = None  # the last day of any imported result; None: nothing was imported yet
