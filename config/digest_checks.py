"""Digests against each other, and each against the keys that belong to its period and to Slack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from config.findings import Finding, nearest
from config.settings import Brand, DigestSettings
from config.slack_channels import REMEDY, is_channel
from config.slugs import SLUG, slug_of

_DAYS_OF = {"weekday": "week", "monthday": "month"}  # key -> the period that it is for
_CALLED = {"day": "daily", "week": "weekly", "month": "monthly"}

Placed = Sequence[tuple[int, DigestSettings]]  # with the place in the file, counted from 0


def check_digests(digests: Placed, brands: Sequence[Brand], slack: object) -> Iterator[Finding]:
    """Check every digest, and all of them together. `brands`: as completed; `slack`: the table [slack] as written."""
    first: dict[tuple[str, str], int] = {}
    for place, digest in digests:
        at = ("digests", place)
        other = first.setdefault((digest.name, digest.period), place)
        if other != place:
            yield _twice(place, other, digest)
        if digest.name and not SLUG.fullmatch(digest.name):
            remedy = f'write small letters, digits and hyphens, for example name = "{slug_of(digest.name)}"'
            yield Finding((*at, "name"), "not usable in keys and commands", remedy)
        for key, period in _DAYS_OF.items():
            if key in digest.model_fields_set and digest.period != period:
                yield Finding((*at, key), f"a {_CALLED[digest.period]} digest has no {key}", f"remove {key}")
        yield from _check_brands(place, digest, brands)
        yield from _check_channel(place, digest, slack if isinstance(slack, dict) else {})


def _twice(place: int, other: int, digest: DigestSettings) -> Finding:
    """A period is reported once under a name, so a second one would never be sent."""
    if digest.name:
        what = f'digests[{other + 1}] reports on the {digest.period} as "{digest.name}" already'
        return Finding(("digests", place, "name"), what, "give each of the two a name of its own")
    what = f"digests[{other + 1}] reports on the {digest.period} already, and a period has one digest of a name"
    return Finding(("digests", place, "period"), what, 'keep one of the two, or add a name, for example name = "emea"')


def grouped(digest: DigestSettings, brands: Sequence[Brand]) -> DigestSettings:
    """Give a digest with the slugs of its brands, in the order of the config, in whatever way they were named.

    A digest of all brands names none.
    """
    named = {found.slug for name in digest.brands if (found := _brand(name, brands))}
    slugs = tuple(brand.slug for brand in brands if brand.slug in named)
    return digest.model_copy(update={"brands": () if len(slugs) == len(brands) else slugs})


def _brand(name: str, brands: Sequence[Brand]) -> Brand | None:
    asked = " ".join(name.casefold().split())
    return next((brand for brand in brands if asked in {brand.slug, " ".join(brand.name.casefold().split())}), None)


def _check_brands(place: int, digest: DigestSettings, brands: Sequence[Brand]) -> Iterator[Finding]:
    at = ("digests", place, "brands")
    if "brands" in digest.model_fields_set and not digest.brands:
        yield Finding(at, "empty", "list at least one, or remove it for all brands")
    first: dict[str, int] = {}
    for number, name in enumerate(digest.brands if brands else ()):
        brand = _brand(name, brands)
        if brand is None:
            names = [known for brand in brands for known in (brand.name, brand.slug)]
            meant = nearest(name, names)
            remedy = f'did you mean "{meant}"?' if meant else f"write one of {', '.join(each.name for each in brands)}"
            yield Finding((*at, number), "not one of the brands", remedy)
        elif first.setdefault(brand.slug, number) != number:
            yield Finding((*at, number), f"{brand.name} stands there already", "remove one of the two")


def _check_channel(place: int, digest: DigestSettings, slack: Mapping[str, object]) -> Iterator[Finding]:
    at = ("digests", place, "channel")
    if digest.channel is None:
        return
    if not is_channel(digest.channel):
        yield Finding(at, "neither a channel's id nor its name", REMEDY)
    elif "token" not in slack:
        remedy = "add [slack] with a token, or remove it"
        yield Finding(at, "only a bot with a token may choose the channel", remedy)
