"""Brands against themselves and against each other: names, slugs, terms, exclusions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from config.findings import Finding
from config.lines import Path
from config.settings import Brand
from config.slugs import SLUG, slug_of

_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'

Placed = Sequence[tuple[int, Brand]]  # with the place in the file, counted from 0


def completed(brand: Brand) -> Brand:
    """Give the brand with what was left out: the slug made of the name, the name as the only term.

    Quotes around a term or phrase go: it is looked for as a phrase anyway.
    """
    filled = {
        "slug": brand.slug or slug_of(brand.name),
        "terms": tuple(map(_bare, brand.terms)) or (brand.name.strip(),),
        "exclude": tuple(map(_bare, brand.exclude)),
    }
    return brand.model_copy(update=filled)


def check_brands(brands: Placed, keys: Mapping[int, Mapping[str, object]]) -> Iterator[Finding]:
    """Check every brand, and all of them together. `keys` holds the tables as written."""
    for place, brand in brands:
        yield from _check_one(("brands", place), brand, keys[place])
    yield from _check_unique(brands)
    yield from _check_shared_terms(brands)


def check_own(brands: Placed) -> Iterator[Finding]:
    """Check that one brand at least is ours: share of voice needs somebody whose share it is."""
    if brands and not any(brand.role == "own" for _, brand in brands):
        yield Finding(("brands",), "all of them are competitors", 'write role = "own" at your own brand')


def _check_one(at: Path, brand: Brand, keys: Mapping[str, object]) -> Iterator[Finding]:
    if not brand.name.strip():
        yield Finding((*at, "name"), "empty", 'write the name as digests shall show it, for example name = "Acme"')
        return
    if brand.slug and not SLUG.fullmatch(brand.slug):
        remedy = f'write small letters, digits and hyphens, for example slug = "{slug_of(brand.slug)}"'
        yield Finding((*at, "slug"), "not usable as an id", remedy)
    if brand.group and not SLUG.fullmatch(brand.group):
        remedy = f'write small letters, digits and hyphens, for example group = "{slug_of(brand.group)}"'
        yield Finding((*at, "group"), "not usable in the name of a file", remedy)
    if keys.get("terms") == []:
        yield Finding((*at, "terms"), "empty", f'list at least one, for example ["{brand.name}"]')
    yield from _check_terms(at, brand, in_file="terms" in keys)
    yield from _check_exclusions(at, brand)
    for place, domain in enumerate(brand.domains):
        if not re.fullmatch(r"(?:[\w-]+\.)+[\w-]{2,}", domain):
            bare = re.sub(r"^\w+://|[/?#].*$", "", domain)
            remedy = f'write the domain alone, for example "{bare if "." in bare else "acme.example"}"'
            yield Finding((*at, "domains", place), "not a domain", remedy)
    for place, handle in enumerate(brand.handles):
        if not handle.strip("@ "):
            yield Finding((*at, "handles", place), "empty", "write the account's name, or remove it")


def _check_terms(at: Path, brand: Brand, *, in_file: bool) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, term in enumerate(completed(brand).terms):
        where = (*at, "terms", place) if in_file else at
        folded = _folded(term)
        if not folded:
            yield Finding(where, "an empty term", "remove it")
        elif len(folded) == 1:
            remedy = f'write more of the name, for example terms = ["{term.strip()} Corp"]'
            yield Finding(where, f'the term "{term.strip()}" is one character and would match almost any text', remedy)
        elif not any(letter.isalnum() for letter in folded):
            yield Finding(where, "a term without a letter or digit", "write the name as people write it")
        elif folded in seen:
            yield Finding(where, f'"{term}" stands there twice (case does not count)', "remove one of the two")
        seen.add(folded)


def _check_exclusions(at: Path, brand: Brand) -> Iterator[Finding]:
    for place, phrase in enumerate(completed(brand).exclude):
        where = (*at, "exclude", place)
        if not _folded(phrase):
            yield Finding(where, "an empty phrase", "remove it")
            continue
        hidden = [term for term in completed(brand).terms if f" {_folded(phrase)} " in f" {_folded(term)} "]
        if hidden:
            what = f'"{phrase}" excludes every text that holds the term "{hidden[0]}"'
            yield Finding(where, what, f'write a longer phrase, for example "{phrase} oyster", or remove it')


def _check_unique(brands: Placed) -> Iterator[Finding]:
    names: dict[str, int] = {}
    slugs: dict[str, int] = {}
    for place, brand in brands:
        name, slug = _folded(brand.name), completed(brand).slug
        if name in names:
            what = f'the name "{brand.name}" is taken by brands[{names[name] + 1}]'
            yield Finding(("brands", place, "name"), what, "give each brand one table, with all its terms")
        elif slug in slugs:
            what = f'the slug "{slug}" is taken by brands[{slugs[slug] + 1}]'
            yield Finding(("brands", place, "slug"), what, f'write another, for example slug = "{slug}-2"')
        names.setdefault(name, place)
        slugs.setdefault(slug, place)


def _check_shared_terms(brands: Placed) -> Iterator[Finding]:
    owners: dict[str, tuple[int, str]] = {}
    for place, brand in brands:
        for at, term in enumerate(completed(brand).terms):
            folded = _folded(term)
            owner, name = owners.setdefault(folded, (place, brand.name))
            if owner != place and folded and _folded(name) != _folded(brand.name):
                what = f'"{term}" is a term of brands[{owner + 1}] ("{name}") too, so every text would count for both'
                yield Finding(("brands", place, "terms", at), what, "keep it with one of them")


def _bare(phrase: str) -> str:
    """Give a phrase without the double quotes around it, straight, typographic or French."""
    bare = phrase.strip()
    while len(bare) > 1 and bare[0] in _QUOTES and bare[-1] in _QUOTES:
        bare = bare[1:-1].strip()
    return bare


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
