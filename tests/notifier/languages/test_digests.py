"""Digests in other languages: no word of ours stays English, and lines keep to their width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args

import pytest
from babel import Locale
from lxml import html as lxml_html
from rich.cells import cell_len

from config.values import Language
from docs.languages import forms
from notifier.charts.pictures import pictures
from notifier.charts.theme import LIGHT
from notifier.digest.contents import Digest, Period, Template
from notifier.digest.templates import shortened
from notifier.languages.catalogs import catalog
from notifier.languages.speech import ENGLISH, Speech
from notifier.renderers import digest_json, html, slack_blocks, terminal
from storage.records import VoiceCount
from tests.notifier import samples
from tests.notifier.shapes import SHAPES, normal
from tests.notifier.words import WORDS, words_of_messages, words_of_slack

CODES = [code for code in get_args(Language) if code != "en"]
_COMMANDS = {"overheard", "why", "eur", "europe", "paris", "linkedin"}  # and names that no dataclass holds
_WORD = re.compile("[A-Za-z]{2,}")  # what English is written in; other words fall into the same parts everywhere


def words_of_page(digest: Digest) -> str:
    """The same as in `WORDS`, but for elements that touch each other: their words are two."""
    return " ".join(lxml_html.document_fromstring(html.render(digest)).find("body").itertext())


def words_with_buttons(digest: Digest) -> str:
    return " ".join(words_of_messages(slack_blocks.render(digest, buttons=True)))


FORMS = {**WORDS, "page": words_of_page, "slack with buttons": words_with_buttons}


def words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def names_of_time(code: str) -> Iterator[str]:
    """Months, weekdays and units of time in a language."""
    locale = Locale(code)
    for tables in (locale.months, locale.days):
        for table in tables.values():
            for widths in table.values():
                yield from widths.values()
    for unit, widths in locale._data["unit_patterns"].items():
        if unit.startswith("duration"):
            yield from (str(text) for forms in widths.values() for text in forms.values())
    yield from locale.languages.values()


def outside(part: Any) -> Iterator[str]:
    """Every text of a digest that is data: names, titles, addresses, ids, problems, but no sentence of its own."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Iterable):
        for each in part.items() if isinstance(part, dict) else part:
            yield from outside(each)
    elif is_dataclass(part):
        for field in fields(part):
            yield from outside(getattr(part, field.name))


def left_english(text: str, digest: Digest, code: str) -> set[str]:
    """Give the words of a text that are none of the catalog, of time, or of what a digest is told from outside."""
    told = [text for message in catalog(code) if message.id for text in forms(message.string or "")]
    told += [
        *names_of_time(code),
        *outside((digest.stories, digest.rising, digest.competition, digest.quotes)),
        *outside((digest.coverage, digest.problems)),
    ]
    names = [line.name for line in digest.brands]
    told += outside([names, [(line.share_id, line.slug) for line in digest.brands]])
    if (section := digest.campaigns) is not None:
        told += outside([(line.name, [each.id for each in line.numbers]) for line in section.platforms])
        told += outside([(goal.name, goal.why, goal.id or "") for goal in section.goals])
        told += [name for line in section.platforms for number in line.numbers for name in number.facts]
    left = words(text) - words(" ".join(told)) - _COMMANDS
    return {word for word in left if word not in " ".join(names).lower()}  # long names are broken into lines


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("form", FORMS)
def test_no_word_of_ours_stays_english(code: Language, shape: str, form: str) -> None:
    digest = SHAPES[shape](Speech(code))

    assert left_english(FORMS[form](digest), digest, code) == set()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("period", get_args(Period))
@pytest.mark.parametrize("template", get_args(Template))
def test_no_word_of_ours_stays_english_in_any_period_and_template(
    code: Language, period: Period, template: Template
) -> None:
    nobody = samples.voices(*(VoiceCount(brand.slug) for brand in samples.BRANDS))
    for heard in (0.0, 0.5, 0.99, 1.0, None):
        for now, past in ((samples.NOW_VOICES, samples.PAST_VOICES), (samples.NOW_VOICES, nobody), (nobody, nobody)):
            seen = samples.snapshot(now, past, samples.coverage(share=heard))
            whole = replace(samples.digest(seen, period=period, speech=Speech(code)), others=2)
            digest = shortened(whole, template)

            # The headline may tell of a story or a word whose section the template leaves out.
            assert left_english(words_of_slack(digest), whole, code) == set()


@pytest.mark.parametrize("code", CODES)
def test_no_word_of_ours_stays_english_in_pictures(code: Language) -> None:
    digest = normal(Speech(code))
    drawn = pictures(digest, LIGHT)

    assert len(drawn) == 3
    told = " ".join(text for picture in drawn for text in (picture.title, picture.alt, *texts(picture.spec)))
    assert left_english(told, digest, code) == set()


def test_a_word_that_stays_english_is_found() -> None:
    digest = normal(Speech("fr"))

    assert left_english(f"{digest.headline} Only listened", digest, "fr") == {"only", "listened"}


def texts(part: Any) -> Iterator[str]:
    """What a specification writes: the title, what stands below it, and the rows of its layers."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name in {"text", "subtitle"} and isinstance(value, str | list):
                yield from [value] if isinstance(value, str) else value
            else:
                yield from texts(value)
    elif isinstance(part, list):
        for each in part:
            yield from texts(each)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_terminal_keeps_to_its_width(code: Language, shape: str, width: int) -> None:
    lines = terminal.render(SHAPES[shape](Speech(code)), width).splitlines()

    assert max(cell_len(line) for line in lines if "://" not in line) <= width


@pytest.mark.parametrize("code", CODES)
def test_columns_stand_below_each_other_in_cells(code: Language) -> None:
    """Letters that are as wide as high take two cells of a terminal: a table that counted letters would be ragged."""
    lines = terminal.render(normal(Speech(code)), 80).splitlines()
    heading = next(place for place, line in enumerate(lines) if set(line) == {"\u2500"}) - 1
    first = lines[heading + 2]

    assert cell_len(first) == cell_len(lines[heading])


@pytest.mark.parametrize("code", CODES)
def test_lines_are_not_broken_within_a_number_or_before_a_mark(code: Language) -> None:
    told = terminal.render(normal(Speech(code)), 60)

    assert not re.search("[\u00a0\u202f]\\s|^ *[;:?%]", told, re.MULTILINE)


@pytest.mark.parametrize("code", ["en", *CODES])
def test_page_says_its_language(code: Language) -> None:
    assert f'<html lang="{code}" dir="ltr">' in html.render(normal(Speech(code)))


@pytest.mark.parametrize("code", CODES)
def test_data_for_programs_have_the_same_keys_and_numbers_in_every_language(code: Language) -> None:
    sentences = {"language", "title", "headline", "quiet", "caution", "campaigns", "data"}
    english, other = (digest_json.document(normal(speech)) for speech in (ENGLISH, Speech(code)))

    assert other.keys() == english.keys()
    assert {key: other[key] for key in other.keys() - sentences} == {
        key: english[key] for key in english.keys() - sentences
    }
