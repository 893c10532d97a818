from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.digest.contents import Digest, Template
from notifier.digest.quotes import MAX_TEXT, BrandQuotes, excerpt, quotes
from notifier.digest.templates import shortened
from notifier.languages.speech import Speech
from notifier.renderers import digest_json, html, slack_blocks, terminal
from storage.records import Label, StoredMention
from tests.notifier import samples
from tests.notifier.samples import said


def told(*candidates: StoredMention, stories: tuple[int, ...] = ()) -> BrandQuotes:
    return quotes(["acme"], {"acme": candidates}, stories)[0]


def cut(body: str, words: str) -> tuple[str, str]:
    """The excerpt around some words, and what of it is marked."""
    start = body.index(words)
    text, (first, last) = excerpt(body, (start, start + len(words)))
    return text, text[first:last]


@pytest.mark.parametrize(
    ("body", "words", "text"),
    [
        ("Acme is a joy.", "is a joy", "Acme is a joy."),
        ("Acme  is\ta joy !", "is\ta joy", "Acme is a joy !"),
        ("A title\nAcme is a joy.\nMore below.", "is a joy", "Acme is a joy."),
        (
            "\uc560\ud06c\ubbf8\ub294 \uc88b\uc544\uc694.",
            "\uc88b\uc544\uc694",
            "\uc560\ud06c\ubbf8\ub294 \uc88b\uc544\uc694.",
        ),
        ("Acme\u202e is \u200ba joy\x1b[31m.", "\u200ba joy", "Acme is a joy[31m."),
    ],
    ids=["short", "blanks", "own line", "korean", "invisible"],
)
def test_excerpt_is_the_clean_line_around_the_words(body: str, words: str, text: str) -> None:
    assert cut(body, words)[0] == text


def test_long_line_is_cut_at_whole_words_on_both_sides() -> None:
    text, marked = cut("before " * 80 + "it is a joy " + "after " * 80, "it is a joy")

    assert marked == "it is a joy"
    assert re.fullmatch(r"\u2026(before )+it is a joy( after)+\u2026", text)
    assert MAX_TEXT - len("before ") - len(" after") < len(text) <= MAX_TEXT


def test_words_longer_than_there_is_room_are_cut_and_all_marked() -> None:
    body = "Acme, " + "a joy and " * 40
    text, marked = cut(body, "a joy and " * 40)

    assert text == marked
    assert text.endswith("\u2026")
    assert len(text) <= MAX_TEXT


@given(st.text(max_size=700), st.integers(0, 700), st.integers(0, 700))
def test_excerpt_is_one_line_that_holds_its_mark_whatever_the_text(body: str, one: int, other: int) -> None:
    text, (start, end) = excerpt(body, (min(one, other), max(one, other)))

    assert 0 <= start <= end <= len(text)
    assert len(text) <= MAX_TEXT
    assert text[:start].count("\n") == text.count("\n") == 0
    assert bool(text) == (start < end)


def test_strongest_of_each_way_is_quoted_with_the_words_that_decided() -> None:
    found = told(*samples.QUOTABLE["acme"])

    assert found.positive is not None
    assert found.negative is not None
    assert found.positive.parts == ("We moved in May. The new ", "Acme import is a joy", ", and it never fails.")
    assert (found.negative.url, found.negative.host) == ("https://shop.example.com/r/2", "shop.example.com")
    assert found.negative.source == "rss"


def test_way_without_a_mention_whose_words_decided_has_no_quote() -> None:
    undecided = said(1, "Acme is fine.", None, Label.NEGATIVE)

    assert told(undecided) == BrandQuotes("acme", None, None)


def test_other_story_and_other_author_come_first_where_there_is_a_choice() -> None:
    shown = said(1, "Acme is a joy.", "a joy", Label.POSITIVE)
    fresh = said(2, "Acme is good.", "good", Label.POSITIVE, author="bob")
    same = said(3, "Acme is bad.", "bad", Label.NEGATIVE, author="bob")
    other = said(4, "Acme is poor.", "poor", Label.NEGATIVE, author="eve")

    found = told(shown, fresh, same, other, stories=(1,))
    assert found.positive is not None
    assert found.negative is not None
    assert (found.positive.mention_id, found.negative.mention_id) == (2, 4)


def test_story_that_is_told_already_is_quoted_where_there_is_no_other() -> None:
    found = told(said(1, "Acme is a joy.", "a joy", Label.POSITIVE), stories=(1,))

    assert found.positive is not None


def test_mention_of_two_brands_is_quoted_of_the_second_only_where_it_has_no_other() -> None:
    both = said(1, "Acme beats Globex.", "beats", Label.POSITIVE)
    toward = replace(both.hits[0], brand="globex", sentiment=replace(both.hits[0].sentiment, label=Label.POSITIVE))
    both = replace(both, hits=(*both.hits, toward))
    other = said(2, "Globex is good.", "good", Label.POSITIVE, "globex")

    acme, globex = quotes(["acme", "globex"], {"acme": [both], "globex": [both, other]})
    assert acme.positive is not None
    assert globex.positive is not None
    assert (acme.positive.mention_id, globex.positive.mention_id) == (1, 2)


def test_marked_words_stand_out_in_every_form() -> None:
    digest = samples.digest()

    assert "The new [Acme import is a joy], and it never" in terminal.render(digest, 120)
    assert "\x1b[1;4mAcme import is a joy\x1b[0m" in terminal.render(digest, 120, colour=True)
    assert '<mark class="positive">Acme import is a joy</mark>' in html.render(digest)
    bold = {"type": "text", "text": "Acme import is a joy", "style": {"bold": True}}
    assert json.dumps(bold) in json.dumps(slack_blocks.render(digest))
    assert json.dumps(bold) not in json.dumps(slack_blocks.render(digest)[0])


def test_json_tells_text_and_place_of_the_mark() -> None:
    told = {each["brand"]: each for each in json.loads(digest_json.render(samples.digest()))["quotes"]}

    assert told["globex"] == {
        "brand": "globex",
        "positive": None,
        "negative": {
            "text": "Globex lost our invoices again.",
            "marked": [7, 24],
            "url": None,
            "host": None,
            "source": "rss",
        },
    }


def test_it_is_said_when_there_is_no_quote() -> None:
    for form in (_text, html.render, _slack):
        assert form(samples.digest()).count("No negative mention with words that decided.") == 1
        assert form(samples.digest()).count("No positive mention with words that decided.") == 2


@pytest.mark.parametrize("template", ["short", "executive"])
def test_shorter_templates_drop_quotes_and_say_so(template: Template) -> None:
    digest = shortened(samples.digest(speech=Speech("en")), template)

    assert digest.quotes == ()
    assert "Acme import is a joy" not in _text(digest) + html.render(digest) + _slack(digest)
    assert "quotes" in _text(digest)


def _text(digest: Digest) -> str:
    return terminal.render(digest, 120)


def _slack(digest: Digest) -> str:
    return json.dumps(slack_blocks.render(digest))
