"""Campaigns against themselves, each other and the brands they were for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from config.brand_checks import Placed, completed
from config.codes import CURRENCIES
from config.findings import Finding, nearest
from config.settings import Brand, Campaign

EARLIEST, LATEST = 1990, 2099  # years of campaigns that anybody measures


def check_campaigns(campaigns: Sequence[tuple[int, Campaign]], brands: Placed) -> Iterator[Finding]:
    """Check names, days, currencies and brands. `brands`: those of the config, with their places."""
    first: dict[str, int] = {}
    for place, campaign in campaigns:
        at = ("campaigns", place)
        name = " ".join(campaign.name.casefold().split())
        if not name:
            yield Finding((*at, "name"), "empty", 'write what you will ask for, for example name = "Spring launch"')
        elif name in first:
            what = f'the name "{campaign.name}" is taken by campaigns[{first[name] + 1}]'
            yield Finding((*at, "name"), what, "give each campaign a name of its own")
        first.setdefault(name, place)
        for key, day in (("start", campaign.start), ("end", campaign.end)):
            if not EARLIEST <= day.year <= LATEST:
                yield Finding((*at, key), f"the year {day.year}", f"write one from {EARLIEST} to {LATEST}")
        if campaign.end < campaign.start:
            yield Finding((*at, "end"), f"before its start, {campaign.start}", "write the last day of the campaign")
        if campaign.currency is not None and campaign.currency not in CURRENCIES:
            remedy = 'write a code of three capitals, for example "EUR"'
            yield Finding((*at, "currency"), "not a currency code (ISO 4217)", remedy)
        if brands and brand_of(campaign, [completed(brand) for _, brand in brands]) is None:
            yield _no_brand(at, campaign, [completed(brand) for _, brand in brands])


def brand_of(campaign: Campaign, brands: Sequence[Brand]) -> Brand | None:
    """Give the brand that a campaign was for; None when it names none of them, or none and several are ours."""
    if campaign.brand:
        asked = campaign.brand.casefold()
        return next((brand for brand in brands if asked in {brand.slug, brand.name.casefold()}), None)
    own = [brand for brand in brands if brand.role == "own"]
    return own[0] if len(own) == 1 else None


def _no_brand(at: tuple[str | int, ...], campaign: Campaign, brands: Sequence[Brand]) -> Finding:
    if not campaign.brand:
        own = [brand.name for brand in brands if brand.role == "own"]
        return Finding(at, "no brand, and several are your own", f'add it, for example brand = "{(own or [""])[0]}"')
    names = [brand.name for brand in brands]
    meant = nearest(campaign.brand, names)
    remedy = f'did you mean "{meant}"?' if meant else f"write one of {', '.join(names)}"
    return Finding((*at, "brand"), "not one of the brands", remedy)
