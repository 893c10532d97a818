"""Lexicon files named by the config."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import ConfigError
from config.load import read_settings
from config.settings import Settings
from overheard.kinds import all_kinds
from overheard.sentiment.lexicons import lexicon_scorers
from scoring.sentiment import SentimentGauge

DUTCH = "language: nl\nversion: 7\n[words]\ngoed\t2\n[negators]\nniet\t1..3\n"


def settings(folder: Path, languages: str = '"en", "nl"', name: str = "nl.txt") -> Settings:
    text = f'languages = [{languages}]\n[[brands]]\nname = "Acme"\n[sentiment]\nlexicons = {{ nl = "{name}" }}\n'
    text = text.replace('name = "Acme"', 'name = "Acme"\nrole = "own"')
    return read_settings(text, folder / "overheard.toml", all_kinds())


def test_a_file_beside_the_config_scores_its_language(tmp_path: Path) -> None:
    (tmp_path / "nl.txt").write_text(DUTCH, encoding="utf-8")
    config = settings(tmp_path)
    gauge = SentimentGauge(config.sentiment, config.languages, lexicon_scorers(config))
    seen = gauge.whole("Dat is niet goed, zegt de klant van Acme", "nl")
    assert (seen.label.value, seen.method, seen.language) == ("negative", "lexicon-nl-7", "nl")


def test_a_language_that_is_not_configured_stays_unscored_with_a_lexicon(tmp_path: Path) -> None:
    (tmp_path / "nl.txt").write_text(DUTCH, encoding="utf-8")
    config = settings(tmp_path, '"en"')
    gauge = SentimentGauge(config.sentiment, config.languages, lexicon_scorers(config))
    assert gauge.whole("Dat is goed", "nl").reason == "unscored:nl"


def test_no_lexicons_are_no_scorers(tmp_path: Path) -> None:
    text = '[[brands]]\nname = "Acme"\nrole = "own"\n'
    assert lexicon_scorers(read_settings(text, tmp_path / "overheard.toml", all_kinds())) == {}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(
            None, ": the file: does not exist; put the file there, or correct sentiment.lexicons.nl", id="none"
        ),
        pytest.param(b"\xff\xfe", ": the file: is not UTF-8; name a text file in UTF-8", id="not UTF-8"),
        pytest.param(
            DUTCH.replace("nl", "de").encode(),
            ': header: is of language de; write "language: nl"',
            id="another language",
        ),
        pytest.param(
            DUTCH.replace("2", "9").encode(),
            ':4: line 4: "9" is no valence; write a number from -4 to 4',
            id="a wrong line",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_told(tmp_path: Path, content: bytes | None, problem: str) -> None:
    if content is not None:
        (tmp_path / "nl.txt").write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        lexicon_scorers(settings(tmp_path))
    assert str(caught.value) == f"{tmp_path / 'nl.txt'}{problem}"


def test_a_folder_is_no_lexicon(tmp_path: Path) -> None:
    (tmp_path / "nl.txt").mkdir()
    with pytest.raises(ConfigError, match=r"cannot be read \(Is a directory\); name a text file in UTF-8"):
        lexicon_scorers(settings(tmp_path))
