"""The lexicon files that the config names, of words and of events: read, checked, and made into scorers."""

from __future__ import annotations

from pathlib import Path

from config.errors import ConfigError, Problem
from config.settings import Settings
from scoring.lexicons.file import Lexicon, read_lexicon
from scoring.lexicons.scorer import LexiconScorer, marks


def lexicon_scorers(settings: Settings) -> dict[str, LexiconScorer]:
    """Give a scorer for each of [sentiment] lexicons, by language. ConfigError tells where a file is wrong."""
    named = settings.sentiment.lexicons
    return {code: LexiconScorer(_lexicon(settings, "lexicons", code, name), marks()) for code, name in named.items()}


def own_events(settings: Settings) -> dict[str, Lexicon]:
    """Give what stands in each of [sentiment] own_events, by language. ConfigError tells where a file is wrong."""
    named = settings.sentiment.own_events
    return {code: _lexicon(settings, "own_events", code, name) for code, name in named.items()}


def own_texts(settings: Settings) -> list[str]:
    """Give what stands in all these files. ConfigError tells which one cannot be read."""
    sentiment = settings.sentiment
    return [
        _text(_path(settings, name), f"sentiment.{key}.{code}")
        for key, named in (("lexicons", sentiment.lexicons), ("own_events", sentiment.own_events))
        for code, name in named.items()
    ]


def _path(settings: Settings, name: str) -> Path:
    return settings.folder / Path(name).expanduser()


def _text(path: Path, setting: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        what, remedy = "does not exist", f"put the file there, or correct {setting}"
        raise ConfigError(str(path), [Problem("the file", what, remedy)]) from None
    except (OSError, UnicodeDecodeError) as problem:
        what = "is not UTF-8" if isinstance(problem, UnicodeDecodeError) else f"cannot be read ({problem.strerror})"
        raise ConfigError(str(path), [Problem("the file", what, "name a text file in UTF-8")]) from None


def _lexicon(settings: Settings, key: str, language: str, name: str) -> Lexicon:
    path = _path(settings, name)
    lexicon = read_lexicon(_text(path, f"sentiment.{key}.{language}"), str(path))
    if lexicon.language != language:
        found = Problem("header", f"is of language {lexicon.language}", f'write "language: {language}"')
        raise ConfigError(str(path), [found])
    return lexicon
