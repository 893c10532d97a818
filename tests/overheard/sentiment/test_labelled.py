"""Labelled texts out of the store and out of files."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from config.load import read_settings
from config.settings import Settings
from overheard.errors import WrongUseError
from overheard.kinds import all_kinds
from overheard.sentiment.labelled import Unread, corrected, read_labelled
from scoring.learning.examples import Example
from storage.corrections import correct
from storage.database import Database
from storage.mentions import save
from storage.records import Label, Match
from tests.storage.made import at, heard

CONFIG = """
languages = ["en", "fr"]
[[brands]]
name = "Acme"
role = "own"
terms = ["Acme", "AcmeCRM"]
[[brands]]
name = "Globex"
group = "cars"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(CONFIG, tmp_path / "overheard.toml", all_kinds())


def read(folder: Path, settings: Settings, *lines: object) -> tuple[list[Example], list[Unread]]:
    path = folder / "labels.jsonl"
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines), encoding="utf-8")
    return read_labelled(path, settings, "mine")


def test_a_line_says_what_was_said_of_whom(tmp_path: Path, settings: Settings) -> None:
    lines = (
        {"text": "I love Zen, Acme! acme?", "target": "acme", "label": "pos", "lang": "en", "others": ["Zen"]},
        {"text": "Globex, Globex", "target": "Globex", "label": "negative", "start": 8, "lang": "en-US", "group": 7},
        {"text": "Le support est parfait pour nous tous", "target": None, "label": "neu"},
        {"text": "Zen it is", "target": "Zen", "label": "neutral", "lang": "en", "id": 3},
    )
    found, unread = read(tmp_path, settings, *lines)
    assert unread == []
    assert found == [
        Example(
            "I love Zen, Acme! acme?",
            (Match("acme", "acme", 12, 16), Match("acme", "acme", 18, 22)),
            (Match("zen", "Zen", 7, 10),),
            Label.POSITIVE, "en", "all",
        ),
        Example("Globex, Globex", (Match("globex", "Globex", 8, 14),), (), Label.NEGATIVE, "en", "cars",
                "labels.jsonl 7"),
        Example("Le support est parfait pour nous tous", (), (), Label.NEUTRAL, "fr", "mine"),
        Example("Zen it is", (Match("zen", "Zen", 0, 3),), (), Label.NEUTRAL, "en", "mine"),
    ]  # fmt: skip


GOOD = {"text": "Acme", "target": "Acme", "label": "pos", "lang": "en"}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        pytest.param(
            "{",
            'not a line of JSON Lines; write {"text": "I love Acme", "target": "Acme", "label": "pos"}',
            id="broken",
        ),
        pytest.param(
            "[1]",
            'not a line of JSON Lines; write {"text": "I love Acme", "target": "Acme", "label": "pos"}',
            id="a list",
        ),
        pytest.param({**GOOD, "text": ""}, 'text: not usable; write "text": "I love Acme"', id="no text"),
        pytest.param({**GOOD, "label": "good"}, 'label: not usable; write "label": "pos", "neu" or "neg"', id="label"),
        pytest.param({**GOOD, "label": "unscored"}, 'label: not usable; write "label": "pos", "neu" or "neg"', id="un"),
        pytest.param(
            {"text": "Acme", "label": "pos"},
            'target: missing; write "target": "Acme", or null where the whole text is meant',
            id="no target",
        ),
        pytest.param({**GOOD, "others": "Zen"}, 'others: not usable; write "others": ["Globex"]', id="others no list"),
        pytest.param(
            {**GOOD, "text": "Acmeology"},
            'the target does not stand in the text; spell it as the text does, or write "target": null',
            id="target not named",
        ),
        pytest.param(
            {**GOOD, "target": " "},
            'the target does not stand in the text; spell it as the text does, or write "target": null',
            id="target blank",
        ),
        pytest.param(
            {**GOOD, "start": 2},
            'the target does not stand at 2; spell it as the text does, or write "target": null',
            id="target elsewhere",
        ),
        pytest.param(
            {"text": "@acme", "target": "acme", "label": "pos"},
            'the language cannot be told; add it, such as "lang": "en"',
            id="no language",
        ),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_others_are_read(
    tmp_path: Path, settings: Settings, line: object, why: str
) -> None:
    found, unread = read(tmp_path, settings, GOOD, "", line)
    assert len(found) == 1
    assert [str(one) for one in unread] == [f"{tmp_path}/labels.jsonl:3: {why}"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(None, "No such file or directory; name a file of labelled texts", id="missing"),
        pytest.param(
            b" \n", 'empty; write lines such as {"text": "I love Acme", "target": "Acme", "label": "pos"}', id="empty"
        ),
        pytest.param(b"\x89PNG\r\n\x1a\n\xff", "not a text in UTF-8; name a file of JSON Lines", id="a picture"),
        pytest.param(b"\x1f\x8bbroken", "not a text in UTF-8; name a file of JSON Lines", id="a broken gzip"),
        pytest.param(
            b"text,label\n",
            "no line can be used; the first: not a line of JSON Lines; "
            'write {"text": "I love Acme", "target": "Acme", "label": "pos"}',
            id="a CSV",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, settings: Settings, content: bytes | None, why: str
) -> None:
    path = tmp_path / "labels.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WrongUseError) as caught:
        read_labelled(path, settings, "all")
    assert str(caught.value) == f"{path}: {why}"


def test_a_folder_is_no_file_of_labels(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(WrongUseError, match="Is a directory; name a file of labelled texts"):
        read_labelled(tmp_path, settings, "all")


def test_a_packed_file_with_a_byte_order_mark_is_read(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "labels.jsonl.gz"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + json.dumps(GOOD).encode()))
    assert len(read_labelled(path, settings, "all")[0]) == 1


def test_corrections_are_examples_with_the_places_of_all_brands(database: Database, settings: Settings) -> None:
    told = heard("1", text="Acme and Globex", brands=("acme", "globex", "gone"), story=7)
    fewer = heard("3", text="Acme and Globex met", brands=("globex",), story=9)
    with database.write() as conn:
        save(conn, [told, heard("2", compound=None, story=8)], at(1))
        save(conn, [heard("3", text="Acme and Globex met", brands=("acme", "globex"), story=9)], at(1))
        correct(conn, 3, "acme", Label.NEGATIVE, at(2))
        save(conn, [fewer], at(2))  # by a config that has another term for Acme
        correct(conn, 1, "globex", Label.NEGATIVE, at(2))
        correct(conn, 1, "gone", Label.NEGATIVE, at(2))  # no longer in the config
        correct(conn, 2, "acme", Label.POSITIVE, at(3))  # in Korean, unscored
    with database.read() as conn:
        found, left_out = corrected(conn, settings)
    acme, globex, gone = (match for hit in told.hits for match in hit.matches)
    assert found == [
        Example("Acme and Globex", (globex,), (acme, gone), Label.NEGATIVE, "en", "cars", "story 7"),
        Example("Acme is good", (Match("acme", "Acme", 0, 4),), (), Label.POSITIVE, "ko", "all", "story 8"),
    ]
    assert left_out == {
        "of brands that the config does not have": 1,
        "of brands that their mention does not name any more": 1,
    }
