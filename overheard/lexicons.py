"""The lexicon files that the config names: read, checked, and made into scorers."""

from __future__ import annotations

from pathlib import Path

from config.errors import ConfigError, Problem
from config.settings import Settings
from scoring.lexicon import LexiconScorer, lexicon_scorer


def lexicon_scorers(settings: Settings) -> dict[str, LexiconScorer]:
    """Give a scorer for each of [sentiment] lexicons, by language. ConfigError tells where a file is wrong."""
    return {language: _scorer(settings, language, name) for language, name in settings.sentiment.lexicons.items()}


def own_texts(settings: Settings) -> list[str]:
    """Give what stands in the files of [sentiment] lexicons. ConfigError tells which one cannot be read."""
    return [_text(_path(settings, name), language) for language, name in settings.sentiment.lexicons.items()]


def _path(settings: Settings, name: str) -> Path:
    return settings.folder / Path(name).expanduser()


def _text(path: Path, language: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        what, remedy = "does not exist", f"put the file there, or correct sentiment.lexicons.{language}"
        raise ConfigError(str(path), [Problem("the file", what, remedy)]) from None
    except (OSError, UnicodeDecodeError) as problem:
        what = "is not UTF-8" if isinstance(problem, UnicodeDecodeError) else f"cannot be read ({problem.strerror})"
        raise ConfigError(str(path), [Problem("the file", what, "name a text file in UTF-8")]) from None


def _scorer(settings: Settings, language: str, name: str) -> LexiconScorer:
    path = _path(settings, name)
    text = _text(path, language)
    scorer = lexicon_scorer(text, str(path))
    if scorer.languages != (language,):
        found = Problem("header", f"is of language {scorer.languages[0]}", f'write "language: {language}"')
        raise ConfigError(str(path), [found])
    return scorer
