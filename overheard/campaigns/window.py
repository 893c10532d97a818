"""A campaign as a lift asks for it: whose it was, on which days, at what cost; from the config or imported spend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config.findings import nearest
from config.settings import Brand, Campaign, Settings
from overheard.errors import UnknownBrandError, WrongUseError
from storage.campaign_records import CampaignSpend


@dataclass(frozen=True, slots=True)
class CampaignWindow:
    """Everything about a campaign that was asked for."""

    name: str
    brand: Brand
    first: date
    last: date  # included
    spend: Decimal | None  # None: unknown, or in several currencies
    currency: str | None
    notes: tuple[str, ...] = ()


def campaign_window(settings: Settings, rows: Sequence[CampaignSpend], asked: str, brand: str | None) -> CampaignWindow:
    """Find a campaign by its name: in the config, else among the rows of spend. `brand`: whose, where nothing tells.

    Raises WrongUseError, with the campaigns that there are, when no campaign is called so.
    """
    name = _folded(asked)
    spent = [row for row in rows if name in map(_folded, row.names)]
    configured = next((campaign for campaign in settings.campaigns if _folded(campaign.name) == name), None)
    if configured is None and not spent:
        raise _unknown(settings, rows, asked)
    amount, currency, notes = _cost(configured, spent, settings.currency)
    return CampaignWindow(
        configured.name if configured else asked.strip(),
        _brand(settings, configured, brand),
        configured.start if configured else min(row.first for row in spent),
        configured.end if configured else max(row.last for row in spent),
        amount,
        currency,
        notes,
    )


def _cost(
    configured: Campaign | None, spent: Sequence[CampaignSpend], usual: str
) -> tuple[Decimal | None, str | None, tuple[str, ...]]:
    """Give what a campaign cost, in one currency, and what has to be said of it."""
    if configured is not None and configured.spend is not None:
        return configured.spend, configured.currency or usual, ()
    if configured is not None:
        outside = [row for row in spent if row.first < configured.start or row.last > configured.end]
        spent = [row for row in spent if row not in outside]
        notes = (f"{len(outside)} rows of spend reach over its days and are left out of the cost",) if outside else ()
    else:
        notes = ()
    currencies = {row.currency or usual for row in spent}
    if not currencies:
        return None, None, notes
    if len(currencies) > 1:
        return None, None, (*notes, f"its spend is in {', '.join(sorted(currencies))}: no rate is guessed")
    return sum((row.spend for row in spent), Decimal(0)), currencies.pop(), notes


def _brand(settings: Settings, configured: Campaign | None, asked: str | None) -> Brand:
    brands = {brand.slug: brand for brand in settings.brands}
    if asked is not None:
        wanted = asked.casefold()
        found = next((brand for brand in brands.values() if wanted in {brand.slug, brand.name.casefold()}), None)
        if found is None:
            raise UnknownBrandError(f"no brand {asked!r} in the config; there are {', '.join(brands)}")
        return found
    if configured is not None:
        return brands[configured.brand]
    own = [brand for brand in brands.values() if brand.role == "own"]
    if len(own) > 1:
        names = ", ".join(brand.slug for brand in own)
        raise WrongUseError(f"several brands are your own; say for which it was: --brand, one of {names}")
    return own[0]


def _unknown(settings: Settings, rows: Iterable[CampaignSpend], asked: str) -> WrongUseError:
    known = dict.fromkeys([*(campaign.name for campaign in settings.campaigns), *(row.names[0] for row in rows)])
    if not known:
        remedy = "add a [[campaigns]] table with name, start and end to the config, or import campaign results"
        return WrongUseError(f"no campaign {asked!r}, and no other; {remedy}")
    meant = nearest(asked, known)
    some = f"did you mean {meant!r}?" if meant else f"there are {', '.join(list(known)[:20])}"
    return WrongUseError(f"no campaign {asked!r} in the config or among imported results; {some}")


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
