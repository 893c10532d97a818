"""What campaigns cost, taken from the imported results: by platform over some days, or of one campaign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from storage.campaign_records import CampaignSpend


@dataclass(frozen=True, slots=True)
class Spending:
    """Money in one currency, and the rows that could not be taken into it."""

    amounts: dict[str, Decimal]  # by platform
    notes: tuple[str, ...]  # what was left out, and why


def by_platform(rows: Iterable[CampaignSpend], first: date, last: date, currency: str) -> Spending:
    """Add up what each platform took from `first` to `last`, both included.

    A row that reaches over an end of these days is left out, as nobody knows how much of it belongs to them; so is one
    in another currency, as no rate is guessed.
    """
    amounts: defaultdict[str, Decimal] = defaultdict(Decimal)
    crossing: list[CampaignSpend] = []
    foreign: list[CampaignSpend] = []
    for row in rows:
        if row.last < first or row.first > last:
            continue
        if row.first < first or row.last > last:
            crossing.append(row)
        elif row.currency not in {None, currency}:
            foreign.append(row)
        else:
            amounts[row.platform] += row.spend
    notes = [] if amounts else [f"no spend in {currency} was imported for {first} to {last}"]
    if crossing:
        notes.append(
            f"{len(crossing)} rows of spend reach over the ends of these days and are left out, for example "
            f"{crossing[0].platform} from {crossing[0].first} to {crossing[0].last}"
        )
    if foreign:
        found = ", ".join(sorted({row.currency or "" for row in foreign}))
        notes.append(f"{len(foreign)} rows of spend are in {found}, not in {currency}, and are left out")
    return Spending(dict(amounts), tuple(notes))
