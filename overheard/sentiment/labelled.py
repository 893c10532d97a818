"""Labelled texts to learn from and to judge by: the corrections of the store, and files of the user."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Connection

from config.settings import Brand, Settings
from config.slugs import slug_of
from listener.tables import MAX_BYTES, TableError, unpack
from overheard.errors import WrongUseError
from overheard.sentiment.models import group_of
from scoring.language import language_of, normal_tag
from scoring.learning.examples import Example
from scoring.names import places_of
from storage.corrections import all_corrections
from storage.mentions import load
from storage.records import Label, Match

_AN_EXAMPLE: Final = '{"text": "I love Acme", "target": "Acme", "label": "pos"}'
_WANTED: Final = {
    "text": '"text": "I love Acme"',
    "target": '"target": "Acme", or null where the whole text is meant',
    "label": '"label": "pos", "neu" or "neg"',
    "lang": '"lang": "en"',
    "group": '"group": and the same number or text for all lines that say the same',
    "start": '"start": and the place of the target in the text, 0 being the first letter',
    "others": '"others": ["Globex"]',
}
LABELS: Final = {label.value[:length]: label for label in Label if label is not Label.UNSCORED for length in (3, 8)}


@dataclass(frozen=True, slots=True)
class Unread:
    """A line of a file that cannot be used."""

    path: Path
    line: int  # from 1
    why: str  # with the remedy

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.why}"


class _Line(BaseModel):
    """A line of a file of labelled texts; keys that are not named here mean nothing."""

    model_config = ConfigDict(strict=True)

    text: str = Field(min_length=1)
    target: str | None
    label: Literal["positive", "neutral", "negative", "pos", "neu", "neg"]
    lang: str | None = None
    group: str | int | None = None
    start: int | None = Field(default=None, ge=0)
    others: tuple[str, ...] = ()


def corrected(conn: Connection, settings: Settings) -> tuple[list[Example], Counter[str]]:
    """Give the corrections that stand, and how many of them teach nothing, by the reason why."""
    brands = {brand.slug: brand for brand in settings.brands}
    made = all_corrections(conn)
    stored = {mention.id: mention for mention in load(conn, sorted({one.mention_id for one in made}))}
    found: list[Example] = []
    left_out: Counter[str] = Counter()
    for one in made:
        mention = stored[one.mention_id]
        hits = {hit.brand: hit.matches for hit in mention.hits}
        brand, language = brands.get(one.brand), one.was.language
        if brand is None:
            left_out["of brands that the config does not have"] += 1
        elif one.brand not in hits:
            left_out["of brands that their mention does not name any more"] += 1
        elif language is None:
            left_out["in a language that is not known"] += 1
        else:
            found.append(
                Example(
                    text=mention.mention.body,
                    matches=hits.pop(one.brand),
                    others=tuple(match for matches in hits.values() for match in matches),
                    label=one.label,
                    language=language,
                    group=group_of(brand),
                    family=f"story {mention.story_id}",
                )
            )
    return found, left_out


def read_labelled(path: Path, settings: Settings, group: str) -> tuple[list[Example], list[Unread]]:
    """Give the labelled texts of a JSON Lines file, and the lines that cannot be used.

    A target that a brand of the config is called belongs to that brand's group, any other to `group`. WrongUseError
    when the whole file cannot be read.
    """
    known = {name.casefold(): brand for brand in settings.brands for name in (brand.slug, *brand.terms, brand.name)}
    found: list[Example] = []
    unread: list[Unread] = []
    for number, line in enumerate(_content(path).split("\n"), start=1):  # splitlines() cuts inside of JSON strings too
        if line.strip():
            try:
                found.append(_example(_Line.model_validate_json(line), settings, known, group, path))
            except ValidationError as error:
                unread.append(Unread(path, number, _told(error)))
            except ValueError as problem:
                unread.append(Unread(path, number, str(problem)))
    if not found:
        raise WrongUseError(f"{path}: no line can be used; the first: {unread[0].why}")
    return found, unread


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise WrongUseError(f"{path}: larger than {MAX_BYTES // 1024**2} MB; split it")
        content = unpack(path.read_bytes()).decode("utf-8-sig")
    except OSError as problem:
        raise WrongUseError(f"{path}: {problem.strerror}; name a file of labelled texts") from None
    except (UnicodeDecodeError, TableError):
        raise WrongUseError(f"{path}: not a text in UTF-8; name a file of JSON Lines") from None
    if not content.strip():
        raise WrongUseError(f"{path}: empty; write lines such as {_AN_EXAMPLE}")
    return content


def _example(line: _Line, settings: Settings, known: Mapping[str, Brand], group: str, path: Path) -> Example:
    """Give what a line says. ValueError with the remedy when it cannot be used."""
    language = normal_tag(line.lang) or language_of(line.text, None, settings.languages)
    if language is None:
        raise ValueError('the language cannot be told; add it, such as "lang": "en"')
    brand = known.get((line.target or "").casefold())
    slug = brand.slug if brand else slug_of(line.target or "")
    return Example(
        text=line.text,
        matches=tuple(_named(line, slug)),
        others=tuple(Match(slug_of(name), name, *at) for name in line.others for at in places_of(line.text, name)),
        label=LABELS[line.label],
        language=language,
        group=group_of(brand) if brand else group,
        family=None if line.group is None else f"{path.name} {line.group}",
    )


def _named(line: _Line, slug: str) -> Iterator[Match]:
    """Give where the target stands: at `start`, or wherever it is named; nowhere when the whole text is meant."""
    if line.target is None:
        return
    if line.start is None:
        found = places_of(line.text, line.target)
    else:
        end = line.start + len(line.target)
        found = [(line.start, end)] if line.text[line.start : end].casefold() == line.target.casefold() else []
    if not found or not line.target.strip():
        where = "in the text" if line.start is None else f"at {line.start}"
        raise ValueError(f'the target does not stand {where}; spell it as the text does, or write "target": null')
    yield from (Match(slug, line.target, *at) for at in found)


def _told(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    if not first["loc"]:
        return f"not a line of JSON Lines; write {_AN_EXAMPLE}"
    key = str(first["loc"][0])
    return f"{key}: {'missing' if first['type'] == 'missing' else 'not usable'}; write {_WANTED[key]}"
